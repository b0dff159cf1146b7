"""What can be known of a fact, and whether a condition on it holds: true, false or unknown (``None``).

A fact that is not there at all is unknown. In between lie three partial states, so that no knowledge is thrown away:
:class:`OneOf` (HER2 reported only as "negative" is zero, ultralow or low), :class:`Between` (an unnamed drug may or
may not have been chemotherapy, so there were one or two lines of it) and :class:`Members` (these drugs were given,
others perhaps).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Truth: TypeAlias = bool | None
Scalar: TypeAlias = bool | int | float | str

OPERATORS = ("is", "in", "at_least", "at_most", "above", "below", "has", "known")


@dataclass(frozen=True)
class OneOf:
    """An enumerated fact that is one of several values; at least two, or it would be known."""

    values: frozenset[str]


@dataclass(frozen=True)
class Between:
    """A number known only to lie within ``low`` and ``high``, both included."""

    low: float
    high: float


@dataclass(frozen=True)
class Members:
    """A set: ``present`` for certain, ``maybe`` perhaps, and anything else perhaps where ``open``."""

    present: frozenset[str] = field(default_factory=frozenset)
    maybe: frozenset[str] = field(default_factory=frozenset)
    open: bool = False

    def has(self, member: str) -> Truth:
        """Whether ``member`` belongs to the set."""
        if member in self.present:
            return True
        return None if self.open or member in self.maybe else False


Value: TypeAlias = Scalar | OneOf | Between | Members


def holds(value: Value | None, operator: str, wanted: object) -> Truth:
    """Evaluates one condition, e.g. ``holds(2, "at_least", 3)``; ``None`` where the value does not decide it.

    >>> holds(None, "is", "positive"), holds(OneOf(frozenset({"low", "zero"})), "is", "positive")
    (None, False)
    """
    if operator == "known":
        return (value is not None and not isinstance(value, OneOf | Between)) == wanted
    if value is None:
        return None
    if operator in ("is", "in"):
        return _among(value, wanted if isinstance(wanted, list | tuple | frozenset) else (wanted,))
    if operator == "has":
        return value.has(str(wanted)) if isinstance(value, Members) else None
    return _compare(value, operator, wanted)


def _among(value: Value, wanted: list[object] | tuple[object, ...] | frozenset[object]) -> Truth:
    if isinstance(value, OneOf):
        inside = sum(possible in wanted for possible in value.values)
        return True if inside == len(value.values) else None if inside else False
    if isinstance(value, Between):
        return None if any(isinstance(w, int | float) and value.low <= w <= value.high for w in wanted) else False
    return value in wanted


def _compare(value: Value, operator: str, wanted: object) -> Truth:
    if not isinstance(wanted, int | float) or isinstance(value, str | bool | OneOf | Members):
        return None
    low, high = (value.low, value.high) if isinstance(value, Between) else (value, value)
    if operator == "at_least":
        return True if low >= wanted else False if high < wanted else None
    if operator == "above":
        return True if low > wanted else False if high <= wanted else None
    if operator == "at_most":
        return True if high <= wanted else False if low > wanted else None
    return True if high < wanted else False if low >= wanted else None


def all_of(truths: list[Truth]) -> Truth:
    """Kleene conjunction: false if any is false, else unknown if any is unknown, else true."""
    return False if False in truths else None if None in truths else True


def any_of(truths: list[Truth]) -> Truth:
    """Kleene disjunction: true if any is true, else unknown if any is unknown, else false."""
    return True if True in truths else None if None in truths else False


def negate(truth: Truth) -> Truth:
    """Kleene negation."""
    return None if truth is None else not truth
