"""The helper for visceral crisis."""

from __future__ import annotations

from . import crisis_text
from .base import PageScreen
from .rows import Page


class CrisisScreen(PageScreen):
    """Five questions. What is answered here stays here; only the judgement can go into the profile."""

    NAME = "crisis"

    def __init__(self) -> None:
        super().__init__()
        self._answers: list[bool | None] = [None] * len(crisis_text.QUESTIONS)

    def page(self) -> Page:
        """Questions, answers, and what follows."""
        return crisis_text.page(self._answers, self.size.width, self.host.engine.site.telephone)

    def action_say(self, key: str) -> None:
        """Answers the marked question and goes on to the next."""
        place = int(self.body.selected or 0)
        self._answers[place] = {"1": True, "2": False}.get(key)
        self.body.selected = str(min(place + 1, len(self._answers) - 1))
        self.redraw()
        if crisis_text.crisis(self._answers) is not None:
            self.body.to_line(len(self.body.rows))  # what follows must not be missed

    def action_choose(self) -> None:
        """Takes the judgement over into the profile, where there is one."""
        found = crisis_text.crisis(self._answers)
        if found is None:
            self.body.step(1)
            return
        self.host.form.put(found)
        self.host.form.advance()
        self.host.pop_screen()
        self.host.changed()
