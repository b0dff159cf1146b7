"""The ladder of classes: letrozole is a nonsteroidal aromatase inhibitor, that is an aromatase inhibitor, that is
endocrine therapy."""

from __future__ import annotations

from collections.abc import Iterable

from nextline_core.catalogue import above

from .load import Corpus


class Ladder:
    """Answers which classes drugs and classes belong to."""

    def __init__(self, corpus: Corpus) -> None:
        broader = above({c.id: c.broader for c in corpus.drug_classes})
        self._of = {identifier: found | {identifier} for identifier, found in broader.items()}
        self.classes = frozenset(broader)
        self._of |= {d.id: frozenset().union(*(self._of.get(c, frozenset()) for c in d.classes)) for d in corpus.drugs}
        self.drugs = frozenset(d.id for d in corpus.drugs)
        self.names = {c.id: c.name for c in corpus.drug_classes} | {d.id: d.name for d in corpus.drugs}

    def of(self, identifiers: Iterable[str]) -> frozenset[str]:
        """Every class that these drugs (or classes) belong to, broader ones included."""
        return frozenset().union(*(self._of.get(identifier, frozenset()) for identifier in identifiers))

    def knows(self, identifier: str) -> bool:
        """Whether there is a drug or class of this id."""
        return identifier in self._of
