"""The vocabulary of the rules against the contract of the profile: one list, one range, wherever they are written."""

import json
import typing
from math import inf

import pytest

from conftest import ROOT
from nextline_core.site import LEVELS, REGIONS
from nextline_core.vocabulary import BIOMARKERS, CONDITIONS, SITES, VOCABULARY
from nextline_device.boundary import profile_model, sites

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


def literals(annotation):
    """Every value of the literals inside a type."""
    if typing.get_origin(annotation) is typing.Literal:
        return set(typing.get_args(annotation))
    return {value for part in typing.get_args(annotation) for value in literals(part)}


def test_the_lists_of_the_boundary_are_those_of_the_vocabulary():
    assert set(typing.get_args(profile_model.Gene)) == set(BIOMARKERS)
    assert set(profile_model.Conditions.model_fields) == set(CONDITIONS)
    assert literals(profile_model.Disease.model_fields["sites"].annotation) == set(SITES)
    assert literals(sites.SiteModel.model_fields["region"].annotation) == set(REGIONS)
    assert literals(sites.SiteModel.model_fields["resource_level"].annotation) == set(LEVELS)
