"""Options side by side."""

from __future__ import annotations

from collections.abc import Sequence

from . import compare_text
from .base import AnswerScreen
from .rows import Page


class CompareScreen(AnswerScreen):
    """Two to four options, column by column."""

    NAME = "compare"

    def __init__(self, ranks: Sequence[int]) -> None:
        super().__init__()
        self._ranks = tuple(ranks)

    def page(self) -> Page:
        """The table."""
        return compare_text.page(self.view(), self._ranks)

    def action_open(self, rank: int) -> None:
        """The evidence of a compared option."""
        if rank in self._ranks:
            self.host.show_evidence(rank)
