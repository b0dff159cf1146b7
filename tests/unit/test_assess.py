"""How rules settle an option, on rule bases small enough to read here. Each runs with both matchers."""

import pytest

from nextline_core import detail
from nextline_core.assess import match, ruled_out
from nextline_core.conditions import parse
from nextline_core.forms import form_of
from nextline_core.match import COMPILED
from nextline_core.order import changed, order
from nextline_core.rulebook import Citation, Option, Rule, Rulebook
from nextline_core.table import pack
from nextline_core.values import Members

SUBTYPE = {"fact": "subtype", "is": "TNBC"}
ESR1 = {"fact": "biomarkers.ESR1", "is": "positive"}
CRISIS = {"fact": "disease.visceral_crisis", "is": True}
ILL = {"fact": "patient.conditions.ild", "is": True}


@pytest.fixture(params=["python", "compiled"])
def build(request, names):
    if request.param == "compiled" and not COMPILED:
        pytest.skip("the compiled matcher was not built: no C compiler")

    def rulebook(*rules, options=("a", "b")):
        trees = [parse(when, {}.__getitem__) for _, _, when, _ in rules]
        table = pack(trees)
        places = table.places()
        written = [
            Rule(f"r{k}", kind, tuple(about), form_of(tree, places), f"Sentence {k}.", (("cited", "supports"),), body)
            for k, ((kind, about, _, body), tree) in enumerate(zip(rules, trees, strict=True))
        ]
        cited = {"cited": Citation("cited", "results", "study", ("ref",))}
        made = [Option(o, o.upper(), (f"drug-{o}",)) for o in options]
        return Rulebook(made, written, cited, table, names, compiled=request.param == "compiled")

    return rulebook


def offer(option, when, band="preferred", strength="phase3"):
    return ("offer", [option], when, {"band": band, "strength": strength})


def test_an_offer_that_holds_applies_and_an_undecided_one_is_possible(build):
    book = build(offer("a", {"all": [SUBTYPE, ESR1]}))
    assert order(book, {"subtype": "TNBC", "biomarkers.ESR1": "positive"}).standings["a"].status == "applies"
    unknown = order(book, {"subtype": "TNBC"})
    assert unknown.standings["a"].status == "possible"
    (need,) = detail.needs(book, unknown.matched, unknown.standings["a"])
    assert need.atom.fact == "biomarkers.ESR1"
    assert order(book, {"subtype": "TNBC", "biomarkers.ESR1": "negative"}).ids == ()


def test_what_does_not_decide_is_presumed_and_disclosed(build):
    book = build(offer("a", {"all": [SUBTYPE, {"not": CRISIS}]}))
    there = order(book, {"subtype": "TNBC"})
    assert there.standings["a"].status == "applies"
    assert [c.code for c in detail.cautions(book, there.matched, there.standings["a"])] == [
        "not_known:disease.visceral_crisis"
    ]
    assert order(book, {"subtype": "TNBC", "disease.visceral_crisis": True}).ids == ()


def test_the_best_band_of_those_that_apply_wins_over_a_better_one_that_is_only_possible(build):
    book = build(offer("a", ESR1, "preferred"), offer("a", SUBTYPE, "later"))
    assert order(book, {"subtype": "TNBC"}).standings["a"].band == "later"
    assert order(book, {"subtype": "TNBC", "biomarkers.ESR1": "positive"}).standings["a"].band == "preferred"


def test_only_a_known_contraindication_rules_out(build):
    exclude = ("exclude", ["a"], ILL, {"if_unknown": {"severity": "major", "text": "Ask."}})
    book = build(offer("a", SUBTYPE), exclude)
    assert "a" not in order(book, {"subtype": "TNBC", "patient.conditions.ild": True}).standings
    unknown = order(book, {"subtype": "TNBC"})
    (caution,) = detail.cautions(book, unknown.matched, unknown.standings["a"])
    assert (caution.severity, caution.text, caution.to_check) == ("major", "Ask.", True)
    assert unknown.standings["a"].band == "preferred"


def test_a_known_major_caution_takes_an_option_out_of_preferred(build):
    book = build(offer("a", SUBTYPE), ("caution", ["a"], ILL, {"code": "c", "severity": "major"}))
    assert order(book, {"subtype": "TNBC", "patient.conditions.ild": True}).standings["a"].band == "consider"
    assert order(book, {"subtype": "TNBC", "patient.conditions.ild": False}).standings["a"].band == "preferred"


def test_a_hold_lowers_and_never_raises(build):
    book = build(
        offer("a", SUBTYPE, "preferred"),
        offer("b", SUBTYPE, "investigational"),
        ("hold", ["a", "b"], ILL, {"band": "later"}),
    )
    held = order(book, {"subtype": "TNBC", "patient.conditions.ild": True})
    assert {o: s.band for o, s in held.standings.items()} == {"a": "later", "b": "investigational"}


def test_a_companion_adds_its_drug(build):
    book = build(offer("a", SUBTYPE), ("companion", ["a"], ILL, {"code": "c", "drugs": ["extra"]}))
    assert order(book, {"subtype": "TNBC", "patient.conditions.ild": True}).standings["a"].drugs == ("drug-a", "extra")


def test_ruled_out_names_the_known_fact_and_nothing_presumed(build):
    book = build(offer("a", {"all": [SUBTYPE, ESR1]}), offer("b", {"all": [SUBTYPE, CRISIS]}))
    matched = match(book, {"subtype": "TNBC", "biomarkers.ESR1": "negative"})
    (row,) = ruled_out(book, matched, {})
    assert (row.option, [book.table.literals[p].atom.fact for p in row.because]) == ("a", ["biomarkers.ESR1"])
    assert ruled_out(book, match(book, {"subtype": "HR+/HER2-", "biomarkers.ESR1": "negative"}), {}) == []


def test_order_goes_by_band_status_and_strength_and_equals_are_level(build):
    book = build(offer("a", SUBTYPE, strength="phase2"), offer("b", SUBTYPE, strength="phase3"))
    assert order(book, {"subtype": "TNBC"}).ids == ("b", "a")
    level = build(offer("a", SUBTYPE), offer("b", SUBTYPE))
    keys = order(level, {"subtype": "TNBC"}).keys
    assert keys["a"] == keys["b"]


def test_what_cannot_be_had_goes_below_with_what_is_lost(build):
    book = build(offer("a", SUBTYPE), offer("b", SUBTYPE, "later"))
    there = order(book, {"subtype": "TNBC", "unavailable": Members(frozenset({"drug-a"}))})
    assert there.ids == ("b", "a")
    assert (there.standings["a"].band, "preferred" in there.standings["a"].lost) == ("unavailable", True)


@pytest.mark.parametrize(
    "change",
    [
        {"biomarkers.ESR1": "positive"},
        {"biomarkers.ESR1": None},
        {"disease.visceral_crisis": True},
        {"unavailable": Members(frozenset({"drug-b"}))},
    ],
)
def test_a_change_gives_what_the_changed_facts_give(build, change):
    book = build(
        offer("a", {"all": [SUBTYPE, ESR1]}),
        offer("b", {"all": [SUBTYPE, {"not": CRISIS}]}),
        ("hold", ["b"], ESR1, {"band": "later"}),
    )
    facts = {"subtype": "TNBC", "biomarkers.ESR1": "negative"}
    there = changed(book, order(book, facts), change)
    again = order(book, {k: v for k, v in {**facts, **change}.items() if v is not None})
    assert (there.ids, there.keys, there.matched.met, there.matched.undetermined) == (
        again.ids,
        again.keys,
        again.matched.met,
        again.matched.undetermined,
    )
