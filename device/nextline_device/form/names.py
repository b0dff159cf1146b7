"""Names as they are typed: suggestions from generic names, brands, synonyms, classes and regimens of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nextline_core.catalogue import Catalogue, fold


@dataclass(frozen=True)
class Suggestion:
    """``name`` goes into the profile, ``shown`` onto the screen (with the brand or synonym that was typed)."""

    name: str
    shown: str


class NameIndex:
    """Finds names by their beginning first, then by the beginning of a word, then anywhere."""

    def __init__(self, catalogue: Catalogue) -> None:
        drugs = [
            (key, found.typed, catalogue.names.get(found.drug or found.drug_class or "", found.typed))
            for key, found in catalogue.lookup.items()
        ]
        drugs += [(key, parts[0].typed, parts[0].typed) for key, parts in catalogue.regimens.items()]
        medicines = [(key, key, key) for members in catalogue.medication_classes.values() for key in members]
        self._catalogue = catalogue
        self._entries = {"drugs": _entries(drugs), "medicines": _entries((*medicines, *drugs))}

    def suggest(self, typed: str, kind: str, most: int = 6) -> list[Suggestion]:
        """The best suggestions for what was typed so far, one a name."""
        wanted = fold(typed)
        if not wanted:
            return []
        ranked = sorted(
            (rank, suggestion.name != suggestion.shown, len(key), key, suggestion)
            for key, suggestion in self._entries[kind]
            if (rank := _rank(wanted, key)) is not None
        )
        found: dict[str, Suggestion] = {}
        for *_, suggestion in ranked:
            found.setdefault(suggestion.name, suggestion)
        return list(found.values())[:most]

    def known(self, name: str) -> bool:
        """Whether the catalogue knows the name as a drug, a class or a regimen."""
        return any(part.drug or part.drug_class for part in self._catalogue.parts(name))


def _entries(rows: Iterable[tuple[str, str, str]]) -> list[tuple[str, Suggestion]]:
    return [
        (key, Suggestion(name, name if fold(typed) == fold(name) else f"{name} ({typed})")) for key, typed, name in rows
    ]


def _rank(wanted: str, key: str) -> int | None:
    if key.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in key.split()):
        return 1
    return 2 if wanted in key else None
