"""Rules that say more than the records they cite."""

import pytest
from data import small

from nextline_db.claims import figures


@pytest.fixture
def db(tmp_path):
    return small.write(tmp_path / "db")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "The pill is an option from the second line.",
            "The pill held for 4.8 months.",
            "says 4.8, which no record it cites holds",
        ),
        (
            "strength: phase3",
            "strength: phase3_survival",
            "its strength is phase3_survival, but no survival result it cites is positive",
        ),
        ("strength: opinion", "strength: phase2", "its strength is phase2, but it cites no result of such a study"),
    ],
)
def test_what_the_records_do_not_carry_is_refused(db, old, new, told):
    small.spoil(db, "rules/rules.yaml", old, new)
    assert any(told in fault for fault in small.said(db))


def test_a_number_of_the_cited_record_passes(db):
    small.spoil(db, "rules/rules.yaml", "The pill is an option from", "The pill held for 3.8 months from")
    assert small.said(db) == []


def test_a_phase_of_the_study_that_is_too_low_is_refused(db):
    small.spoil(db, "evidence/head.yaml", 'phase: "III"', 'phase: "II"')
    assert any("its strength is phase3" in fault for fault in small.said(db))


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("ILD in 12.1% in DESTINY-Breast04, stopped at grade 2 or more.", {"12.1"}),
        ("With UGT1A1 *28/*28 a CDK4/6 inhibitor; source 003 of 2024.", set()),
        ("A count below 1,500 per mm3.", {"1500"}),
        ("With ECOG 3 or 4 in MONARCH 2.", set()),
    ],
)
def test_names_and_steps_of_scales_are_no_figures(sentence, stated):
    assert figures(sentence) == stated
