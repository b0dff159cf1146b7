"""First line of triple-negative disease with PD-L1 CPS of 10 or more after a checkpoint inhibitor for early disease.

KEYNOTE-355 and ASCENT-04 began 6 months after treatment with curative intent, the inhibitor included.
"""

from __future__ import annotations

import pytest

from clinical.asking import TNBC, applies, early, find, profile

CPS_20 = {**TNBC, "pd_l1_cps": 20}
PEMBROLIZUMAB = ("pembrolizumab", "chemotherapy")
SG_ALONE = "sacituzumab govitecan"


def relapsed(chemotherapy, inhibitor):
    """Relapse so many months after chemotherapy with pembrolizumab, and after pembrolizumab that went on alone."""
    before = early(
        "carboplatin", "paclitaxel", "pembrolizumab", months=6, since_end=chemotherapy, setting="neoadjuvant"
    )
    return profile(CPS_20, history=[before, early("pembrolizumab", months=7, since_end=inhibitor)])


@pytest.mark.parametrize(
    ("chemotherapy", "inhibitor", "band"),
    [(9, 3, "later"), (12, 5.9, "later"), (13, 6, "consider"), (24, 12, "consider"), (24, 13, "preferred")],
)
def test_the_interval_of_the_inhibitor_places_another_one(chemotherapy, inhibitor, band, engine):
    assert find(engine.ask(relapsed(chemotherapy, inhibitor)), *PEMBROLIZUMAB)["band"] == band


@pytest.mark.parametrize(
    ("chemotherapy", "inhibitor", "band"), [(24, 12, "consider"), (18, 13, "later"), (9, 3, "preferred")]
)
def test_the_conjugate_alone_follows_it(chemotherapy, inhibitor, band, engine):
    answer = engine.ask(relapsed(chemotherapy, inhibitor))
    assert applies(answer, SG_ALONE)
    assert find(answer, SG_ALONE)["band"] == band


def test_without_one_the_interval_of_chemotherapy_decides(engine):
    history = [early("doxorubicin", "cyclophosphamide", "paclitaxel", months=5, since_end=8)]
    assert find(engine.ask(profile(CPS_20, history=history)), *PEMBROLIZUMAB)["band"] == "preferred"
