"""The example patients: what a guideline-concordant answer must hold, must not hold, and must say."""

import json
from pathlib import Path

import pytest

from clinical import asking
from clinical.judge import judge, regimens
from nextline_core.assess import band_of, strength_of

EXAMPLES = [json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "examples").glob("*.json"))]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['id']}: {e['title']}")
def test_example(example, engine):
    assert judge(example, engine.ask(example["profile"])) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["id"])
def test_only_what_carries_an_option_is_cited_in_its_support(example, engine):
    """A record cited by an offer of a weaker band or strength, or by a hold, stands as context."""
    rules = {rule.id: rule for rule in engine.book.rules}
    for option in engine.ask(example["profile"])["options"]:
        offers = [rules[name] for name in option["rules"] if rules[name].kind == "offer"]
        best = min(offers, key=lambda o: (asking.BANDS.index(band_of(o)), strength_of(o)))
        carrying = {
            identifier
            for offer in offers
            for identifier, role in offer.evidence
            if role == "supports" and (band_of(offer), strength_of(offer)) == (band_of(best), strength_of(best))
        }
        shown = {row["result"] or row["statement"] for row in option["evidence"] if row["role"] == "supports"}
        assert shown <= carrying, option["id"]
        assert shown, option["id"]


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
