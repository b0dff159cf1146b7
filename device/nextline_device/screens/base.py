"""What all screens share: a title, a body, a footer made from the table of actions, and keys that scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen

from .. import actions
from .rows import Row, row
from .widgets import Lines

if TYPE_CHECKING:
    from ..app import NextlineApp


class ConsoleScreen(Screen[bool]):
    """A screen of lines. A subclass names itself, and draws itself in :meth:`draw` whenever size or content changed."""

    NAME: ClassVar[str] = ""
    AUTO_FOCUS = ""
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._drawn_at = Size(0, 0)

    @property
    def host(self) -> NextlineApp:
        """The app, with what is known of the patient."""
        return cast("NextlineApp", self.app)

    @property
    def body(self) -> Lines:
        """The lines in the middle."""
        return self.query_one("#body", Lines)

    def compose(self) -> ComposeResult:
        """Title, body and footer."""
        yield Lines(id="title")
        yield Lines(id="body")
        yield Lines(id="footer")

    def heading(self) -> Row:
        """The title line."""
        return row(f" {actions.SCREENS[self.NAME]}", "bar")

    def draw(self) -> None:
        """Draws the body."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draws everything."""
        if not self.is_mounted or not self.size.width:
            return
        self._drawn_at = self.size
        self.query_one("#title", Lines).show([self.heading()])
        hints = "  ".join(actions.hints(self.NAME, self.host.kiosk))
        self.query_one("#footer", Lines).show([row(f" {hints}", "bar")])
        self.draw()

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

    def action_help(self) -> None:
        """Shows the help."""
        self.host.show_help(self.NAME)

    def action_wipe(self) -> None:
        """Asks whether to start a new patient."""
        self.host.ask_wipe()

    def action_back(self) -> None:
        """Back to the screen before."""
        self.app.pop_screen()

    def action_step(self, by: int) -> None:
        """One row on or back."""
        self.body.step(by)

    def action_turn(self, by: int) -> None:
        """One page on or back."""
        self.body.scroll_lines(by * self.body.page)

    def action_edge(self, end: int) -> None:
        """To the first or the last line."""
        self.body.to_line(len(self.body.rows) if end > 0 else 0)
