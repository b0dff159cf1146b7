"""Bounds of the house where the contract states none: far beyond every patient, yet short of what would make the
program slow or its figures meaningless."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nextline_core.consistency import Problem

from .json_text import short

MONTHS = 1200
_NUMBERS: tuple[tuple[tuple[str, ...], int], ...] = (
    (("disease", "tmb"), 10_000),
    (("history", "*", "months"), MONTHS),
    (("history", "*", "months_since_end"), MONTHS),
)
_LENGTHS: tuple[tuple[tuple[str, ...], int], ...] = (
    (("history",), 100),
    (("history", "*", "drugs"), 20),
    (("disease", "sites"), 50),
    (("disease", "her2_earlier"), 50),
    (("patient", "allergies"), 200),
    (("patient", "medications"), 200),
    (("access", "unavailable"), 500),
)


def problems(data: Any) -> Iterator[Problem]:
    """Every number and list that is beyond its bound; ``data`` need not be a valid profile."""
    for place, most in _NUMBERS:
        for path, value in _at(data, place):
            if isinstance(value, int | float) and not isinstance(value, bool) and value > most:
                yield Problem(path, "less_than_equal", *beyond(place[-1], value, f"more than {most}"), value=value)
    for place, most in _LENGTHS:
        for path, value in _at(data, place):
            if isinstance(value, list) and len(value) > most:
                yield Problem(path, "too_long", *entries(place[-1], len(value), most=most), value=len(value))


def _at(data: Any, place: tuple[str, ...], path: str = "") -> Iterator[tuple[str, Any]]:
    """What stands at a place, with its JSON Pointer; ``*`` is every entry of a list."""
    if not place:
        yield path, data
    elif place[0] == "*" and isinstance(data, list):
        for index, inner in enumerate(data):
            yield from _at(inner, place[1:], f"{path}/{index}")
    elif isinstance(data, dict) and place[0] in data:
        yield from _at(data[place[0]], place[1:], f"{path}/{place[0]}")


def beyond(name: str, value: Any, bound: str) -> tuple[str, str]:
    """Fault and remedy of a number out of its bounds."""
    return (
        f"{short(str(value))} is {bound}, which '{name}' cannot be.",
        "Check the number and its unit, or leave it out.",
    )


def entries(name: str, count: int, least: int | None = None, most: int | None = None) -> tuple[str, str]:
    """Fault and remedy of a list with too few or too many entries."""
    remedy = f"Give at least {least}." if least is not None else f"Give at most {most}."
    return f"'{name}' holds {count} {'entry' if count == 1 else 'entries'}.", remedy
