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
        """The record itself, the adverse events where it is a study, the references and conflicts of all these, and
        the sources of everything."""
        own = [identifier, *self._harms.get(identifier, ())]
        own += self._named(own, "references", "conflicts")
        sides = [side["source"] for other in own for side in self._records[other].get("sides") or ()]
        found = [*own, *(self._records[other].get("source") for other in own), *sides]
        return [other for other in dict.fromkeys(found) if other]

    def _named(self, ids: Iterable[str], *members: str) -> list[str]:
        return [other for i in ids for member in members for other in self._records[i].get(member) or ()]
