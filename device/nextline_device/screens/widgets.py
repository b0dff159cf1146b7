"""The one widget of the screens: lines of text, drawn as they are, with a selection, and scrolled.

Textual's own widgets draw scrollbars and borders in glyphs that the console font lacks, and repaint more than changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from .rows import MARK, Row, Span, Tone, keys_of

# Only bold, reverse and cyan: red, blue and brown fall short of a contrast of 7 to 1 on a black console.
_STYLES: Mapping[Tone, Style] = MappingProxyType(
    {
        "plain": Style.null(),
        "strong": Style(bold=True),
        "head": Style(color="cyan", bold=True),
        "alert": Style(reverse=True, bold=True),
        "bar": Style(reverse=True),
    }
)
# High contrast: bright white and bright yellow on black, black on bright white, whatever the terminal's own colours.
_LIGHT = Style(color="bright_white", bgcolor="black")
_DARK = Style(color="black", bgcolor="bright_white")
_CONTRAST: Mapping[Tone, Style] = MappingProxyType(
    {
        "plain": _LIGHT,
        "strong": _LIGHT + Style(bold=True),
        "head": Style(color="bright_yellow", bgcolor="black", bold=True),
        "alert": Style(color="black", bgcolor="bright_yellow", bold=True),
        "bar": _DARK,
    }
)
_SELECTED = Style(reverse=True)
_BLANK = Row()


class Lines(Widget, can_focus=False):
    """Shows rows. The rows of the selected key stand in reverse video and bear a mark; the view follows them."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self.top = 0
        self.selected = ""
        self.moved: Callable[[], None] | None = None
        """Called when other rows are in sight."""

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._rows

    def show(self, rows: Sequence[Row], selected: str | None = None) -> None:
        """Shows other rows. Lines that stay the same are not painted again."""
        before = [self._line(y) for y in range(self.size.height)]
        self._rows = rows
        if selected is not None:
            self.selected = selected
        self._follow()
        self._repaint(before)

    def select(self, key: str) -> None:
        """Selects the rows of a key."""
        self.show(self._rows, key)

    def step(self, by: int) -> None:
        """Selects another key; where there is none to go to, scrolls by lines."""
        keys = list(keys_of(self._rows))
        if self.selected not in keys:
            self.scroll_lines(by)
            in_sight = list(keys_of(self._rows[self.top : self.top + self.size.height]))
            if in_sight:
                self.select(in_sight[0 if by > 0 else -1])
            return
        place = keys.index(self.selected) + by
        if 0 <= place < len(keys):
            self.select(keys[place])
        else:
            self.scroll_lines(by)

    def scroll_lines(self, by: int) -> None:
        """Scrolls by lines, as far as there are any."""
        before = [self._line(y) for y in range(self.size.height)]
        self.top = self._bounded(self.top + by)
        self._repaint(before)

    def to_line(self, line: int) -> None:
        """Scrolls so that a line is the first one shown."""
        self.scroll_lines(line - self.top)

    def reveal(self, line: int) -> None:
        """Scrolls as little as is needed to show a line."""
        self.scroll_lines(min(0, line - self.top) or max(0, line - self.top - self.size.height + 1))

    def key_at(self, y: int) -> str:
        """The key of the row at a line of the widget; empty where that row cannot be selected."""
        return self._line(y)[0].key

    @property
    def beyond(self) -> str:
        """Which way there are rows out of sight: ``▲``, ``▼``, both or none."""
        below = self.size.height and self.top + self.size.height < len(self._rows)
        return ("▲" if self.top else "") + ("▼" if below else "")

    @property
    def page(self) -> int:
        """How far a page goes."""
        return max(1, self.size.height - 1)

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        line, selected = self._line(y)
        marked = selected and (not y or self._line(y - 1)[0].key != line.key)
        spans = (Span(MARK), *_after_mark(line.spans)) if marked else line.spans
        contrast = bool(getattr(self.app, "contrast", False))
        styles, chosen = (_CONTRAST, _DARK) if contrast else (_STYLES, _SELECTED)
        segments = [Segment(s.text, styles[s.tone] + chosen if selected else styles[s.tone]) for s in spans]
        whole = segments and (selected or spans[-1].tone == "bar")
        fill = segments[-1].style if whole else styles["plain"]
        return Strip(segments).adjust_cell_length(self.size.width, fill)

    def on_resize(self) -> None:
        """Keeps the selection in sight, and paints everything: other lines may stand where some were painted before."""
        self._follow()
        self.refresh()
        if self.moved:
            self.moved()

    def _line(self, y: int) -> tuple[Row, bool]:
        place = self.top + y
        found = self._rows[place] if 0 <= place < len(self._rows) else _BLANK
        return found, bool(found.key) and found.key == self.selected

    def _follow(self) -> None:
        places = [place for place, line in enumerate(self._rows) if line.key and line.key == self.selected]
        if not self.size.height:  # not laid out yet; the next resize comes back here
            return
        if places:
            self.top = min(max(self.top, places[-1] - self.size.height + 1), places[0])
            if places[0] < self.size.height // 2:
                self.top = 0  # what stands above the first rows belongs to them
        self.top = self._bounded(self.top)

    def _bounded(self, top: int) -> int:
        return max(0, min(top, len(self._rows) - self.size.height)) if self.size.height else self.top

    def _repaint(self, before: Sequence[tuple[Row, bool]]) -> None:
        for y in range(self.size.height):
            if y >= len(before) or before[y] != self._line(y):
                self.refresh(Region(0, y, self.size.width, 1))
        if self.moved:
            self.moved()


def _after_mark(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans without the first character, in whose place the mark stands."""
    first, *others = spans or (Span(" "),)
    return (Span(first.text[1:], first.tone), *others)
