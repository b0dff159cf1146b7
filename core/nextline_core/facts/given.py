"""What an entry of the history gave, and the facts of several entries as sets: surely there, perhaps there, or open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..catalogue import Catalogue, Resolved
from ..values import Members, Value


class Given:
    """What the named parts of one entry surely, perhaps, or possibly anything gave."""

    def __init__(self, parts: Sequence[Resolved], catalogue: Catalogue) -> None:
        self.parts = tuple(parts)
        self.catalogue = catalogue
        self.open = any(not r.drug and not r.drug_class for r in parts)
        self.alone = len(parts) == 1
        self.drugs = frozenset(r.drug for r in parts if r.drug)
        self.classes = frozenset(c for r in parts for c in catalogue.classes(r))
        unnamed = [catalogue.members(r.drug_class) for r in parts if r.drug_class]
        self.maybe_drugs = frozenset().union(*unnamed) - self.drugs
        self.maybe_classes = (
            frozenset(c for drug in self.maybe_drugs for c in catalogue.classes_of[drug]) - self.classes
        )

    def has_class(self, drug_class: str) -> bool | None:
        """Whether the entry gave a drug of the class."""
        return True if drug_class in self.classes else None if self.open or drug_class in self.maybe_classes else False

    def only(self, parts: Iterable[Resolved]) -> Given:
        """Some parts of the entry by themselves."""
        chosen = frozenset(parts)
        return Given([part for part in self.parts if part in chosen], self.catalogue)


def sets(prefix: str, chosen: Iterable[tuple[Given, bool | None]], opened: bool = False) -> dict[str, Value]:
    """``prefix + classes`` and ``prefix + drugs`` of entries that surely (True) or perhaps (None) belong."""
    present: dict[str, set[str]] = {"classes": set(), "drugs": set()}
    maybe: dict[str, set[str]] = {"classes": set(), "drugs": set()}
    for given, sure in chosen:
        opened = opened or given.open
        for kind, surely, perhaps in (
            ("classes", given.classes, given.maybe_classes),
            ("drugs", given.drugs, given.maybe_drugs),
        ):
            (present if sure else maybe)[kind].update(surely)
            maybe[kind].update(perhaps)
    return {
        f"{prefix}{kind}": Members(frozenset(present[kind]), frozenset(maybe[kind] - present[kind]), opened)
        for kind in present
    }
