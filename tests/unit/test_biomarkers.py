"""One verdict per gene: a positive finding stands, a narrow or unclear one decides nothing."""

import pytest

from nextline_core.facts import biomarkers


@pytest.mark.parametrize(
    ("finding", "verdict"),
    [
        ("positive", "positive"),
        ("negative", "negative"),
        ("vus", None),
        (None, None),
        ({"result": "negative", "assay": "ngs"}, "negative"),
        ({"result": "negative", "assay": "pcr"}, None),
        ({"result": "positive", "assay": "pcr"}, "positive"),
        ([{"result": "positive", "tested": "2023-01"}, {"result": "negative", "tested": "2025-06"}], "positive"),
        ([{"result": "negative", "assay": "pcr"}, {"result": "negative", "assay": "ngs"}], "negative"),
        ([{"result": "vus"}, {"result": None}], None),
    ],
)
def test_verdict(finding, verdict):
    assert biomarkers.verdict("PIK3CA", finding) == verdict


def facts(**stated):
    return biomarkers.facts({"biomarkers": stated})


def test_a_gene_without_an_origin_speaks_for_one_only_where_its_specimen_tells():
    assert facts(BRCA1="negative") == {"biomarkers.BRCA1": "negative"}
    assert facts(BRCA1={"result": "negative", "specimen": "germline"})["biomarkers.gBRCA1"] == "negative"
    assert facts(PALB2={"result": "positive", "specimen": "germline"})["biomarkers.gPALB2"] == "positive"
    # found in the tumour: germline or somatic, nobody knows
    found = facts(BRCA2={"result": "positive", "specimen": "tissue"})
    assert found == {"biomarkers.BRCA2": "positive"}
    assert facts(gBRCA2="positive")["biomarkers.BRCA2"] == "positive"


def test_absent_means_unknown():
    assert biomarkers.facts({}) == {}
