"""Facts about the person that combine several members: lung disease, heart, medicines, allergies, sites."""

from __future__ import annotations

from typing import NamedTuple

from ..catalogue import Catalogue, fold
from ..profile import Profile, Therapy, at
from ..values import Between, Members, OneOf, Value
from .reactions import lung_reaction

NEURAL_SITES = frozenset(("brain", "leptomeninges"))
BRAIN_AFFECTED = OneOf(frozenset(("stable", "active_asymptomatic", "active_symptomatic")))


class Measured(NamedTuple):
    """A condition that a number of the profile tells where the condition itself is not stated."""

    condition: str
    path: str
    limit: int
    from_limit_up: bool
    label: str

    def tells(self, value: float) -> bool:
        """Whether the condition is there at this value."""
        return value >= self.limit if self.from_limit_up else value < self.limit


MEASURED = (
    Measured("neuropathy_grade_2_or_more", "patient.neuropathy_grade", 2, True, "neuropathy grade"),
    Measured("heart_failure", "patient.heart_failure_nyha", 1, True, "NYHA class"),
    Measured("severe_renal_impairment", "patient.labs.creatinine_clearance_ml_min", 30, False, "creatinine clearance"),
)
# What these facts read of a profile beside the history: paths that end with a dot.
READS = (
    "disease.sites.",
    "disease.brain_metastases.",
    "patient.sex.",
    "patient.allergies.",
    "patient.medications.",
    "patient.conditions.",
    "patient.ild_detail.",
    "patient.lvef_baseline_percent.",
    "patient.lvef_percent.",
    *(f"{measured.path}." for measured in MEASURED),
)


def facts(profile: Profile, catalogue: Catalogue, therapies: tuple[Therapy, ...] | None) -> dict[str, Value]:
    """Sites, allergies, other medicines and their classes, ILD grade, fall of the ejection fraction, drugs not to be
    had."""
    found: dict[str, Value | None] = {
        "disease.sites": _listed(at(profile, "disease.sites")),
        "disease.brain_metastases": at(profile, "disease.brain_metastases") or _brain(profile),
        "patient.allergies": _allergies(at(profile, "patient.allergies"), catalogue),
        "patient.medications": _medicines(at(profile, "patient.medications"), catalogue),
        "medication_classes": _medicine_classes(at(profile, "patient.medications"), catalogue),
        "ild_grade": _ild_grade(profile, therapies or ()),
        "patient.conditions.ild": _ild(profile, therapies or ()),
    }
    for measured in MEASURED:
        found[f"patient.conditions.{measured.condition}"] = _from_number(profile, measured)
    if at(profile, "patient.sex") == "male":  # known, not unknown: no trial of women before or after it is of him
        found["patient.menopausal"] = "not applicable"
    before, now = at(profile, "patient.lvef_baseline_percent"), at(profile, "patient.lvef_percent")
    if before is not None and now is not None:
        found["lvef_drop_points"] = before - now
    return {name: value for name, value in found.items() if value is not None}


def _listed(values: list[str] | None) -> Members | None:
    return None if values is None else Members(frozenset(values))


def _brain(profile: Profile) -> Value | None:
    """What the sites say: a given list is complete, and tells that the brain is affected but not in which state."""
    sites = at(profile, "disease.sites")
    if sites is None:
        return None
    return BRAIN_AFFECTED if NEURAL_SITES & set(sites) else "none"


def _allergies(names: list[str] | None, catalogue: Catalogue) -> Members | None:
    """Ids of drugs and classes; of a class, its members too; of a combination, all of it; what is no medicine (an
    excipient) as it was typed."""
    if names is None:
        return None
    present: set[str] = set()
    for part in (part for name in names for part in catalogue.parts(name)):
        if part.drug_class:
            present |= catalogue.members(part.drug_class) | {part.drug_class}
        else:
            present.add(part.drug or fold(part.typed))
    return Members(frozenset(present))


def _medicines(names: list[str] | None, catalogue: Catalogue) -> Members | None:
    """Drug ids, and every name as typed and by its single words, so that ``amiodarone 200 mg`` is amiodarone."""
    if names is None:
        return None
    present: set[str] = set()
    for name in names:
        words = fold(name)
        present |= {words, *words.split()}
        present |= {resolved.drug for part in (name, *words.split()) if (resolved := catalogue.resolve(part)).drug}
    return Members(frozenset(present))


def _medicine_classes(names: list[str] | None, catalogue: Catalogue) -> Members | None:
    """Interaction classes of the medicines.

    A medicine that is in no table leaves every class open: unknown, not safe.
    """
    if names is None:
        return None
    classes = {name: catalogue.interaction_classes(name) for name in names}
    strangers = any(not found and not catalogue.resolve(name).drug for name, found in classes.items())
    return Members(frozenset().union(*classes.values()), open=strangers)


def _ild(profile: Profile, therapies: tuple[Therapy, ...]) -> bool | None:
    stated: bool | None = at(profile, "patient.conditions.ild")
    return True if any(lung_reaction(r.event) for t in therapies for r in t.toxicity or ()) else stated


def _ild_grade(profile: Profile, therapies: tuple[Therapy, ...]) -> Value | None:
    """The worst grade told; it may have been worse while the reactions to some therapy are not told."""
    reactions = [r.grade for t in therapies for r in t.toxicity or () if lung_reaction(r.event)]
    stated = at(profile, "patient.ild_detail.worst_grade")
    least = max((g for g in (*reactions, stated) if g is not None), default=None)
    if least is not None:
        told = None not in reactions and (stated is not None or all(t.toxicity is not None for t in therapies))
        return least if told or least == 4 else Between(least, 4)
    has = _ild(profile, therapies)
    return Between(1, 4) if has else 0 if has is False else None


def _from_number(profile: Profile, measured: Measured) -> bool | None:
    stated: bool | None = at(profile, f"patient.conditions.{measured.condition}")
    value = at(profile, measured.path)
    return stated if stated is not None or value is None else measured.tells(value)
