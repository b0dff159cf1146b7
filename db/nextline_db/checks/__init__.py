"""Consistency checks over the whole corpus: one check a module, each a function ``check(corpus) ->
list[Problem]``."""

from __future__ import annotations

from collections.abc import Callable

from ..load import Corpus
from ..problems import Problem
from . import (
    arithmetic_fits,
    cited_numbers,
    class_circles,
    conflict_links,
    days,
    founding_texts,
    identifiers,
    intervals,
    names_once,
    percentages,
    superseded,
)

Check = Callable[[Corpus], list[Problem]]

ALL: tuple[Check, ...] = (
    identifiers.check,
    names_once.check,
    class_circles.check,
    founding_texts.check,
    days.check,
    cited_numbers.check,
    intervals.check,
    percentages.check,
    arithmetic_fits.check,
    conflict_links.check,
    superseded.check,
)


def run(corpus: Corpus) -> list[Problem]:
    """Every fault that any check finds, in order of file and line."""
    return sorted(problem for check in ALL for problem in check(corpus))
