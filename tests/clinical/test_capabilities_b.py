"""Section B of the capabilities: ranked options, and the rules that place them."""

from __future__ import annotations

import pytest

from clinical.asking import (
    CONJUGATES,
    ENDOCRINE,
    HER2_POSITIVE,
    HR_LOW,
    HR_POSITIVE,
    ONCOGENES,
    TNBC,
    TRIPLE_POSITIVE,
    after_first_line,
    applies,
    cited,
    early,
    find,
    flag,
    given,
    is_chemotherapy,
    negative,
    profile,
    rank,
    ruled_out,
)

TDXD, SG, DATO = CONJUGATES
EVEROLIMUS = (("everolimus", "exemestane"), ("everolimus", "fulvestrant"))
PATHWAY = (("capivasertib", "fulvestrant"), ("alpelisib", "fulvestrant"))
NO_TARGET = negative(*ONCOGENES)
TNBC_SECOND_LINE = [early("doxorubicin", "paclitaxel", months=5), given("carboplatin", "gemcitabine", months=6)]


def lines_of(*regimens):
    """One line of 14 months that ended by progression for each regimen."""
    return [given(*regimen.split("+")) for regimen in regimens]


@pytest.mark.parametrize("history", [[], lines_of("letrozole+palbociclib")], ids=["first line", "second line"])
def test_cap_13_chemotherapy_is_first_in_visceral_crisis(history, engine, as_text, page):
    """In visceral crisis rank 1 is chemotherapy, with the rule and its source; without a crisis it is not."""
    crisis, none = (profile({**HR_POSITIVE, "visceral_crisis": v}, history=history) for v in (True, False))
    first = engine.ask(crisis)["options"][0]
    assert is_chemotherapy(first)
    assert first["status"] == "applies"
    assert first["rules"]
    assert not is_chemotherapy(engine.ask(none)["options"][0])
    shown = page(crisis, *first["drugs"])
    assert "In visceral crisis chemotherapy is recommended" in shown
    assert "line 175" in shown  # where source 004 says so
    assert "URGENT: Visceral crisis" in as_text(crisis)


@pytest.mark.parametrize(("count", "held"), [(1, True), (2, True), (3, False)])
def test_cap_14_cytotoxics_wait_for_the_third_endocrine_line_while_a_target_is_open(count, held, engine, as_text):
    """With an open target cytotoxics stay in `later` after one and two endocrine lines, not after three; told."""
    history = lines_of("letrozole+palbociclib", "tamoxifen", "everolimus+exemestane")[:count]
    asked = profile(HR_POSITIVE, history=history, biomarkers={**NO_TARGET, "ESR1": "positive"})
    bands = {option["band"] for option in engine.ask(asked)["options"] if is_chemotherapy(option)}
    assert bands == {"later"} if held else "consider" in bands
    assert f"Endocrine lines used up for metastatic disease: {count}" in as_text(asked)
    rows = engine.ask(asked)["line_count"]
    assert [(row["line"], row["counts"]) for row in rows] == [(n, True) for n in range(1, count + 1)]


def test_cap_14_no_cytotoxics_before_any_endocrine_line(engine):
    """Before any endocrine line, outside a crisis, no chemotherapy and no conjugate is among the options."""
    answer = engine.ask(profile({**HR_LOW, "visceral_crisis": False}, history=[]))
    assert [o["id"] for o in answer["options"] if is_chemotherapy(o) or set(o["drugs"]) & set(CONJUGATES)] == []


def test_cap_15_three_families_after_first_line(engine):
    """After a CDK4/6 inhibitor: SERDs by injection and mouth, pathway inhibitors, and another CDK4/6 inhibitor."""
    answer = engine.ask(after_first_line())
    families = {
        "SERD by injection": [("fulvestrant",)],
        "oral SERD": [("elacestrant",), ("imlunestrant",), ("vepdegestrant",)],
        "pathway inhibitor": [*PATHWAY, *EVEROLIMUS],
        "another CDK4/6 inhibitor": [("abemaciclib", "fulvestrant"), ("ribociclib", "fulvestrant")],
    }
    for family, members in families.items():
        for drugs in members:
            option = find(answer, *drugs)
            assert option, (family, drugs)
            assert option["band"] in ("preferred", "consider")


