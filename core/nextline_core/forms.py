"""Conditions over literal bits: what a rule's tree becomes once every literal has its place in the packed table.

A form is a literal's place (a number), or ``[1, form, ...]`` for "all of" and ``[0, form, ...]`` for "any of". It is
plain data, so that the store can hold it and nothing has to be parsed at the bedside.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from .conditions import All, Literal, Tree
from .match import truths
from .values import Truth

Form: TypeAlias = int | Sequence[Any]


@dataclass(frozen=True)
class Bits:
    """The literals of one patient: bits of those known to hold, and of those known not to; the rest are unknown."""

    true: bytes
    false: bytes

    @cached_property
    def truths(self) -> tuple[Truth, ...]:
        """The truth of the literal at each place."""
        return truths(self.true, self.false)

    def raw(self) -> tuple[bytes, bytes]:
        """Both rows, little-endian."""
        return self.true, self.false


def form_of(tree: Tree, places: Mapping[Literal, int]) -> Form:
    """The form of a tree."""
    if isinstance(tree, Literal):
        return places[tree]
    return [int(isinstance(tree, All)), *(form_of(part, places) for part in tree.parts)]


def reasons(form: Form, bits: Bits) -> tuple[Truth, list[int]]:
    """The truth of a form, and the literals that make it so.

    These are the leaves of that same truth reached through nodes of that truth only: why it holds, why it does not, or
    what decides it.
    """
    whole = truth(form, bits)
    found: dict[int, None] = {}
    _reach(form, whole, bits, found)
    return whole, list(found)


def _reach(form: Form, whole: Truth, bits: Bits, found: dict[int, None]) -> None:
    if isinstance(form, int):
        found[form] = None
        return
    truths = bits.truths
    for part in form[1:]:
        if isinstance(part, int):
            if truths[part] is whole:
                found[part] = None
        elif truth(part, bits) is whole:
            _reach(part, whole, bits, found)


def truth(form: Form, bits: Bits) -> Truth:
    """The truth of a form."""
    truths = bits.truths
    if isinstance(form, int):
        return truths[form]
    ends = not form[0]  # one true part settles an "any", one false part an "all"
    unknown = False
    for part in form[1:]:
        found = truths[part] if isinstance(part, int) else truth(part, bits)
        if found is ends:
            return ends
        unknown = unknown or found is None
    return None if unknown else not ends


def lacking(form: Form, bits: Bits) -> float:
    """The least number of unknown literals that must turn out true for the form to hold; infinite where it cannot."""
    if isinstance(form, int):
        truth = bits.truths[form]
        return 0 if truth else 1 if truth is None else math.inf
    counts = [lacking(part, bits) for part in form[1:]]
    return sum(counts) if form[0] else min(counts, default=math.inf)


def leaves(form: Form) -> set[int]:
    """The places of all literals of a form."""
    return {form} if isinstance(form, int) else {place for part in form[1:] for place in leaves(part)}


def parts(form: Form) -> Sequence[Form]:
    """The forms that must all hold; the form itself where it is no "all of"."""
    return form[1:] if not isinstance(form, int) and form[0] else [form]
