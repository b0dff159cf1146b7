"""The one question that is asked twice of nobody: whether to forget the patient."""

from __future__ import annotations

from .base import ConsoleScreen
from .rows import Row, row, wrapped


class ConfirmScreen(ConsoleScreen):
    """Yes or no. Only ``1`` says yes; a stray Enter says nothing."""

    NAME = "confirm"

    def heading(self) -> Row:
        """What it is about."""
        return row(" New patient", "bar")

    def draw(self) -> None:
        """The question."""
        width = self.size.width
        self.body.show(
            [
                Row(),
                *wrapped("Forget everything that was entered, and start a new patient?", width, "   ", tone="strong"),
                *wrapped("It was kept in memory only, and cannot be brought back.", width, "   "),
                Row(),
                row("   1  Yes, forget it"),
                row("   2  No, go back"),
            ]
        )

    def action_yes(self) -> None:
        """Forgets the patient."""
        self.host.wipe()

    def action_no(self) -> None:
        """Changes nothing."""
        self.host.pop_screen()
