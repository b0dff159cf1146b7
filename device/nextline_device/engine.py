"""The opened store and its rule base, ready to be asked; what command line and screen share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from nextline_core import answer as core
from nextline_core.consistency import Problem
from nextline_core.site import ANYWHERE, Site
from nextline_db.store import Store, open_store


class Engine:
    """Answers profiles from one store.

    Make one with :func:`start`.
    """

    def __init__(self, store: Store, site: Site = ANYWHERE) -> None:
        self.store = store
        self.site = site
        self.book = store.rulebook()
        proven = store.proven
        self.edition = core.Edition(proven.version, proven.date, proven.stale_after_days, proven.digest)

    def ask(
        self, profile: Mapping[str, Any], today: date | None = None, what_if: bool = False, prefer: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """The answer object (``nextline.answer/1``) to a valid profile (``nextline.profile/1``).

        With ``today`` the age of the evidence is told; without it nothing depends on the clock. With ``what_if`` the
        changes of the profile that would change the answer are worked out too. ``prefer`` reorders inside a band.
        """
        asked = core.Asked(self.age(today) if today else None, what_if, self.site, prefer)
        return core.answer(profile, self.book, self.edition, asked)

    def stamped(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The answer with its stamp, by which it can be given again; one without options has none."""
        blocked = any(problem["blocking"] for problem in answer["problems"])
        return answer if blocked else {**answer, "stamp": core.stamp(answer, self.edition)}

    def forget(self) -> None:
        """Drops everything that was remembered of patients asked about."""
        self.book.encoder.forget()

    def age(self, today: date) -> core.Age:
        """How old the evidence is on a day."""
        return core.Age(today.isoformat(), (today - date.fromisoformat(self.edition.date)).days)

    def refuse(self, problems: list[Problem]) -> dict[str, Any]:
        """The answer object to something that is no valid profile."""
        return core.refusal(problems, self.edition, None)


def start(path: Path) -> Engine:
    """Opens the store at ``path``.

    Raises :class:`nextline_db.store.StoreError`.
    """
    return Engine(open_store(path))
