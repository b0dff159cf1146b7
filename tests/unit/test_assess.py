"""How rules settle an option, on rule bases small enough to read here. Each runs with both matchers."""

import pytest

from nextline_core import detail, telling
from nextline_core.assess import known_major, match, open_major, ruled_out
from nextline_core.conditions import parse
from nextline_core.forms import form_of
from nextline_core.match import COMPILED
from nextline_core.order import changed, order
from nextline_core.rulebook import Citation, Option, Rule, Rulebook
from nextline_core.table import pack
from nextline_core.values import Members
from nextline_core.vocabulary import VOCABULARY

SUBTYPE = {"fact": "subtype", "is": "TNBC"}
ESR1 = {"fact": "biomarkers.ESR1", "is": "positive"}
CRISIS = {"fact": "disease.visceral_crisis", "is": True}
ILL = {"fact": "patient.conditions.ild", "is": True}


@pytest.fixture(params=["python", "compiled"])
def build(request, names):
    assert COMPILED

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


def test_of_several_rules_on_one_topic_the_gravest_speaks_and_counts_once(build):
    major = {"code": "c", "severity": "major", "topic": "lungs"}
    book = build(
        offer("a", SUBTYPE),
        ("hold", ["a"], ILL, {"band": "later", "topic": "lungs"}),
        ("caution", ["a"], ILL, major),
        ("caution", ["a"], {"not": CRISIS}, {"code": "d", "severity": "monitor"}),
        ("caution", ["a"], ILL, major),
        ("caution", ["a"], ESR1, {**major, "if_unknown": {"severity": "major", "text": "Ask."}}),
    )
    facts = {"subtype": "TNBC", "patient.conditions.ild": True, "disease.visceral_crisis": False}
    there = order(book, facts)
    said = detail.cautions(book, there.matched, there.standings["a"])
    assert [(c.severity, c.text) for c in said] == [("major", "Sentence 2."), ("monitor", "Sentence 3.")]
    assert (known_major(book, there.standings["a"]), open_major(book, there.standings["a"])) == (1, 0)
    assert there.standings["a"].band == "later"


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


def test_needs_name_what_could_make_any_offer_apply_the_nearest_first(build):
    pik3ca, msi = {"fact": "biomarkers.PIK3CA", "is": "positive"}, {"fact": "disease.msi", "is": "high"}
    book = build(
        offer("a", {"all": [SUBTYPE, ESR1, pik3ca]}, "preferred"),
        offer("a", {"all": [SUBTYPE, msi]}, "later"),
        offer("a", {"all": [{"fact": "subtype", "is": "HR-/HER2+"}, CRISIS]}, "preferred"),
    )
    there = order(book, {"subtype": "TNBC"})
    needed = [need.atom.fact for need in detail.needs(book, there.matched, there.standings["a"])]
    assert needed == ["disease.msi", "biomarkers.ESR1", "biomarkers.PIK3CA"]


def test_needs_are_a_short_list_with_each_fact_once(build):
    genes = ("ESR1", "PIK3CA", "AKT1", "PTEN", "gBRCA1", "gBRCA2", "sBRCA1", "sBRCA2", "gPALB2", "RB1")
    first = [{"fact": f"biomarkers.{gene}", "is": "positive"} for gene in genes]
    book = build(offer("a", {"any": first}), offer("a", {"any": first[:2]}, "later"))
    there = order(book, {"subtype": "TNBC"})
    needed = [need.atom.fact for need in detail.needs(book, there.matched, there.standings["a"])]
    assert needed == [f"biomarkers.{gene}" for gene in genes[: detail.MOST_NEEDS]]


def reason(book, facts):
    """The facts behind the one option that is ruled out, in order, and the ids of the rules."""
    (row,) = ruled_out(book, match(book, facts), {})
    return [book.table.literals[place].atom.fact for place in row.because], [book.rules[n].id for n in row.rules]


LINE_2 = {"fact": "line", "at_least": 2}


def test_ruled_out_says_the_most_telling_reason_first(build):
    book = build(offer("a", {"all": [LINE_2, ESR1]}), options=("a",))
    facts = {"subtype": "TNBC", "line": 1, "biomarkers.ESR1": "negative"}
    assert reason(book, facts) == (["biomarkers.ESR1", "line"], ["r0"])


def test_a_reason_that_refutes_every_offer_comes_before_one_that_refutes_a_narrow_one(build):
    her2_zero = {"fact": "her2_class", "is": "zero"}
    book = build(offer("a", her2_zero), offer("a", LINE_2), offer("a", {"all": [LINE_2, her2_zero]}), options=("a",))
    facts = {"subtype": "TNBC", "line": 1, "her2_class": "low"}
    assert reason(book, facts) == (["her2_class"], ["r0"])
    wide = build(offer("a", her2_zero), offer("a", LINE_2), offer("a", LINE_2 | {"at_least": 3}), options=("a",))
    assert reason(wide, facts) == (["line"], ["r1"])


def test_what_was_given_before_counts_against_the_option_only_where_it_is_its_own_drug(build):
    given = Members(frozenset({"drug-a"}))
    own = {"not": {"fact": "prior.drugs", "has": "drug-a"}}
    book = build(offer("a", LINE_2), offer("a", LINE_2 | {"at_least": 3}), offer("a", own), options=("a",))
    assert reason(book, {"line": 1, "prior.drugs": given}) == (["prior.drugs"], ["r2"])
    other = {"not": {"fact": "prior.drugs", "has": "drug-b"}}
    book = build(offer("a", LINE_2), offer("a", LINE_2 | {"at_least": 3}), offer("a", other), options=("a",))
    assert reason(book, {"line": 1, "prior.drugs": Members(frozenset({"drug-b"}))}) == (["line"], ["r0"])


def test_of_two_rules_that_rule_out_the_contraindication_leads(build):
    book = build(
        offer("a", {"fact": "line", "is": 1}),
        ("exclude", ["a"], {"fact": "subtype", "is": "TNBC"}, {}),
        ("exclude", ["a"], ILL, {}),
        options=("a",),
    )
    facts = {"subtype": "TNBC", "line": 1, "patient.conditions.ild": True}
    assert reason(book, facts) == (["patient.conditions.ild", "subtype"], ["r2", "r1"])


def test_every_fact_has_its_place_among_the_reasons():
    assert all(0 <= place < len(telling.REASONS) for name in VOCABULARY for place in telling.places(name))


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
