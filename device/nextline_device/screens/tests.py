"""Tests that would change the answer, and what else would."""

from __future__ import annotations

from . import tests_text
from .base import AnswerScreen
from .rows import Page


class TestsScreen(AnswerScreen):
    """What each result would do. Enter goes to the field of the marked test."""

    NAME = "tests"

    def page(self) -> Page:
        """Tests and changes."""
        return tests_text.page(self.view())

    def action_choose(self) -> None:
        """Goes to the field that the marked test fills."""
        tests = (self.host.answer or {}).get("tests", ())
        if self._page.rows and self.body.selected and self.host.form.reach(tests[int(self.body.selected) - 1]["fact"]):
            self.host.back_to_profile()

    def action_changes(self) -> None:
        """What else would change the answer."""
        self.go("changes")
