"""Does a single condition ask what can be asked? One answer for rules, for the criteria of a study population, and for
what a test would tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from nextline_core.conditions import Literal, atom
from nextline_core.vocabulary import VOCABULARY, Fact

from .ladder import Ladder
from .medicines import FILE, Medicines
from .models.records import Criterion

_FITTING = {
    "flag": ("is", "known"),
    "enum": ("is", "in", "known"),
    "number": ("is", "in", "at_least", "at_most", "above", "below", "known"),
    "set": ("has", "known"),
}


@dataclass(frozen=True)
class Terms:
    """The ids that the sets of the vocabulary may hold, and those that are written but could not be read.

    ``medicines`` is ``None`` where its file could not be read.
    """

    ladder: Ladder
    medicines: Medicines | None
    unread: Collection[str] = ()


def of_criterion(criterion: Criterion) -> Literal:
    """A criterion of a study population as a literal; ``lacks`` is the negation of ``has``.

    Raises RuleError.
    """
    lacks = criterion.op == "lacks"
    return Literal(atom(criterion.fact, "has" if lacks else criterion.op, criterion.value), not lacks)


def faults(literal: Literal, terms: Terms) -> Iterator[str]:
    """What is wrong with it: an unknown fact, an operator that does not fit, a value that it never has."""
    asked = literal.atom
    fact = VOCABULARY.get(asked.fact)
    if fact is None:
        yield f"asks for the fact '{asked.fact}', which does not exist"
    elif asked.operator not in _FITTING[fact.kind]:
        yield f"'{asked.operator}' does not fit the fact '{fact.name}' ({fact.kind})"
    elif asked.operator == "known":
        if not isinstance(asked.wanted, bool):
            yield f"'known' of '{fact.name}' is true or false, not {asked.wanted!r}"
    else:
        for value in asked.wanted if isinstance(asked.wanted, tuple) else (asked.wanted,):
            yield from _VALUES[fact.kind](fact, value, terms)


def _flag(fact: Fact, value: Any, _: Terms) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"'{fact.name}' is true or false, not {value!r}"


def _enum(fact: Fact, value: Any, _: Terms) -> Iterator[str]:
    if value not in fact.values:
        yield f"'{fact.name}' is never {value!r}; it is one of {', '.join(fact.values)}"


def _number(fact: Fact, value: Any, _: Terms) -> Iterator[str]:
    low, high = fact.span
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield f"'{fact.name}' is a number, not {value!r}"
    elif not low <= value <= high:
        yield f"'{fact.name}' is never {value}; it runs from {low} to {high}"


def _member(fact: Fact, value: Any, terms: Terms) -> Iterator[str]:
    ladder = terms.ladder
    if value in terms.unread:
        return
    if fact.values:
        if value not in fact.values:
            yield f"'{fact.name}' never holds {value!r}; it holds {', '.join(fact.values)}"
    elif fact.name == "medication_classes":
        classes = terms.medicines.medication_classes if terms.medicines else {value: None}
        if value not in classes:
            yield f"'{value}' is no class of other medicines; they are {', '.join(classes)}"
    elif fact.name in ("patient.allergies", "patient.medications"):
        if not ladder.knows(value) and terms.medicines and value not in terms.medicines.words:
            yield f"'{value}' is neither a drug, a class nor one of the typed words in {FILE} (lower case, no hyphens)"
    elif fact.name.endswith("classes"):
        if value not in ladder.classes:
            yield f"'{value}' is no class" if ladder.knows(value) else f"'{value}' is neither a drug nor a class"
    elif value not in ladder.drugs:
        yield f"'{value}' is no drug" if ladder.knows(value) else f"'{value}' is neither a drug nor a class"


_VALUES = {"flag": _flag, "enum": _enum, "number": _number, "set": _member}
