"""Reads all curated evidence into one :class:`Corpus`, or raises with every fault found in any file."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from . import founding, yamlfile
from .founding import Founding
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
]
KINDS: tuple[Kind, ...] = (
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
)
MODELS: dict[Kind, type[BaseModel]] = {
    kind: typing.get_args(EvidenceFile.model_fields[kind].annotation)[0] for kind in KINDS
}
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Place:
    """Where a record was written: file name relative to ``db/``, and its first line."""

    file: str
    line: int


@dataclass
class Corpus:
    """Every curated record by kind, in order of id, and where each was written.

    Filled once, by :func:`load`.
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
    founding: dict[str, Founding] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)

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
    corpus = Corpus(founding=founding.load(db / "evidence" / "founding"))
    problems: list[Problem] = []
    for path in sorted((db / "evidence").rglob("*.yaml")):
        try:
            _add(corpus, yamlfile.read(path, db), problems)
        except CurationError as error:
            problems.extend(error.problems)
    if problems:
        raise CurationError(problems)
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


def _add(corpus: Corpus, file: yamlfile.YamlFile, problems: list[Problem]) -> None:
    data = _with_defaults(file.data if isinstance(file.data, dict) else {})
    parsed = validate(EvidenceFile, data, file, problems)
    if parsed is None:
        return
    for kind in KINDS:
        for index, record in enumerate(getattr(parsed, kind)):
            place = Place(file.name, file.line(kind, index))
            if (kind, record.id) in corpus.places:
                first = corpus.places[kind, record.id]
                problems.append(
                    Problem(
                        place.file,
                        place.line,
                        record.id,
                        f"this id in {kind} is taken by {first.file}:{first.line}",
                        "choose another id",
                    )
                )
                continue
            corpus.places[kind, record.id] = place
            getattr(corpus, kind).append(record)


def _with_defaults(data: dict[str, Any]) -> dict[str, Any]:
    """Fills members that a record leaves out from the file's ``defaults`` where its kind has such a member."""
    defaults = data.get("defaults") or {}
    filled = dict(data)
    for kind, model in MODELS.items():
        usable = {name: value for name, value in defaults.items() if name in model.model_fields}
        rows = data.get(kind)
        if isinstance(rows, list):
            filled[kind] = [usable | row if isinstance(row, dict) else row for row in rows]
    return filled


def validate(model: type[M], data: Any, file: yamlfile.YamlFile, problems: list[Problem]) -> M | None:
    """Validates ``data``; faults are added to ``problems`` with file and line."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            path = tuple(step for step in fault["loc"] if isinstance(step, str | int))
            problems.append(
                Problem(
                    file.name,
                    file.line(*path),
                    _name(data, path),
                    f"{'.'.join(map(str, path[2:] or path))}: {fault['msg']}{_got(fault)}",
                )
            )
        return None


def _name(data: Any, path: tuple[str | int, ...]) -> str:
    try:
        return str(data[path[0]][path[1]]["id"])
    except (KeyError, IndexError, TypeError):
        return ""


def _got(fault: Any) -> str:
    value = fault.get("input")
    return "" if isinstance(value, dict | list) or value is None else f", not {value!r}"
