"""From a profile to named facts, each known, partly known or unknown (see :mod:`nextline_core.values`)."""

from __future__ import annotations

from ..catalogue import Catalogue
from ..profile import Profile, at, history
from ..site import ANYWHERE, Site
from ..values import Value
from ..vocabulary import VOCABULARY
from . import biomarkers, patient, place, receptors, therapies
from .lines import LineCount, count_lines

__all__ = ["LineCount", "count_lines", "derive"]


def derive(profile: Profile, catalogue: Catalogue, lines: LineCount, site: Site = ANYWHERE) -> dict[str, Value]:
    """Every fact that is at least partly known, by name; what is missing from the result is unknown."""
    facts: dict[str, Value] = {}
    for name, fact in VOCABULARY.items():
        if not fact.derived and fact.kind != "set" and not name.startswith("biomarkers."):
            value = at(profile, name)
            if value is not None:
                facts[name] = value
    facts.update(receptors.facts(profile))
    facts.update(biomarkers.facts(profile))
    facts.update(therapies.facts(history(profile), catalogue, lines))
    facts.update(patient.facts(profile, catalogue, history(profile)))
    facts.update(place.facts(profile, catalogue, site))
    return facts
