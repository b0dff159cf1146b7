"""Names that stand for several drugs, regimens and fixed combinations: ``db/vocabulary/regimens.yaml``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pydantic import Field

from nextline_core.catalogue import fold

from . import yamlfile
from .ladder import Ladder
from .load import Corpus
from .models.base import Id, Model, Text
from .problems import CurationError, Problem
from .validated import Faults, validate

_FILE = "vocabulary/regimens.yaml"


class Regimen(Model):
    """One regimen under all its names; a class among the ``drugs`` where the name leaves its member open."""

    names: list[Text] = Field(..., min_length=1)
    drugs: list[Id] = Field(..., min_length=2)


class Regimens(Model):
    """The whole file."""

    regimens: list[Regimen]


def read(db: Path, corpus: Corpus, faults: Faults) -> dict[str, list[str]]:
    """The drugs and classes of each name.

    What nobody knows, and a name that a drug, a class or another regimen has, is added to ``faults``.
    """
    try:
        file = yamlfile.read(db / _FILE, db)
    except CurationError as error:
        faults.problems.extend(error.problems)
        return {}
    found = validate(Regimens, file.data, file, faults.problems)
    regimens = found.regimens if found else []
    ladder = Ladder(corpus)
    taken = {fold(name) for drug in corpus.drugs for name in (drug.id, drug.name, *drug.brands, *drug.synonyms)}
    taken |= {fold(name) for kind in corpus.drug_classes for name in (kind.id, kind.name, *kind.synonyms)}
    uses = Counter(fold(name) for regimen in regimens for name in regimen.names)
    for index, regimen in enumerate(regimens):
        wrong = [
            f"names '{d}', which is neither a drug nor a class"
            for d in regimen.drugs
            if not ladder.knows(d) and d not in corpus.unread
        ]
        wrong += [f"has the name '{n}', which is taken" for n in regimen.names if fold(n) in taken or uses[fold(n)] > 1]
        faults.problems += [
            Problem(file.name, file.line("regimens", index), regimen.names[0], text, "correct it") for text in wrong
        ]
    return {name: list(regimen.drugs) for regimen in regimens for name in regimen.names}
