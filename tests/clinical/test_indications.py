"""Every indication for metastatic breast cancer of five agencies: some profile yields it, and it goes with its marker.

The data set is a GPL work that stays where it is; where it is not at hand these tests are skipped.
"""

from __future__ import annotations

import pytest

from clinical import write_indications
from clinical.coverage import cover
from clinical.indications import SOURCE, metastatic, regimens

INDICATIONS = metastatic()
pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the data set of regulatory indications is not at hand")


def test_there_is_something_to_cover():
    assert len(INDICATIONS) > 100


@pytest.mark.parametrize("indication", INDICATIONS, ids=lambda indication: f"{indication.agency} {indication.date}")
def test_an_indication_is_yielded_and_goes_with_its_biomarker(indication, answer_to, engine):
    names = engine.book.catalogue
    found = regimens(indication, names)
    assert found
    assert all(found), "a regimen without a drug that the catalogue knows"
    for regimen in found:
        covered = cover(indication, regimen, answer_to, names)
        assert covered.best, f"no profile yields {sorted(r.drug or r.drug_class for r in regimen)}"
        assert covered.absent, "no biomarker was taken away"
        assert covered.stays == []


def test_the_table_of_indications_is_current(answer_to, engine):
    """What stands in the table is what the program yields now; the generator's first lines say how to write it."""
    assert write_indications.TARGET.read_text(encoding="utf-8") == write_indications.text(
        answer_to, engine.book.catalogue
    )
