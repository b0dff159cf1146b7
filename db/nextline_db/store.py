"""The evidence store as a device reads it: one file, proven once, opened read-only and never written.

No third-party code.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nextline_core import catalogue, rulebook
from nextline_core.errors import NextlineError
from nextline_core.match import COMPILED
from nextline_core.rulebook import Rulebook
from nextline_core.table import from_plain

from . import sealed
from .search import Hit, Search

SCHEMA = "1"
RECORDS = (
    "sources",
    "references",
    "studies",
    "results",
    "adverse_events",
    "mechanisms",
    "statements",
    "drugs",
    "approvals",
    "safety",
    "conflicts",
)
_JSON = frozenset(
    (
        "lines",
        "also_lines",
        "references",
        "conflicts",
        "aliases",
        "criteria",
        "value_range",
        "comparator_range",
        "hr_range",
        "ci",
        "comparator_ci",
        "hr_ci",
        "odds_ratio_ci",
        "options",
        "brands",
        "synonyms",
        "classes",
        "codes",
        "drugs",
        "when",
        "sides",
        "broader",
        "evidence",
        "body",
    )
)
_DECODE = json.JSONDecoder().raw_decode  # a third of the cost of loads: what was written here has no space around it
_FLAGS = frozenset(("approximate", "exploratory", "post_hoc", "abstract_only"))


class StoreError(NextlineError):
    """The store is missing, damaged or of another schema; the text says what to do."""


@dataclass(frozen=True)
class Proven:
    """What was found out when the file was proven."""

    path: Path
    digest: str
    version: str
    date: str
    stale_after_days: int
    size: int


class Store:
    """Typed reads from an open store.

    Make one with :func:`open_store`.
    """

    def __init__(self, connection: sqlite3.Connection, proven: Proven) -> None:
        self._connection = connection
        self.proven = proven

    def rulebook(self, compiled: bool = COMPILED) -> Rulebook:
        """The rule base, ready to be asked."""
        blobs = dict(self._connection.execute("SELECT name, data FROM engine"))
        plain = {
            name: json.loads(blobs[name]) for name in ("options", "rules", "citations", "studies", "names", "table")
        }
        table = from_plain(
            {**plain["table"], **{name[6:]: data for name, data in blobs.items() if name.startswith("table.")}}
        )
        names = catalogue.build(
            plain["names"]["drugs"], plain["names"]["classes"], plain["names"]["medication_classes"]
        )
        return rulebook.from_plain(plain, table, names, compiled)

    def rules(self) -> Iterator[dict[str, Any]]:
        """All rules in their order, written out."""
        yield from self._rows("SELECT * FROM rules ORDER BY place")

    def records(self, kind: str) -> list[dict[str, Any]]:
        """All records of a kind, in order of id."""
        return list(self._rows(f'SELECT * FROM "{kind}" ORDER BY id'))

    def record(self, identifier: str) -> tuple[str, dict[str, Any]] | None:
        """The record of this id with its kind, ``None`` where there is none."""
        row = self._connection.execute("SELECT kind FROM ids WHERE id = ?", (identifier,)).fetchone()
        if row is None:
            return None
        return row[0], next(self._rows(f'SELECT * FROM "{row[0]}" WHERE id = ?', identifier))

    def of_study(self, kind: str, study: str) -> list[dict[str, Any]]:
        """The results, adverse events or mentions of a study."""
        return list(self._rows(f'SELECT * FROM "{kind}" WHERE study = ? ORDER BY id', study))

    def evidence(self, cited: Iterable[str]) -> dict[str, tuple[str, dict[str, Any]]]:
        """Everything that stands behind cited records, by id, each with its kind.

        The records, their studies with all adverse events, references and conflicts, and the sources of all these. One
        query per kind: on the device a query costs as much as several rows.
        """
        asked = tuple(dict.fromkeys(cited))
        kinds: dict[str, list[str]] = {}
        holes = ",".join("?" * len(asked))
        for identifier, kind in self._connection.execute(f"SELECT id, kind FROM ids WHERE id IN ({holes})", asked):
            kinds.setdefault(kind, []).append(identifier)
        found = {key: value for kind, ids in kinds.items() for key, value in self._all(kind, "id", ids).items()}
        studies = [row.get("study") for _, row in found.values()]
        found |= self._all("studies", "id", studies) | self._all("adverse_events", "study", studies)
        found |= self._all("conflicts", "id", [i for _, row in found.values() for i in row.get("conflicts") or ()])
        references = [i for _, row in found.values() for i in row.get("references") or ()]
        found |= self._all("references", "id", references)
        places = [place for _, row in found.values() for place in (row, *(row.get("sides") or ()))]
        sources = [*(place.get("source") for place in places), *(i for i in references if i not in found)]
        return found | self._all("sources", "id", sources)

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """The records that ``words`` find, best first."""
        return Search(self._connection).find(words, limit)

    def counts(self) -> dict[str, int]:
        """Number of records by kind."""
        found: dict[str, int] = json.loads(
            self._connection.execute("SELECT value FROM meta WHERE name = 'counts'").fetchone()[0]
        )
        return found

    def readings(self) -> tuple[int, int, int]:
        """Clinical records: how many, how many of them read twice, how many signed by a clinician."""
        tables = [
            name
            for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            if any(row[1] == "clinician_review" for row in self._connection.execute(f'PRAGMA table_info("{name}")'))
        ]
        counts = (
            self._connection.execute(
                "SELECT count(*), count(*) FILTER (WHERE first_reading IS NOT NULL AND second_reading IS NOT NULL), "
                f"count(nullif(clinician_review, 'none')) FROM \"{name}\""
            ).fetchone()
            for name in tables
        )
        total, twice, signed = (sum(column) for column in zip(*counts, strict=True))
        return total, twice, signed

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _all(self, kind: str, member: str, values: Iterable[str | None]) -> dict[str, tuple[str, dict[str, Any]]]:
        """The records of a kind whose member is one of ``values``, by id, in one query."""
        wanted = [value for value in dict.fromkeys(values) if value]
        if not wanted:
            return {}
        query = f'SELECT * FROM "{kind}" WHERE "{member}" IN ({",".join("?" * len(wanted))})'
        return {row["id"]: (kind, row) for row in self._rows(query, *wanted)}

    def _rows(self, query: str, *values: str) -> Iterator[dict[str, Any]]:
        cursor = self._connection.execute(query, values)
        names = [column[0] for column in cursor.description]
        coded, flags = [name for name in names if name in _JSON], [name for name in names if name in _FLAGS]
        for row in cursor:
            record = dict(zip(names, row, strict=True))
            for name in coded:
                if isinstance(text := record[name], str):
                    record[name] = [] if text == "[]" else _DECODE(text)[0]
            for name in flags:
                if record[name] is not None:
                    record[name] = bool(record[name])
            yield record


def open_store(path: Path) -> Store:
    """Proves and opens a store.

    Raises :class:`StoreError`: missing, damaged, or of another schema.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise StoreError(
            f"There is no evidence store at {path}. Build it with 'make evidence', or install the image again."
        ) from None
    except OSError as error:
        raise StoreError(
            f"The evidence store at {path} cannot be read ({error.strerror}). Check the file, or install it again."
        ) from None
    digest = sealed.verify(raw)
    if digest is None:
        raise StoreError(
            f"The evidence store at {path} is damaged: its digest does not fit. Nothing is answered from it. "
            "Build or install it again."
        )
    connection, meta = connect(path)
    return Store(
        connection, Proven(path, digest, meta["version"], meta["date"], int(meta["stale_after_days"]), len(raw))
    )


def connect(path: Path) -> tuple[sqlite3.Connection, dict[str, str]]:
    """Opens a store whose digest was proven before, and gives its ``meta``.

    Raises :class:`StoreError`: of another schema.
    """
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        meta = dict(connection.execute("SELECT name, value FROM meta"))
    except sqlite3.Error:
        raise StoreError(f"The file at {path} is not an evidence store. Build or install it again.") from None
    if meta.get("schema") != SCHEMA:
        raise StoreError(
            f"The evidence store at {path} has schema {meta.get('schema')}, this program reads schema {SCHEMA}. "
            "Install the store that belongs to this version."
        )
    return connection, meta
