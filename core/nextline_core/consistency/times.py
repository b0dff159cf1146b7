"""The months of the history against each other. Months are remembered roughly, so these are warnings, with one month of
grace."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..profile import Therapy
from .problem import Problem

_GRACE = 1.0


def problems(therapies: tuple[Therapy, ...]) -> Iterator[Problem]:
    """Therapies in the wrong order, lines that overlap, early therapy that outlasts the start of metastatic therapy."""
    metastatic = [therapy for therapy in therapies if therapy.metastatic]
    for earlier, later in pairwise(metastatic):
        yield from _order(earlier, later)
    if metastatic:
        for early in therapies:
            if not early.metastatic:
                yield from _outlasts(early, metastatic[0])


def _order(earlier: Therapy, later: Therapy) -> Iterator[Problem]:
    if earlier.line == later.line and earlier.line is not None:
        return
    if earlier.ended == "ongoing":
        yield Problem(
            f"/history/{earlier.index}/ended",
            "ongoing",
            "This therapy is ongoing, yet a later line follows it.",
            "Say why it ended.",
            "ongoing",
            blocking=False,
        )
    if earlier.months_since_end is None or later.months_since_end is None:
        return
    began = _began(later)
    if earlier.months_since_end < later.months_since_end:
        yield _problem(later, "time_order", "This therapy ended before the one that stands before it.")
    elif began is not None and earlier.months_since_end + _GRACE < began:
        text = f"This line began {began:g} months ago, before the one before it ended ({earlier.months_since_end:g})."
        yield _problem(later, "lines_overlap", text)


def _outlasts(early: Therapy, first: Therapy) -> Iterator[Problem]:
    if early.ended == "ongoing":
        yield Problem(
            f"/history/{early.index}/ended",
            "ongoing",
            f"This {early.setting} therapy is ongoing, yet metastatic therapy follows it.",
            "Say why it ended.",
            "ongoing",
            blocking=False,
        )
    began = _began(first)
    if early.months_since_end is not None and began is not None and early.months_since_end + _GRACE < began:
        text = (
            f"This {early.setting} therapy ended {early.months_since_end:g} months ago, "
            f"after metastatic therapy began ({began:g} months ago)."
        )
        yield _problem(early, "time_order", text)


def _began(therapy: Therapy) -> float | None:
    if therapy.months is None or therapy.months_since_end is None:
        return None
    return therapy.months + therapy.months_since_end


def _problem(therapy: Therapy, code: str, text: str) -> Problem:
    return Problem(
        f"/history/{therapy.index}/months_since_end",
        code,
        text,
        "Put the entries in order, or correct the months.",
        therapy.months_since_end,
        blocking=False,
    )