@pytest.mark.parametrize("months", [8, 20])
def test_cap_16_an_oral_serd_stands_above_fulvestrant_with_esr1(months, engine):
    """With an ESR1 mutation the oral SERDs stand above fulvestrant alone, after short and long control."""
    history = [given("letrozole", "ribociclib", months=months)]
    answer = engine.ask(profile(HR_POSITIVE, history=history, biomarkers={"ESR1": "positive"}))
    for drug in ("elacestrant", "imlunestrant", "vepdegestrant"):
        assert applies(answer, drug)
        assert rank(answer, drug) < rank(answer, "fulvestrant")
    assert find(answer, "fulvestrant")  # a comparison, not an exclusion


@pytest.mark.parametrize(
    ("history", "esr1", "fact"),
    [
        (lines_of("letrozole+palbociclib"), "negative", "biomarkers.ESR1"),
        ([], "positive", "progressed.metastatic_classes"),
        (lines_of("paclitaxel"), "positive", "progressed.metastatic_classes"),
    ],
    ids=["ESR1 not mutated", "first line", "chemotherapy only"],
)
def test_cap_17_elacestrant_outside_its_label_is_ruled_out_with_the_reason(history, esr1, fact, engine):
    """Without an ESR1 mutation, or before any endocrine line, elacestrant is ruled out, and the answer says why."""
    answer = engine.ask(profile(HR_POSITIVE, history=history, biomarkers={"ESR1": esr1}))
    assert find(answer, "elacestrant") is None
    assert fact in {reason["fact"] for reason in ruled_out(answer, "elacestrant")["because"]}


def test_cap_18_pathway_inhibitors_above_everolimus(engine):
    """With a PIK3CA mutation capivasertib and alpelisib stand above both everolimus regimens."""
    answer = engine.ask(after_first_line({**NO_TARGET, "PIK3CA": "positive"}))
    for inhibitor in PATHWAY:
        assert applies(answer, *inhibitor)
        for everolimus in EVEROLIMUS:
            assert find(answer, *everolimus)
            assert rank(answer, *inhibitor) < rank(answer, *everolimus)


@pytest.mark.parametrize("gene", ["AKT1", "PTEN"])
def test_cap_18_akt1_and_pten_open_capivasertib_alone(gene, engine):
    """AKT1 and PTEN open capivasertib and leave alpelisib, whose marker is PIK3CA, ruled out."""
    answer = engine.ask(after_first_line({**NO_TARGET, gene: "positive"}))
    assert applies(answer, *PATHWAY[0])
    assert ruled_out(answer, *PATHWAY[1])


def test_cap_19_everolimus_comes_later_with_the_four_months(engine, page):
    """After a CDK4/6 inhibitor everolimus stands behind PI3K and AKT inhibitors, with its 4 months against 7."""
    asked = after_first_line({**NO_TARGET, "PIK3CA": "positive"})
    for everolimus in EVEROLIMUS:
        assert find(engine.ask(asked), *everolimus)["band"] == "later"
        shown = page(asked, *everolimus)
        assert "median progression-free survival 4 months (everolimus; earlier CDK4/6 inhibitor)" in shown
        assert "lines 327-328" in shown
        assert "about 4 months against 7 months or more for a PI3K or AKT inhibitor" in shown


@pytest.mark.parametrize(
    ("months", "biomarkers"),
    [(14, NO_TARGET), (4, None), (4, {"ESR1": "positive"})],
    ids=["no target", "short control, not tested", "short control with a target"],
)
def test_cap_20_no_target_or_short_control_shows_the_conflict(months, biomarkers, engine, records, as_text):
    """Without a target, or after short control, the preference for chemotherapy stands beside the rule against it."""
    asked = profile(HR_POSITIVE, history=[given("letrozole", "palbociclib", months=months)], biomarkers=biomarkers)
    answer = engine.ask(asked)
    sources = {records[identifier]["source"] for identifier in flag(answer, "chemotherapy_timing")["bases"]}
    assert {"s003", "s004"} <= sources
    sides = [{side["source"] for side in records[c]["sides"]} for c in answer["conflicts"] if "chemo" in c]
    assert any({"s003", "s004"} <= found for found in sides)
    assert "Sources disagree on chemotherapy here" in as_text(asked)


