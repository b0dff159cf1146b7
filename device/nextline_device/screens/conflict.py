"""Where sources disagree: all sides of one conflict."""

from __future__ import annotations

from collections.abc import Sequence

from ..tongue import _
from . import conflict_text
from .base import PageScreen
from .rows import Page, Row, ends, row


class ConflictScreen(PageScreen):
    """One of several conflicts; ``n`` and ``p`` go to its neighbours."""

    NAME = "conflict"

    def __init__(self, conflicts: Sequence[str], number: int = 1) -> None:
        super().__init__()
        self._conflicts, self._number = conflicts, number

    def heading(self) -> Row:
        """Which one of how many."""
        where = _("{number} of {total}").format(number=self._number, total=len(self._conflicts))
        return row(ends(f" {_('Sources disagree')}", f"{where} ", self.size.width), "bar")

    def page(self) -> Page:
        """All sides."""
        return conflict_text.page(self.view(), self._conflicts[self._number - 1])

    def action_follow(self, by: int) -> None:
        """The conflict after or before."""
        if 1 <= self._number + by <= len(self._conflicts):
            self._number += by
            self.redraw()
            self.body.to_line(0)
