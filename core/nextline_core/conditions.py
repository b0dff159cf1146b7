"""Condition trees: what a rule asks of the facts, as nested and/or/not over single conditions.

The written form is a mapping: ``{fact: line, at_least: 2}``, ``{all: [...]}``, ``{any: [...]}``, ``{not: {...}}``
and ``{see: name}`` for a named condition that several rules share. Parsing keeps the logic exact: nothing is
simplified, so that ``x or not x`` stays unknown while x is unknown, and "any of these values" does not become
"known".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from .errors import RuleError
from .values import OPERATORS, Truth, Value, all_of, any_of, holds, negate


@dataclass(frozen=True)
class Atom:
    """One condition on one fact, e.g. ``Atom("line", "at_least", 2)``; lists are held as tuples."""

    fact: str
    operator: str
    wanted: Any

    def holds(self, facts: Mapping[str, Value]) -> Truth:
        """Whether it holds for these facts."""
        return holds(facts.get(self.fact), self.operator, self.wanted)


@dataclass(frozen=True)
class Literal:
    """An atom or its negation, a leaf of the normalised tree."""

    atom: Atom
    positive: bool = True

    def holds(self, facts: Mapping[str, Value]) -> Truth:
        """Whether it holds for these facts."""
        truth = self.atom.holds(facts)
        return truth if self.positive else negate(truth)


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class Any_:
    """At least one part holds."""

    parts: tuple[Tree, ...]


_FORM = f"{{fact: NAME, {'|'.join(OPERATORS)}: VALUE}}"
_SCALARS = (bool, int, float, str)
Tree: TypeAlias = Literal | All | Any_
Resolver: TypeAlias = Callable[[str], Mapping[str, Any]]


def parse(written: object, resolve: Resolver, record: str = "", positive: bool = True) -> Tree:
    """Parses the written form into negation normal form.

    ``resolve`` looks up ``{see: name}``. Raises RuleError.
    """
    if not isinstance(written, Mapping):
        raise RuleError(f"not a condition: {written!r}; write {_FORM}", record)
    keys = set(written)
    if keys == {"not"}:
        return parse(written["not"], resolve, record, not positive)
    if keys == {"see"}:
        return parse(resolve(str(written["see"])), resolve, record, positive)
    for key, here, there in (("all", All, Any_), ("any", Any_, All)):
        if keys == {key}:
            if not isinstance(written[key], list) or not written[key]:
                raise RuleError(f"'{key}' has no parts; write {key}: [CONDITION, ...]", record)
            parts = tuple(parse(part, resolve, record, positive) for part in written[key])
            return here(parts) if positive else there(parts)
    operators = keys - {"fact"}
    if "fact" not in keys or len(operators) != 1:
        raise RuleError(f"not a condition: {dict(written)}; write {_FORM}", record)
    operator = operators.pop()
    return Literal(atom(written["fact"], operator, written[operator], record), positive)


def atom(fact: object, operator: str, wanted: object, record: str = "") -> Atom:
    """One condition; ``in`` wants a list, every other operator a single value.

    Raises RuleError.
    """
    if not isinstance(fact, str) or operator not in OPERATORS:
        raise RuleError(f"not a condition: {{fact: {fact}, {operator}: {wanted}}}; write {_FORM}", record)
    listed = operator == "in"
    values = list(wanted) if listed and isinstance(wanted, list | tuple) else [] if listed else [wanted]
    if not values or not all(isinstance(value, _SCALARS) for value in values):
        form = "a list, [VALUE, ...]" if listed else "one value"
        raise RuleError(f"'{operator}' of '{fact}' wants {form}, not {wanted!r}", record)
    return Atom(fact, operator, tuple(values) if listed else wanted)


def evaluate(tree: Tree, facts: Mapping[str, Value]) -> Truth:
    """The plain reading of a tree, slow and obvious: the oracle that the packed matchers are tested against."""
    if isinstance(tree, Literal):
        return tree.holds(facts)
    truths = [evaluate(part, facts) for part in tree.parts]
    return all_of(truths) if isinstance(tree, All) else any_of(truths)


def literals(tree: Tree) -> Iterator[Literal]:
    """The leaves, from left to right."""
    if isinstance(tree, Literal):
        yield tree
    else:
        for part in tree.parts:
            yield from literals(part)


def leaves_where(tree: Tree, facts: Mapping[str, Value], truth: Truth) -> list[Literal]:
    """The leaves that make the tree what it is: those with value ``truth``, reached through nodes of that value
    only.

    With ``True`` they are the reasons why a rule holds, with ``False`` why it does not, with ``None`` what decides
    it.
    """
    if evaluate(tree, facts) is not truth:
        return []
    if isinstance(tree, Literal):
        return [tree]
    found: list[Literal] = []
    for part in tree.parts:
        found.extend(leaf for leaf in leaves_where(part, facts, truth) if leaf not in found)
    return found
