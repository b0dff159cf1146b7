"""Facts about the person that cannot be true together."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts.patient import lung_reaction
from ..profile import Profile, at, history
from .problem import Problem

# (condition, number, threshold, at least?): the condition is known absent, yet the measurement says that it is there
_MEASURED = (
    ("neuropathy_grade_2_or_more", "patient.neuropathy_grade", 2, True, "neuropathy grade"),
    ("heart_failure", "patient.heart_failure_nyha", 1, True, "NYHA class"),
    ("severe_renal_impairment", "patient.labs.creatinine_clearance_ml_min", 30, False, "creatinine clearance"),
)


def problems(profile: Profile) -> Iterator[Problem]:
    """Every contradiction within ``patient``."""
    yield from _sex(profile)
    yield from _pregnancy(profile)
    yield from _measured(profile)
    yield from _lung(profile)
    if (
        at(profile, "patient.conditions.severe_hepatic_impairment") is False
        and at(profile, "patient.child_pugh") == "C"
    ):
        yield Problem(
            "/patient/child_pugh",
            "liver",
            "Child-Pugh class C is severe hepatic impairment, which is said to be absent.",
            "Correct one of them.",
            "C",
        )
    insulin = at(profile, "patient.conditions.insulin_treated")
    if (
        insulin
        and at(profile, "patient.conditions.diabetes_type_1") is False
        and at(profile, "patient.conditions.diabetes_type_2") is False
    ):
        yield Problem(
            "/patient/conditions/insulin_treated",
            "diabetes",
            "Insulin treatment is stated, but both types of diabetes are said to be absent.",
            "Correct one of them.",
            True,
        )


def _sex(profile: Profile) -> Iterator[Problem]:
    if at(profile, "patient.sex") != "male":
        return
    menopausal = at(profile, "patient.menopausal")
    if menopausal is not None:
        yield Problem(
            "/patient/menopausal",
            "male_menopause",
            f"A male patient cannot be {menopausal}menopausal.",
            "Correct the sex, or leave the menopausal status out.",
            menopausal,
        )
    for path, label in (("patient.conditions.pregnant", "pregnant"), ("patient.breastfeeding", "breastfeeding")):
        if at(profile, path):
            yield Problem(
                "/" + path.replace(".", "/"),
                "male_pregnancy",
                f"A male patient cannot be {label}.",
                "Correct the sex or this entry.",
                True,
            )


def _pregnancy(profile: Profile) -> Iterator[Problem]:
    if at(profile, "patient.conditions.pregnant") and at(profile, "patient.menopausal") == "post":
        yield Problem(
            "/patient/menopausal",
            "pregnant_postmenopausal",
            "Pregnancy contradicts a postmenopausal status.",
            "Correct one of them.",
            "post",
        )


def _measured(profile: Profile) -> Iterator[Problem]:
    for condition, path, threshold, at_least, label in _MEASURED:
        stated, value = at(profile, f"patient.conditions.{condition}"), at(profile, path)
        if stated is None or value is None:
            continue
        shown = value >= threshold if at_least else value < threshold
        if (shown and stated is False) or (condition.startswith("neuropathy") and stated is True and not shown):
            name = condition.replace("_", " ")
            yield Problem(
                "/" + path.replace(".", "/"),
                condition,
                f"{label.capitalize()} {value:g} contradicts '{name}' {'absent' if stated is False else 'present'}.",
                "Correct the number or the condition.",
                value,
            )


def _lung(profile: Profile) -> Iterator[Problem]:
    ild = at(profile, "patient.conditions.ild")
    if at(profile, "patient.ild_detail") is not None and ild is not True:
        stated = "absent" if ild is False else "not known"
        yield Problem(
            "/patient/ild_detail",
            "ild_detail",
            f"Details of an interstitial lung disease are given, but the condition itself is {stated}.",
            "Set conditions.ild to true, or leave the details out.",
            dict(at(profile, "patient.ild_detail")),
        )
    if ild is not False:
        return
    for therapy in history(profile) or ():
        for reaction in therapy.toxicity:
            if lung_reaction(reaction.event):
                yield Problem(
                    "/patient/conditions/ild",
                    "ild_history",
                    "Interstitial lung disease is said to be absent, now and in the past, "
                    f"but the history holds {reaction.event}.",
                    "Set conditions.ild to true, or correct the history.",
                    False,
                )
