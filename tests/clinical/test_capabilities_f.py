"""Section F of the capabilities: limitations, and the balance of benefit and burden."""

from __future__ import annotations

import re

import pytest

from clinical.asking import (
    HER2_POSITIVE,
    HR_LOW,
    HR_POSITIVE,
    TNBC,
    TRIPLE_POSITIVE,
    after_first_line,
    find,
    flag,
    given,
    profile,
)
from nextline_device.plain import render

HER2_TWICE = [given("docetaxel", "trastuzumab", "pertuzumab"), given("trastuzumab deruxtecan")]
SEVERAL = [
    profile(HR_POSITIVE, history=[]),
    after_first_line(),
    profile(HR_LOW, history=[given("letrozole", "palbociclib"), given("capecitabine")]),
    profile(TNBC, history=[]),
    profile(TNBC, history=[given("carboplatin", "gemcitabine")]),
    profile(HER2_POSITIVE, history=[]),
    profile(
        TRIPLE_POSITIVE, history=[given("docetaxel", "trastuzumab", "pertuzumab"), given("trastuzumab deruxtecan")]
    ),
]
NAMES = ["HR+ first", "HR+ second", "HR+ low third", "TNBC first", "TNBC second", "HER2+ first", "HR+/HER2+ third"]
ROUTES = re.compile(r"tablet|capsule|infusion|injection")

# words of the row, the classes that the source's line names for it
MATRIX = [
    (126, "ESR1 mutations", {"aromatase inhibitor"}),
    (127, "ESR1 mutation affects", {"aromatase inhibitor", "SERM", "intramuscular SERD"}),
    (128, "partly activate", {"SERM"}),
    (129, "absorption", {"aromatase inhibitor", "SERM", "SERD"}),
    (130, "pharmacokinetics", {"intramuscular SERD"}),
    (131, "with targeted therapies adds toxicities", {"aromatase inhibitor", "SERM", "intramuscular SERD"}),
]


@pytest.mark.parametrize(("line", "words", "classes"), MATRIX, ids=[str(row[0]) for row in MATRIX])
def test_cap_58_the_limitation_matrix_row_by_row(line, words, classes, exported):
    """Each of the six rows of the endocrine limitation matrix stands with exactly the classes of the source."""
    own = [r for r in exported["statements"] if r["source"] == "s004" and r["lines"] == [line, line]]
    assert [r["topic"] for r in own] == ["limitation"]
    assert words in own[0]["text"]
    assert set(own[0]["subject"].split("; ")) == classes


def test_cap_58_the_matrix_has_six_rows(exported):
    """The matrix holds six rows and no more."""
    own = [r for r in exported["statements"] if r["source"] == "s004" and 126 <= (r["lines"] or [0])[0] <= 131]
    assert len([r for r in own if r["topic"] == "limitation"]) == len(MATRIX)


@pytest.mark.parametrize(
    "words",
    ["tolerability", "what was given before", "access to genomic testing", "selected by a biomarker",
     "markedly toxic", "quality of life"],
)  # fmt: skip
def test_cap_59_limits_of_targeted_and_nontargeted_classes(words, exported):
    """Every limit that source 004 line 115 states of targeted and nontargeted drugs is in the export."""
    own = [r for r in exported["statements"] if r["source"] == "s004" and r["lines"] == [115, 115]]
    assert any(words.casefold() in r["text"].casefold() for r in own), [r["text"] for r in own]


@pytest.mark.parametrize(
    "drugs", [("capivasertib", "fulvestrant"), ("elacestrant",), ("everolimus", "exemestane")], ids=str
)
def test_cap_60_a_page_weighs_benefit_harm_and_burden(drugs, page):
    """The page of an option shows efficacy with its figures, harms by grade, and how it is given."""
    shown = page(after_first_line(), *drugs)
    assert re.search(r"median progression-free survival [\d.]+", shown)
    assert "HARMS in" in shown
    assert re.search(r"\d%", shown.split("HARMS in")[1])
    assert ROUTES.search(re.search(r"Given: ([^.]+)\.", shown).group(1))


@pytest.mark.parametrize("asked", SEVERAL, ids=NAMES)
def test_cap_61_every_option_says_how_it_is_given(asked, engine, page):
    """Every option but supportive care names tablets, capsules, infusions or injections on its page."""
    options = [o for o in engine.ask(asked)["options"] if o["band"] != "supportive"]
    assert options
    for option in options:
        shown = page(asked, *option["drugs"])
        assert ROUTES.search(re.search(r"Given: (.+?)\. -", shown).group(1)), option["id"]


def test_cap_61_injections_and_infusions_say_how_often(engine):
    """Fulvestrant is named as a monthly injection into the muscle, and a conjugate as an infusion every 3 weeks."""
    assert engine.book.options["fulvestrant"].given == "monthly injections into the muscle"
    assert "every 3 weeks" in engine.book.options["trastuzumab_deruxtecan"].given


def test_cap_61_route_stands_with_every_drug_of_an_option(engine, exported):
    """Every single drug that an option can hold has a route in the export."""
    routes = {row["id"]: row["route"] for row in exported["drugs"]}
    used = {drug for option in engine.book.options.values() for drug in option.drugs}
    assert {drug for drug in used & set(routes) if routes[drug] is None} <= {"supportive_care"}


PRICES = re.compile(r"[$€£]\s?\d|\d\s?(?:USD|EUR|GBP|dollars|euros)", re.IGNORECASE)


def test_cap_62_cost_is_a_factor_without_a_figure(exported, page):
    """SONIA's lower costs are noted without a figure, in the export and with the option."""
    costs = [r for r in exported["results"] if r["study"] == "sonia" and r["endpoint"] == "costs"]
    assert [(r["value"], r["value_text"]) for r in costs] == [
        (None, "lower treatment costs with the second-line approach; no figure given")
    ]
    assert "side effects fewer and costs lower" in page(profile(HR_POSITIVE, history=[]), "aromatase inhibitor")


@pytest.mark.parametrize("asked", SEVERAL, ids=NAMES)
def test_cap_62_no_price_is_invented(asked, as_text):
    """No answer holds an amount of money."""
    assert PRICES.search(as_text(asked)) is None
    assert PRICES.search("at $12,000 a month")  # the pattern does find one


def test_cap_63_no_consensus_is_said_in_the_second_line(engine):
    """After a CDK4/6 inhibitor failed the answer says that there is no consensus; before, it does not."""
    assert "There is no consensus" in flag(engine.ask(after_first_line()), "no_consensus")["text"]
    assert flag(engine.ask(profile(HR_POSITIVE, history=[])), "no_consensus") is None


@pytest.mark.parametrize("asked", SEVERAL, ids=NAMES)
def test_cap_63_ties_are_said_to_be_ties(asked, engine):
    """Options that no factor tells apart name each other, and the text says that they are level."""
    answer = engine.ask(asked)
    by_id = {option["id"]: option for option in answer["options"]}
    for option in answer["options"]:
        for other in option["tied_with"]:
            assert option["id"] in by_id[other]["tied_with"]
            assert by_id[other]["band"] == option["band"]
    if any(option["tied_with"] for option in answer["options"]):
        assert "level with" in render(answer, engine.store, engine.book)
    assert find(answer, "supportive care") is None or by_id["best_supportive_care"]["tied_with"] == []
