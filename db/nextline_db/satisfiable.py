"""Can a condition ever hold?

Facts are taken as independent of each other, so a yes is cheap and a no is certain.
"""

from __future__ import annotations

from collections.abc import Iterator

from nextline_core.conditions import All, Literal, Tree
from nextline_core.values import Members, Value
from nextline_core.vocabulary import VOCABULARY, Fact

_CLAUSE_LIMIT = 5000


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
    return all(
        any(
            all(literal.holds({name: value} if value is not None else {}) for literal in asked)
            for value in _candidates(VOCABULARY[name], asked)
        )
        for name, asked in by_fact.items()
    )


def _candidates(fact: Fact, asked: list[Literal]) -> Iterator[Value | None]:
    """Values that stand for all values a fact can have, as far as these literals can tell them apart."""
    if any(literal.atom.operator == "known" for literal in asked):
        yield None
    if fact.kind == "flag":
        yield from (True, False)
    elif fact.kind == "enum":
        yield from fact.values
    elif fact.kind == "set":
        yield Members(
            frozenset(
                str(literal.atom.wanted) for literal in asked if literal.positive and literal.atom.operator == "has"
            )
        )
    else:
        wanted = [
            w
            for literal in asked
            for w in (literal.atom.wanted if isinstance(literal.atom.wanted, tuple) else (literal.atom.wanted,))
        ]
        yield 0
        for number in (w for w in wanted if isinstance(w, int | float) and not isinstance(w, bool)):
            yield from (number, number - 0.001, number + 0.001, number - 1, number + 1)
