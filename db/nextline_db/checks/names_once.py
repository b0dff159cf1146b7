"""A name, brand or synonym stands for one drug or class, as it is compared when somebody types it."""

from __future__ import annotations

from nextline_core.catalogue import fold

from ..load import Corpus
from ..problems import Problem


def check(corpus: Corpus) -> list[Problem]:
    """Names of drugs and classes that another drug or class has too: which one is meant would be left to chance."""
    first: dict[str, tuple[str, str]] = {}
    problems = []
    for kind in ("drug_classes", "drugs"):
        for record in getattr(corpus, kind):
            for name in (record.id, record.name, *record.synonyms, *getattr(record, "brands", ())):
                owner = first.setdefault(fold(name), (kind, record.id))
                if owner != (kind, record.id):
                    text = f"the name '{name}' is taken by '{owner[1]}' of the {owner[0]}"
                    problems.append(corpus.problem(kind, record.id, text, "keep it where it belongs"))
    return problems
