"""The edition of the evidence: which version this is, and up to which day the literature was reviewed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from . import yamlfile
from .load import Corpus
from .models.base import Model, WholeDay
from .problems import CurationError, Problem
from .validated import Faults, validate


class Edition(Model):
    """``version`` by calendar (``2026.11.1``), ``date`` the day up to which the literature was reviewed."""

    version: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{1,2}\.\d+$")]
    date: WholeDay
    stale_after_days: int = Field(..., ge=1, description="older than this, an answer warns; the project's own choice")


def read(db: Path, faults: Faults) -> Edition | None:
    """Reads ``db/edition.yaml``; what is wrong with it is added to ``faults``."""
    try:
        file = yamlfile.read(db / "edition.yaml", db)
    except CurationError as error:
        faults.problems.extend(error.problems)
        return None
    return validate(Edition, file.data, file, faults.problems)


def check(corpus: Corpus, edition: Edition, days: Collection[str]) -> Iterator[Problem]:
    """Records of days that had not come yet: later than the edition and than every reading (``days``)."""
    newest = max((edition.date, *days))
    for kind, record in corpus.records():
        for name in ("date", "accessed", "added", "status_date"):
            day = getattr(record, name, None)
            if day and day > newest[: len(day)]:
                text = f"{name}: {day} lies after {newest}, the newest day of the edition and the readings"
                yield corpus.problem(kind, record.id, text, "correct the day, or move the edition's date")
