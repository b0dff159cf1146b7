"""Conditions that a number tells: where the condition is not stated, the number decides, and unknown stays unknown."""

import pytest

from nextline_core import consistency
from nextline_core.facts.patient import MEASURED, facts

NAME = "patient.conditions.severe_renal_impairment"


def patient(clearance=None, stated=None):
    return {
        "patient": {
            "labs": {"creatinine_clearance_ml_min": clearance},
            "conditions": {"severe_renal_impairment": stated},
        }
    }


@pytest.mark.parametrize(
    ("clearance", "stated", "severe"),
    [
        (29.9, None, True),
        (30, None, False),
        (90, None, False),
        (None, True, True),
        (None, False, False),
        (20, True, True),
    ],
)
def test_the_clearance_tells_severe_renal_impairment(names, clearance, stated, severe):
    assert facts(patient(clearance, stated), names, None)[NAME] is severe


def test_without_number_and_statement_it_is_unknown(names):
    assert NAME not in facts(patient(), names, None)


@pytest.mark.parametrize("measured", MEASURED, ids=lambda m: m.condition)
def test_a_number_against_its_condition_is_a_contradiction(names, measured):
    """The same limit serves the fact and the contradiction, so that neither can be told without the other."""
    steps = measured.path.split(".")
    held = measured.limit if measured.from_limit_up else measured.limit - 1
    profile = {"patient": {"conditions": {measured.condition: False}}}
    here = profile
    for step in steps[:-1]:
        here = here.setdefault(step, {})
    here[steps[-1]] = held
    assert measured.condition in {problem.code for problem in consistency.problems(profile, names)}
