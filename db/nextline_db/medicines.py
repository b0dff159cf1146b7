"""The interaction classes of other medicines, with examples: ``db/vocabulary/medication_classes.yaml``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from . import yamlfile
from .load import Corpus
from .models.base import Id, Model, Text
from .models.records import Verification
from .problems import CurationError, Problem
from .validated import Faults, validate

_FILE = "vocabulary/medication_classes.yaml"


class MedicationClass(Model):
    """One class. A medicine that is not among the ``examples`` is not thereby harmless."""

    examples: list[Text] = Field(..., min_length=1)
    source: Id
    references: list[Id] = Field(default_factory=list)
    verification: Verification


class MedicationClasses(Model):
    """The whole file."""

    medication_classes: dict[Id, MedicationClass] = Field(..., min_length=1)


def read(db: Path, corpus: Corpus, faults: Faults) -> dict[str, MedicationClass]:
    """The classes by id; what is wrong with them is added to ``faults``."""
    try:
        file = yamlfile.read(db / _FILE, db)
    except CurationError as error:
        faults.problems.extend(error.problems)
        return {}
    found = validate(MedicationClasses, file.data, file, faults.problems)
    classes = found.medication_classes if found else {}
    known = {s.id for s in corpus.sources} | {r.id for r in corpus.references} | corpus.unread
    for name, entry in classes.items():
        for cited in {entry.source, *entry.references} - known:
            line, text = file.line("medication_classes", name), f"names '{cited}', which is not among the sources"
            faults.problems.append(Problem(file.name, line, name, text, "correct the id or add the source"))
    return classes
