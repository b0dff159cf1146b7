"""The options for the patient, best first, and what else the answer says."""

from __future__ import annotations

from . import options_text
from .base import ConsoleScreen
from .outlook import OutlookScreen
from .rows import Page, Row, ends, keys_of, row
from .timeline import TimelineScreen
from .view import situation


class OptionsScreen(ConsoleScreen):
    """The answer. It draws itself again when a newer answer arrives."""

    NAME = "options"

    def __init__(self) -> None:
        super().__init__()
        self._ruled_out = False
        self._page = Page((), {})
        self._wanted = 0

    def heading(self) -> Row:
        """Subtype and line."""
        answer = self.host.answer
        where = "working …"
        if answer and not self.host.late:
            where = situation(answer)
        edition = f"evidence {self.host.engine.edition.version} "
        return row(ends(f" Options: {where}", edition, self.size.width), "bar")

    def draw(self) -> None:
        """The options, or what stands in their way."""
        if self.host.fault:
            self.body.show([Row(), row(f" NO ANSWER: {self.host.fault}", "alert")])
        elif self.host.answer is None or self.host.late:
            self.body.show([Row(), row(" The options are being worked out …")])
        else:
            self._page = options_text.page(self.host.answer, self.host.engine.book, self.size.width, self._ruled_out)
            keys = list(keys_of(self._page.rows))
            selected = self.body.selected if self.body.selected in keys else keys[0] if keys else ""
            self.body.show(self._page.rows, selected)
            if self._wanted:
                self.action_open(self._wanted)

    def action_open(self, rank: int) -> None:
        """Evidence of the option of this rank; where the options are not there yet, as soon as they are."""
        self._wanted = 0 if self._page.rows and not self.host.late else rank
        if not self._wanted and str(rank) in keys_of(self._page.rows):
            self.body.select(str(rank))
            self.host.show_evidence(rank)

    def action_choose(self) -> None:
        """Evidence of the selected option."""
        if self.body.selected:
            self.action_open(int(self.body.selected))

    def action_ruled_out(self) -> None:
        """Shows or hides what is ruled out."""
        self._ruled_out = not self._ruled_out
        self.redraw()
        if "ruled_out" in self._page.parts:
            self.body.to_line(self._page.parts["ruled_out"])

    def action_tests(self) -> None:
        """Opens the tests."""
        self.host.show_tests()

    def action_outlook(self) -> None:
        """Opens resistance and outlook."""
        self.host.show(OutlookScreen())

    def action_timeline(self) -> None:
        """Opens the therapies so far."""
        self.host.show(TimelineScreen())
