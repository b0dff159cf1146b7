"""One conflict of sources with every side, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..tongue import _
from .cited import Reader
from .rows import INDENT, Page, Row, page_of, row, wrapped
from .view import View

_KINDS = {
    "contradiction": "the sources contradict each other",
    "outdated": "one side is outdated",
    "wording": "the wording says more or less than the figures",
    "truncated": "the print is cut or broken",
    "misattribution": "what is said is put down to the wrong source",
    "untraceable": "where it comes from cannot be found",
    "arithmetic": "the figures do not add up",
    "wrong_identifier": "a registry number or name is wrong",
}


def page(view: View, identifier: str) -> Page:
    """What is in dispute, the sides, why, and what is shown."""
    reader = Reader(view.store, view.width)
    found = reader.record(identifier)
    if not found:
        return page_of(())
    conflict = found[1]
    sides = [(f"side:{place}", list(_side(reader, side, place))) for place, side in enumerate(conflict["sides"], 1)]
    return page_of((("head", list(_head(conflict, view.width))), *sides, ("end", list(_end(conflict, view.width)))))


def _head(conflict: Mapping[str, Any], width: int) -> Iterator[Row]:
    yield from wrapped(conflict["title"], width, " ", tone="strong")
    kind = str(conflict["kind"])
    yield from wrapped(_(_KINDS.get(kind, kind.replace("_", " "))), width, " ")


def _side(reader: Reader, side: Mapping[str, Any], place: int) -> Iterator[Row]:
    yield row(f" {_('SIDE {letter}').format(letter=chr(ord('A') + place - 1))}", "head")
    yield from wrapped(str(side["value"]), reader.width, INDENT, tone="strong")
    yield from reader.source(side)


def _end(conflict: Mapping[str, Any], width: int) -> Iterator[Row]:
    for heading, member in ((_("WHY THEY DIFFER"), "explanation"), (_("WHAT IS SHOWN"), "shown_as")):
        if conflict.get(member):
            yield row(f" {heading}", "head")
            yield from wrapped(str(conflict[member]), width, INDENT)
