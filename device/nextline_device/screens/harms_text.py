"""Adverse events of a study as rows: one line an event, any grade and grade 3 or more in columns of their own."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from .font import console_text
from .rows import INDENT, Row, row, wrapped

Record = Mapping[str, Any]
_SEVERE = ("3+", "3-4", "3", "4", "5")
_WORDS = {"not_stated": "grade not given", "led_to_stop": "led to stop", "serious": "serious"}
HEADINGS = ("any grade", "grade 3+", "other")
_GAP = "  "
_WIDEST = (18, 14)  # of a column of figures: wide where the names keep enough room, else narrow
_NARROWEST = (28, 14)  # room for the names, likewise


def harms(events: Iterable[Record], width: int) -> Iterator[Row]:
    """A heading for each regimen, then its events, the most frequent severe ones first."""
    regimens: dict[str, list[Record]] = {}
    for event in events:
        regimens.setdefault(str(event["regimen"]), []).append(event)
    for regimen, own in regimens.items():
        severe = {str(event["grade"]) for event in own if _is_severe(event["grade"])}
        usual = severe.pop() if len(severe) == 1 else "3+"  # a grade that all share stands in the heading, once
        lines = [
            (name, *(_column(grades, wanted, usual) for wanted in (_is_any, _is_severe, _is_other)))
            for name, grades in sorted(_by_event(own).items(), key=lambda item: _order(item[1]))
        ]
        yield from _table([(regimen, HEADINGS[0], f"grade {usual}", HEADINGS[2]), *lines], width)


def _table(lines: list[tuple[str, ...]], width: int) -> Iterator[Row]:
    """Columns as wide as their longest figure, up to a bound; what is longer goes over several lines."""
    for widest, narrowest in zip(_WIDEST, _NARROWEST, strict=True):
        longest = (max(len(console_text(line[at])) for line in lines) for at in range(1, len(HEADINGS) + 1))
        widths = [min(widest, long) for long in longest]
        room = width - len(INDENT) - sum(widths) - len(_GAP) * len(widths)
        if room >= narrowest:
            break
    else:
        yield from _list(lines, width)
        return
    for number, line in enumerate(lines):
        cells = [textwrap.wrap(console_text(cell), wide) for cell, wide in zip(line, (room, *widths), strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            text = _GAP.join(f"{part:<{wide}}" for part, wide in zip(parts, (room, *widths), strict=True))
            yield row(f"{INDENT}{text}".rstrip(), "plain" if number else "strong")


def _list(lines: list[tuple[str, ...]], width: int) -> Iterator[Row]:
    """The same as a list, where the columns do not fit."""
    yield from wrapped(lines[0][0], width, INDENT, tone="strong")
    for name, *figures in lines[1:]:
        told = "; ".join(f"{label} {figure}" for label, figure in zip(lines[0][1:], figures, strict=True) if figure)
        yield from wrapped(f"{name}: {told}", width, INDENT, INDENT + "  ")


def _by_event(events: Iterable[Record]) -> dict[str, list[Record]]:
    """The rows of each event; sources differ in capitals, and mean the same."""
    found: dict[str, tuple[str, list[Record]]] = {}
    for event in events:
        name = str(event["event"])
        found.setdefault(name.casefold(), (name, []))[1].append(event)
    return dict(found.values())


def _order(grades: list[Record]) -> tuple[float, float]:
    def most(severe: bool) -> float:
        return max((float(g["percent"] or 0) for g in grades if (g["grade"] in _SEVERE) == severe), default=0)

    return -most(True), -most(False)


def _is_any(grade: str) -> bool:
    return grade == "any"


def _is_severe(grade: str) -> bool:
    return grade in _SEVERE


def _is_other(grade: str) -> bool:
    return not _is_any(grade) and not _is_severe(grade)


def _column(grades: Iterable[Record], wanted: Any, usual: str) -> str:
    rows = [event for event in grades if wanted(event["grade"])]
    compared = {(e["grade"], e["percent"]) for e in rows if e.get("comparator_percent") is not None}
    told = (e for e in rows if e.get("comparator_percent") is not None or (e["grade"], e["percent"]) not in compared)
    return ", ".join(dict.fromkeys(_figure(event, usual) for event in told))


def _figure(event: Record, usual: str) -> str:
    """``36.6%``, with the grade where the column does not tell it, and the comparator where it is given."""
    grade = str(event["grade"])
    label = "" if grade in ("any", usual) else f" ({_WORDS.get(grade, grade)})"
    if event.get("percent") is None:
        figure = f"n={event['n']}" if event.get("n") is not None else "reported"
    else:
        figure = f"{event['percent']}%"
    versus = "" if event.get("comparator_percent") is None else f" v {event['comparator_percent']}%"
    return f"{figure}{versus}{label}"
