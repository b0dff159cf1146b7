"""The vocabulary of the rules against the contract of the profile: one list, one range, wherever they are written."""

import json
from math import inf

import pytest

from conftest import ROOT
from nextline_core.vocabulary import BIOMARKERS, CONDITIONS, SITES, VOCABULARY

SCHEMA = json.loads((ROOT / "tests" / "data" / "contract" / "profile.schema.json").read_text())
GIVEN = [fact for fact in VOCABULARY.values() if not fact.derived and not fact.name.startswith("biomarkers.")]


def member(path):
    here = SCHEMA
    for step in path.split("."):
        here = here["properties"][step]
    return here


@pytest.mark.parametrize("fact", [f for f in GIVEN if f.kind == "number"], ids=lambda f: f.name)
def test_a_number_has_the_range_of_the_profile(fact):
    schema = member(fact.name)
    numbers = [value for value in schema.get("enum", ()) if value is not None]
    least = min(numbers) if numbers else schema["minimum"]
    greatest = max(numbers) if numbers else schema.get("maximum", inf)
    assert fact.span == (least, greatest)
    assert fact.whole == (bool(numbers) or "integer" in schema["type"])


@pytest.mark.parametrize("fact", [f for f in GIVEN if f.kind == "enum"], ids=lambda f: f.name)
def test_an_enumerated_fact_has_the_values_of_the_profile(fact):
    assert set(fact.values) == {value for value in member(fact.name)["enum"] if value is not None}


def test_the_lists_of_the_profile_are_those_of_the_vocabulary():
    assert set(SCHEMA["properties"]["biomarkers"]["propertyNames"]["enum"]) == set(BIOMARKERS)
    assert set(member("patient.conditions")["properties"]) == set(CONDITIONS)
    assert set(member("disease.sites")["items"]["enum"]) == set(SITES)
