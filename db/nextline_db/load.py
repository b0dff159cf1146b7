"""Reads all curated evidence into one :class:`Corpus`, or raises with every fault found in any file."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter

from . import founding, validated, yamlfile
from .founding import Founding
from .models.codes import NamedEvent, NamedGene
from .models.records import (
    AdverseEvent,
    Approval,
    Conflict,
    Drug,
    DrugClass,
    EvidenceFile,
    Mechanism,
    Mention,
    Reference,
    Result,
    Safety,
    Source,
    Statement,
    Study,
)
from .problems import CurationError, Problem
from .validated import Faults

Kind = Literal[
    "sources",
    "references",
    "studies",
    "mentions",
    "results",
    "adverse_events",
    "mechanisms",
    "statements",
    "drug_classes",
    "drugs",
    "approvals",
    "safety",
    "conflicts",
    "genes",
    "events",
]
KINDS: tuple[Kind, ...] = typing.get_args(Kind)
CITABLE: tuple[Kind, ...] = ("results", "adverse_events", "mechanisms", "statements", "approvals", "safety")
CLINICAL: tuple[Kind, ...] = ("mentions", *CITABLE)
CODED: tuple[Kind, ...] = ("genes", "events")
"""Kinds that are not written as evidence, but made from the codes of ``vocabulary/codes``"""
MODELS: dict[Kind, type[BaseModel]] = {
    **{kind: typing.get_args(EvidenceFile.model_fields[kind].annotation)[0] for kind in KINDS if kind not in CODED},
    "genes": NamedGene,
    "events": NamedEvent,
}


@dataclass(frozen=True)
class Place:
    """Where a record was written: file name relative to ``db/``, and its first line."""

    file: str
    line: int


@dataclass
class Corpus:
    """Every curated record by kind, in order of id, and where each was written.

    ``unread`` holds the ids of records that are written, but could not be read. Filled once, by :func:`load`.
    """

    sources: list[Source] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    studies: list[Study] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    adverse_events: list[AdverseEvent] = field(default_factory=list)
    mechanisms: list[Mechanism] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    drug_classes: list[DrugClass] = field(default_factory=list)
    drugs: list[Drug] = field(default_factory=list)
    approvals: list[Approval] = field(default_factory=list)
    safety: list[Safety] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    genes: list[NamedGene] = field(default_factory=list)
    events: list[NamedEvent] = field(default_factory=list)
    founding: dict[str, Founding] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def records(self) -> Iterator[tuple[Kind, Any]]:
        """Every record with its kind."""
        for kind in KINDS:
            for record in getattr(self, kind):
                yield kind, record

    def problem(self, kind: str, record_id: str, text: str, remedy: str = "") -> Problem:
        """A :class:`Problem` that points at a record."""
        place = self.places.get((kind, record_id), Place("evidence", 0))
        return Problem(place.file, place.line, record_id, text, remedy)


def load(db: Path) -> Corpus:
    """Reads ``db/evidence`` (the folder ``db`` of the project is given).

    Raises :class:`CurationError`.
    """
    faults = Faults()
    corpus = read(db, faults)
    if faults.problems:
        raise CurationError(faults.problems)
    return corpus


def read(db: Path, faults: Faults) -> Corpus:
    """The records that can be read; everything wrong with the others is added to ``faults``."""
    corpus = Corpus(unread=faults.unread)
    try:
        corpus.founding = founding.load(db / "evidence" / "founding")
    except CurationError as error:
        faults.problems.extend(error.problems)
        faults.unread.update(path.stem for path in (db / "evidence" / "founding").glob("*.json"))
    adapters: dict[str, TypeAdapter[Any]] = {
        kind: TypeAdapter(model) for kind, model in MODELS.items() if kind not in CODED
    }
    for file in validated.files(db, "evidence", faults):
        _defaults(file, faults.problems)
        for kind, index, record in validated.entries(file, adapters, faults):
            _add(corpus, kind, record, Place(file.name, file.line(kind, index)), faults.problems)
    for kind in KINDS:
        getattr(corpus, kind).sort(key=lambda record: record.id)
    _link_conflicts(corpus)
    return corpus


def _link_conflicts(corpus: Corpus) -> None:
    """A record that is a side of a conflict carries it, whether or not its own file lists it: one place to keep
    true."""
    touched: dict[str, list[str]] = {}
    for conflict in corpus.conflicts:
        for side in conflict.sides:
            if side.record:
                touched.setdefault(side.record, []).append(conflict.id)
    for kind in KINDS:
        records = getattr(corpus, kind)
        for place, record in enumerate(records):
            if record.id in touched and hasattr(record, "conflicts"):
                linked = sorted({*record.conflicts, *touched[record.id]})
                records[place] = record.model_copy(update={"conflicts": linked})


def _add(corpus: Corpus, kind: str, record: Any, place: Place, problems: list[Problem]) -> None:
    first = corpus.places.setdefault((kind, record.id), place)
    if first is place:
        getattr(corpus, kind).append(record)
    else:
        text = f"this id in {kind} is taken by {first.file}:{first.line}"
        problems.append(Problem(place.file, place.line, record.id, text, "choose another id"))


def _defaults(file: yamlfile.YamlFile, problems: list[Problem]) -> None:
    """Takes ``defaults`` out of a file, and fills them into records that leave them out, where their kind has such a
    member."""
    if not isinstance(file.data, dict) or "defaults" not in file.data:
        return
    line, defaults = file.line("defaults"), file.data.pop("defaults")
    if not isinstance(defaults, dict):
        problems.append(Problem(file.name, line, "", "'defaults' holds no members", "write name: value below it"))
        return
    unused = set(defaults)
    for kind, model in MODELS.items():
        usable = {name: value for name, value in defaults.items() if name in model.model_fields}
        rows = file.data.get(kind)
        if isinstance(rows, list):
            unused -= set(usable)
            file.data[kind] = [usable | row if isinstance(row, dict) else row for row in rows]
    for name in sorted(map(str, unused)):
        text = f"the default '{name}' is no member of any record in this file"
        problems.append(Problem(file.name, file.line("defaults", name), "", text, "correct the name, or take it out"))
