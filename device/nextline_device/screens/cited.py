"""Cited records with their sources, each read once from the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nextline_db.store import Store, StoreError

from ..figures import source_line
from ..tongue import _
from .rows import INDENT, Row, wrapped

Record = Mapping[str, Any]
DEEP = INDENT + "  "


class Reader:
    """Reads records by id and words where they stand.

    All that stands behind the ids ``ahead`` is read at once, which costs the device less than one by one.
    """

    def __init__(self, store: Store, width: int, ahead: Iterable[str] = ()) -> None:
        self._store, self.width = store, width
        self._read: dict[str, tuple[str, Record] | None] = {**store.evidence(ahead)} if ahead else {}

    def record(self, identifier: str) -> tuple[str, Record] | None:
        """Kind and record, ``None`` where the store has none of this id."""
        if identifier not in self._read:
            try:
                self._read[identifier] = self._store.record(identifier)
            except StoreError:  # a store without this kind of record
                self._read[identifier] = None
        return self._read[identifier]

    def records(self, identifiers: Iterable[str]) -> list[tuple[str, Record]]:
        """Those of several that the store has."""
        return [found for identifier in identifiers if (found := self.record(identifier))]

    def name(self, identifier: str) -> str:
        """The name of a study or drug; its id where it has none."""
        found = self.record(identifier)
        return str(found[1].get("name", identifier)) if found else identifier

    def place(self, record: Record) -> str:
        """``Review of ... (review, 2024), lines 602-604``."""
        found = self.record(str(record["source"]))
        return source_line(record, found[1]) if found else str(record["source"])

    def source(self, record: Record, indent: str = INDENT) -> list[Row]:
        """``source: ...`` of one record."""
        return wrapped(_("source: {place}").format(place=self.place(record)), self.width, indent, indent + "  ")

    def sources(self, records: Iterable[Record], indent: str = INDENT) -> list[Row]:
        """Where several records stand, each source once."""
        places = list(dict.fromkeys(map(self.place, records)))
        if not places:
            return []
        text = _("sources: {places}") if len(places) > 1 else _("source: {places}")
        return wrapped(text.format(places="; ".join(places)), self.width, indent, indent + "  ")