def test_cap_20_short_control_lifts_chemotherapy(engine):
    """Less than six months on the CDK4/6 inhibitor and no target: chemotherapy and, if HER2-low, T-DXd lead."""
    history = [given("letrozole", "palbociclib", months=4)]
    zero = engine.ask(profile(HR_POSITIVE, history=history, biomarkers=NO_TARGET))
    low = engine.ask(profile(HR_LOW, history=history, biomarkers=NO_TARGET))
    assert is_chemotherapy(zero["options"][0])
    assert low["options"][0]["drugs"] == [TDXD]


def test_cap_21_conjugates_after_one_or_two_chemotherapy_lines(engine, exported, as_text):
    """The sentence that conjugates are often used after one or two lines of chemotherapy is told with its source."""
    said = [row for row in exported["statements"] if row["source"] == "s003" and row["lines"] == [1112, 1113]]
    assert said
    asked = profile(HR_LOW, history=lines_of("letrozole+palbociclib", "capecitabine"), biomarkers=NO_TARGET)
    assert applies(engine.ask(asked), TDXD)
    assert said[0]["id"] in {identifier for option in engine.ask(asked)["options"] for identifier in cited(option)}
    assert "lines 1112-1113" in as_text(asked)


def test_cap_22_cdk46_continuation_with_trials_for_and_against(engine, records, as_text):
    """MAINTAIN and postMONARCH stand beside PACE and PALMIRA with one option, each with the sign of its result."""
    asked = after_first_line(NO_TARGET)
    option = find(engine.ask(asked), "ribociclib", "fulvestrant")
    medians = [row for row in option["evidence"] if row["result"] and records[row["result"]]["endpoint"] == "mPFS"]
    shown = {(row["study"], row["role"], records[row["result"]]["verdict"]) for row in medians}
    assert ("maintain", "supports", "positive") in shown
    assert ("pace", "against", "negative") in shown
    assert ("palmira", "against", "negative") in shown
    assert ("postmonarch", "positive") in {(study, verdict) for study, _, verdict in shown}
    text = as_text(asked)
    assert "AGAINST: PACE" in text
    assert "AGAINST: PALMIRA" in text


@pytest.mark.parametrize(
    ("disease", "history", "conjugates"),
    [
        (TNBC, TNBC_SECOND_LINE, {SG}),
        ({**TNBC, "her2": "low"}, TNBC_SECOND_LINE, {SG, TDXD}),
        (HR_POSITIVE, lines_of("letrozole+palbociclib", "capecitabine", "paclitaxel"), {SG, DATO}),
        (HR_LOW, lines_of("letrozole+palbociclib", "capecitabine", "paclitaxel"), {SG, DATO, TDXD}),
    ],
    ids=["TNBC, HER2 zero", "TNBC, HER2-low", "HR+, HER2 zero", "HR+, HER2-low"],
)
def test_cap_23_conjugates_by_subtype(disease, history, conjugates, engine):
    """TNBC: SG, and T-DXd if HER2-low; HR+ without HER2 overexpression: Dato-DXd besides."""
    patient = {"conditions": {"ild": False}}
    answer = engine.ask(profile({**disease, "pd_l1_cps": 20}, history=history, biomarkers=NO_TARGET, patient=patient))
    found = {drug for drug in CONJUGATES if applies(answer, drug) and find(answer, drug)["band"] != "later"}
    assert found == conjugates


def test_cap_24_first_line_shows_both_sonia_strategies(engine, as_text):
    """First-line HR+ disease shows both orders of SONIA: with the CDK4/6 inhibitor at once, and without."""
    asked = profile(HR_POSITIVE, history=[])
    answer = engine.ask(asked)
    assert rank(answer, "ribociclib", "aromatase inhibitor") < rank(answer, "aromatase inhibitor")
    assert applies(answer, "aromatase inhibitor")
    timing = flag(answer, "first_line_timing")
    assert "When to give the CDK4/6 inhibitor is a decision" in timing["text"]
    assert "SONIA" in timing["text"]
    assert "some patients" in " ".join(as_text(asked).split())


