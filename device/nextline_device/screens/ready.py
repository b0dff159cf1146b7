"""The first screen: what this is, how old its evidence is, and how to begin."""

from __future__ import annotations

from nextline_core import __version__

from .base import ConsoleScreen
from .rows import Row, ends, row, wrapped
from .site import AboutScreen, SiteScreen

_DIGITS = 12


class ReadyScreen(ConsoleScreen):
    """Nothing of a patient is known here."""

    NAME = "ready"

    def heading(self) -> Row:
        """The name, and that there is no network."""
        return row(ends(" NEXT LINE", "no network ", self.size.width), "bar")

    def draw(self) -> None:
        """What there is to know before beginning."""
        width = self.size.width
        proven = self.host.engine.store.proven
        total, twice, signed = self.host.engine.store.readings()
        read = f"{twice} of {total} clinical records read twice, {signed} signed by a clinician"
        evidence = f"evidence {proven.version}, literature reviewed to {proven.date}"
        self.body.show(
            [
                Row(),
                *wrapped(
                    "Options for the next line of therapy in metastatic breast cancer, each with its evidence.",
                    width,
                    "   ",
                ),
                Row(),
                *wrapped(evidence, width, "   "),
                *wrapped(read, width, "   "),
                *wrapped(
                    f"store {proven.digest[:_DIGITS]}, proven when it was opened; program {__version__}", width, "   "
                ),
                Row(),
                row("   1  New patient profile", "strong"),
                row("   2  Look up a drug, trial, gene or adverse event", "strong"),
                row("   3  This site"),
                row("   4  About: what it is for, limits, licences"),
                Row(),
                *wrapped("Not a substitute for judgement: a clinician decides.", width, "   "),
                *wrapped("No name is asked, nothing is stored. F10 forgets the patient at once.", width, "   "),
            ]
        )

    def action_new(self) -> None:
        """Begins a profile."""
        self.host.show_profile()

    def action_site(self) -> None:
        """Shows the settings of this site."""
        self.host.show(SiteScreen())

    def action_about(self) -> None:
        """Shows what this is."""
        self.host.show(AboutScreen())
