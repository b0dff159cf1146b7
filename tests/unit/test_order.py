"""An order worked out from another one, over the real rules and any facts at all, consistent with each other or not."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nextline_core.forms import reasons
from nextline_core.match import matcher
from nextline_core.order import changed, order
from nextline_core.values import Between, Members, OneOf
from nextline_core.vocabulary import VOCABULARY


class Drawn:
    """Draws facts whose values lie at, beside and between the limits that rules ask for."""

    def __init__(self, book, seed):
        self.chance = random.Random(seed)
        self.asked = {name: set() for name in VOCABULARY}
        for literal in book.table.literals:
            if literal.atom.fact and literal.atom.operator != "known":
                wanted = literal.atom.wanted
                self.asked[literal.atom.fact].update(wanted if isinstance(wanted, tuple) else (wanted,))

    def value(self, name):
        fact, chance = VOCABULARY[name], self.chance
        partly = chance.random() < 0.3
        if fact.kind == "flag":
            return chance.random() < 0.5
        if fact.kind == "enum":
            some = frozenset(chance.sample(fact.values, 2))
            return OneOf(some) if partly else chance.choice(fact.values)
        limits = sorted(self.asked[name], key=str) or ([1] if fact.kind == "number" else ["x"])
        if fact.kind == "set":
            present, maybe = (frozenset(chance.sample(limits, chance.randint(0, min(4, len(limits))))) for _ in "pm")
            return Members(present, maybe, partly)
        low, high = sorted(chance.choice(limits) + chance.choice((-1, -0.001, 0, 0.001, 1)) for _ in "lh")
        return Between(low, high) if partly and low < high else low

    def facts(self, share):
        return {name: self.value(name) for name in VOCABULARY if self.chance.random() < share}

    def changes(self):
        names = self.chance.sample(list(VOCABULARY), self.chance.choice((1, 1, 2, 5, 20)))
        return {name: None if self.chance.random() < 0.25 else self.value(name) for name in names}


@pytest.mark.parametrize("share", [0.05, 0.3, 0.9])
@given(seed=st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_changes_one_upon_another_give_what_the_full_order_gives(engine, share, seed):
    drawn = Drawn(engine.book, seed)
    facts = drawn.facts(share) | {"subtype": drawn.chance.choice(VOCABULARY["subtype"].values)}
    quick = order(engine.book, facts)
    for _ in range(4):
        changes = drawn.changes()
        facts = {name: value for name, value in {**facts, **changes}.items() if value is not None}
        quick, full = changed(engine.book, quick, changes), order(engine.book, facts)
        for part in ("ids", "standings", "keys", "fits", "matched"):
            assert getattr(quick, part) == getattr(full, part), (part, changes)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=5, deadline=None)
def test_both_matchers_say_of_the_real_rules_what_their_forms_say(engine, seed):
    book, drawn = engine.book, Drawn(engine.book, seed)
    bits = book.encoder.encode(drawn.facts(drawn.chance.choice((0.1, 0.5, 0.9))))
    said = [reasons(rule.form, bits) for rule in book.rules]
    deciding = [sorted(places) if truth is None else [] for truth, places in said]
    for compiled in (False, True):
        found = matcher(book.table, compiled)
        assert found.match(*bits.raw()) == tuple([n for n, (t, _) in enumerate(said) if t is x] for x in (True, None))
        assert [found.deciding(number, *bits.raw()) for number in range(len(said))] == deciding
