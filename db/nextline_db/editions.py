"""The edition of the evidence: which version this is, and up to which day the literature was reviewed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from . import yamlfile
from .load import validate
from .models.base import Model
from .problems import CurationError, Problem


class Edition(Model):
    """``version`` by calendar (``2026.11.1``), ``date`` the day up to which the literature was reviewed."""

    version: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{1,2}\.\d+$")]
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    stale_after_days: int = Field(..., ge=1, description="older than this, an answer warns; the project's own choice")


def load(db: Path) -> Edition:
    """Reads ``db/edition.yaml``."""
    file = yamlfile.read(db / "edition.yaml", db)
    problems: list[Problem] = []
    edition = validate(Edition, file.data, file, problems)
    if edition is None:
        raise CurationError(problems)
    return edition
