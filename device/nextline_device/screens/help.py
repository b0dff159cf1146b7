"""The keys, from the table of actions."""

from __future__ import annotations

from . import help_text
from .base import ConsoleScreen


class HelpScreen(ConsoleScreen):
    """Help for the screen it was called from, that of the others below."""

    NAME = "help"

    def __init__(self, screen: str) -> None:
        super().__init__()
        self._about = screen

    def draw(self) -> None:
        """All keys."""
        self.body.show(help_text.page(self._about, self.size.width, self.host.kiosk, self.host.setup.role).rows)
