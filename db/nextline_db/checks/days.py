"""Nothing was read before it was published."""

from __future__ import annotations

from ..load import Corpus
from ..problems import Problem


def check(corpus: Corpus) -> list[Problem]:
    """Sources whose day of publication lies after the day on which they were read."""
    return [
        corpus.problem("sources", s.id, f"was read on {s.accessed}, and published on {s.date}", "correct the days")
        for s in corpus.sources
        if s.date and s.accessed and s.date[: len(s.accessed)] > s.accessed[: len(s.date)]
    ]
