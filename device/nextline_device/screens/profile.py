"""The profile: one screen that changes in place. Keys go to the form; this only draws what the form says."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from .. import actions
from . import profile_text as text
from .base import ConsoleScreen
from .rows import Row
from .widgets import Lines

_SIDEWAYS = {"left": -1, "right": 1}
_PAGES = {"pageup": -1, "pagedown": 1}


class ProfileScreen(ConsoleScreen):
    """Fields in columns, the question at the cursor, and the answer so far."""

    NAME = "profile"
    BINDINGS = actions.bindings("profile")

    def compose(self) -> ComposeResult:
        """Between title and footer: the fields, the question, the answer."""
        for part in ("title", "body", "panel", "strip", "footer"):
            yield Lines(id=part)

    def heading(self) -> Row:
        """Where in the form one is."""
        return text.title(self.host.form, self.size.width)

    def draw(self) -> None:
        """Draws all three parts; lines that are the same as before are not painted."""
        form, width, height = self.host.form, self.size.width, self.body.size.height
        self.body.show(text.grid(form, width, height))
        self.body.reveal(form.level.cursor % text.rows_a_column(form, width, height))
        self.query_one("#panel", Lines).show(text.panel(form, width))
        self.query_one("#strip", Lines).show(text.strip(self.host.answer, self.host.fault, self.host.late, width))

    def on_key(self, event: events.Key) -> None:
        """Hands the key to the form, unless it is one of the screen's own."""
        if event.key in self._bindings.key_to_bindings or event.key.startswith("ctrl+"):
            return
        event.stop()
        event.prevent_default()
        form = self.host.form
        rows = text.rows_a_column(form, self.size.width, self.body.size.height)
        if event.key in _SIDEWAYS and text.columns(form, self.size.width, self.body.size.height) > 1:
            form.move(_SIDEWAYS[event.key] * rows)
        elif event.key in _PAGES:
            form.move(_PAGES[event.key] * self.body.page)
        else:
            form.press(event.key, event.character if event.character and event.is_printable else "")
        self.host.changed()
        self.redraw()

    def action_details(self) -> None:
        """Opens what lies behind the field."""
        self.host.form.message = ""
        self.host.form.details()
        self.host.changed()
        self.redraw()

    def action_options(self) -> None:
        """Shows the options, if what is being typed can be taken over."""
        if self.host.form.settle():
            self.host.show_options()
        else:
            self.redraw()
