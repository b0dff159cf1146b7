"""Section D of the capabilities: resistance, its mechanisms and how likely it is."""

from __future__ import annotations

import re

import pytest

from clinical.asking import (
    HER2_POSITIVE,
    HR_POSITIVE,
    ONCOGENES,
    TNBC,
    TRIPLE_POSITIVE,
    after_first_line,
    early,
    find,
    flag,
    given,
    missing_test,
    negative,
    profile,
)

NO_TARGET = negative(*ONCOGENES)
SUBTYPES = {"HR+/HER2-": HR_POSITIVE, "TNBC": TNBC, "HR-/HER2+": HER2_POSITIVE, "HR+/HER2+": TRIPLE_POSITIVE}


def mechanisms(answer):
    """The sentences of the resistance view."""
    return [row["text"] for row in answer["mechanisms"]]


def outlook(answer, records, study):
    """The results of a study in the outlook, in their order."""
    cited = [row["result"] or row["statement"] for row in answer["outlook"]]
    return [records[identifier] for identifier in cited if records[identifier].get("study") == study]


def test_cap_41_three_mechanisms_of_endocrine_resistance_as_may(engine):
    """After endocrine therapy ESR1, PI3K-AKT-mTOR and FGFR1 are named as what resistance may come from."""
    said = [text for text in mechanisms(engine.ask(after_first_line())) if "endocrine therapy may" in text]
    assert len(said) == 1
    assert all(name in said[0] for name in ("ESR1", "PI3K-AKT-mTOR", "FGFR1"))
    assert " may " in said[0]


KINASE_RESISTANCE = {
    "s004": ("CDK4/6", "CDK6", "RB1", "TK1", "cyclin E-CDK2", "CCNE1", "CCNE2", "CDK2"),
    "s003": ("RB1", "CDK6", "CCNE1", "CCNE2", "CDK2", "E2F", "CDK4", "WEE1", "MDM2", "INK4", "FZR1", "FAT1",
             "PI3K-AKT-mTOR", "ER", "PR", "AP-1", "SMAD3", "autophagy", "immune"),
}  # fmt: skip


@pytest.mark.parametrize("source", KINASE_RESISTANCE)
def test_cap_42_every_mechanism_of_cdk46_resistance_is_in_the_export(source, exported):
    """Each item of source 004 line 103 and of source 003 lines 45-52 is a record with its lines."""
    lines = {"s003": (45, 52), "s004": (103, 103)}[source]
    found = [
        f"{row['gene_or_pathway']} {row['alteration']}"
        for row in exported["mechanisms"]
        if row["source"] == source and lines[0] <= row["lines"][0] and row["lines"][1] <= lines[1]
    ]
    for item in KINASE_RESISTANCE[source]:
        assert any(re.search(rf"(?i)\b{re.escape(item)}", text) for text in found), (item, found)


def test_cap_42_they_are_told_after_a_cdk46_inhibitor(engine):
    """After a CDK4/6 inhibitor failed the answer names loss of RB1, CDK6 and the cyclin E-CDK2 axis as possible."""
    said = [text for text in mechanisms(engine.ask(after_first_line())) if "CDK4/6 inhibitor may" in text]
    assert said
    assert all(name in said[0] for name in ("RB1", "CDK6", "cyclin E-CDK2", "TK1"))
    assert not any("CDK4/6 inhibitor may" in t for t in mechanisms(engine.ask(profile(HR_POSITIVE, history=[]))))


@pytest.mark.parametrize("word", ["WEE1", "FAT1", "autophagy", "TK1"])
def test_cap_42_a_mechanism_is_found_by_search(word, engine):
    """A rare mechanism is found by its gene or its name."""
    assert any(hit.kind == "mechanisms" for hit in engine.store.search(word, 20))


@pytest.mark.parametrize(
    ("subtype", "words"),
    [
        ("TNBC", ("epithelial-mesenchymal", "stem cells", "NF-kB", "PI3K/AKT", "DNA damage")),
        ("HR-/HER2+", ("HER2 pathway", "parallel receptors", "PI3K pathway", "clones")),
        ("HR+/HER2+", ("HER2 pathway", "parallel receptors")),
        ("HR+/HER2-", ("ESR1", "RB1", "clones")),
    ],
)
def test_cap_43_the_mechanism_view_is_filled_for_every_subtype(subtype, words, engine):
    """TNBC, HER2-positive and HR+ disease each have their own mechanisms in the resistance view."""
    drugs = {"HR+/HER2-": ("letrozole", "palbociclib"), "TNBC": ("carboplatin", "gemcitabine")}
    history = [given(*drugs.get(subtype, ("docetaxel", "trastuzumab", "pertuzumab")))]
    text = " ".join(mechanisms(engine.ask(profile(SUBTYPES[subtype], history=history))))
    for word in words:
        assert word in text, word


