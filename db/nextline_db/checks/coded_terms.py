"""Codes of drugs, genes and adverse events: of the form of their system, each for one thing, all of it known here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from nextline_core.vocabulary import BIOMARKERS

from ..codes import Codes, File
from ..load import Corpus
from ..models.codes import DrugCodes, EventCodes, GeneCodes, System
from ..problems import Problem

_FORMS: dict[System, str] = {"rxnorm": r"[1-9][0-9]*", "atc": r"[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}", "ncit": r"C[0-9]+"}
Coded = File[DrugCodes] | File[GeneCodes] | File[EventCodes]
_REMEDY = "correct the code, or leave it out"


def check(corpus: Corpus, codes: Codes) -> list[Problem]:
    """Codes of another form, written twice, or for what is not known; sources not listed; names left without a word."""
    return [
        *(_drugs(corpus, codes.drugs) if codes.drugs else ()),
        *(_genes(codes.genes) if codes.genes else ()),
        *(_events(corpus, codes.events) if codes.events else ()),
    ]


def _drugs(corpus: Corpus, found: File[DrugCodes]) -> Iterator[Problem]:
    rows = found.data.drugs
    known = {drug.id for drug in corpus.drugs} | corpus.unread
    for place, row in enumerate(rows):
        if row.drug not in known:
            yield _problem(found, "drugs", place, row.drug, "is not among the drugs", "correct the id")
        if not re.fullmatch(_FORMS[row.system], row.code):
            yield _problem(found, "drugs", place, row.drug, f"'{row.code}' is no code of {row.system}", _REMEDY)
    yield from _once(found, "drugs", [f"the {row.system} code {row.code}" for row in rows])
    yield from _once(found, "drugs", [f"the {row.system} code of {row.drug}" for row in rows])
    yield from _sources(found, "drugs", [row.read for row in rows])


def _genes(found: File[GeneCodes]) -> Iterator[Problem]:
    rows = found.data.genes
    for place, row in enumerate(rows):
        for name in row.biomarkers:
            if name not in BIOMARKERS:
                yield _problem(
                    found, "genes", place, row.symbol, f"'{name}' is no biomarker of a profile", "correct it"
                )
    yield from _once(found, "genes", [row.hgnc for row in rows])
    yield from _once(found, "genes", [f"the gene {row.symbol}" for row in rows])
    yield from _sources(found, "genes", [row.read for row in rows])
    told = {name for row in rows for name in row.biomarkers}
    yield from _left(found, "no_gene", set(BIOMARKERS) - told, found.data.no_gene, "biomarker")


def _events(corpus: Corpus, found: File[EventCodes]) -> Iterator[Problem]:
    rows = found.data.terms
    known = {event.event for event in corpus.adverse_events}
    for place, row in enumerate(rows):
        for event in row.events:
            if event.name not in known and not corpus.unread:
                yield _problem(found, "terms", place, event.name, "is the name of no adverse event", "correct the name")
    yield from _once(found, "terms", [f"the MedDRA number {row.meddra}" for row in rows])
    yield from _once(found, "terms", [f"the term {row.term}" for row in rows])
    yield from _sources(found, "terms", [row.read for row in rows])
    told = {event.name for row in rows for event in row.events}
    if not corpus.unread:  # else a name may be one of those that could not be read
        yield from _left(found, "no_term", known - told, found.data.no_term, "adverse event")


def _once(found: Coded, part: str, what: Sequence[str]) -> Iterator[Problem]:
    for place, text in enumerate(what):
        first = what.index(text)
        if first != place:
            line = found.file.line(part, first)
            yield _problem(found, part, place, "", f"{text} stands in line {line} already", "keep the right one")


def _sources(found: Coded, part: str, read: Iterable[list[str]]) -> Iterator[Problem]:
    listed = {source.id for source in found.data.sources}
    for place, names in enumerate(read):
        for name in set(names) - listed:
            yield _problem(found, part, place, name, "is not among the sources of this file", "correct the id")


def _left(found: Coded, part: str, uncoded: set[str], without: list[str], what: str) -> Iterator[Problem]:
    """What has no code is named, else it would look like what was coded nowhere because nobody looked."""
    for name in sorted(uncoded - set(without)):
        text = f"this {what} has no code, and is not named in {part}"
        yield Problem(found.file.name, found.file.line(part), name, text, "code it, or name it there")
    for place, name in enumerate(without):
        if name not in uncoded:
            yield _problem(found, part, place, name, f"is no {what} that lacks a code", "take it out")


def _problem(found: Coded, part: str, place: int, name: str, text: str, remedy: str) -> Problem:
    return Problem(found.file.name, found.file.line(part, place), name, text, remedy)
