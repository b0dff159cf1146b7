"""Drafts from tables: nothing of them reaches the store unread."""

from collections import Counter

import pytest

from conftest import outside
from nextline_db import importer, yamlfile
from nextline_db.models.records import EvidenceFile
from nextline_db.validated import validate

CIVIC = outside("data", "civic")
COLUMNS = {
    "gene": "ESR1",
    "variant": "D538G",
    "disease": "Breast Cancer",
    "drugs": "Fulvestrant",
    "evidence_type": "Predictive",
    "evidence_direction": "Supports",
    "evidence_level": "B",
    "clinical_significance": "Resistance",
    "evidence_statement": 'Says "something"; with: signs.',
    "citation_id": "123",
    "source_type": "PubMed",
    "citation": "Somebody, 2020",
    "evidence_status": "accepted",
    "evidence_id": "42",
    "evidence_civic_url": "https://example.org/42",
}
HEADER = "\t".join(COLUMNS) + "\n"
ROW = "\t".join(COLUMNS.values()) + "\n"


def table(tmp_path, text, name="table.tsv"):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_a_civic_row_becomes_an_unverified_draft(tmp_path):
    out = tmp_path / "draft.yaml"
    assert importer.main([str(table(tmp_path, HEADER + ROW)), "--out", str(out)]) == 0
    problems = []
    parsed = validate(EvidenceFile, yamlfile.read(out, tmp_path).data, yamlfile.read(out, tmp_path), problems)
    assert problems == []
    (statement,) = parsed.statements
    assert (statement.id, statement.verification, statement.subject) == ("civic.42", "unverified", "ESR1 D538G")
    assert statement.text == 'Says "something"; with: signs.'


def test_rows_of_other_diseases_are_left_out_and_bad_rows_are_named(tmp_path, capsys):
    other = ROW.replace("Breast Cancer", "Melanoma")
    bad = ROW.replace("\t42\t", "\tno number here\t")
    status = importer.main([str(table(tmp_path, HEADER + other + bad)), "--out", str(tmp_path / "d.yaml")])
    said = capsys.readouterr()
    assert status == 1
    assert said.err.startswith("line 3: ")
    assert "1 rows left out, 1 rows that do not fit" in said.out


def test_a_curators_table(tmp_path):
    text = (
        "id,study,endpoint,value,hr,hr_ci,p,source,unit\n"
        "trial.mpfs,trial,mPFS,3.8,0.55,0.39;0.77,0.0005,web,months\n"
        "x,trial,mPFS,much,,,,web,months\n"
    )
    draft = importer.curated(importer.read(table(tmp_path, text, "t.csv"))[1])
    assert draft.records["results"] == [
        {
            "id": "trial.mpfs",
            "study": "trial",
            "endpoint": "mPFS",
            "value": 3.8,
            "hr": 0.55,
            "hr_ci": [0.39, 0.77],
            "p": "0.0005",
            "source": "web",
            "unit": "months",
            "verification": "unverified",
        }
    ]
    assert draft.faults[0].startswith("line 3: value")


def test_a_table_of_another_kind_is_refused(tmp_path):
    assert importer.main([str(table(tmp_path, "a,b\n1,2\n", "t.csv")), "--out", str(tmp_path / "d.yaml")]) == 2
    assert importer.main([str(tmp_path / "missing.csv"), "--out", str(tmp_path / "d.yaml")]) == 2


@pytest.mark.skipif(not CIVIC.exists(), reason="the CIViC dumps are not at hand")
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("01-Oct-2018-ClinicalEvidenceSummaries.tsv.gz", 2889),
        ("nightly-2021-02-25-ClinicalEvidenceSummaries.tsv.gz", 3706),
        ("01-Aug-2021-ClinicalEvidenceSummaries.tsv.gz", 3650),
    ],
)
def test_whole_dumps_are_read(name, rows):
    header, read = importer.read(CIVIC / name)
    assert "evidence_statement" in header
    draft = importer.civic(read, "")
    assert (len(draft.records["statements"]), draft.faults) == (rows, [])
    assert max(Counter(s["id"] for s in draft.records["statements"]).values()) == 1
