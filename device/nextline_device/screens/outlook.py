"""Resistance and outlook."""

from __future__ import annotations

from . import outlook_text
from .base import AnswerScreen
from .rows import Page


class OutlookScreen(AnswerScreen):
    """Why therapies may fail, what was seen in cohorts, and which studies may be running."""

    NAME = "outlook"

    def page(self) -> Page:
        """Mechanisms, figures, studies."""
        return outlook_text.page(self.view())

    def action_figures(self) -> None:
        """The figures."""
        self.go("figures")

    def action_studies(self) -> None:
        """The studies."""
        self.go("trials")