TIERS = {
    "TNBC": r"(quick|rapid|highest short-term)",
    "HR+/HER2-": r"(more slowly|slower|indolent)",
}


@pytest.mark.parametrize("subtype", TIERS)
def test_cap_44_is_my_subtype_more_likely_to_become_resistant(subtype, exported):
    """The export answers by two tiers in words, without a percentage."""
    own = [row["text"] for row in exported["statements"] if row["topic"] == "subtype_risk"]
    assert any(re.search(TIERS[subtype], text) for text in own)
    assert not any("%" in text for text in own)


@pytest.mark.parametrize("subtype", TIERS)
def test_cap_44_the_answer_tells_the_tier_of_this_subtype(subtype, engine):
    """The answer itself says in words whether resistance usually comes sooner or later in this subtype."""
    drugs = {"TNBC": ("carboplatin",), "HR+/HER2-": ("letrozole", "palbociclib")}[subtype]
    answer = engine.ask(profile(SUBTYPES[subtype], history=[given(*drugs)]))
    said = [row["text"] for row in answer["flags"]] + mechanisms(answer)
    assert any(re.search(TIERS[subtype], text) for text in said)


CHEMOTHERAPY_LINES = profile(HR_POSITIVE, history=[given("letrozole", "palbociclib"), given("capecitabine")])
TOLANEY, BAKKER, BONOTTO = (
    "tolaney-2023-chemotherapy-rws", "bakker-2015-chemotherapy-lines", "bonotto-2015-first-line-pfs"
)  # fmt: skip


def test_cap_45_shares_by_line_with_their_denominator_and_caveat(engine, records, as_text):
    """57, 31 and 17% of 1,545 HR+/HER2- patients got a second, third and fourth chemotherapy; an underestimate."""
    found = [row for row in outlook(engine.ask(CHEMOTHERAPY_LINES), records, TOLANEY) if row["endpoint"] == "share"]
    assert [(row["value"], row["n"]) for row in found] == [(57, 1545), (31, 1545), (17, 1545)]
    assert all("HR+/HER2-" in row["population"] and "chemotherapy" in row["line"] for row in found)
    text = as_text(CHEMOTHERAPY_LINES)
    assert "57%" in text
    assert "underestimate" in text
    assert "for the cohorts named and nobody else" in text


def test_cap_46_survival_by_chemotherapy_line(engine, records, as_text):
    """23.3, 16.5, 11.8 and 9.1 months from the start of the first to fourth chemotherapy of HR+/HER2- disease."""
    found = [row for row in outlook(engine.ask(CHEMOTHERAPY_LINES), records, TOLANEY) if row["endpoint"] == "mOS"]
    assert [row["value"] for row in found] == [23.3, 16.5, 11.8, 9.1]
    assert [row["line"].split("-")[0] for row in found] == ["first", "second", "third", "fourth"]
    assert all("chemotherapy" in row["line"] and "HR+/HER2-" in row["population"] for row in found)
    assert all(f"{figure} months" in as_text(CHEMOTHERAPY_LINES) for figure in ("23.3", "16.5", "11.8", "9.1"))


def test_cap_46_not_shown_for_another_subtype(engine, records):
    """Survival by chemotherapy line of HR+/HER2- disease is not shown to a patient with another subtype."""
    for disease in (TNBC, HER2_POSITIVE):
        answer = engine.ask(profile(disease, history=[given("capecitabine"), given("vinorelbine")]))
        assert outlook(answer, records, TOLANEY) == []


def test_cap_47_benefit_by_line_for_the_first_and_the_fourth_only(engine, exported, records):
    """Benefit 85 and 54%, response 20 and 0%, at the first and fourth line; the lines between are not given."""
    found = outlook(engine.ask(CHEMOTHERAPY_LINES), records, BAKKER)
    shown = {(row["endpoint"], row["line"].split("-")[0], row["value"]) for row in found if row["endpoint"] != "share"}
    assert shown == {("CBR", "first", 85), ("CBR", "fourth", 54), ("ORR", "first", 20), ("ORR", "fourth", 0)}
    lines = {row["line"] for row in exported["results"] if row["study"] == BAKKER and row["endpoint"] in ("CBR", "ORR")}
    assert not any("second" in line or "third" in line for line in lines)


