"""Nothing was read before it was published, and a day of a status belongs to a status."""

from __future__ import annotations

from ..load import Corpus
from ..problems import Problem


def check(corpus: Corpus) -> list[Problem]:
    """Sources whose day of publication lies after the day on which they were read; studies with a day but no status."""
    return [
        corpus.problem("sources", s.id, f"was read on {s.accessed}, and published on {s.date}", "correct the days")
        for s in corpus.sources
        if s.date and s.accessed and s.date[: len(s.accessed)] > s.accessed[: len(s.date)]
    ] + [
        corpus.problem("studies", s.id, f"says that its status is of {s.status_date}, but not which", "add the status")
        for s in corpus.studies
        if s.status_date and s.status == "unknown"
    ]
