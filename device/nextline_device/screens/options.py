"""The options for the patient, best first, and what else the answer says."""

from __future__ import annotations

from .. import actions
from . import compare_text, options_text
from .base import ConsoleScreen
from .compare import CompareScreen
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
        self._marked: list[int] = []
        self._answer: object = None

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
            if self._answer is not self.host.answer:  # ranks are those of one answer, and so are marks on them
                self._answer, self._marked = self.host.answer, []
            more = actions.more(self.NAME, self.host.kiosk, self.host.setup.role)
            self._page = options_text.page(
                self.host.answer, self.host.engine.book, self.size.width, self._ruled_out, self._marked, more
            )
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

    def action_mark(self) -> None:
        """Marks the selected option for comparing, or takes the mark away; of too many the first one goes."""
        if self.body.selected:
            rank = int(self.body.selected)
            if rank in self._marked:
                self._marked.remove(rank)
            else:
                self._marked = [*self._marked, rank][-compare_text.MOST :]
            self.redraw()

    def action_compare(self) -> None:
        """Compares the marked options; with fewer than two marked, the selected one and the first ones."""
        ranks = [int(key) for key in keys_of(self._page.rows)]
        wanted = [rank for rank in self._marked if rank in ranks]
        selected = [int(self.body.selected)] if self.body.selected else []
        for rank in (*selected, *ranks):
            if len(wanted) < compare_text.FEWEST and rank not in wanted:
                wanted.append(rank)
        if len(wanted) >= compare_text.FEWEST:
            self.host.show(CompareScreen(wanted))