def test_cap_47_the_missing_lines_are_said_to_be_missing(as_text):
    """Beside 85 and 54% the answer says that the second and third line are not given in the source."""
    assert "the lines between are not given" in as_text(CHEMOTHERAPY_LINES)


@pytest.mark.parametrize(("months", "fires"), [(5.9, True), (6.0, False), (None, False)])
def test_cap_48_a_first_line_under_six_months_warns(months, fires, engine):
    """5.9 months of first-line benefit warn with the odds ratio, 6.0 and unknown do not."""
    history = [given("letrozole", "palbociclib", months=months)]
    warned = flag(engine.ask(profile(HR_POSITIVE, history=history)), "short_first_line")
    assert (warned is not None) == fires
    if fires:
        assert "odds ratio 0.39, 95% CI 0.24-0.62" in warned["text"]
        assert "p value is not legible" in warned["text"]


def test_cap_48_the_record_holds_no_p(exported):
    """The odds ratio 0.39 (0.24-0.62) stands without a p value, since the source cuts it off."""
    found = [row for row in exported["results"] if row["odds_ratio"] == 0.39]
    assert [(row["odds_ratio_ci"], row["p"], row["source"]) for row in found] == [([0.24, 0.62], None, "s000")]


def test_cap_49_no_rate_is_said_to_be_no_rate(engine):
    """In triple-negative disease the answer says that resistance rates are not quantified in the sources."""
    for history in ([], [given("carboplatin", "gemcitabine")]):
        answer = engine.ask(profile(TNBC, history=history))
        assert "not quantified in the sources" in flag(answer, "resistance_not_quantified")["text"]
        for text in mechanisms(answer):
            assert "%" not in text


@pytest.mark.parametrize(
    ("gene", "drugs"),
    [("ESR1", ("elacestrant",)), ("PIK3CA", ("capivasertib", "fulvestrant")), ("RB1", None), ("FGFR1", None)],
)
def test_cap_50_each_mechanism_names_the_options_that_act_on_it_or_none(gene, drugs, engine):
    """An alteration found brings its mechanism, linked to the options that act on it, or saying that none does."""
    answer = engine.ask(after_first_line({**NO_TARGET, gene: "positive"}))
    without = engine.ask(after_first_line({**NO_TARGET, gene: "negative"}))
    added = [row for row in answer["mechanisms"] if row["text"] not in mechanisms(without)]
    assert len(added) == 1
    assert gene in added[0]["text"] or "PI3K-AKT-mTOR" in added[0]["text"]
    if drugs:
        assert find(answer, *drugs)["id"] in added[0]["options"]
    else:
        assert added[0]["options"] == []
        assert "no option here acts on it" in added[0]["text"]


def test_cap_50_every_linked_option_exists(engine):
    """Every option that any mechanism of the four subtypes names is a regimen that the program knows."""
    for disease in SUBTYPES.values():
        for row in engine.ask(profile(disease, history=[given("letrozole", "palbociclib")]))["mechanisms"]:
            assert set(row["options"]) <= set(engine.book.options)
            assert row["references"]


@pytest.mark.parametrize(("drug", "named"), [("letrozole", True), ("tamoxifen", False)])
def test_cap_51_an_earlier_aromatase_inhibitor_is_the_reason_to_test_esr1(drug, named, engine):
    """After an aromatase inhibitor the reminder to test ESR1 says that exposure to it leads to the mutation."""
    answer = engine.ask(profile(HR_POSITIVE, history=[given(drug, "palbociclib")]))
    text = missing_test(answer, "biomarkers.ESR1")["text"]
    assert ("exposure to an aromatase inhibitor leads to ESR1 mutations" in text) == named


def test_cap_51_an_adjuvant_aromatase_inhibitor_counts(engine):
    """An aromatase inhibitor for early disease is exposure too."""
    history = [early("anastrozole", since_end=20), given("fulvestrant", "ribociclib")]
    text = missing_test(engine.ask(profile(HR_POSITIVE, history=history)), "biomarkers.ESR1")["text"]
    assert "exposure to an aromatase inhibitor" in text