@pytest.mark.parametrize("disease", [HER2_POSITIVE, TRIPLE_POSITIVE], ids=["HR-/HER2+", "HR+/HER2+"])
@pytest.mark.parametrize("lines", [1, 2, 3, 4])
def test_cap_25_her2_sequence_beyond_the_second_line_is_said_to_be_unknown(disease, lines, engine):
    """From the third line on the answer says that the best sequence is unknown; before that it does not."""
    history = [
        given("docetaxel", "trastuzumab", "pertuzumab"),
        given(TDXD),
        given("tucatinib", "trastuzumab", "capecitabine"),
    ][: lines - 1]
    answer = engine.ask(profile(disease, history=history))
    said = any("sequence" in row["text"] and "unknown" in row["text"] for row in answer["flags"])
    assert answer["line"] == lines
    assert said == (lines >= 3)


@pytest.mark.parametrize("history", [[], TNBC_SECOND_LINE, None], ids=["first line", "second line", "unknown"])
def test_cap_26_tnbc_has_a_chemotherapy_backbone_and_no_endocrine_option(history, engine):
    """A triple-negative profile is offered chemotherapy and told that it is the backbone, and no endocrine drug."""
    answer = engine.ask(profile(TNBC, history=history))
    assert [o["id"] for o in answer["options"] if set(o["drugs"]) & ENDOCRINE] == []
    assert any(is_chemotherapy(option) for option in answer["options"])
    assert "chemotherapy is usually the backbone" in flag(answer, "chemotherapy_backbone")["text"]


@pytest.mark.parametrize(
    ("gene", "drugs", "label"),
    [
        ("gBRCA1", ("olaparib", "talazoparib"), True),
        ("gBRCA2", ("olaparib", "talazoparib"), True),
        ("gPALB2", ("olaparib",), False),
        ("sBRCA1", ("olaparib",), False),
        ("sBRCA2", ("olaparib",), False),
    ],
)
def test_cap_27_parp_inhibitors_by_marker(gene, drugs, label, engine):
    """Germline BRCA opens both PARP inhibitors within their label; PALB2 and somatic BRCA open olaparib outside it."""
    answer = engine.ask(after_first_line({**NO_TARGET, gene: "positive"}))
    for drug in drugs:
        option = find(answer, drug)
        assert option["status"] == "applies"
        assert option["band"] in ("preferred", "consider")
        assert ("off_label" in {caution["code"] for caution in option["cautions"]}) != label
    assert (find(answer, "talazoparib") is None) == ("talazoparib" not in drugs)


ANY_SUBTYPE = [
    profile(HR_POSITIVE, history=[]),
    after_first_line(),
    profile(TNBC, history=TNBC_SECOND_LINE),
    profile(HER2_POSITIVE, history=[]),
]


@pytest.mark.parametrize("asked", ANY_SUBTYPE, ids=["HR+ first", "HR+ second", "TNBC second", "HER2+ first"])
def test_cap_28_every_rank_has_its_rule_and_its_factors(asked, engine, page):
    """Every option names the rules that placed it, why they hold, and the factors of its place with their wording."""
    for option in engine.ask(asked)["options"]:
        assert option["rules"], option["id"]
        named = {factor["name"]: factor["text"] for factor in option["factors"]}
        assert {"strength", "fit", "safety"} <= set(named), option["id"]
        assert all(named.values())
        if option["status"] == "applies" and option["band"] != "supportive":
            assert option["why"], option["id"]
        shown = page(asked, *option["drugs"])
        for text in named.values():
            assert " ".join(text.split()) in shown


def test_cap_28_the_line_is_named_as_the_fourth_factor(engine):
    """The factors of every option are four: strength, fit, safety and line."""
    for option in engine.ask(after_first_line())["options"]:
        assert {"strength", "fit", "safety", "line"} <= {factor["name"] for factor in option["factors"]}
