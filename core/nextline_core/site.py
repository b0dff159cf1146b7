"""The place of care: region of the label, resource level, formulary, tests with days and cost, telephone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

REGIONS = ("US", "EU", "UK", "CA", "AU", "JP", "other")
LEVELS = ("basic", "limited", "enhanced", "maximal")


@dataclass(frozen=True)
class LocalTest:
    """A test as this site can have it: days until the result, and cost in the site's own words."""

    days: int | None = None
    cost: str | None = None
    available: bool = True

    def words(self) -> str:
        """``Here: 10 days, 120 EUR.``"""
        if not self.available:
            return "Not to be had here."
        parts = [f"{self.days} days" if self.days is not None else "", self.cost or ""]
        told = ", ".join(part for part in parts if part)
        return f"Here: {told}." if told else ""


@dataclass(frozen=True)
class Site:
    """A site. Names of drugs are as typed; ``available`` is a whole formulary, ``None`` where none is given.

    ``tests`` go by the path of the profile member that the test fills, e.g. ``biomarkers.ESR1``. On a kiosk a warning
    comes after ``warn_seconds`` without a key, the wipe after ``wipe_seconds``.
    """

    region: str = "US"
    level: str | None = None
    available: tuple[str, ...] | None = None
    unavailable: tuple[str, ...] = ()
    tests: Mapping[str, LocalTest] = field(default_factory=dict)
    telephone: str | None = None
    warn_seconds: int = 90
    wipe_seconds: int = 120
    digest: str | None = None


ANYWHERE = Site()
