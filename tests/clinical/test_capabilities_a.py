"""Section A of the capabilities: what must be enterable, and what it does to the answer."""

from __future__ import annotations

import jsonschema
import pytest

from clinical.asking import (
    HER2_POSITIVE,
    HR_POSITIVE,
    ONCOGENES,
    TNBC,
    TRIPLE_POSITIVE,
    after_first_line,
    applies,
    cited,
    early,
    find,
    given,
    negative,
    profile,
    rank,
    ruled_out,
)
from conftest import ROOT
from nextline_device.boundary import profiles

TDXD, SG = "trastuzumab deruxtecan", "sacituzumab govitecan"


def after_chemotherapy(her2, lines=1, **disease):
    """HR+ disease after endocrine therapy and so many lines of chemotherapy, no alteration found."""
    chemotherapy = ["capecitabine", "paclitaxel", "eribulin"][:lines]
    return profile(
        {"er": "positive", "her2": her2, **disease},
        history=[given("letrozole", "palbociclib"), *map(given, chemotherapy)],
        biomarkers=negative(*ONCOGENES),
    )


@pytest.mark.parametrize("her2", ["zero", "low", "ultralow", "positive"])
def test_cap_01_her2_classes_are_values_of_their_own(her2, engine):
    """HER2 zero, low, ultralow and positive are accepted and tell the subtype."""
    asked = profile({"er": "positive", "her2": her2})
    assert profiles.validate(asked) == []
    assert engine.ask(asked)["subtype"] == ("HR+/HER2+" if her2 == "positive" else "HR+/HER2-")


def test_cap_01_tdxd_by_destiny_breast04_for_low_and_not_for_zero(engine, records):
    """Trastuzumab deruxtecan is offered in HER2-low disease on DESTINY-Breast04, and ruled out where HER2 is zero."""
    low, zero = (engine.ask(after_chemotherapy(her2, her2_earlier=[])) for her2 in ("low", "zero"))
    assert applies(low, TDXD)
    assert "destiny-breast04" in {row["study"] for row in find(low, TDXD)["evidence"] if row["role"] == "supports"}
    assert find(zero, TDXD) is None
    assert {fact["fact"] for fact in ruled_out(zero, TDXD)["because"]} & {"her2_class", "her2_ever"}
    assert not applies(engine.ask(after_chemotherapy("zero")), TDXD)  # earlier readings not known


def test_cap_02_the_prior_endocrine_agent_changes_the_answer(engine):
    """Profiles that differ in the earlier endocrine drug alone get different options."""

    def bands(drug):
        answer = engine.ask(profile(HR_POSITIVE, history=[given(drug)]))
        return {frozenset(o["drugs"]): (o["band"], o["status"]) for o in answer["options"]}

    letrozole, tamoxifen, fulvestrant = map(bands, ("letrozole", "tamoxifen", "fulvestrant"))
    assert len({str(sorted(map(str, b.items()))) for b in (letrozole, tamoxifen, fulvestrant)}) == 3
    # what the disease grew on is not offered alone again; the others remain
    assert frozenset(["tamoxifen"]) in letrozole
    assert frozenset(["tamoxifen"]) not in tamoxifen
    assert frozenset(["fulvestrant"]) in letrozole
    assert frozenset(["fulvestrant"]) not in fulvestrant


def test_cap_03_months_belong_to_each_earlier_therapy(engine):
    """How long each therapy worked is a number of months of its own, and the answer says it back."""
    asked = profile(HR_POSITIVE, history=[given("tamoxifen", months=7.5), given("letrozole", "ribociclib", months=21)])
    assert profiles.validate(asked) == []
    assert any(p.path.endswith("/months") for p in profiles.validate(_with_months(asked, -1)))
    reasons = [fact["text"] for option in engine.ask(asked)["options"] for fact in option["why"]]
    reasons += [fact["text"] for option in engine.ask(_with_months(asked, 5))["options"] for fact in option["why"]]
    assert any("5 months" in reason for reason in reasons)


def _with_months(asked, months):
    return {**asked, "history": [asked["history"][0], {**asked["history"][1], "months": months}]}


def test_cap_03_a_short_and_a_long_time_on_the_cdk46_inhibitor_differ(engine):
    """Five months on the CDK4/6 inhibitor put another one behind; twenty months leave it where it was."""
    short, long = (
        engine.ask(profile(HR_POSITIVE, history=[given("letrozole", "palbociclib", months=m)])) for m in (5, 20)
    )
    again = ("abemaciclib", "fulvestrant")
    assert find(short, *again)["band"] == "later"
    assert find(long, *again)["band"] == "consider"
    assert rank(short, "capecitabine") < rank(long, "capecitabine")


