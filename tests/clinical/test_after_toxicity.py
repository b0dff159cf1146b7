"""What comes after a therapy that was ended for toxicity and not for progression."""

from __future__ import annotations

from clinical.asking import HER2_POSITIVE, HR_POSITIVE, find, flag, given, profile


def ended_for(event, grade, *drugs, **more):
    """A therapy for metastatic disease that ended now for this reaction."""
    return given(*drugs, ended="toxicity", toxicity=[{"event": event, "grade": grade}], **more)


def test_after_a_conjugate_that_was_not_borne_the_taxane_regimen_can_be_considered(engine):
    history = [ended_for("pneumonitis", 2, "trastuzumab deruxtecan", "pertuzumab", months=11)]
    answer = engine.ask(profile(HER2_POSITIVE, history=history))
    option = find(answer, "taxane", "trastuzumab", "pertuzumab")
    assert (option["band"], option["status"]) == ("consider", "applies")
    grown = engine.ask(profile(HER2_POSITIVE, history=[given("trastuzumab deruxtecan", "pertuzumab")]))
    assert find(grown, "taxane", "trastuzumab", "pertuzumab") is None


def test_a_weakened_heart_is_named_where_another_antibody_is_offered(engine):
    history = [ended_for("left ventricular dysfunction", 3, "docetaxel", "trastuzumab", "pertuzumab")]
    conjugate = find(engine.ask(profile(HER2_POSITIVE, history=history)), "trastuzumab deruxtecan")
    (said,) = [c for c in conjugate["cautions"] if c["code"] == "stopped_for_toxicity"]
    assert (said["severity"], "heart weakened" in said["text"]) == ("major", True)
    rash = [ended_for("infusion reaction", 3, "trastuzumab")]
    other = find(engine.ask(profile(HER2_POSITIVE, history=rash)), "trastuzumab emtansine")
    (said,) = [c for c in other["cautions"] if c["code"] == "stopped_for_toxicity"]
    assert "find out" in said["text"]
    untold = [given("docetaxel"), {**rash[0], "toxicity": None}]
    other = find(engine.ask(profile(HER2_POSITIVE, history=untold)), "trastuzumab emtansine")
    assert any("find out" in c["text"] for c in other["cautions"])


def test_after_neutropenia_on_one_cdk46_inhibitor_the_others_tell_their_own(engine):
    answer = engine.ask(
        profile(HR_POSITIVE, history=[ended_for("neutropenia", 4, "letrozole", "palbociclib", months=3)])
    )
    ribociclib, abemaciclib = (find(answer, "aromatase inhibitor", drug) for drug in ("ribociclib", "abemaciclib"))
    assert any(c["code"] == "neutropenia_before" for c in ribociclib["cautions"])
    assert not any(c["code"] == "neutropenia_before" for c in abemaciclib["cautions"])


def test_the_remark_on_the_count_of_endocrine_lines_says_what_the_order_does(engine):
    third = [given("letrozole", "palbociclib", months=20), given("olaparib", months=8)]
    assert (
        "lifts chemotherapy" in flag(engine.ask(profile(HR_POSITIVE, history=third)), "endocrine_lines_counted")["text"]
    )
    second = engine.ask(profile(HR_POSITIVE, history=third[:1]))
    assert "kept for later" in flag(second, "endocrine_lines_counted")["text"]
