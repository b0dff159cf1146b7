"""The example patients: what a guideline-concordant answer must hold, must not hold, and must say."""

import json
from pathlib import Path

import pytest

from clinical.judge import judge, regimens

EXAMPLES = [json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "examples").glob("*.json"))]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['id']}: {e['title']}")
def test_example(example, engine):
    assert judge(example, engine.ask(example["profile"])) == []


@pytest.mark.parametrize(
    ("drugs", "wanted"),
    [
        (["aromatase inhibitor", "ribociclib"], {"ai_ribociclib", "ribociclib_et_switch"}),
        (["aromatase inhibitor", "ovarian suppression"], {"ai_mono"}),
        (["trastuzumab", "pertuzumab", "aromatase inhibitor"], {"hp_et_maintenance", "trastuzumab_ai"}),
        (["gemcitabine", "carboplatin"], {"gemcitabine_carboplatin", "other_chemo_combination"}),
        (["pembrolizumab", "gemcitabine", "carboplatin"], {"pembrolizumab_chemo"}),
        (["nab-paclitaxel"], {"nab_paclitaxel"}),
        (["best supportive care"], set()),
    ],
)
def test_the_judge_knows_regimens_by_their_drugs(drugs, wanted):
    assert regimens(drugs) == wanted


def test_the_judge_finds_fault_with_an_empty_answer():
    answer = {"problems": [], "options": [], "flags": [], "ruled_out": [], "tests": []}
    faults = judge(next(e for e in EXAMPLES if e["expect"]["must_include"]), answer)
    assert any("lacks" in fault for fault in faults)
