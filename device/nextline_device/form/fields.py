"""What a field of the profile screen is, and short ways to write one down.

The tables themselves stand in ``main`` and ``groups``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "choice", "pair", "many", "number", "text", "names", "gene", "therapies", "list", "group", "entry", "add"
]
KEYS = "123456789abcdefghijk"
"""The keys of numbered choices, in order."""


@dataclass(frozen=True)
class Choice:
    """One answer to a field. ``value`` is what the profile holds then; of a pair, a mapping from path to value.

    ``also`` lists, for a pair, other values that mean the same here: they are recognised, and left as they are.
    """

    key: str
    label: str
    value: Any
    also: Mapping[str, tuple[Any, ...]] | None = None


@dataclass(frozen=True)
class Field:
    """One thing that can be known of a patient.

    ``path`` is dotted and starts at the form's own base. ``label`` stands in the list (at most 16 characters),
    ``question`` is the same in full. ``asked`` names the settings of a therapy in which the form stops here on its
    own; the others are reached with the arrows. ``details`` is a form that F2 opens. ``summary`` stands for choices
    that are too many to write out. A ``required`` field cannot be unknown; a list holds at ``most`` so many entries.
    ``clears`` pairs an answer with the neighbour that means nothing beside it.
    """

    path: str
    label: str
    kind: Kind
    question: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    low: float = 0
    high: float = float("inf")
    whole: bool = False
    pattern: str = ""
    summary: tuple[str, ...] = ()
    required: bool = False
    most: int = 50
    clears: tuple[tuple[str, str], ...] = ()
    example: str = ""
    names: Literal["", "drugs", "medicines"] = ""
    fields: tuple[Field, ...] = ()
    entry: str = ""
    asked: tuple[str, ...] = ()
    details: Field | None = None

    @property
    def zero_answers(self) -> bool:
        """Whether ``0`` is an answer of its own here, so that only ``?`` says unknown."""
        return self.kind == "number" or any(choice.key == "0" for choice in self.choices)

    @property
    def full(self) -> str:
        """The question in full, with the unit."""
        return f"{self.question or self.label}{f' ({self.unit})' if self.unit else ''}"


def numbered(*answers: tuple[str, Any]) -> tuple[Choice, ...]:
    """Choices with the keys 1, 2, 3 ... (then letters)."""
    return tuple(Choice(key, label, value) for key, (label, value) in zip(KEYS, answers, strict=False))


def keyed(answers: str, *values: Any) -> tuple[Choice, ...]:
    """Choices whose keys are chosen so that they look like the answer: ``keyed("0=none 1=mild", 0, 1)``."""
    pairs = [item.split("=", 1) for item in answers.split("|")]
    return tuple(Choice(key, label, value) for (key, label), value in zip(pairs, values, strict=True))


YES_NO = numbered(("yes", True), ("no", False))
SIGN = numbered(("positive", "positive"), ("negative", "negative"))


def choice(path: str, label: str, choices: tuple[Choice, ...], question: str = "", **more: Any) -> Field:
    """A field with one answer of several."""
    return Field(path, label, "choice", question, choices, **more)


def flag(path: str, label: str, question: str = "", **more: Any) -> Field:
    """A field that is yes or no."""
    return Field(path, label, "choice", question, YES_NO, **more)


def number(path: str, label: str, low: float, high: float, unit: str = "", question: str = "", **more: Any) -> Field:
    """A field that holds a number within bounds."""
    return Field(path, label, "number", question, unit=unit, low=low, high=high, **more)


def group(label: str, question: str, *fields: Field) -> Field:
    """A form of its own under one line."""
    return Field("", label, "group", question, fields=fields)
