"""Conditions in words: what a literal asks, and how it stands for a patient."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from .conditions import Literal
from .values import Between, OneOf, Value
from .vocabulary import VOCABULARY, Fact


def describe(literal: Literal, value: Value | None, names: Mapping[str, str]) -> str:
    """A condition in words as it stands for a patient: ``ESR1: positive``, ``next metastatic line: not known``.

    ``names`` gives the display name of drug and class ids.
    """
    fact = VOCABULARY[literal.atom.fact]
    if fact.kind == "set":
        member = names.get(str(literal.atom.wanted), str(literal.atom.wanted)).replace("_", " ")
        truth = literal.atom.holds({} if value is None else {fact.name: value})
        return f"{fact.label}: {member} {'included' if truth else 'not included' if truth is False else '- not known'}"
    if value is None or isinstance(value, OneOf | Between):
        return f"{fact.label}: {_partly(value)}"
    return f"{fact.label}: {_shown(value, fact)}"


def _partly(value: Value | None) -> str:
    if isinstance(value, OneOf):
        return "not known whether " + " or ".join(sorted(value.values))
    if isinstance(value, Between):
        return (
            f"not known exactly, {value.low:g} to {value.high:g}"
            if value.high < inf
            else f"not known exactly, {value.low:g} or more"
        )
    return "not known"


def _shown(value: Value, fact: Fact) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == inf:  # an interval since something that was never given
        return "none given"
    text = f"{value:g}" if isinstance(value, int | float) else str(value).replace("_", " ")
    return f"{text} {fact.unit}".replace(" %", "%").strip()


_OPERATORS = {
    "is": "is {}",
    "in": "is one of {}",
    "at_least": "at least {}",
    "at_most": "at most {}",
    "above": "above {}",
    "below": "below {}",
    "has": "includes {}",
}


def condition(literal: Literal, names: Mapping[str, str]) -> str:
    """What a literal asks, whatever the patient: ``next metastatic line at least 3``, ``not: ESR1 is positive``."""
    fact, atom = VOCABULARY[literal.atom.fact], literal.atom
    if atom.operator == "known":
        text = f"{fact.label} is {'known' if atom.wanted else 'not known'}"
        return text if literal.positive else f"not: {text}"
    wanted = atom.wanted if isinstance(atom.wanted, tuple) else (atom.wanted,)
    shown = " or ".join(names.get(str(w), _shown(w, fact)) for w in wanted)
    text = f"{fact.label} {_OPERATORS[atom.operator].format(shown)}"
    return text if literal.positive else f"not: {text}"
