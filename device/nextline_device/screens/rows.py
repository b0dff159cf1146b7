"""Lines of text with a tone, the only thing that screens put on the terminal.

Free of Textual, so that any screen can be had as plain text.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from .font import console_text

Tone = Literal["plain", "strong", "head", "alert", "bar"]
MARK = ">"
INDENT = "   "


@dataclass(frozen=True)
class Span:
    """A piece of a line in one tone. A tone never carries a meaning that the words do not."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Row:
    """One line. A row with a ``key`` can be selected; rows that share a key are selected together."""

    spans: tuple[Span, ...] = ()
    key: str = ""

    @property
    def text(self) -> str:
        """The line without its tones."""
        return "".join(span.text for span in self.spans)


def row(text: str = "", tone: Tone = "plain", key: str = "") -> Row:
    """A line in one tone."""
    return Row((Span(console_text(text), tone),), key)


def mixed(*pieces: str | tuple[str, Tone], key: str = "") -> Row:
    """A line of several tones: plain strings, and pairs of text and tone."""
    spans = (Span(console_text(p)) if isinstance(p, str) else Span(console_text(p[0]), p[1]) for p in pieces)
    return Row(tuple(spans), key)


def wrapped(
    text: str, width: int, indent: str = "", hang: str | None = None, tone: Tone = "plain", key: str = ""
) -> list[Row]:
    """A text over as many lines as it needs; ``hang`` indents all lines but the first."""
    following = indent if hang is None else hang
    lines = textwrap.wrap(console_text(text), max(8, width), initial_indent=indent, subsequent_indent=following)
    return [Row((Span(line, tone),), key) for line in lines]


def ends(left: str, right: str, width: int) -> str:
    """Two texts at both ends of a line; the left one is cut where there is no room."""
    left, right = console_text(left), console_text(right)
    room = width - len(right) - 1
    return f"{cut(left, room):<{max(0, room)}} {right}" if room > 0 else cut(left, width)


def cut(text: str, width: int) -> str:
    """The text, or as much of it as fits with a sign that something is missing."""
    text = console_text(text)
    return text if len(text) <= width else text[: max(0, width - 1)] + "…"


def flow(items: Iterable[str], width: int, lines: int, gap: str = "  ") -> list[str]:
    """Items one behind another, never cut in two; a sign at the end where they need more lines than there are."""
    found = [""]
    for item in items:
        joined = f"{found[-1]}{gap if found[-1] else ''}{console_text(item)}"
        if len(joined) > width and found[-1]:
            found.append(console_text(item))
        else:
            found[-1] = joined
    if len(found) > lines:
        found = [*found[: lines - 1], cut(found[lines - 1], width - 2) + " …"]
    return [cut(line, width) for line in found]


@dataclass(frozen=True)
class Page:
    """Rows of a long text, and the lines at which its parts begin."""

    rows: tuple[Row, ...]
    parts: Mapping[str, int]


def page_of(parts: Iterable[tuple[str, Iterable[Row]]]) -> Page:
    """One text of named parts; a part without rows is left out, and an empty line stands between two."""
    rows: list[Row] = []
    places: dict[str, int] = {}
    for name, part in parts:
        lines = list(part)
        if lines:
            rows += [Row()] if rows else []
            places[name] = len(rows)
            rows += lines
    return Page(tuple(rows), places)


def keys_of(rows: Iterable[Row]) -> Iterator[str]:
    """The keys of the rows that can be selected, each once, in order."""
    return iter(dict.fromkeys(row.key for row in rows if row.key))
