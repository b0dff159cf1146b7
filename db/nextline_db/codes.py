"""The codes of drugs, genes and adverse events in other vocabularies: ``db/vocabulary/codes``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from . import yamlfile
from .load import Corpus
from .models.base import Model
from .models.codes import DrugCodes, EventCodes, GeneCodes, Grading, NamedEvent, NamedGene
from .problems import CurationError
from .validated import Faults, validate
from .yamlfile import YamlFile

_FOLDER = "vocabulary/codes"
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class File(Generic[M]):
    """What a file holds, and the file itself, so that a fault has its line."""

    data: M
    file: YamlFile


@dataclass(frozen=True)
class Codes:
    """The three files; ``None`` for one that cannot be read."""

    drugs: File[DrugCodes] | None
    genes: File[GeneCodes] | None
    events: File[EventCodes] | None


def read(db: Path, corpus: Corpus, faults: Faults) -> Codes:
    """The codes; drugs get theirs, and the corpus a record for each coded gene and each name of an adverse event."""
    codes = Codes(
        _file(db, "drugs", DrugCodes, faults),
        _file(db, "genes", GeneCodes, faults),
        _file(db, "adverse_events", EventCodes, faults),
    )
    for drug in corpus.drugs:
        if drug.codes:
            text = f"the codes of a drug are written in {_FOLDER}/drugs.yaml"
            faults.problems.append(corpus.problem("drugs", drug.id, text, "move them there"))
    if codes.drugs:
        _to_drugs(codes.drugs.data, corpus)
    if codes.genes:
        corpus.genes.extend(_genes(codes.genes.data))
    if codes.events:
        corpus.events.extend(_events(codes.events.data))
    return codes


def _file(db: Path, name: str, model: type[M], faults: Faults) -> File[M] | None:
    try:
        file = yamlfile.read(db / _FOLDER / f"{name}.yaml", db)
    except CurationError as error:
        faults.problems.extend(error.problems)
        return None
    data = validate(model, file.data, file, faults.problems)
    return File(data, file) if data else None


def _to_drugs(data: DrugCodes, corpus: Corpus) -> None:
    found: dict[str, dict[str, str]] = {}
    for row in sorted(data.drugs, key=lambda row: row.system):
        found.setdefault(row.drug, {})[row.system] = row.code
    corpus.drugs[:] = [drug.model_copy(update={"codes": found.get(drug.id, {})}) for drug in corpus.drugs]


def _genes(data: GeneCodes) -> list[NamedGene]:
    """One record a biomarker, by its plain name: those of a family have several genes."""
    found: dict[str, NamedGene] = {}
    for row in data.genes:
        name = row.biomarkers[0]
        so_far = found.get(name) or NamedGene(id=name, biomarkers=row.biomarkers, symbols=[], hgnc=[])
        found[name] = so_far.model_copy(
            update={"symbols": [*so_far.symbols, row.symbol], "hgnc": [*so_far.hgnc, row.hgnc]}
        )
    return [found[name] for name in sorted(found)]


def _events(data: EventCodes) -> list[NamedEvent]:
    found: dict[str, list[Grading]] = {name: [] for name in data.no_term}
    for row in data.terms:
        for event in row.events:
            found.setdefault(event.name, []).append(Grading(term=row.term, meddra=row.meddra, relation=event.relation))
    return [NamedEvent(id=name, ctcae=found[name]) for name in sorted(found)]
