"""Every indication for metastatic breast cancer of five agencies: some profile yields it, and it goes with its marker.

The data set is a GPL work that stays where it is; where it is not at hand these tests are skipped.
"""

from __future__ import annotations

import pytest

from clinical import write_indications
from clinical.coverage import cover, remembering
from clinical.indications import SOURCE, metastatic, regimens

INDICATIONS = metastatic()
pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the data set of regulatory indications is not at hand")


@pytest.fixture(scope="module")
def ask(engine):
    """Asks each profile once."""
    return remembering(engine.ask)


def test_there_is_something_to_cover():
    assert len(INDICATIONS) > 100


@pytest.mark.parametrize("indication", INDICATIONS, ids=lambda indication: f"{indication.agency} {indication.date}")
def test_an_indication_is_yielded_and_goes_with_its_biomarker(indication, ask, engine):
    names = engine.book.catalogue
    found = regimens(indication, names)
    assert found
    assert all(found), "a regimen without a drug that the catalogue knows"
    for regimen in found:
        covered = cover(indication, regimen, ask, names)
        assert covered.best, f"no profile yields {sorted(r.drug or r.drug_class for r in regimen)}"
        assert covered.absent, "no biomarker was taken away"
        assert covered.stays == []


def test_the_table_of_indications_is_current(engine):
    """What stands in the table is what the program yields now."""
    assert write_indications.TARGET.read_text(encoding="utf-8") == write_indications.text(engine)
