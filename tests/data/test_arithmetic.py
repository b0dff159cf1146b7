"""The arithmetic checker on figures whose fit is known."""

import pytest

from nextline_db import arithmetic
from nextline_db.load import Corpus
from nextline_db.models.records import Result


def misfits(**members):
    base = {"id": "r", "study": "s", "endpoint": "mPFS", "source": "s900", "verification": "source_text"}
    corpus = Corpus(results=[Result.model_validate(base | members)])
    return [m.text for m in arithmetic.misfits(corpus)]


@pytest.mark.parametrize(
    "members",
    [
        {"hr": 0.55, "hr_ci": [0.39, 0.77], "p": "0.0005"},  # EMERALD
        {"hr": 0.87, "hr_ci": [0.74, 1.03], "p": "0.10"},  # SONIA
        {"hr": 0.66, "hr_ci": [0.53, 0.83], "p": "0.0003"},  # TROPiCS-02
        {"hr": 1.11, "hr_ci": [0.79, 1.55], "p": "0.62"},
        {"hr": 0.5, "hr_ci": [0.38, 0.65], "p": "<0.001"},
        {"odds_ratio": 0.39, "odds_ratio_ci": [0.24, 0.62]},
        {"unit": "percent", "value": 74.4, "events": 229, "n": 308},
    ],
)
def test_what_fits_is_left_alone(members):
    assert misfits(**members) == []


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"hr": 0.57, "hr_ci": [0.39, 0.95], "p": "0.006"}, "not in the middle"),
        ({"hr": 0.59, "hr_ci": [0.34, 1.03], "p": "0.0064"}, "says otherwise"),
        ({"hr": 0.9, "hr_ci": [0.8, 1.01], "p": "<0.001"}, "otherwise"),
        ({"hr": 0.5, "hr_ci": [0.4, 0.62], "p": "0.04"}, "implies p"),
        ({"unit": "percent", "value": 74.5, "events": 229, "n": 308}, "74.35%"),
    ],
)
def test_what_does_not_fit_is_told(members, said):
    assert any(said in text for text in misfits(**members))


def test_every_misfit_of_the_store_carries_a_conflict(corpus):
    found = arithmetic.misfits(corpus)
    assert {m.record for m in found if not m.explained} == set()
    assert "faktion.mpfs.altered.s003" in {m.record for m in found}
