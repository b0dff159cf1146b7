"""The first screen: what this is, how old its evidence is, whether it works, and how to begin."""

from __future__ import annotations

from ..tongue import _
from . import ready_text
from .base import ConsoleScreen
from .rows import Row, ends, row
from .site import AboutScreen, SiteScreen


class ReadyScreen(ConsoleScreen):
    """Nothing of a patient is known here."""

    NAME = "ready"

    def heading(self) -> Row:
        """The name, and that there is no network."""
        return row(ends(" NEXT LINE", f"{_('no network')} ", self.size.width), "bar")

    def draw(self) -> None:
        """What there is to know before beginning."""
        host = self.host
        page = ready_text.page(self.view(), host.tested, host.speed_ms, host.today(), host.setup.role)
        self.body.show(page.rows if self.body.size.height <= len(page.rows) else [Row(), *page.rows])

    def action_new(self) -> None:
        """Begins a profile."""
        self.host.show_profile()

    def action_site(self) -> None:
        """Shows the settings of this site."""
        self.host.show(SiteScreen())

    def action_about(self) -> None:
        """Shows what this is."""
        self.host.show(AboutScreen())
