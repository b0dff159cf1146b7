"""What stands behind a record, so that a device reads all of it with one question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class Behind:
    """Knows every record by id, as plain members, and which of them are adverse events."""

    def __init__(self, records: Mapping[str, Mapping[str, Any]], adverse_events: Iterable[str]) -> None:
        self._records = records
        self._harms: dict[str, list[str]] = {}
        for identifier in adverse_events:
            self._harms.setdefault(records[identifier]["study"], []).append(identifier)

    def of(self, identifier: str) -> list[str]:
        """Ids of the record's study with all its adverse events, of the references and conflicts of all these, and of
        the sources of everything."""
        record = self._records[identifier]
        study = record.get("study")
        own = [identifier, *([study, *self._harms.get(study, ())] if study else ())]
        own += self._named(own, "references", "conflicts")
        sides = [side["source"] for other in own for side in self._records[other].get("sides") or ()]
        found = [*own, *(self._records[other].get("source") for other in own), *sides]
        return [other for other in dict.fromkeys(found) if other and other != identifier]

    def _named(self, ids: Iterable[str], *members: str) -> list[str]:
        return [other for i in ids for member in members for other in self._records[i].get(member) or ()]
