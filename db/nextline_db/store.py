"""The evidence store as a device reads it: one file, proven once, opened read-only and never written.

No third-party code.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Any
from urllib.parse import quote

from nextline_core import catalogue, rulebook
from nextline_core.errors import NextlineError
from nextline_core.match import COMPILED
from nextline_core.rulebook import Rulebook
from nextline_core.table import from_plain

from . import sealed, usual
from .search import Hit, Search
from .usual import Record

SCHEMA = "2"
LIMIT_BYTES = 200_000_000  # a store has a few megabytes
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
    "genes",
    "events",
)
_BEHIND = """
SELECT other.value FROM record AS asked, json_each(asked.behind) AS other
WHERE asked.id IN (SELECT value FROM json_each(?))
"""


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


class _Usual(dict[str, Record]):
    """By kind, what a record holds where its row says nothing."""

    def __init__(self, meta: Mapping[str, str]) -> None:
        super().__init__()
        self._meta = meta

    def __missing__(self, kind: str) -> Record:
        self[kind] = usual.read(self._meta[f"usual.{kind}"])
        return self[kind]


class Store:
    """Typed reads from an open store.

    Make one with :func:`open_store`.
    """

    def __init__(self, connection: sqlite3.Connection, proven: Proven, meta: Mapping[str, str]) -> None:
        self._connection = connection
        self._meta = meta
        self._usual = _Usual(meta)
        self.proven = proven

    def rulebook(self, compiled: bool = COMPILED) -> Rulebook:
        """The rule base, ready to be asked.

        Raises :class:`StoreError`: it is not complete.
        """
        try:
            return self._rulebook(compiled)
        except (sqlite3.Error, NextlineError, LookupError, ValueError, TypeError, AttributeError):
            raise _foreign(self.proven.path) from None

    def _rulebook(self, compiled: bool) -> Rulebook:
        blobs = dict(self._connection.execute("SELECT name, data FROM engine"))
        plain = {
            name: json.loads(blobs[name]) for name in ("options", "rules", "citations", "studies", "names", "table")
        }
        table = from_plain(
            {**plain["table"], **{name[6:]: data for name, data in blobs.items() if name.startswith("table.")}}
        )
        return rulebook.from_plain(plain, table, catalogue.build(**plain["names"]), compiled)

    def rules(self) -> Iterator[Record]:
        """All rules in their order, written out, each with its condition as ``when``."""
        rules, conditions = map(self._engine, ("rules", "conditions"))
        for rule, when in zip(rules, conditions, strict=True):
            yield {name: value for name, value in rule.items() if name != "form"} | {"when": when}

    def records(self, kind: str) -> list[Record]:
        """All records of a kind, in order of id."""
        return [record for _, record in self._read("kind = ? ORDER BY id", kind)]

    def record(self, identifier: str) -> tuple[str, Record] | None:
        """The record of this id with its kind, ``None`` where there is none."""
        return next(iter(self._read("id = ?", identifier)), None)

    def of_study(self, kind: str, study: str) -> list[Record]:
        """The results, adverse events or mentions of a study."""
        return [record for _, record in self._read("study = ? AND kind = ? ORDER BY id", study, kind)]

    def evidence(self, identifiers: Iterable[str]) -> dict[str, tuple[str, Record]]:
        """Everything that stands behind records, by id, each with its kind.

        The records, of a study its adverse events, the references and conflicts of all these, and the sources of
        everything.
        """
        found = self._read(f"place IN ({_BEHIND})", json.dumps([*identifiers]))
        return {record["id"]: (kind, record) for kind, record in found}

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """The records that ``words`` find, best first."""
        return Search(self._connection).find(words, limit)

    def counts(self) -> dict[str, int]:
        """Number of records by kind."""
        found: dict[str, int] = json.loads(self._meta["counts"])
        return found

    def readings(self) -> tuple[int, int, int]:
        """Clinical records: how many, how many of them read twice, how many signed by a clinician."""
        total, twice, signed = json.loads(self._meta["readings"])
        return total, twice, signed

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _read(self, condition: str, *values: str) -> list[tuple[str, Record]]:
        """Kind and members of the records that fit; decoded all at once, which costs less than one by one."""
        rows = self._connection.execute(f"SELECT kind, body FROM record WHERE {condition}", values).fetchall()
        bodies = json.loads(f"[{','.join([body for _, body in rows])}]")
        usually = self._usual
        return [(kind, usually[kind] | body) for (kind, _), body in zip(rows, bodies, strict=True)]

    def _engine(self, name: str) -> Any:
        return json.loads(self._connection.execute("SELECT data FROM engine WHERE name = ?", (name,)).fetchone()[0])


def open_store(path: Path) -> Store:
    """Proves and opens a store.

    Raises :class:`StoreError`: missing, damaged, or of another schema.
    """
    try:
        state = path.stat()
        if not S_ISREG(state.st_mode) or state.st_size > LIMIT_BYTES:  # a device or a pipe might never end
            raise _foreign(path)
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
    try:
        proven = Proven(path, digest, meta["version"], meta["date"], int(meta["stale_after_days"]), len(raw))
    except (KeyError, ValueError):
        raise _foreign(path) from None
    return Store(connection, proven, meta)


def _foreign(path: Path) -> StoreError:
    return StoreError(f"The file at {path} is not an evidence store. Build or install it again.")


def connect(path: Path) -> tuple[sqlite3.Connection, dict[str, str]]:
    """Opens a store whose digest was proven before, and gives its ``meta``.

    Raises :class:`StoreError`: of another schema.
    """
    try:
        connection = sqlite3.connect(
            f"file:{quote(bytes(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        meta = dict(connection.execute("SELECT name, value FROM meta"))
    except sqlite3.Error:
        raise _foreign(path) from None
    if meta.get("schema") != SCHEMA:
        raise StoreError(
            f"The evidence store at {path} has schema {meta.get('schema')}, this program reads schema {SCHEMA}. "
            "Install the store that belongs to this version."
        )
    return connection, meta
