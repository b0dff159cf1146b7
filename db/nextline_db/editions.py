"""The edition of the evidence: which version this is, and up to which day the literature was reviewed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from . import yamlfile
from .models.base import Model, WholeDay
from .problems import CurationError
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
