"""The harms of a regimen as its studies report them: the right regimen, each event once, severe and any grade apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nextline_core.catalogue import Catalogue
from nextline_db.store import Store

SEVERE = ("3+", "3-4", "3", "4", "5")
_BY_WORDS = re.compile(r"\s*(?:\+|/| plus | with | and )\s*")
_OF_SOME = re.compile(r"[(,]")


@dataclass(frozen=True)
class Harms:
    """Events of grade 3 or more, and of any grade, the most frequent first; each a row of ``adverse_events``."""

    severe: tuple[Mapping[str, Any], ...]
    any_grade: tuple[Mapping[str, Any], ...]


def harms(regimen: Iterable[str], studies: Iterable[str], store: Store, catalogue: Catalogue) -> Harms:
    """The harms of a regimen (names of drugs or classes) in the named studies.

    Rows of another arm, of a combination with something else or of a part of the patients are left out: their figures
    are not this regimen's in everybody.
    """
    wanted = list(regimen)
    rows = [
        row
        for study in dict.fromkeys(studies)
        for row in store.of_study("adverse_events", study)
        if row["percent"] is not None
        and row["record_status"] == "active"
        and same_regimen(row["regimen"], wanted, catalogue)
    ]
    return Harms(
        _once(row for row in rows if row["grade"] in SEVERE), _once(row for row in rows if row["grade"] == "any")
    )


def same_regimen(printed: str, regimen: Iterable[str], catalogue: Catalogue) -> bool:
    """Whether a regimen as a source names it is this one; a class and its member count as the same.

    A name with an addition in brackets or after a comma (``(UGT1A1 *28/*28)``, ``, patients of 65 years or older``)
    speaks of some of the patients only, and is another one.
    """
    if _OF_SOME.search(printed):
        return False
    left = [catalogue.resolve(name) for name in _BY_WORDS.split(printed.strip()) if name]
    for name in regimen:
        asked = catalogue.resolve(name)
        match = next((part for part in left if part == asked or _related(part, asked, catalogue)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _related(one: Any, other: Any, catalogue: Catalogue) -> bool:
    if one.drug and other.drug:
        return bool(one.drug == other.drug)
    return one.drug_class in catalogue.classes(other) or other.drug_class in catalogue.classes(one)


def _once(rows: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Each event once: the row that also gives the comparator where there is one, else the highest figure."""
    best: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        name = row["event"].casefold()
        held = best.get(name)
        if held is None or (row["comparator_percent"] is not None, row["percent"]) > (
            held["comparator_percent"] is not None,
            held["percent"],
        ):
            best[name] = row
    return tuple(sorted(best.values(), key=lambda row: (-row["percent"], row["event"].casefold())))
