"""The interaction classes of other medicines, with examples: ``db/vocabulary/medication_classes.yaml``."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pydantic import Field

from nextline_core.catalogue import fold

from . import yamlfile
from .load import Corpus
from .models.base import Id, Model, Text
from .models.records import Verification
from .problems import CurationError, Problem
from .validated import Faults, validate

FILE = "vocabulary/medication_classes.yaml"


class MedicationClass(Model):
    """One class. A medicine that is not among the ``examples`` is not thereby harmless."""

    examples: list[Text] = Field(..., min_length=1)
    source: Id
    references: list[Id] = Field(default_factory=list)
    verification: Verification


class Medicines(Model):
    """The whole file.

    ``typed_words`` are those in ``patient.medications`` and ``patient.allergies`` that rules ask for, where they are
    neither a drug nor an example of a class: a rule that asks for a word that is not here is a misspelt one.
    """

    medication_classes: dict[Id, MedicationClass] = Field(..., min_length=1)
    typed_words: list[Text] = Field(default_factory=list)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that a rule may ask for, as words are compared."""
        examples = (name for entry in self.medication_classes.values() for name in entry.examples)
        return frozenset(map(fold, (*examples, *self.typed_words)))


def read(db: Path, corpus: Corpus, faults: Faults) -> Medicines | None:
    """The file, ``None`` where it cannot be read; what is wrong with it is added to ``faults``."""
    try:
        file = yamlfile.read(db / FILE, db)
    except CurationError as error:
        faults.problems.extend(error.problems)
        return None
    found = validate(Medicines, file.data, file, faults.problems)
    known = {s.id for s in corpus.sources} | {r.id for r in corpus.references} | corpus.unread
    for name, entry in found.medication_classes.items() if found else ():
        for cited in {entry.source, *entry.references} - known:
            line, text = file.line("medication_classes", name), f"names '{cited}', which is not among the sources"
            faults.problems.append(Problem(file.name, line, name, text, "correct the id or add the source"))
    return found
