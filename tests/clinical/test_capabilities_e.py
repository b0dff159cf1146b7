"""Section E of the capabilities: the tests that would change the answer."""

from __future__ import annotations

import pytest

from clinical.asking import (
    HR_POSITIVE,
    ONCOGENES,
    TNBC,
    after_first_line,
    applies,
    early,
    find,
    flag,
    given,
    missing_test,
    negative,
    profile,
    ruled_out,
)

NO_TARGET = negative(*ONCOGENES)
PATHWAY = ("capivasertib", "fulvestrant")


def standing(answer):
    """Ids of all options, and of those that apply and can be had, best first; supportive care aside."""
    usable = [o for o in answer["options"] if o["band"] not in ("unavailable", "supportive")]
    return {o["id"] for o in answer["options"]}, [o["id"] for o in usable if o["status"] == "applies"]


@pytest.mark.parametrize("gene", ["ESR1", "PIK3CA", "AKT1", "PTEN", "gBRCA1", "gBRCA2", "gPALB2"])
def test_cap_52_a_missing_test_shows_what_each_result_would_change(gene, engine):
    """What a test row announces for either result is what the two profiles with that result get."""
    asked = after_first_line()
    row = missing_test(engine.ask(asked), f"biomarkers.{gene}")
    ids, now = standing(engine.ask(asked))
    for result in ("positive", "negative"):
        then_ids, then = standing(engine.ask(after_first_line({gene: result})))
        announced = row[f"if_{result}"]
        assert announced["gained"] == [option for option in then if option not in now]
        assert announced["lost"] == sorted(ids - then_ids)
        assert announced["first"] == then[0]


def test_cap_52_esr1_decides_over_the_oral_serds(engine, as_text):
    """With ESR1 not tested a mutation is said to open the oral SERDs first, and none to close them."""
    row = missing_test(engine.ask(after_first_line()), "biomarkers.ESR1")
    assert "elacestrant" in row["if_positive"]["gained"]
    assert row["if_positive"]["first"] in ("elacestrant", "imlunestrant", "vepdegestrant")
    assert "elacestrant" in row["if_negative"]["lost"]
    assert row["if_negative"]["first"] != row["if_positive"]["first"]
    assert "if positive: opens elacestrant" in as_text(after_first_line())


def test_cap_52_pd_l1_in_triple_negative_disease(engine):
    """In triple-negative disease PD-L1 is missing first of all, and shows both sides of the threshold."""
    row = missing_test(engine.ask(profile(TNBC, history=[])), "disease.pd_l1_cps")
    outcomes = {outcome["value"]: outcome for outcome in row["outcomes"]}
    assert len(outcomes) == 2
    firsts = {outcome["first"] for outcome in outcomes.values()}
    assert len(firsts) == 2


@pytest.mark.parametrize("rebiopsied", [None, False, True])
def test_cap_53_a_biopsy_with_receptors_is_advised_if_at_all_possible(rebiopsied, engine):
    """At progression without a new biopsy the answer advises one, if at all possible, with HR and HER2 again."""
    advice = flag(engine.ask(after_first_line(disease={**HR_POSITIVE, "rebiopsied": rebiopsied})), "rebiopsy")
    if rebiopsied:
        assert advice is None
    else:
        assert "if at all possible" in advice["text"]
        assert "receptors and HER2 again" in advice["text"]


def test_cap_54_tissue_and_circulating_tumour_dna_are_both_named(engine):
    """The advice and the rows of ESR1, PIK3CA, AKT1 and PTEN name tissue as well as circulating tumour DNA."""
    answer = engine.ask(after_first_line())
    advice = flag(answer, "rebiopsy")["text"]
    assert "tissue" in advice
    assert "circulating tumour DNA" in advice
    for gene in ("ESR1", "PIK3CA", "AKT1", "PTEN"):
        assert {"tissue", "ctdna"} <= set(missing_test(answer, f"biomarkers.{gene}")["specimens"]), gene


