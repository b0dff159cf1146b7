"""The profile: one screen that changes in place. Keys go to the form; this only draws what the form says."""

from __future__ import annotations

from textual.app import ComposeResult

from . import profile_text as text
from .base import ConsoleScreen
from .crisis import CrisisScreen
from .rows import Row
from .widgets import Lines

_SIDEWAYS = {"left": -1, "right": 1}
_PAGES = {"pageup": -1, "pagedown": 1}


class ProfileScreen(ConsoleScreen):
    """Fields in columns, the question at the cursor, and the answer so far."""

    NAME = "profile"

    def __init__(self) -> None:
        super().__init__()
        self._behind = False
        self.panel, self.strip = Lines(id="panel"), Lines(id="strip")

    def compose(self) -> ComposeResult:
        """Between title and footer: the fields, the question, the answer."""
        yield from (self.head, self.body, self.panel, self.strip, self.foot)

    def heading(self) -> Row:
        """Where in the form one is."""
        return text.title(self.host.form, self.size.width)

    def draw(self) -> None:
        """Draws all three parts; lines that are the same as before are not painted."""
        form, width, height = self.host.form, self.size.width, self.body.size.height
        self.body.show(text.grid(form, width, height))
        self.body.reveal(form.level.cursor % text.rows_a_column(form, width, height))
        self.panel.show(text.panel(form, width))
        self.strip.show(text.strip(self.host.answer, self.host.fault, self.host.late, form.line_due, width))

    async def take_click(self, part: Lines, x: int, y: int) -> None:
        """A click on a field goes there; the answers are given by keys."""
        form, width, height = self.host.form, self.size.width, self.body.size.height
        if part is self.body:
            deep = text.rows_a_column(form, width, height)
            column = x // (width // text.columns(form, width, height))
            place = column * deep + self.body.top + y
            if self.body.top + y < deep and place < len(form.fields):
                form.message = ""
                form.move_to(place)
                self._done()

    def type_key(self, name: str, char: str) -> None:
        """Hands the key to the form; keys that depend on what is where on the screen become moves."""
        form, width, height = self.host.form, self.size.width, self.body.size.height
        if name in _SIDEWAYS:
            if text.columns(form, width, height) > 1:
                form.move(_SIDEWAYS[name] * text.rows_a_column(form, width, height))
        elif name in _PAGES:
            form.move(_PAGES[name] * self.body.page)
        else:
            form.press(name, char)
        self._done()

    def action_details(self) -> None:
        """Opens what lies behind the field; behind visceral crisis, the questions that help."""
        self.host.form.message = ""
        if self.host.form.field.path == text.CRISIS:
            self.host.show(CrisisScreen())
            return
        self.host.form.details()
        self._done()

    def action_options(self) -> None:
        """Shows the options, if what is being typed can be taken over."""
        if self.host.form.settle():
            self.host.show_options()
        else:
            self.redraw()

    def _done(self) -> None:
        self.host.changed()
        if not self.host.message_queue_size:
            self.redraw()
        elif not self._behind:  # more keys wait; they are drawn together
            self._behind = True
            self.host.call_later(self._catch_up)

    def _catch_up(self) -> None:
        self._behind = False
        if self.is_attached:
            self.redraw()
