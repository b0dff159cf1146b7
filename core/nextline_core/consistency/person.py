"""Facts about the person that cannot be true together."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts.patient import MEASURED
from ..facts.reactions import lung_reaction
from ..profile import Profile, at, history
from .problem import Problem

# What is read of a profile beside the history: paths that end with a dot.
READS = (
    "patient.sex.",
    "patient.menopausal.",
    "patient.breastfeeding.",
    "patient.conditions.",
    "patient.ild_detail.",
    "patient.child_pugh.",
    *(f"{measured.path}." for measured in MEASURED),
)


def problems(profile: Profile) -> Iterator[Problem]:
    """Every contradiction within ``patient``."""
    yield from _sex(profile)
    yield from _pregnancy(profile)
    yield from _measured(profile)
    yield from _lung(profile)
    yield from _liver(profile)
    yield from _diabetes(profile)


def _liver(profile: Profile) -> Iterator[Problem]:
    severe, child_pugh = at(profile, "patient.conditions.severe_hepatic_impairment"), at(profile, "patient.child_pugh")
    if (severe, child_pugh) in ((False, "C"), (True, "A")):
        text = (
            "C is severe hepatic impairment, which is said to be absent"
            if child_pugh == "C"
            else ("A is mild hepatic impairment, but severe impairment is stated")
        )
        yield Problem("/patient/child_pugh", "liver", f"Child-Pugh class {text}.", "Correct one of them.", child_pugh)


def _diabetes(profile: Profile) -> Iterator[Problem]:
    type_1, type_2 = (at(profile, f"patient.conditions.diabetes_type_{n}") for n in (1, 2))
    if type_1 and type_2:
        text = "Diabetes is of type 1 or of type 2; both are stated."
        yield Problem("/patient/conditions/diabetes_type_2", "diabetes", text, "Keep the right one.", True)
    if at(profile, "patient.conditions.insulin_treated") and type_1 is False and type_2 is False:
        text = "Insulin treatment is stated, but both types of diabetes are said to be absent."
        path = "/patient/conditions/insulin_treated"
        yield Problem(path, "diabetes", text, "Correct one of them.", True)


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
    for measured in MEASURED:
        condition, path, label = measured.condition, measured.path, measured.label
        stated, value = at(profile, f"patient.conditions.{condition}"), at(profile, path)
        if stated is not None and value is not None and stated != measured.tells(value):
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
        for reaction in therapy.toxicity or ():
            if lung_reaction(reaction.event):
                yield Problem(
                    "/patient/conditions/ild",
                    "ild_history",
                    "Interstitial lung disease is said to be absent, now and in the past, "
                    f"but the history holds {reaction.event}.",
                    "Set conditions.ild to true, or correct the history.",
                    False,
                )
