"""The records that the sides of a conflict name exist."""

from __future__ import annotations

from ..load import Corpus
from ..problems import Problem


def check(corpus: Corpus) -> list[Problem]:
    """Sides that name no record of the store."""
    ids = {record.id for _, record in corpus.records()} | corpus.unread
    return [
        corpus.problem(
            "conflicts", conflict.id, f"a side names the record '{side.record}', which does not exist", "correct the id"
        )
        for conflict in corpus.conflicts
        for side in conflict.sides
        if side.record is not None and side.record not in ids
    ]
