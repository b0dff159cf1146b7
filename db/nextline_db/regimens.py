"""Names that stand for several drugs, regimens and fixed combinations: ``db/vocabulary/regimens.yaml``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pydantic import Field, ValidationError

from nextline_core.catalogue import fold

from . import yamlfile
from .ladder import Ladder
from .load import Corpus
from .models.base import Id, Model, Text
from .problems import CurationError, Problem

_FILE = "vocabulary/regimens.yaml"


class Regimen(Model):
    """One regimen under all its names; a class among the ``drugs`` where the name leaves its member open."""

    names: list[Text] = Field(..., min_length=1)
    drugs: list[Id] = Field(..., min_length=2)


class Regimens(Model):
    """The whole file."""

    regimens: list[Regimen]


def read(db: Path, corpus: Corpus) -> dict[str, list[str]]:
    """The drugs and classes of each name.

    Raises :class:`CurationError` for what nobody knows, and for a name that a drug, a class or another regimen has.
    """
    file = yamlfile.read(db / _FILE, db)
    try:
        regimens = Regimens.model_validate(file.data).regimens
    except ValidationError as error:
        raise CurationError([Problem(file.name, 0, "", str(error))]) from error
    ladder = Ladder(corpus)
    taken = {fold(name) for drug in corpus.drugs for name in (drug.id, drug.name, *drug.brands, *drug.synonyms)}
    taken |= {fold(name) for kind in corpus.drug_classes for name in (kind.id, kind.name, *kind.synonyms)}
    uses = Counter(fold(name) for regimen in regimens for name in regimen.names)
    problems = []
    for index, regimen in enumerate(regimens):
        faults = [f"names '{d}', which is neither a drug nor a class" for d in regimen.drugs if not ladder.knows(d)]
        faults += [
            f"has the name '{n}', which is taken" for n in regimen.names if fold(n) in taken or uses[fold(n)] > 1
        ]
        problems += [
            Problem(file.name, file.line("regimens", index), regimen.names[0], fault, "correct it") for fault in faults
        ]
    if problems:
        raise CurationError(problems)
    return {name: list(regimen.drugs) for regimen in regimens for name in regimen.names}
