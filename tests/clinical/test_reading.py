"""What a part of the facts, or of the contradictions, reads of a profile is what it says it reads.

A what-if works only those parts out again that read what it changes.
"""

import copy
import json
import re
from pathlib import Path

import pytest

from conftest import ROOT
from nextline_core import consistency, facts, whatif
from nextline_core.consistency import person
from nextline_core.facts import patient
from nextline_core.profile import reading
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


MALE = {
    "schema": "nextline.profile/1",
    "disease": {"er": "positive", "pr_percent": 0, "her2_ihc": "2+", "her2_ish": "negative", "de_novo": True},
    "patient": {
        "sex": "male",
        "conditions": {"diabetes_type_1": False, "diabetes_type_2": False, "insulin_treated": True, "ild": True},
        "ild_detail": {"worst_grade": 2, "cause": "t_dxd"},
        "lvef_percent": 55,
        "lvef_baseline_percent": 60,
        "neuropathy_grade": 2,
    },
    "history": [{"setting": "adjuvant", "drugs": ["tamoxifen"], "toxicity": [{"event": "pneumonitis", "grade": 2}]}],
}


class Watched(dict):
    """A part of a profile that notes which paths are asked for: of values, and of mappings that are read as a whole."""

    def __init__(self, found, path="", read=None):
        super().__init__(found)
        self.path, self.read = path, set() if read is None else read

    def _noted(self, name, value):
        if isinstance(value, dict):
            return Watched(value, f"{self.path}{name}.", self.read)
        self.read.add(f"{self.path}{name}.")
        return value

    def __getitem__(self, name):
        return self._noted(name, super().__getitem__(name))

    def get(self, name, default=None):
        return self._noted(name, super().get(name, default))

    def __contains__(self, name):
        return super().__contains__(name)

    def __iter__(self):
        self.read.add(f"{self.path}*")
        return super().__iter__()

    def items(self):
        self.read.add(f"{self.path}*")
        return super().items()

    def keys(self):
        self.read.add(f"{self.path}*")
        return super().keys()


def profiles():
    return [EVERYTHING, MALE, *(json.loads(path.read_text())["profile"] for path in PROFILES)]


def beyond(read, reads):
    """What was read and not told; that a mapping is absent tells nothing of what would have been read in it."""
    return {path for path in read if not path.startswith(reads) and not any(told.startswith(path) for told in reads)}


@pytest.mark.parametrize("part", facts.READS)
def test_facts(part, engine):
    for profile in profiles():
        watched = Watched(profile)
        facts.part(part, watched, engine.book.catalogue, facts.count_lines(profile), ANYWHERE)
        assert beyond(watched.read, facts.READS[part]) == set()


@pytest.mark.parametrize("part", consistency.READS)
def test_contradictions(part, engine):
    for profile in profiles():
        watched = Watched(profile)
        list(consistency.part(part, watched, engine.book.catalogue))
        assert beyond(watched.read, consistency.READS[part]) == set()


@pytest.mark.parametrize("module", [person, patient])
def test_every_path_that_is_written_down(module):
    """A path that no profile here leads to is told all the same."""
    text = Path(module.__file__).read_text(encoding="utf-8")
    written = {found.partition("{")[0] for found in re.findall(r'at\(profile, f?"([\w.{}]+)"', text)}
    assert len(written) > 5
    assert {path for path in written if not f"{path}.".startswith(module.READS) and not path.endswith("_")} == set()


def test_the_lines():
    watched = Watched(EVERYTHING)
    facts.count_lines(watched)
    assert watched.read == {"history.", "next_line.", "line_override."}


def test_what_a_what_if_touches_lies_at_or_below_what_is_read():
    reads = [path for table in (facts.READS, consistency.READS) for paths in table.values() for path in paths]
    for path in whatif.PATHS:
        for touched in whatif.touched(path):
            assert not [r for r in reads if r.startswith(touched) and r != touched]


@pytest.mark.parametrize("member", [name for name in EVERYTHING if name != "schema"])
def test_a_changed_member_gives_the_facts_of_the_changed_profile(member, engine):
    catalogue = engine.book.catalogue
    for profile in profiles():
        known = facts.Known(profile, catalogue)
        for value in (None, EVERYTHING[member]):
            other = copy.deepcopy({**profile, member: value})
            whole = facts.derive(other, catalogue, facts.count_lines(other))
            paths = {path for reads in facts.READS.values() for path in reads if path.startswith(f"{member}.")}
            differing = known.differing(other, reading(facts.READS, paths))
            assert {n: v for n, v in {**known.facts, **differing}.items() if v is not None} == whole
            assert all(known.facts.get(name) != whole.get(name) for name in differing)


@pytest.mark.parametrize("path", whatif.PATHS)
def test_a_changed_path_gives_the_facts_and_contradictions_of_the_changed_profile(path, engine):
    catalogue = engine.book.catalogue
    for profile in profiles():
        known, before = facts.Known(profile, catalogue), consistency.problems(profile, catalogue)
        for value in whatif.PATHS[path]:
            if path.startswith("history") and not profile.get("history"):
                continue
            other = whatif.with_value(profile, path, value)
            differing = known.differing(other, reading(facts.READS, whatif.touched(path)))
            whole = facts.derive(other, catalogue, facts.count_lines(other))
            assert {n: v for n, v in {**known.facts, **differing}.items() if v is not None} == whole
            found = consistency.problems(other, catalogue, reading(consistency.READS, whatif.touched(path)))
            every = consistency.problems(other, catalogue)
            assert [p for p in every if p not in found and p not in before] == []
