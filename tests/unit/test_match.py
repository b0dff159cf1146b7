"""Both matchers against the plain evaluator, on hand-made and on random rules. One suite, run on each."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nextline_core import _match_py
from nextline_core.conditions import All, Any_, Atom, Literal, evaluate, leaves_where
from nextline_core.encode import Encoder
from nextline_core.errors import TooManyLiterals
from nextline_core.forms import form_of, reasons
from nextline_core.forms import truth as quick_truth
from nextline_core.match import COMPILED
from nextline_core.table import MAX_LITERALS, Table, from_plain, pack
from nextline_core.values import Between, Members, OneOf

IMPLEMENTATIONS = ["python", "compiled"]


def build(kind, table):
    if kind == "python":
        return _match_py.Matcher(table)
    if not COMPILED:
        pytest.skip("the compiled matcher was not built: no C compiler")
    from nextline_core import _match

    return _match.Matcher(table)


atoms = st.one_of(
    st.builds(
        Atom, st.sampled_from(["subtype", "her2_class", "gene.a", "gene.b"]), st.just("is"), st.sampled_from("pqr")
    ),
    st.builds(Atom, st.sampled_from(["subtype", "gene.a"]), st.just("in"), st.sampled_from([("p", "q"), ("q", "r")])),
    st.builds(
        Atom,
        st.sampled_from(["line", "months"]),
        st.sampled_from(["at_least", "below", "above", "at_most"]),
        st.integers(0, 4),
    ),
    st.builds(Atom, st.just("prior"), st.just("has"), st.sampled_from("xyz")),
    st.builds(Atom, st.sampled_from(["line", "gene.a"]), st.just("known"), st.booleans()),
)
trees = st.recursive(
    st.builds(Literal, atoms, st.booleans()),
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, min_size=1, max_size=4).map(tuple)),
        st.builds(Any_, st.lists(inner, min_size=1, max_size=4).map(tuple)),
    ),
    max_leaves=10,
)
words = st.one_of(
    st.sampled_from("pqr"), st.sets(st.sampled_from("pqr"), min_size=2).map(lambda s: OneOf(frozenset(s)))
)
numbers = st.one_of(
    st.integers(0, 5), st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda t: Between(min(t), max(t) + 1))
)
members = st.builds(
    Members, st.frozensets(st.sampled_from("xyz")), st.frozensets(st.sampled_from("xyz")), st.booleans()
)
patients = st.fixed_dictionaries(
    {},
    optional={
        "subtype": words,
        "her2_class": words,
        "gene.a": words,
        "gene.b": words,
        "line": numbers,
        "months": numbers,
        "prior": members,
    },
)


@pytest.mark.parametrize("kind", IMPLEMENTATIONS)
@given(rules=st.lists(trees, min_size=1, max_size=20), facts=patients)
@settings(max_examples=150, deadline=None)
def test_agrees_with_the_plain_evaluator(kind, rules, facts):
    table = pack(rules)
    bits = Encoder(table).encode(facts).raw()
    met, undetermined = build(kind, table).match(*bits)
    truths = [evaluate(rule, facts) for rule in rules]
    assert met == [k for k, truth in enumerate(truths) if truth is True]
    assert undetermined == [k for k, truth in enumerate(truths) if truth is None]


@pytest.mark.parametrize("kind", IMPLEMENTATIONS)
@given(rules=st.lists(trees, min_size=1, max_size=8), facts=patients)
@settings(max_examples=150, deadline=None)
def test_names_the_deciding_unknowns(kind, rules, facts):
    table = pack(rules)
    bits = Encoder(table).encode(facts).raw()
    matcher = build(kind, table)
    for number, rule in enumerate(rules):
        named = {table.literals[place] for place in matcher.deciding(number, *bits)}
        assert named == set(leaves_where(rule, facts, None))


@given(rule=trees, facts=patients)
@settings(max_examples=200, deadline=None)
def test_forms_give_the_reasons_that_trees_give(rule, facts):
    table = pack([rule])
    form, bits = form_of(rule, table.places()), Encoder(table).encode(facts)
    truth, places = reasons(form, bits)
    assert truth is quick_truth(form, bits) is evaluate(rule, facts)
    assert {table.literals[place] for place in places} == set(leaves_where(rule, facts, truth))


@pytest.mark.skipif(not COMPILED, reason="the compiled matcher was not built: no C compiler")
@given(rules=st.lists(trees, min_size=1, max_size=30), facts=patients)
@settings(max_examples=150, deadline=None)
def test_the_two_matchers_agree_with_each_other(rules, facts):
    table = pack(rules)
    bits = Encoder(table).encode(facts).raw()
    one, other = build("python", table), build("compiled", table)
    assert one.match(*bits) == other.match(*bits)
    assert [one.deciding(k, *bits) for k in range(len(rules))] == [other.deciding(k, *bits) for k in range(len(rules))]


@pytest.mark.parametrize("kind", IMPLEMENTATIONS)
def test_misuse_is_refused_the_same_way(kind):
    table = pack([Literal(Atom("line", "at_least", 2))])
    matcher = build(kind, table)
    true, false = Encoder(table).encode({}).raw()
    with pytest.raises(ValueError, match="literal bits"):
        matcher.match(true[:-1], false)
    with pytest.raises(ValueError, match="literal bits"):
        matcher.deciding(0, true, false + b"\0")
    with pytest.raises(IndexError, match="no rule 7"):
        matcher.deciding(7, true, false)


@pytest.mark.parametrize("kind", IMPLEMENTATIONS)
def test_no_rules_at_all(kind):
    table = pack([])
    assert build(kind, table).match(*Encoder(table).encode({"line": 2}).raw()) == ([], [])


def test_the_table_survives_the_store():
    table = pack(
        [
            All(
                (
                    Literal(Atom("line", "in", (1, 2))),
                    Any_((Literal(Atom("gene.a", "is", "p")), Literal(Atom("gene.b", "is", "q"), False))),
                )
            )
        ]
    )
    assert from_plain(table.to_plain()) == table


def test_literals_past_a_row_widen_it_and_past_the_limit_are_refused():
    many = [Literal(Atom(f"gene.{k}", "is", "p")) for k in range(600)]
    table = pack(many)
    assert table.words * 64 >= 600
    assert build("python", table).match(*Encoder(table).encode({"gene.599": "p"}).raw())[0] == [599]
    with pytest.raises(TooManyLiterals):
        pack([Literal(Atom(f"gene.{k}", "is", "p")) for k in range(MAX_LITERALS + 1)])


def test_the_compiled_matcher_refuses_a_damaged_table():
    if not COMPILED:
        pytest.skip("the compiled matcher was not built: no C compiler")
    table = pack([Any_((Literal(Atom("line", "at_least", 2)), Literal(Atom("gene.a", "is", "p"))))])
    plain = table.to_plain()
    for name, bad in (("program", b"\xff\xff"), ("order", b"\x09\x00\x00\x00")):
        with pytest.raises(ValueError, match=r"damaged|deeply"):
            build(
                "compiled",
                Table(table.literals, **{k: (bad if k == name else v) for k, v in plain.items() if k != "literals"}),
            )


def test_both_offer_the_same_names():
    if not COMPILED:
        pytest.skip("the compiled matcher was not built: no C compiler")
    from nextline_core import _match

    def public(kind):
        return {name for name in dir(kind) if not name.startswith("_")}

    assert public(_match.Matcher) == public(_match_py.Matcher) == {"match", "deciding"}