@pytest.mark.parametrize(
    "history",
    [
        [given("letrozole", "palbociclib")],
        [given("letrozole", "palbociclib"), given("fulvestrant", "everolimus")],
        [given("letrozole", "palbociclib"), given("capecitabine"), given("paclitaxel")],
        [early("letrozole", months=30, since_end=0, ended="progression")],
    ],
    ids=["after the first line", "after the second", "after the third", "at early relapse"],
)
def test_cap_55_a_new_biopsy_and_profiling_at_each_progression(history, engine):
    """Re-biopsy with sequencing is advised at every progression, not only at the first."""
    advice = flag(engine.ask(profile(HR_POSITIVE, history=history)), "rebiopsy")
    assert advice
    assert "sequencing" in advice["text"]


def test_cap_55_not_before_any_progression(engine):
    """Before any progression there is nothing to re-biopsy."""
    assert flag(engine.ask(profile(HR_POSITIVE, history=[])), "rebiopsy") is None


def test_cap_56_a_negative_pcr_is_not_a_negative(engine):
    """A PCR that found no PIK3CA mutation leaves capivasertib possible; sequencing that found none rules it out."""
    others = {gene: "negative" for gene in ONCOGENES if gene != "PIK3CA"}
    by = {
        assay: engine.ask(after_first_line({**others, "PIK3CA": {"result": "negative", "assay": assay}}))
        for assay in ("pcr", "ngs")
    }
    assert find(by["pcr"], *PATHWAY)["status"] == "possible"
    assert missing_test(by["pcr"], "biomarkers.PIK3CA")
    assert ruled_out(by["ngs"], *PATHWAY)
    assert missing_test(by["ngs"], "biomarkers.PIK3CA") is None


def test_cap_56_sequencing_is_advised_for_capivasertib(engine):
    """While no alteration is known capivasertib says that a narrow test can miss one and sequencing finds more."""
    option = find(engine.ask(after_first_line()), *PATHWAY)
    text = " ".join(caution["text"] for caution in option["cautions"] if caution["code"] == "narrow_assay")
    assert "sequencing" in text
    assert "a negative spot test does not count as negative" in text


def test_cap_56_a_positive_result_stands_against_an_older_negative(engine):
    """A mutation found in plasma is not overruled by tissue in which none was found, older or newer."""
    for first, second in (("positive", "negative"), ("negative", "positive")):
        findings = [
            {"result": first, "specimen": "tissue", "assay": "ngs", "tested": "2024-01"},
            {"result": second, "specimen": "ctdna", "assay": "ngs", "tested": "2026-01"},
        ]
        assert applies(engine.ask(after_first_line({"ESR1": findings})), "elacestrant")


def test_cap_57_a_full_answer_without_any_genomic_test(engine):
    """With no gene tested there are ranked options that apply, and the answer names what is uncertain."""
    answer = engine.ask(after_first_line())
    _, now = standing(answer)
    assert {"abemaciclib_fulvestrant", "everolimus_exemestane", "fulvestrant"} <= set(now)
    missing = flag(answer, "genomic_tests_missing")["text"]
    assert "No genomic result is known" in missing
    assert "where testing cannot be reached" in missing
    decided_by = {need["fact"] for option in answer["options"] for need in option["needs"]}
    assert {f"biomarkers.{gene}" for gene in ("ESR1", "PIK3CA", "AKT1", "PTEN", "gBRCA1", "gBRCA2")} <= decided_by


def test_cap_57_what_needs_a_test_is_never_taken_as_given(engine):
    """With no gene tested no option that hangs on a gene applies."""
    answer = engine.ask(after_first_line())
    for drugs in (("elacestrant",), ("olaparib",), ("talazoparib",), PATHWAY, ("alpelisib", "fulvestrant")):
        assert find(answer, *drugs)["status"] == "possible"
        assert not applies(answer, *drugs)
    known = engine.ask(after_first_line(NO_TARGET))
    assert not any(need["fact"].startswith("biomarkers.g") for o in known["options"] for need in o["needs"])
