"""The field guide says what the models say."""

from conftest import ROOT
from nextline_db import guide


def test_the_field_guide_is_current():
    assert (ROOT / "db" / "EVIDENCE.md").read_text(encoding="utf-8") == guide.text()
