"""What a part of the facts, or of the contradictions, reads of a profile is what it says it reads.

A what-if works only those parts out again that read what it changes.
"""

import copy
import json

import pytest

from conftest import ROOT
from nextline_core import consistency, facts
from nextline_core.site import ANYWHERE

PROFILES = sorted((ROOT / "tests/clinical/examples").glob("*.json"))
EVERYTHING = {
    "schema": "nextline.profile/1",
    "next_line": 2,
    "line_override": None,
    "disease": {"hr": "positive", "her2": "low", "sites": ["brain", "bone"], "brain_metastases": "stable"},
    "patient": {"sex": "female", "age": 50, "conditions": {"ild": False}, "medications": ["amiodarone"]},
    "biomarkers": {"BRCA1": {"result": "positive", "specimen": "germline"}, "gBRCA2": "negative"},
    "history": [{"setting": "metastatic", "drugs": ["letrozole"], "months": 9, "ended": "progression"}],
    "access": {"unavailable": ["palbociclib"]},
}


class Watched(dict):
    """A profile that notes which of its members are asked for."""

    def __init__(self, profile):
        super().__init__(profile)
        self.read = set()

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name, default=None):
        self.read.add(name)
        return super().get(name, default)

    def __contains__(self, name):
        self.read.add(name)
        return super().__contains__(name)

    def __iter__(self):
        raise AssertionError("reads every member")

    keys = values = items = __iter__


def profiles():
    return [EVERYTHING, *(json.loads(path.read_text())["profile"] for path in PROFILES)]


@pytest.mark.parametrize("part", facts.READS)
def test_facts(part, engine):
    for profile in profiles():
        watched = Watched(profile)
        facts.part(part, watched, engine.book.catalogue, facts.count_lines(profile), ANYWHERE)
        assert watched.read <= set(facts.READS[part])


@pytest.mark.parametrize("part", consistency.READS)
def test_contradictions(part, engine):
    for profile in profiles():
        watched = Watched(profile)
        list(consistency.part(part, watched, engine.book.catalogue))
        assert watched.read <= set(consistency.READS[part])


def test_the_lines(engine):
    watched = Watched(EVERYTHING)
    facts.count_lines(watched)
    assert watched.read == {"history", "next_line", "line_override"}


@pytest.mark.parametrize("member", [name for name in EVERYTHING if name != "schema"])
def test_a_changed_member_gives_the_facts_of_the_changed_profile(member, engine):
    catalogue = engine.book.catalogue
    for profile in profiles():
        known = facts.Known(profile, catalogue)
        for value in (None, EVERYTHING[member]):
            other = copy.deepcopy({**profile, member: value})
            whole = facts.derive(other, catalogue, facts.count_lines(other))
            differing = known.differing(other, frozenset((member,)))
            assert {n: v for n, v in {**known.facts, **differing}.items() if v is not None} == whole
            assert all(known.facts.get(name) != whole.get(name) for name in differing)
