"""Names of medicines: what a typed word stands for, and which classes a drug belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

_US_AFFIX = re.compile(r"^fam-|-[a-z]{4}$", re.IGNORECASE)


@dataclass(frozen=True)
class Resolved:
    """What one typed name stands for: a drug, or a class whose member is not known, or (both empty) nobody knows."""

    typed: str
    drug: str | None = None
    drug_class: str | None = None


@dataclass(frozen=True)
class Harm:
    """A sort of harm: beginnings of the words by which a reaction is known for one, and the drugs and classes known to
    cause it.

    ``together``: of several that were given all are to blame, else any of them may be.
    """

    id: str
    words: tuple[str, ...]
    causes: frozenset[str]
    together: bool = False

    def fits(self, event: str) -> bool:
        """Whether the name of a reaction speaks of this harm."""
        return re.search(rf"\b(?:{'|'.join(map(re.escape, self.words))})", event, re.IGNORECASE) is not None


def fold(name: str) -> str:
    """The form in which names are compared: lower case, hyphens and underscores as spaces, single spaces."""
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


@dataclass(frozen=True)
class Catalogue:
    """Drugs and classes by id.

    ``classes_of`` holds every class of a drug, the broader ones included.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    lookup: Mapping[str, Resolved] = field(default_factory=dict)
    classes_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    broader: Mapping[str, frozenset[str]] = field(default_factory=dict)
    medication_classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    regimens: Mapping[str, tuple[Resolved, ...]] = field(default_factory=dict)
    harms: tuple[Harm, ...] = ()

    def resolve(self, typed: str) -> Resolved:
        """The drug or class that a name, brand or synonym stands for.

        The prefix and the four letters that the United States add to names of biologics say nothing about the drug:
        ``fam-trastuzumab deruxtecan-nxki``.
        """
        whole, bare = fold(typed), fold(_US_AFFIX.sub("", typed.strip()))
        found = self.lookup.get(whole) or self.lookup.get(whole.removesuffix("s")) or self.lookup.get(bare)
        return Resolved(typed, found.drug, found.drug_class) if found else Resolved(typed)

    def parts(self, typed: str) -> tuple[Resolved, ...]:
        """All that a name stands for: every drug of a regimen or a fixed combination, ``TCHP``, ``Phesgo``, else the
        one."""
        known = self.regimens.get(fold(typed)) or self.regimens.get(fold(_US_AFFIX.sub("", typed.strip())))
        return known or (self.resolve(typed),)

    def interaction_classes(self, medicine: str) -> frozenset[str]:
        """The interaction classes of another medicine, whose name may stand with a strength: ``amiodarone 200 mg``."""
        typed = f" {fold(medicine)} "
        return frozenset(
            name
            for name, examples in self.medication_classes.items()
            if any(f" {example} " in typed for example in examples)
        )

    def members(self, drug_class: str) -> frozenset[str]:
        """The drugs that belong to a class."""
        return frozenset(drug for drug, classes in self.classes_of.items() if drug_class in classes)

    def classes(self, resolved: Resolved) -> frozenset[str]:
        """The classes that a resolved name surely belongs to."""
        if resolved.drug:
            return self.classes_of.get(resolved.drug, frozenset())
        if resolved.drug_class:
            return self.broader.get(resolved.drug_class, frozenset()) | {resolved.drug_class}
        return frozenset()


def above(parents: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Of every class the broader ones, step after step; a class in a circle is above itself."""
    found: dict[str, frozenset[str]] = {}
    for drug_class in parents:
        met: set[str] = set()
        todo = list(parents[drug_class])
        while todo:
            here = todo.pop()
            if here not in met:
                met.add(here)
                todo.extend(parents.get(here, ()))
        found[drug_class] = frozenset(met)
    return found


def build(
    drugs: Iterable[Mapping[str, object]],
    classes: Iterable[Mapping[str, object]],
    medication_classes: Mapping[str, Iterable[str]],
    regimens: Mapping[str, Iterable[str]],
) -> Catalogue:
    """Builds the catalogue from the store's rows (``id, name, synonyms, brands, classes`` and ``id, name, synonyms,
    broader``); ``regimens`` names ids of drugs and classes."""
    drugs, classes = list(drugs), list(classes)
    broader = above({str(row["id"]): _texts(row, "broader") for row in classes})
    lookup: dict[str, Resolved] = {}
    for row in classes:
        for name in (str(row["id"]), str(row["name"]), *_texts(row, "synonyms")):
            lookup[fold(name)] = Resolved(name, drug_class=str(row["id"]))
    for row in drugs:
        for name in (str(row["id"]), str(row["name"]), *_texts(row, "synonyms"), *_texts(row, "brands")):
            lookup[fold(name)] = Resolved(name, drug=str(row["id"]))
    return Catalogue(
        names={str(row["id"]): str(row["name"]) for row in (*classes, *drugs)},
        lookup=lookup,
        classes_of={
            str(row["id"]): frozenset(c for own in _texts(row, "classes") for c in (own, *broader[own]))
            for row in drugs
        },
        broader=broader,
        medication_classes={name: frozenset(map(fold, examples)) for name, examples in medication_classes.items()},
        regimens={
            fold(name): tuple(replace(lookup[fold(part)], typed=name) for part in parts)
            for name, parts in regimens.items()
        },
    )


def _texts(row: Mapping[str, object], key: str) -> list[str]:
    value = row.get(key)
    return [str(item) for item in value] if isinstance(value, list | tuple) else []
