"""The evidence of one option."""

from __future__ import annotations

from typing import Any

from . import evidence_text
from .base import ConsoleScreen
from .conflict import ConflictScreen
from .rows import Page, Row, ends, row


class EvidenceScreen(ConsoleScreen):
    """One option with everything that is cited for it. ``n`` and ``p`` go to its neighbours."""

    NAME = "evidence"

    def __init__(self, rank: int) -> None:
        super().__init__()
        self._rank = rank
        self._page = Page((), {})

    @property
    def _options(self) -> list[dict[str, Any]]:
        return list((self.host.answer or {}).get("options", ()))

    def heading(self) -> Row:
        """Rank and regimen."""
        options = self._options
        regimen = options[self._rank - 1]["regimen"] if self._rank <= len(options) else ""
        return row(ends(f" {self._rank} {regimen}", f"option {self._rank} of {len(options)} ", self.size.width), "bar")

    def draw(self) -> None:
        """The whole text."""
        options = self._options
        if self._rank <= len(options):
            engine = self.host.engine
            self._page = evidence_text.page(options[self._rank - 1], engine.book, engine.store, self.size.width)
            self.body.show(self._page.rows)

    def action_follow(self, by: int) -> None:
        """The option after or before."""
        if 1 <= self._rank + by <= len(self._options):
            self._rank += by
            self.redraw()
            self.body.to_line(0)

    def action_conflicts(self) -> None:
        """Where the sources disagree."""
        if "conflicts" in self._page.parts:
            self.body.to_line(self._page.parts["conflicts"])

    def action_open(self, number: int) -> None:
        """All sides of the conflict with this number in a badge."""
        options, engine = self._options, self.host.engine
        if self._rank <= len(options):
            found = evidence_text.conflicts(options[self._rank - 1], engine.book, engine.store)
            if number <= len(found):
                self.host.show(ConflictScreen(found, number))
