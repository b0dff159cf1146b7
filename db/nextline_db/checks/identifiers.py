"""Every id that a record names exists, and every founding record says on which lines it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..load import CLINICAL, Corpus
from ..problems import Problem


def check(corpus: Corpus) -> list[Problem]:
    """Unknown sources, references, studies, drugs, classes and conflicts; missing or impossible lines."""
    known = {
        kind: {record.id for record in getattr(corpus, kind)}
        for kind in ("sources", "references", "studies", "drugs", "drug_classes", "conflicts")
    }
    citable = known["references"] | known["sources"]
    problems = []
    kind_of: dict[str, str] = {}
    for kind, record in corpus.records():
        other = kind_of.setdefault(record.id, kind)
        if other != kind:
            problems.append(
                corpus.problem(kind, record.id, f"this id is taken by one of the {other}", "choose another id")
            )
        for name, wanted, among in _named(kind, record):
            if wanted not in (citable if among == "references" else known[among]) and wanted not in corpus.unread:
                problems.append(
                    corpus.problem(
                        kind,
                        record.id,
                        f"{name} names '{wanted}', which is not among the {among}",
                        "correct the id or add the record",
                    )
                )
        for place in _places(kind, record):
            problems.extend(_lines(corpus, kind, record.id, place))
    return problems


def _named(kind: str, record: Any) -> Iterator[tuple[str, str, str]]:
    if kind in CLINICAL:
        yield "source", record.source, "sources"
        yield from (("references", r, "references") for r in record.references)
        yield from (("conflicts", c, "conflicts") for c in record.conflicts)
    if kind in ("mentions", "results", "adverse_events"):
        yield "study", record.study, "studies"
    if kind == "conflicts":
        yield from (("sides.source", s.source, "sources") for s in record.sides)
    if kind == "drugs":
        yield from (("classes", c, "drug_classes") for c in record.classes)
    if kind == "drug_classes":
        yield from (("broader", c, "drug_classes") for c in record.broader)
    if kind == "approvals":
        yield from (("drugs", d, "drugs") for d in record.drugs)
    if kind == "safety":
        yield "drug", record.drug, "drugs"


def _places(kind: str, record: Any) -> list[Any]:
    if kind in CLINICAL:
        return [record]
    return list(record.sides) if kind == "conflicts" else []


def _lines(corpus: Corpus, kind: str, record_id: str, place: Any) -> list[Problem]:
    text = corpus.founding.get(place.source)
    if text is None and place.source in corpus.unread:
        return []
    spans = [span for span in (place.lines, getattr(place, "also_lines", None)) if span]
    if text is None:
        return (
            [
                corpus.problem(
                    kind, record_id, f"{place.source} is no founding text, but lines are given", "leave lines out"
                )
            ]
            if spans
            else []
        )
    if not place.lines:
        return [
            corpus.problem(kind, record_id, f"a record from {place.source} needs its lines", "add lines: [first, last]")
        ]
    return [
        corpus.problem(
            kind, record_id, f"lines {span} are not in {place.source} (1 to {text.line_count})", "correct the lines"
        )
        for span in spans
        if not 1 <= span[0] <= span[1] <= text.line_count
    ]
