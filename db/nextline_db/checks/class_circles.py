"""No class is broader than itself."""

from __future__ import annotations

from nextline_core.catalogue import above

from ..load import Corpus
from ..problems import Problem


def check(corpus: Corpus) -> list[Problem]:
    """Classes that come back to themselves, step by step, through their broader ones."""
    broader = above({c.id: c.broader for c in corpus.drug_classes})
    return [
        corpus.problem("drug_classes", name, "is broader than itself, through its broader classes", "break the circle")
        for name, found in broader.items()
        if name in found
    ]
