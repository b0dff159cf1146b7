"""A superseded figure stays, and links to the newer one."""

from __future__ import annotations

from ..load import Corpus
from ..problems import Problem


def check(corpus: Corpus) -> list[Problem]:
    """Superseded records without a successor, successors that do not exist, and links on records that are not
    superseded."""
    problems = []
    ids = {record.id for _, record in corpus.records()} | corpus.unread
    for kind, record in corpus.records():
        status, newer = getattr(record, "record_status", "active"), getattr(record, "superseded_by", None)
        if status == "superseded" and newer is None:
            problems.append(
                corpus.problem(kind, record.id, "is superseded, but does not say by which record", "add superseded_by")
            )
        elif newer is not None and (newer not in ids or newer == record.id):
            problems.append(
                corpus.problem(
                    kind, record.id, f"is superseded by '{newer}', which is no other record", "correct the id"
                )
            )
        elif newer is not None and status != "superseded":
            problems.append(
                corpus.problem(
                    kind, record.id, "names a newer record, but is not marked as superseded", "set record_status"
                )
            )
    return problems
