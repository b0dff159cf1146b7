"""The therapies so far, in time."""

from __future__ import annotations

from . import timeline_text
from .base import AnswerScreen
from .rows import Page


class TimelineScreen(AnswerScreen):
    """How long each therapy lasted, why it ended, and how its line was counted."""

    NAME = "timeline"

    def page(self) -> Page:
        """The chart."""
        return timeline_text.page(self.view())
