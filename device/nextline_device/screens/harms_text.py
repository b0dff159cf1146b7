"""Adverse events of a study as rows: one line an event, any grade and grade 3 or more in columns of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .rows import INDENT, Row, cut, row

Record = Mapping[str, Any]
_SEVERE = ("3+", "3-4", "3", "4", "5")
_WORDS = {"not_stated": "grade not stated", "led_to_stop": "led to stop", "serious": "serious"}
_FIGURE = 14


def harms(events: Iterable[Record], width: int) -> Iterator[Row]:
    """A heading for each regimen, then its events, the most frequent severe ones first."""
    regimens: dict[str, list[Record]] = {}
    for event in events:
        regimens.setdefault(str(event["regimen"]), []).append(event)
    room = max(16, width - 3 * _FIGURE - 6)
    for regimen, own in regimens.items():
        yield row(
            cut(f"{INDENT}{cut(regimen, room):<{room}} {'any grade':<{_FIGURE}}{'grade 3+':<{_FIGURE}}other", width),
            "strong",
        )
        for name, grades in sorted(_by_event(own).items(), key=lambda item: _order(item[1])):
            any_grade, severe, other = (_column(grades, wanted) for wanted in (_is_any, _is_severe, _is_other))
            yield row(cut(f"{INDENT}{cut(name, room):<{room}} {any_grade:<{_FIGURE}}{severe:<{_FIGURE}}{other}", width))


def _by_event(events: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for event in events:
        found.setdefault(str(event["event"]), []).append(event)
    return found


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


def _column(grades: Iterable[Record], wanted: Any) -> str:
    return ", ".join(dict.fromkeys(_figure(event) for event in grades if wanted(event["grade"])))


def _figure(event: Record) -> str:
    """``36.6%``, with the grade where the column does not tell it, and the comparator where it is given."""
    grade = str(event["grade"])
    label = "" if grade in ("any", "3+") else f" {_WORDS.get(grade, f'gr {grade}')}"
    if event.get("percent") is None:
        figure = f"n={event['n']}" if event.get("n") is not None else "reported"
    else:
        figure = f"{event['percent']}%"
    versus = "" if event.get("comparator_percent") is None else f" v {event['comparator_percent']}%"
    return f"{figure}{versus}{label}"
