"""Codes of other vocabularies for drugs, genes and adverse events: what each file below ``vocabulary/codes`` holds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .base import Id, Model, Text, WholeDay

System = Literal["rxnorm", "atc", "ncit"]
Hgnc = Annotated[str, StringConstraints(pattern=r"^HGNC:[0-9]+$")]
Meddra = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]


class CodeSource(Model):
    """A text in which codes were read; ``url`` is null where the address of a stored copy is not known."""

    id: Id
    title: Text
    url: Text | None
    accessed: WholeDay


class DrugCode(Model):
    """One code of one drug."""

    drug: Id
    system: System
    code: Text
    read: list[Id] = Field(..., min_length=1, description="the sources that print it beside the drug")
    note: Text | None = None


class GeneCode(Model):
    """The HGNC number of a gene; ``biomarkers`` are the members of a profile that speak of it, the plain one first."""

    symbol: Text
    hgnc: Hgnc
    biomarkers: list[Text] = Field(..., min_length=1)
    read: list[Id] = Field(..., min_length=1)


class EventName(Model):
    """A name of an adverse event in the evidence, and what it is to the CTCAE term.

    ``exact`` is the term itself, ``close`` the same finding under another name, ``narrower`` a part of it, ``broader``
    more than it, ``related`` neither.
    """

    name: Text
    relation: Literal["exact", "close", "narrower", "broader", "related"]


class TermCode(Model):
    """A CTCAE v5.0 term, its MedDRA number, and the names in the evidence that it grades."""

    term: Text
    meddra: Meddra
    read: list[Id] = Field(..., min_length=1)
    events: list[EventName] = Field(..., min_length=1)


class DrugCodes(Model):
    """``vocabulary/codes/drugs.yaml``."""

    sources: list[CodeSource]
    drugs: list[DrugCode]


class GeneCodes(Model):
    """``vocabulary/codes/genes.yaml``; ``no_gene`` names the biomarkers that are none."""

    sources: list[CodeSource]
    genes: list[GeneCode]
    no_gene: list[Text] = []


class EventCodes(Model):
    """``vocabulary/codes/adverse_events.yaml``; ``no_term`` names the adverse events that lie near no CTCAE term."""

    sources: list[CodeSource]
    terms: list[TermCode]
    no_term: list[Text] = []


class NamedGene(Model):
    """A gene in the store; several ``symbols``, and ``hgnc`` in their order, where a biomarker is of several genes."""

    id: Text
    biomarkers: list[Text]
    symbols: list[Text]
    hgnc: list[Hgnc]


class Grading(Model):
    """The CTCAE term beside an adverse event's name."""

    term: Text
    meddra: Meddra
    relation: Text


class NamedEvent(Model):
    """A name of an adverse event in the store; no ``ctcae`` where it lies near no term."""

    id: Text
    ctcae: list[Grading]
