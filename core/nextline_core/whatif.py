"""Single-fact changes of a profile that would change the answer, most consequential first.

Each change is made to the profile itself, the facts it touches are derived again, and all rules are asked. What is
announced is therefore what the changed profile gets. A change that would make the profile contradict itself is not
tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from . import consistency, facts
from .facts import Known
from .facts.patient import NEURAL_SITES
from .order import Order, changed
from .profile import Profile, reading
from .rulebook import Rulebook
from .vocabulary import BIOMARKERS

# path -> values that are tried where the profile holds another or none; a measurement gets one on each side of a limit
PATHS: Mapping[str, tuple[Any, ...]] = {
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


class Change(NamedTuple):
    """One change and what it does: options gained and lost, bands that move, and the first option then."""

    path: str
    value: Any
    gained: list[str]
    lost: list[str]
    moved: int
    first: str | None


def what_if(known: Known, book: Rulebook, base: Order) -> list[dict[str, Any]]:
    """Rows of ``what_if``: changes of the first option lead, then those that open, close or move most."""
    found = [
        change
        for change in _changes(known, book, base)
        if change.gained or change.lost or change.moved or change.first != base.first()
    ]
    found.sort(key=lambda c: (c.first == base.first(), -len(c.gained) - len(c.lost), -c.moved, c.path, str(c.value)))
    return [{"fact": c.path, "value": c.value, "gained": c.gained, "lost": c.lost, "first": c.first} for c in found]


def _changes(known: Known, book: Rulebook, base: Order) -> Iterator[Change]:
    for path, values in PATHS.items():
        held = _held(known.profile, path)
        if path.startswith("history") and held is None:
            continue
        facts_, contradictions = (reading(reads, touched(path)) for reads in (facts.READS, consistency.READS))
        for value in values:
            if value == held:
                continue
            other = with_value(known.profile, path, value)
            if any(problem.blocking for problem in consistency.problems(other, book.catalogue, contradictions)):
                continue
            then = changed(book, base, known.differing(other, facts_))
            yield Change(path, value, *then.since(base))


def touched(path: str) -> list[str]:
    """What a change at a path touches, as paths that end with a dot."""
    also = ("disease.sites",) if path == "disease.brain_metastases" else _TOGETHER.get(path, ())
    return ["history." if p.startswith("history") else f"{p}." for p in (path, *also)]


def _move_brain(profile: dict[str, Any], affected: bool) -> None:
    """A given list of sites is complete, so that it has to say the same; the other sites stay as they are."""
    sites = _held(profile, "disease.sites")
    if sites is not None:
        elsewhere = [site for site in sites if site not in NEURAL_SITES]
        already = elsewhere != sites
        _opened(profile, ("disease",))["sites"] = (sites if already else [*sites, "brain"]) if affected else elsewhere


def _held(profile: Profile, path: str) -> Any:
    here: Any = profile
    for step in path.split("."):
        if isinstance(here, list):
            here = here[int(step)] if here else None
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
    return here


def with_value(profile: Profile, path: str, value: Any) -> dict[str, Any]:
    """The profile with one member changed, and without those that say the same in another way.

    Only what is on the way to the change is a copy.
    """
    other = dict(profile)
    for together in _TOGETHER.get(path, ()):
        parent, _, name = together.rpartition(".")
        if isinstance(_held(other, parent), dict):
            _opened(other, parent.split(".")).pop(name, None)
    if path == "disease.brain_metastases":
        _move_brain(other, affected=value != "none")
    *steps, last = path.split(".")
    _opened(other, steps)[last] = value
    return other


def _opened(here: dict[str, Any], steps: Sequence[str]) -> dict[str, Any]:
    """The mapping that the steps lead to, each on the way copied, or made where there is none."""
    inner: Any = here
    for step in steps:
        place: Any = int(step) if isinstance(inner, list) else step
        held = inner[place] if isinstance(inner, list) else inner.get(place) or {}
        inner[place] = held = list(held) if isinstance(held, list) else dict(held)
        inner = held
    opened: dict[str, Any] = inner
    return opened
