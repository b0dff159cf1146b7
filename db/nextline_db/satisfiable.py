"""Can a condition ever hold?

Facts are taken as independent of each other, except those that the receptors of a tumour tell together; so a yes is
cheap and a no is certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations, product
from math import inf

from nextline_core.conditions import All, Literal, Tree
from nextline_core.facts import receptors
from nextline_core.values import Between, Members, OneOf, Value
from nextline_core.vocabulary import HER2_CLASSES, VOCABULARY, Fact

RECEPTORS = ("subtype", "hr", "her2_class", "disease.er", "disease.pr")
_CLAUSE_LIMIT = 5000
_STEP = 0.001


def can_hold(tree: Tree) -> bool:
    """Whether some patient could meet the condition; ``True`` also where there are too many combinations to try."""
    return any(tried >= _CLAUSE_LIMIT or _clause_can_hold(clause) for tried, clause in enumerate(_clauses(tree)))


def _clauses(tree: Tree) -> Iterator[tuple[Literal, ...]]:
    """The ways to meet a tree, each as the literals that must hold together."""
    if isinstance(tree, Literal):
        yield (tree,)
    elif isinstance(tree, All):
        yield from _product(tree.parts)
    else:
        for part in tree.parts:
            yield from _clauses(part)


def _product(parts: tuple[Tree, ...]) -> Iterator[tuple[Literal, ...]]:
    if not parts:
        yield ()
        return
    for first in _clauses(parts[0]):
        for rest in _product(parts[1:]):
            yield first + rest


def _clause_can_hold(clause: tuple[Literal, ...]) -> bool:
    by_fact: dict[str, list[Literal]] = {}
    for literal in clause:
        by_fact.setdefault(literal.atom.fact, []).append(literal)
    tumour = [literal for name in RECEPTORS for literal in by_fact.pop(name, ())]
    return _holds_somewhere(tumour, _tumours()) and all(
        _holds_somewhere(asked, ({} if value is None else {name: value} for value in _values(VOCABULARY[name], asked)))
        for name, asked in by_fact.items()
    )


def _holds_somewhere(asked: list[Literal], patients: Iterable[Mapping[str, Value]]) -> bool:
    return not asked or any(all(literal.holds(facts) for literal in asked) for facts in patients)


@cache
def _tumours() -> tuple[Mapping[str, Value], ...]:
    """The facts of receptors that some profile gives: these are not independent of each other."""
    signs = (None, *VOCABULARY["disease.er"].values)
    found: list[Mapping[str, Value]] = []
    classes = ({}, {"her2": "negative"}, {"her2_ihc": "2+"}, *({"her2": name} for name in HER2_CLASSES))
    for er, pr, hr, her2 in product(signs, signs, signs, classes):
        if hr and receptors.hormone_receptors({"er": er, "pr": pr}) not in (None, hr):
            continue  # such a profile contradicts itself and is not answered
        disease = {"er": er, "pr": pr, "hr": hr, **her2}
        given = {f"disease.{name}": sign for name, sign in (("er", er), ("pr", pr)) if sign}
        found.append(
            given | {name: v for name, v in receptors.facts({"disease": disease}).items() if name in RECEPTORS}
        )
    return tuple(found)


def _values(fact: Fact, asked: list[Literal]) -> Iterator[Value | None]:
    """Values that stand for all values a fact can have, as far as these literals can tell them apart."""
    unknown = any(literal.atom.operator == "known" for literal in asked)
    if unknown:
        yield None
    if fact.kind == "flag":
        yield from (True, False)
    elif fact.kind == "enum":
        yield from fact.values
        if unknown:
            sizes = range(2, len(fact.values) + 1)
            yield from (OneOf(frozenset(some)) for size in sizes for some in combinations(fact.values, size))
    elif fact.kind == "set":
        yield Members(
            frozenset(
                str(literal.atom.wanted) for literal in asked if literal.positive and literal.atom.operator == "has"
            )
        )
    else:
        numbers = _numbers(fact, asked)
        yield from numbers
        if unknown:
            yield from (Between(low, high) for low, high in combinations(numbers, 2))


def _numbers(fact: Fact, asked: list[Literal]) -> list[float]:
    """The ends of the fact's span, and the numbers that are asked for with one on each side of them."""
    wanted = [
        number
        for literal in asked
        for number in (literal.atom.wanted if isinstance(literal.atom.wanted, tuple) else (literal.atom.wanted,))
        if isinstance(number, int | float) and not isinstance(number, bool)
    ]
    step = 1 if fact.whole else _STEP
    low, high = fact.span
    near = {low, high, *(near for number in wanted for near in (number - step, number, number + step))}
    return sorted(n for n in near if low <= n <= high and (not fact.whole or n == inf or float(n).is_integer()))