@pytest.mark.parametrize(
    ("disease", "frail"),
    [(HR_POSITIVE, False), (TNBC, False), (TRIPLE_POSITIVE, True)],
    ids=["HR+/HER2-", "TNBC", "HR+/HER2+"],
)
def test_cap_04_an_unknown_visceral_crisis_is_told(disease, frail, engine):
    """Visceral crisis is yes, no or unknown; where it moves options, unknown is not taken for no without a word."""
    said, bands = {}, {}
    for crisis in (True, False, None):
        asked = profile({**disease, "visceral_crisis": crisis}, history=[], patient={"frail": frail})
        assert profiles.validate(asked) == []
        answer = engine.ask(asked)
        texts = [row["text"] for row in answer["flags"]]
        texts += [caution["text"] for option in answer["options"] for caution in option["cautions"]]
        said[crisis] = any("visceral crisis" in text.lower() and "not known" in text for text in texts)
        bands[crisis] = {option["id"]: option["band"] for option in answer["options"]}
    assert bands[True] != bands[False]
    assert said == {True: False, False: False, None: True}


@pytest.mark.parametrize("gene", ["ESR1", "PIK3CA", "AKT1", "PTEN", "gBRCA1", "gBRCA2", "sBRCA1", "sBRCA2"])
def test_cap_05_each_gene_is_altered_not_found_or_not_tested(gene, engine):
    """Every gene has three states with three consequences, whichever specimen it was found in."""
    drugs = {"ESR1": ("elacestrant",), "g": ("olaparib",), "s": ("olaparib",)}.get(
        gene if gene == "ESR1" else gene[0], ("capivasertib", "fulvestrant")
    )
    others = negative(*(set(ONCOGENES) - {gene}))
    altered, absent, untested = (
        engine.ask(after_first_line({**others, **found})) for found in ({gene: "positive"}, {gene: "negative"}, {})
    )
    assert applies(altered, *drugs)
    assert find(absent, *drugs) is None
    assert find(untested, *drugs)["status"] == "possible"
    assert f"biomarkers.{gene}" in {need["fact"] for need in find(untested, *drugs)["needs"]}


@pytest.mark.parametrize("specimen", ["tissue", "ctdna"])
def test_cap_05_specimen_and_origin_are_entered(specimen, engine):
    """A finding carries its specimen; a germline finding speaks for the germline gene, a tissue one for the somatic."""
    esr1 = after_first_line({"ESR1": {"result": "positive", "specimen": specimen, "variant": "Y537S"}})
    assert profiles.validate(esr1) == []
    assert applies(engine.ask(esr1), "elacestrant")
    germline = engine.ask(after_first_line({"BRCA1": {"result": "positive", "specimen": "germline"}}))
    somatic = engine.ask(after_first_line({"BRCA1": {"result": "positive", "specimen": "tissue"}}))
    assert applies(germline, "talazoparib")
    assert not applies(somatic, "talazoparib")  # its label names germline variants


@pytest.mark.parametrize("gene", ["gPALB2", "sBRCA1", "sBRCA2"])
def test_cap_06_palb2_and_somatic_brca_bring_olaparib_by_tbcrc_048(gene, engine):
    """Germline PALB2 and somatic BRCA1/2, each on its own, bring olaparib with TBCRC 048."""
    answer = engine.ask(after_first_line({**negative(*ONCOGENES), gene: "positive"}))
    assert applies(answer, "olaparib")
    assert "tbcrc-048" in {row["study"] for row in find(answer, "olaparib")["evidence"]}
    without = engine.ask(after_first_line(negative(*ONCOGENES)))
    assert find(without, "olaparib") is None


def test_cap_07_the_cdk46_inhibitor_before_decides_what_is_shown_of_maintain(engine, records):
    """After palbociclib MAINTAIN's subset of 103 is shown; after ribociclib a switch to it is not offered."""
    switch = ("ribociclib", "fulvestrant")
    palbociclib = engine.ask(profile(HR_POSITIVE, history=[given("letrozole", "palbociclib")]))
    ribociclib = engine.ask(profile(HR_POSITIVE, history=[given("letrozole", "ribociclib")]))
    shown = {(records[i]["study"], records[i].get("n"), records[i].get("hr")) for i in cited(find(palbociclib, *switch))
             if i in records and "study" in records[i]}  # fmt: skip
    assert ("maintain", 103, 0.58) in shown
    assert find(ribociclib, *switch) is None
    assert "ribociclib" in ruled_out(ribociclib, *switch)["because"][0]["text"]


def test_cap_07_after_ribociclib_the_subset_of_14_is_shown(engine, as_text):
    """After ribociclib the answer shows MAINTAIN's subset of 14 patients, HR 0.50 (0.15-1.70)."""
    assert "HR 0.50 (95% CI 0.15-1.70)" in as_text(profile(HR_POSITIVE, history=[given("letrozole", "ribociclib")]))


