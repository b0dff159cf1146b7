"""From a profile to named facts, each known, partly known or unknown (see :mod:`nextline_core.values`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..catalogue import Catalogue
from ..profile import Profile, history
from ..site import ANYWHERE, Site
from ..values import Value
from . import biomarkers, patient, place, receptors, stated, therapies
from .lines import LineCount, count_lines

__all__ = ["READS", "Known", "LineCount", "count_lines", "derive", "part"]

Facts = dict[str, Value]
_HER2 = ("disease.her2.", "disease.her2_ihc.", "disease.her2_ish.", "disease.her2_earlier.")
_LINES = ("history.", "next_line.", "line_override.")
# The parts of the facts, a later one standing over an earlier one, each with what it reads of a profile.
READS: dict[str, tuple[str, ...]] = {
    **{member: (f"{member}.",) for member in stated.MEMBERS},
    "receptors": ("disease.hr.", "disease.er.", "disease.er_percent.", "disease.pr.", "disease.pr_percent.", *_HER2),
    "genes": ("biomarkers.",),
    "therapies": _LINES,
    "person": (*patient.READS, "history."),
    "place": ("access.",),
}


def part(name: str, profile: Profile, catalogue: Catalogue, lines: LineCount, site: Site) -> Facts:
    """The facts of one part."""
    if name == "receptors":
        return receptors.facts(profile)
    if name == "genes":
        return biomarkers.facts(profile)
    if name == "therapies":
        return therapies.facts(history(profile), catalogue, lines)
    if name == "person":
        return patient.facts(profile, catalogue, history(profile))
    return place.facts(profile, catalogue, site) if name == "place" else stated.facts(profile, name)


def derive(profile: Profile, catalogue: Catalogue, lines: LineCount, site: Site = ANYWHERE) -> Facts:
    """Every fact that is at least partly known, by name; what is missing from the result is unknown."""
    return _joined({name: part(name, profile, catalogue, lines, site) for name in READS})


def _joined(parts: Mapping[str, Facts]) -> Facts:
    facts: Facts = {}
    for part in parts.values():
        facts |= part
    return facts


class Known:
    """A profile with its facts, kept part by part, so that those of a changed profile are worked out from them."""

    def __init__(self, profile: Profile, catalogue: Catalogue, site: Site = ANYWHERE) -> None:
        self.profile, self.site, self._catalogue = profile, site, catalogue
        self.lines = count_lines(profile)
        self._parts = {name: part(name, profile, catalogue, self.lines, site) for name in READS}
        self.facts = _joined(self._parts)

    def differing(self, profile: Profile, parts: Collection[str]) -> dict[str, Value | None]:
        """The facts that are otherwise in a profile that differs in what these parts read; ``None``: unknown."""
        lines = count_lines(profile) if "therapies" in parts else self.lines
        fresh = {name: part(name, profile, self._catalogue, lines, self.site) for name in parts}
        names = {
            name
            for part, found in fresh.items()
            for before in (self._parts[part],)
            for name in found.keys() | before.keys()
            if found.get(name) != before.get(name)
        }
        values = {name: self._value(name, fresh) for name in names}
        return {name: value for name, value in values.items() if value != self.facts.get(name)}

    def _value(self, name: str, fresh: Mapping[str, Facts]) -> Value | None:
        parts = (fresh.get(part, self._parts[part]) for part in reversed(READS))
        return next((part[name] for part in parts if name in part), None)
