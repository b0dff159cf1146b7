"""Names that stand for several drugs: the real vocabulary, and what is refused of one."""

import pytest

from conftest import ROOT
from nextline_db import load, regimens
from nextline_db.validated import Faults


@pytest.fixture(scope="module")
def corpus():
    return load.load(ROOT / "db")


def written(tmp_path, text):
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "regimens.yaml").write_text(f"regimens:\n{text}")
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("TCHP", {"docetaxel", "carboplatin", "trastuzumab", "pertuzumab"}),
        ("Phesgo", {"pertuzumab", "trastuzumab"}),
        ("pertuzumab, trastuzumab, and hyaluronidase-zzxf", {"pertuzumab", "trastuzumab"}),
        ("ddac-t", {"doxorubicin", "cyclophosphamide", "taxane"}),
        ("Herceptin Hylecta", {"trastuzumab"}),
        ("trastuzumab and hyaluronidase-oysk", {"trastuzumab"}),
        ("fam-trastuzumab deruxtecan-nxki", {"trastuzumab_deruxtecan"}),
    ],
)
def test_a_name_as_it_is_typed(engine, typed, parts):
    assert {part.drug or part.drug_class for part in engine.book.catalogue.parts(typed)} == parts


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("- {names: [XY], drugs: [docetaxel, miraculumab]}", "miraculumab"),
        ("- {names: [Herceptin], drugs: [trastuzumab, docetaxel]}", "taken"),
        ("- {names: [XY, x-y, X Y], drugs: [trastuzumab, docetaxel]}", "taken"),
        ("- {names: [XY], drugs: [trastuzumab]}", "at least 2"),
    ],
)
def test_what_is_refused(tmp_path, corpus, row, fault):
    faults = Faults()
    regimens.read(written(tmp_path, row), corpus, faults)
    said = [str(problem) for problem in faults.problems]
    assert said
    assert all(text.startswith("vocabulary/regimens.yaml:2: ") and fault in text for text in said)
