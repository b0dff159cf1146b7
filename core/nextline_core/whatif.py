"""Single-fact changes of a profile that would change the answer, most consequential first.

Each change is made to the profile itself, the facts it touches are derived again, and all rules are asked. What is
announced is therefore what the changed profile gets. A change that would make the profile contradict itself is not
tried.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import consistency, facts
from .ahead import delta
from .facts.patient import NEURAL_SITES
from .order import Order, changed
from .profile import Profile
from .rulebook import Rulebook
from .site import ANYWHERE, Site
from .vocabulary import BIOMARKERS

# path -> values that are tried where the profile holds another or none; a measurement gets one on each side of a limit
_VALUES: Mapping[str, tuple[Any, ...]] = {
    "disease.her2": ("zero", "low", "positive"),
    "disease.visceral_crisis": (True, False),
    "disease.brain_metastases": ("none", "active_asymptomatic"),
    "disease.pd_l1_cps": (1, 10),
    "disease.msi": ("high", "stable"),
    "disease.tmb": (2, 12),
    "patient.menopausal": ("pre", "post"),
    "patient.ecog": (1, 3),
    "patient.frail": (True, False),
    "patient.hba1c_percent": (5.5, 9.0),
    "patient.lvef_percent": (60, 38),
    "patient.qtcf_ms": (420, 470),
    "patient.dpd": ("normal", "complete_deficiency"),
    "patient.conditions.ild": (True, False),
    "patient.conditions.autoimmune_disease_active": (True, False),
    "patient.conditions.diabetes_type_2": (True, False),
    "patient.conditions.pregnant": (True, False),
    "history.-1.months": (3, 14),
    "history.-1.ended": ("progression", "toxicity"),
} | {f"biomarkers.{gene}": ("positive", "negative") for gene in BIOMARKERS[:9]}
# members that say the same thing in another way, and would contradict the change
_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "disease.her2": ("disease.her2_ihc", "disease.her2_ish"),
    "patient.conditions.ild": ("patient.ild_detail",),
}


@dataclass(frozen=True)
class Change:
    """One change and what it does: options gained and lost, bands that move, and the first option then."""

    path: str
    value: Any
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    moved: int
    first: str | None


def what_if(profile: Profile, book: Rulebook, base: Order, site: Site = ANYWHERE) -> list[dict[str, Any]]:
    """Rows of ``what_if``: changes of the first option lead, then those that open, close or move most."""
    found = [
        change
        for change in _changes(profile, book, base, site)
        if change.gained or change.lost or change.moved or change.first != base.first()
    ]
    found.sort(key=lambda c: (c.first == base.first(), -len(c.gained) - len(c.lost), -c.moved, c.path, str(c.value)))
    return [
        {"fact": c.path, "value": c.value, "gained": list(c.gained), "lost": list(c.lost), "first": c.first}
        for c in found
    ]


def _changes(profile: Profile, book: Rulebook, base: Order, site: Site) -> Iterator[Change]:
    for path, values in _VALUES.items():
        held = _held(profile, path)
        for value in values:
            if value == held or (path.startswith("history") and held is None):
                continue
            other = with_value(profile, path, value)
            if any(problem.blocking for problem in consistency.problems(other, book.catalogue)):
                continue
            now = facts.derive(other, book.catalogue, facts.count_lines(other), site)
            before = base.facts
            differing = {name: now.get(name) for name in {*before, *now} if before.get(name) != now.get(name)}
            then = changed(book, base, differing)
            does = delta(base, then)
            moved = then.moved(base)
            yield Change(path, value, tuple(does["gained"]), tuple(does["lost"]), moved, does["first"])


def _move_brain(profile: dict[str, Any], affected: bool) -> None:
    """A given list of sites is complete, so that it has to say the same; the other sites stay as they are."""
    sites = _held(profile, "disease.sites")
    if sites is not None:
        elsewhere = [site for site in sites if site not in NEURAL_SITES]
        already = elsewhere != sites
        profile["disease"]["sites"] = (sites if already else [*sites, "brain"]) if affected else elsewhere


def _held(profile: Profile, path: str) -> Any:
    here: Any = profile
    for step in path.split("."):
        if isinstance(here, list):
            here = here[int(step)] if here else None
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
    return here


def with_value(profile: Profile, path: str, value: Any) -> dict[str, Any]:
    """The profile with one member changed, and without those that say the same in another way."""
    other: dict[str, Any] = copy.deepcopy(dict(profile))
    for together in _TOGETHER.get(path, ()):
        parent, _, name = together.rpartition(".")
        inner = _held(other, parent)
        if isinstance(inner, dict):
            inner.pop(name, None)
    if path == "disease.brain_metastases":
        _move_brain(other, affected=value != "none")
    here: Any = other
    *steps, last = path.split(".")
    for step in steps:
        here = here[int(step)] if isinstance(here, list) else here.setdefault(step, {})
    here[last] = value
    return other
