"""Both matchers against the plain evaluator, on hand-made and on random rules.

The compiled one has to be there: a set-up without it answers slower, and these tests say so by failing.
"""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nextline_core import _match, _match_py
from nextline_core.conditions import All, Any_, Atom, Literal, evaluate, leaves_where
from nextline_core.encode import Encoder
from nextline_core.errors import TooManyLiterals
from nextline_core.forms import form_of, reasons
from nextline_core.forms import truth as quick_truth
from nextline_core.table import MAX_LITERALS, from_plain, pack
from nextline_core.values import Between, Members, OneOf

MATCHERS = {"python": _match_py.Matcher, "compiled": _match.Matcher}
kinds = pytest.mark.parametrize("kind", MATCHERS)


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


@given(rules=st.lists(trees, min_size=1, max_size=12), facts=patients)
@settings(max_examples=150, deadline=None)
def test_both_agree_with_the_plain_evaluator_and_name_the_deciding_unknowns(rules, facts):
    table = pack(rules)
    bits = Encoder(table).encode(facts).raw()
    truths = [evaluate(rule, facts) for rule in rules]
    asked = [literal.holds(facts) if literal.atom.fact else None for literal in table.literals]
    assert _match.truths(*bits) == _match_py.truths(*bits) == tuple(asked)
    encoder, nothing = Encoder(table), bytes(8 * table.words)
    patches = encoder.patches(facts)
    assert _match.patched(nothing, nothing, patches) == _match_py.patched(nothing, nothing, patches)
    some = {**facts, "gene.a": True, "gene.b": 1}
    assert _match.remembered(encoder._memo, some) == _match_py.remembered(encoder._memo, some)
    deciding = [{table.places()[literal] for literal in leaves_where(rule, facts, None)} for rule in rules]
    for kind in MATCHERS.values():
        matcher = kind(table)
        met, undetermined = matcher.match(*bits)
        assert met == [k for k, truth in enumerate(truths) if truth is True]
        assert undetermined == [k for k, truth in enumerate(truths) if truth is None]
        assert [matcher.deciding(k, *bits) for k in range(len(rules))] == [sorted(places) for places in deciding]


@given(rule=trees, facts=patients)
@settings(max_examples=200, deadline=None)
def test_forms_give_the_reasons_that_trees_give(rule, facts):
    table = pack([rule])
    form, bits = form_of(rule, table.places()), Encoder(table).encode(facts)
    truth, places = reasons(form, bits)
    assert truth is quick_truth(form, bits) is evaluate(rule, facts)
    assert {table.literals[place] for place in places} == set(leaves_where(rule, facts, truth))


@kinds
def test_misuse_is_refused_the_same_way(kind):
    table = pack([Literal(Atom("line", "at_least", 2))])
    matcher = MATCHERS[kind](table)
    true, false = Encoder(table).encode({}).raw()
    with pytest.raises(ValueError, match="literal bits"):
        matcher.match(true[:-1], false)
    with pytest.raises(ValueError, match="literal bits"):
        matcher.deciding(0, true, false + b"\0")
    with pytest.raises(IndexError, match="no rule 7"):
        matcher.deciding(7, true, false)


@pytest.mark.parametrize("module", [_match, _match_py])
def test_a_patch_of_another_width_is_refused(module):
    with pytest.raises(ValueError, match="another rulebook"):
        module.patched(bytes(8), bytes(8), [bytes(16)])


@kinds
def test_no_rules_at_all(kind):
    table = pack([])
    assert MATCHERS[kind](table).match(*Encoder(table).encode({"line": 2}).raw()) == ([], [])


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
    assert _match_py.Matcher(table).match(*Encoder(table).encode({"gene.599": "p"}).raw())[0] == [599]
    with pytest.raises(TooManyLiterals):
        pack([Literal(Atom(f"gene.{k}", "is", "p")) for k in range(MAX_LITERALS + 1)])


DAMAGED = {
    "program": b"\0",
    "rows": b"\0" * 8,
    "order": b"\1\0\0\0",
    "start": b"",
    "group_start": b"\0\0\0\0\2\0\0\0",
    "group_head": b"",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_arrays_that_do_not_fit_each_other_are_refused(name):
    plain = pack([Literal(Atom("gene.a", "is", "p"))]).to_plain()
    with pytest.raises(ValueError, match="damaged"):
        from_plain({**plain, name: DAMAGED[name]})


@pytest.mark.parametrize("program", [(0xFFFF,), (0x7FFF, 0xFFFF), (0,), (0, 0xC002, 0xFFFF), (0, 0, 0xFFFF)])
def test_the_compiled_matcher_refuses_a_program_that_does_not_end_well(program):
    plain = pack([Any_((Literal(Atom("line", "at_least", 2)), Literal(Atom("gene.a", "is", "p"))))]).to_plain()
    table = from_plain({**plain, "program": struct.pack(f"<{len(program)}H", *program)})
    with pytest.raises(ValueError, match=r"damaged|deeply"):
        _match.Matcher(table)


def test_both_offer_the_same_names():
    def public(kind):
        return {name for name in dir(kind) if not name.startswith("_")}

    assert public(_match.Matcher) == public(_match_py.Matcher) == {"match", "deciding"}
