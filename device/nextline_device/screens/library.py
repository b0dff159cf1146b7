"""The library: search and browse everything the store holds, without a patient."""

from __future__ import annotations

from textual.app import ComposeResult

from ..tongue import _
from . import library_text, record_text
from .base import ConsoleScreen, PageScreen
from .library_text import Entry
from .rows import Page, Row, ends, keys_of, row
from .widgets import Lines

_LONGEST = 60
_DEEPEST = 20


class LibraryScreen(ConsoleScreen):
    """What is typed is searched for at once; with nothing typed there are the shelves."""

    NAME = "library"

    def __init__(self, shelf: str = "") -> None:
        super().__init__()
        self._shelf, self._typed = shelf, ""
        self._all: list[Entry] | None = None
        self.prompt = Lines(id="prompt")

    def compose(self) -> ComposeResult:
        """Between title and footer: the line that is typed into, and what there is."""
        yield from (self.head, self.prompt, self.body, self.foot)

    def heading(self) -> Row:
        """Which shelf."""
        where = _(library_text.SHELVES[self._shelf]) if self._shelf else _("search and browse")
        edition = _("evidence {version}").format(version=self.host.engine.edition.version)
        return row(ends(f" {_('Library')}: {where}", f"{edition} ", self.size.width), "bar")

    def draw(self) -> None:
        """What there is for what was typed."""
        view, note = self.view(), ""
        if self._shelf:
            if self._all is None:
                self._all = library_text.shelf(view, self._shelf)
            entries = library_text.narrowed(self._all, self._typed)
        else:
            entries, note = library_text.found(view, self._typed) if self._typed.strip() else ([], "")
        rows = library_text.choices(view, self._shelf, self._typed, entries, note)
        keys = list(keys_of(rows))
        selected = self.body.selected if self.body.selected in keys else keys[0] if keys else ""
        self.prompt.show(library_text.prompt(view, self._shelf, self._typed))
        self.body.show(rows, selected)

    def type_key(self, name: str, char: str) -> None:
        """Letters are typed, Backspace takes one back; with nothing typed it goes back."""
        if name == "backspace" or (char == "-" and not self._typed):
            if not self._typed:
                self.action_back()
                return
            self._typed = self._typed[:-1]
        elif char and char != "?" and len(self._typed) < _LONGEST and (self._typed or not char.isspace()):
            self._typed += char
        else:
            return
        self.body.selected = ""
        self.redraw()

    def action_choose(self) -> None:
        """Opens the marked shelf or page."""
        kind, _colon, identifier = self.body.selected.partition(":")
        if kind == "shelf":
            self.host.show(LibraryScreen(identifier))
        elif kind:
            self.host.show(RecordScreen(kind, identifier))

    def action_escape(self) -> None:
        """Drops what was typed; else goes back."""
        if self._typed:
            self._typed = ""
            self.redraw()
        else:
            self.action_back()


class RecordScreen(PageScreen):
    """One page of the library; marked rows lead to others."""

    NAME = "record"

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__()
        self._kind, self._entry = kind, identifier

    def heading(self) -> Row:
        """Where in the library."""
        shelf = library_text.SHELVES.get(self._kind, "Record")
        edition = _("evidence {version}").format(version=self.host.engine.edition.version)
        return row(ends(f" {_('Library')}: {_(shelf)}", f"{edition} ", self.size.width), "bar")

    def page(self) -> Page:
        """The page."""
        return record_text.page(self.view(), self._kind, self._entry)

    def draw(self) -> None:
        """The page from its top; a row below it is marked only once it has come into sight."""
        self._page = self.page()
        keys = list(keys_of(self._page.rows))
        in_sight = keys_of(self._page.rows[: self.size.height - 2])
        selected = self.body.selected if self.body.selected in keys else next(iter(in_sight), "")
        self.body.show(self._page.rows, selected)

    def action_choose(self) -> None:
        """Follows the marked row."""
        kind, _colon, identifier = self.body.selected.partition(":")
        if kind and len(self.host.screen_stack) < _DEEPEST:
            self.host.show(RecordScreen(kind, identifier))
