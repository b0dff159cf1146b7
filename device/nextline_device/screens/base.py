"""What all screens share: a title, a body, a footer made from the table of actions, and keys that scroll."""

from __future__ import annotations

import sqlite3
from abc import ABCMeta, abstractmethod
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message_pump import _MessagePumpMeta
from textual.screen import Screen

from nextline_db.store import StoreError

from .. import actions
from ..tongue import _
from .rows import Page, Row, cut, ends, keys_of, row, wrapped
from .view import View, situation
from .widgets import Lines

if TYPE_CHECKING:
    from ..app import NextlineApp


class _Abstract(ABCMeta, _MessagePumpMeta):
    """Textual's own, and the one that refuses a screen which does not say how it is drawn."""


class ConsoleScreen(Screen[None], metaclass=_Abstract):
    """A screen of lines. A subclass names itself, and draws itself in :meth:`draw` whenever size or content changed."""

    NAME: ClassVar[str] = ""
    AUTO_FOCUS = ""
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.head, self.body, self.foot = Lines(id="head"), Lines(id="body"), Lines(id="foot")
        self.body.moved = self._foot
        self._drawn_at = Size(0, 0)
        self._left: int | None = None

    @property
    def host(self) -> NextlineApp:
        """The app, with what is known of the patient."""
        return cast("NextlineApp", self.app)

    def compose(self) -> ComposeResult:
        """Title, body and footer."""
        yield from (self.head, self.body, self.foot)

    def heading(self) -> Row:
        """The title line."""
        return row(f" {_(actions.SCREENS[self.NAME])}", "bar")

    @abstractmethod
    def draw(self) -> None:
        """Draws the body."""

    def redraw(self) -> None:
        """Draws everything, once there is room to draw in."""
        if self.size.width:
            self._drawn_at = self.size
            self._head()
            self._foot()
            try:
                if not self.host.sound:
                    raise StoreError("it was changed while it was in use")
                self.draw()
            except (sqlite3.Error, StoreError, ValueError) as fault:  # a damaged store must not show other figures
                text = _("The evidence store cannot be read any more ({fault}). Install it again and start anew.")
                self.body.show([Row(), *wrapped(text.format(fault=fault), self.size.width, " ", tone="alert")])

    def _head(self) -> None:
        """The title; while the warning stands, how long it is until the wipe."""
        if self._left is None:
            self.head.show([self.heading()])
        else:
            text = _("CLEARING IN {seconds} s: nobody has touched a key. Any key keeps what was entered.")
            self.head.show([row(cut(f" {text.format(seconds=self._left)}", self.size.width), "alert")])

    def _foot(self) -> None:
        """The keys, and at the right which way the body goes on out of sight."""
        if self.size.width:
            hints = "  ".join(actions.hints(self.NAME, self.host.kiosk, self.host.setup.role))
            beyond = self.body.beyond
            mark = f"{_('more')} {beyond} " if "▼" in beyond else f"{beyond} " if beyond else ""
            self.foot.show([row(ends(f" {hints}", mark, self.size.width), "bar")])

    def warn(self, left: int | None) -> None:
        """Shows how many seconds are left until the wipe, or takes the warning away."""
        if left != self._left and self.size.width:
            self._left = left
            self._head()

    def on_screen_resume(self) -> None:
        """Draws when the screen comes to the front."""
        self.redraw()

    def on_resize(self) -> None:
        """Draws for the new size, once the parts have theirs."""
        self.call_after_refresh(self._redraw_resized)

    def _redraw_resized(self) -> None:
        if self.size != self._drawn_at:
            self.redraw()

    def answered(self) -> None:
        """Called when another answer is there."""
        self.redraw()

    async def take_key(self, event: events.Key) -> None:
        """Runs the action of a key, or hands it to :meth:`type_key`."""
        action = actions.keymap(self.NAME).get(event.key)
        if action:
            await self.host.run_action(action, self)
        else:
            self.type_key(event.key, event.character if event.character and event.is_printable else "")

    async def take_click(self, part: Lines, x: int, y: int) -> None:
        """A click on a row selects it; on the selected row it does what Enter does."""
        key = part.key_at(y)
        if not key or part is not self.body:
            return
        if key == part.selected:
            await self.take_key(events.Key("enter", None))
        else:
            part.select(key)

    def type_key(self, name: str, char: str) -> None:
        """A key that is no action; most screens have no use for it."""

    def action_help(self) -> None:
        """Shows the help."""
        self.host.show_help(self.NAME)

    def view(self) -> View:
        """What a page is drawn from."""
        return self.host.view(self.size.width)

    def action_library(self) -> None:
        """Opens the library."""
        self.host.show_library()

    def action_wipe(self) -> None:
        """Asks whether to start a new patient."""
        self.host.ask_wipe()

    def action_contrast(self) -> None:
        """High contrast, or back from it."""
        self.host.contrast = not self.host.contrast
        for part in self.query(Lines):
            part.refresh()

    def action_leave(self) -> None:
        """Leaves the program, except on a kiosk."""
        self.host.leave()

    def action_back(self) -> None:
        """Back to the screen before."""
        self.host.pop_screen()

    def action_step(self, by: int) -> None:
        """One row on or back."""
        self.body.step(by)

    def action_turn(self, by: int) -> None:
        """One page on or back."""
        self.body.scroll_lines(by * self.body.page)

    def action_edge(self, end: int) -> None:
        """To the first or the last line."""
        self.body.to_line(len(self.body.rows) if end > 0 else 0)


class PageScreen(ConsoleScreen):
    """A long text with named parts, of which rows may be selected. A subclass makes it in :meth:`page`."""

    def __init__(self) -> None:
        super().__init__()
        self._page = Page((), {})

    @abstractmethod
    def page(self) -> Page:
        """The whole text for the present width and answer."""

    def draw(self) -> None:
        """Shows the text; the selection stays where it was, or begins at the first row that can be selected."""
        self._page = self.page()
        keys = list(keys_of(self._page.rows))
        selected = self.body.selected if self.body.selected in keys else keys[0] if keys else ""
        self.body.show(self._page.rows, selected)

    def go(self, part: str) -> None:
        """Scrolls to a part."""
        if part in self._page.parts:
            self.body.to_line(self._page.parts[part])


class AnswerScreen(PageScreen):
    """A page about the answer to the patient at hand; it says what stands in the way where there is none."""

    def heading(self) -> Row:
        """What it is, and the situation."""
        answer = self.host.answer
        where = situation(answer) if answer and not self.host.late else _("working …")
        edition = _("evidence {version}").format(version=self.host.engine.edition.version)
        return row(ends(f" {_(actions.SCREENS[self.NAME])}: {where}", f"{edition} ", self.size.width), "bar")

    def draw(self) -> None:
        """The page, or why there is none."""
        if self.host.told:
            super().draw()
            return
        if self.host.fault:
            text = _("NO ANSWER: {fault}").format(fault=self.host.fault)
        elif self.host.late or self.host.answer is None:
            text = _("The answer is being worked out …")
        else:
            text = _("NO ANSWER: the profile contradicts itself; the options screen says where.")
        self._page = Page((), {})
        self.body.show([Row(), *wrapped(text, self.size.width, " ")])
