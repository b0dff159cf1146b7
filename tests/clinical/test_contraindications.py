"""Every contraindication of the export, one by one, on patients to whom the drug would be offered without it."""

from __future__ import annotations

import copy

import pytest

from clinical.asking import (
    HER2_POSITIVE,
    HR_LOW,
    HR_POSITIVE,
    TNBC,
    TRIPLE_POSITIVE,
    after_first_line,
    early,
    given,
    profile,
)
from clinical.contraindications import contraindications, patients_of, standing_against
from nextline_core import consistency
from nextline_core.answer import situation
from nextline_core.assess import known_major

THP = given("docetaxel", "trastuzumab", "pertuzumab")
FIRST = given("letrozole", "palbociclib")
# between them these are offered every drug that a contraindication names and a regimen holds
OFFERED = [
    profile(HR_POSITIVE, history=[]),
    profile({**HR_POSITIVE, "visceral_crisis": True}, history=[]),
    profile(HR_POSITIVE, history=[given("letrozole")], biomarkers={"ESR1": "positive"}),
    after_first_line({"ESR1": "positive", "PIK3CA": "positive", "gBRCA1": "positive"}),
    profile(HR_POSITIVE, history=[early("letrozole", months=30, since_end=0, ended="progression")],
            biomarkers={"PIK3CA": "positive"}),
    profile(HR_LOW, history=[FIRST, given("eribulin")], biomarkers={"gBRCA1": "positive"}),
    profile(HR_LOW, history=[FIRST, given("vinorelbine"), given("gemcitabine")]),
    profile({**TNBC, "pd_l1_cps": 15, "pd_l1_ic_percent": 3}, history=[]),
    profile({**TNBC, "her2": "low", "pd_l1_cps": 0}, history=[given("vinorelbine")], biomarkers={"gBRCA1": "positive"}),
    profile(HER2_POSITIVE, history=[]),
    profile(TRIPLE_POSITIVE, history=[THP]),
    profile(HER2_POSITIVE, history=[THP, given("trastuzumab deruxtecan")]),
    profile(TRIPLE_POSITIVE, history=[given("docetaxel", "trastuzumab", "pertuzumab", ended="planned_switch")]),
]  # fmt: skip


def setting(base, members):
    """The profile with these members."""
    found = copy.deepcopy(base)
    for path, value in members.items():
        here = found
        *steps, last = path.split(".")
        for step in steps:
            here = here.setdefault(step, {})
        here[last] = value
    return found


@pytest.fixture(scope="module")
def tried(engine, exported):
    """For each contraindication: how often its drug was offered without it, and what stands in spite of it."""
    book = engine.book
    offered = [
        frozenset(d for s in situation(base, book).order.standings.values() for d in s.drugs) for base in OFFERED
    ]
    found = {}
    for contraindication in contraindications(exported):
        rows = found[contraindication.id] = []
        for members in patients_of(contraindication):
            for base, drugs in zip(OFFERED, offered, strict=True):
                asked = setting(base, members)
                if contraindication.drug in drugs and not any(
                    p.blocking for p in consistency.problems(asked, book.catalogue)
                ):
                    order = situation(asked, book).order
                    rows.append(list(standing_against(order, [contraindication], lambda s: known_major(book, s))))
    return found


def test_no_known_contraindication_leaves_its_drug_standing(tried):
    assert sorted({text for rows in tried.values() for row in rows for text in row}) == []


def test_most_contraindications_were_tried(tried):
    assert sum(bool(rows) for rows in tried.values()) >= 30


def test_every_drug_tried_is_offered_without_the_contraindication(engine):
    """The patients above are not refused for another reason: each is answered and has options that apply."""
    for base in OFFERED:
        assert situation(base, engine.book).order.first() is not None