def test_cap_08_lines_of_chemotherapy_decide_over_the_conjugates(engine):
    """DESTINY-Breast04 carries trastuzumab deruxtecan from one line on; sacituzumab leads from two."""
    none, one, two = (engine.ask(after_chemotherapy("low", lines)) for lines in (0, 1, 2))
    assert "destiny-breast04" not in {row["study"] for row in find(none, TDXD)["evidence"] if row["result"]}
    assert "chemotherapy_lines" in {fact["fact"] for fact in find(one, TDXD)["why"]}
    assert find(none, SG) is None
    assert "chemotherapy_lines" in {fact["fact"] for fact in ruled_out(none, SG)["because"]}
    assert rank(two, SG) < rank(one, SG)
    assert "chemotherapy_lines" in {fact["fact"] for fact in find(two, SG)["why"]}


def test_cap_09_frailty_opens_endocrine_therapy_alone_with_sonias_hedges(engine, page):
    """In a frail first-line patient an aromatase inhibitor alone moves up, with SONIA and its hedges."""
    frail, fit = (
        profile(HR_POSITIVE, history=[], patient={"frail": value, "menopausal": "post"}) for value in (True, False)
    )
    alone = find(engine.ask(frail), "aromatase inhibitor")
    assert (alone["status"], alone["band"]) == ("applies", "consider")
    assert find(engine.ask(fit), "aromatase inhibitor")["band"] == "later"
    assert "sonia" in {row["study"] for row in alone["evidence"]}
    shown = page(frail, "aromatase inhibitor")
    assert "selected frail patients" in shown
    assert "SONIA may justify" in shown


@pytest.mark.parametrize("disease", [HR_POSITIVE, TNBC, HER2_POSITIVE], ids=["HR+/HER2-", "TNBC", "HER2+"])
def test_cap_10_grade_changes_no_option(disease, engine):
    """Grade 3 changes neither the options nor what is ruled out."""
    one, three = (engine.ask(profile({**disease, "grade": grade}, history=[])) for grade in (1, 3))
    for part in ("options", "ruled_out", "tests"):
        assert one[part] == three[part]


@pytest.mark.parametrize(
    "disease",
    [HR_POSITIVE, TNBC, HER2_POSITIVE],
    ids=["HR+/HER2-", "TNBC", "HER2+"],
)
def test_cap_10_high_grade_shows_in_the_resistance_view(disease, engine):
    """Grade 3 adds to the resistance view that high-grade tumours may become resistant early."""
    texts = {
        grade: [m["text"] for m in engine.ask(profile({**disease, "grade": grade}, history=[]))["mechanisms"]]
        for grade in (1, 3)
    }
    added = [text for text in texts[3] if text not in texts[1]]
    assert any("high-grade" in text.lower() for text in added)


def test_cap_11_relapse_on_an_adjuvant_cdk46_inhibitor_is_matched_by_postmonarch(engine):
    """Relapse on an adjuvant CDK4/6 inhibitor with endocrine therapy brings abemaciclib with postMONARCH."""
    history = [early("letrozole", "ribociclib", months=20, since_end=0, ended="progression")]
    option = find(engine.ask(profile(HR_POSITIVE, history=history)), "abemaciclib", "fulvestrant")
    assert option["status"] == "applies"
    assert "postmonarch" in {row["study"] for row in option["evidence"]}


def test_cap_12_emerald_is_flagged_before_the_menopause(engine):
    """Before the menopause elacestrant carries the remark that its trial and label are for postmenopausal patients."""
    answers = {
        status: find(engine.ask(after_first_line({"ESR1": "positive"}, patient={"menopausal": status})), "elacestrant")
        for status in ("pre", "post")
    }
    pre = " ".join(caution["text"] for caution in answers["pre"]["cautions"])
    assert "postmenopausal" in pre
    fits = {status: _emerald_fit(option) for status, option in answers.items()}
    assert "patient.menopausal" in {fact["fact"] for fact in fits["pre"]["unmet"]}
    assert "patient.menopausal" in {fact["fact"] for fact in fits["post"]["met"]}


def _emerald_fit(option):
    return next(row["fit"] for row in option["evidence"] if row["study"] == "emerald" and row["fit"]["met"])


def test_cap_12_menopausal_status_is_a_field():
    """Menopausal status takes pre, peri, post or unknown and nothing else."""
    import json

    schema = json.loads((ROOT / "tests" / "data" / "contract" / "profile.schema.json").read_text())
    checker = jsonschema.Draft202012Validator(schema)
    for status, fine in (("pre", True), ("peri", True), ("post", True), (None, True), ("maybe", False)):
        asked = profile(HR_POSITIVE, patient={"menopausal": status})
        assert checker.is_valid(asked) == fine == (profiles.validate(asked) == [])
