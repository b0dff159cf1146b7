"""Search over drugs, brands, trials, genes, adverse events, statements and safety facts, in SQLite's own full-text
index.

Two indexes are written with the store: the documents, folded to one spelling and ranked by bm25, and the words that
occur, cut into trigrams, from which a mistyped word is mended. A search reads both and needs no other library.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .words import distance, simplified

_WEIGHTS = "8.0, 1.0"  # a word in the title counts eight times one in the body
_MENDED_FROM = 4  # shorter words are not mended: too many others are near
_CANDIDATES = 40
_LEADS = {
    "drugs": 4.0,
    "studies": 2.0,
    "conflicts": -1.0,
}  # a drug or study of that name stands before what is said of it

_BEST = f"""
SELECT rowid AS place,
  bm25(found, {_WEIGHTS}) - (SELECT lead FROM leads WHERE last >= found.rowid ORDER BY last LIMIT 1) AS score
FROM found WHERE found MATCH ? ORDER BY score, rowid LIMIT ?
"""


@dataclass(frozen=True)
class Hit:
    """One found record; ``mended`` says which words were read as others."""

    kind: str
    id: str
    title: str
    mended: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Document:
    """What is found by: ``title`` is shown, ``names`` and ``body`` are searched."""

    kind: str
    id: str
    title: str
    names: str
    body: str


def write(connection: sqlite3.Connection, documents: Iterable[Document]) -> None:
    """Writes both indexes.

    Runs when the store is built.
    """
    connection.execute("CREATE TABLE documents (place INTEGER PRIMARY KEY, kind TEXT, id TEXT, title TEXT)")
    connection.execute("CREATE TABLE leads (last INTEGER PRIMARY KEY, lead REAL)")
    connection.execute(
        "CREATE VIRTUAL TABLE found USING fts5 "
        "(names, body, content='', tokenize=\"unicode61 tokenchars './+'\", prefix='2 3')"
    )
    last: dict[float, int] = {}  # documents of one lead stand together: a match needs no look at its document for it
    for place, document in enumerate(sorted(documents, key=_lead), 1):
        last[_lead(document)] = place
        connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?)", (place, document.kind, document.id, document.title)
        )
        connection.execute(
            "INSERT INTO found (rowid, names, body) VALUES (?, ?, ?)",
            (place, simplified(document.names), simplified(document.body)),
        )
    connection.executemany("INSERT INTO leads VALUES (?, ?)", ((place, lead) for lead, place in last.items()))
    connection.execute("CREATE VIRTUAL TABLE seen USING fts5vocab ('found', 'row')")
    words = [
        row[0]
        for row in connection.execute("SELECT term FROM seen ORDER BY term")
        if len(row[0]) >= _MENDED_FROM and row[0][0].isalpha()
    ]
    connection.execute("DROP TABLE seen")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (word, tokenize='trigram', detail='none')")
    connection.executemany("INSERT INTO words (word) VALUES (?)", ((word,) for word in words))
    for index in ("found", "words"):
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def _lead(document: Document) -> float:
    return _LEADS.get(document.kind, 0.0)


def documents(records: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[Document]:
    """The documents of records, given as (kind, row).

    A record that speaks of a drug is found by its brands too.
    """
    rows = list(records)
    called = {
        row["id"]: " ".join([row["name"], *row["synonyms"], *row["brands"]]) for kind, row in rows if kind == "drugs"
    }
    by_name = {row["name"].casefold(): called[row["id"]] for kind, row in rows if kind == "drugs"}
    for kind, row in rows:
        if kind == "drugs":
            classes = " ".join([*row["classes"], row["target"] or "", row["payload"] or ""]).replace("_", " ")
            codes = " ".join(row["codes"].values())
            yield Document(kind, row["id"], row["name"], called[row["id"]], f"{classes} {codes}")
        elif kind == "studies":
            names = [row["name"], *row["aliases"], row["nct"] or ""]
            joined = [name.replace("-", "").replace(" ", "") for name in names]
            yield Document(
                kind, row["id"], row["name"], " ".join(dict.fromkeys([*names, *joined])), row["population"] or ""
            )
        elif kind == "genes":
            yield Document(kind, row["id"], row["id"], " ".join([row["id"], *row["symbols"]]), " ".join(row["hgnc"]))
        elif kind == "events":
            graded = " ".join(f"{term['term']} {term['meddra']}" for term in row["ctcae"])
            yield Document(kind, row["id"], row["id"], row["id"], graded)
        elif kind in _SHAPES:
            title, names_, body = (" ".join(_text(row.get(m)) for m in members) for members in _SHAPES[kind])
            drugs = row.get("drugs") or ([row["drug"]] if row.get("drug") else [])
            spoken_of = [called.get(drug, "") for drug in drugs]
            spoken_of += [names for name, names in by_name.items() if name in f"{names_} {body}".casefold()]
            yield Document(kind, row["id"], title.strip(), f"{names_} {' '.join(dict.fromkeys(spoken_of))}", body)


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("_", " ")


# kind -> members of the title, of the names, of the body
_SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "results": (
        ("study", "endpoint", "subgroup"),
        ("study", "arm"),
        ("endpoint", "population", "subgroup", "comparator"),
    ),
    "adverse_events": (("event", "regimen"), ("event", "regimen"), ("study",)),
    "mechanisms": (("gene_or_pathway", "alteration"), ("gene_or_pathway",), ("alteration", "resistance_to", "subtype")),
    "statements": (("text",), ("subject",), ("text", "condition", "topic")),
    "safety": (("drug", "text"), ("drug",), ("text", "kind")),
    "approvals": (("agency", "indication"), (), ("indication", "agency", "companion_test")),
    "conflicts": (("title",), (), ("title", "explanation")),
}


class Search:
    """Finds records in an open store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, words: str, limit: int = 20) -> list[Hit]:
        """The best hits for ``words``: all of them, each as the beginning of a word.

        Where nothing fits, mistyped words are mended and the search is made again.
        """
        asked = simplified(words).split()
        if not asked:
            return []
        hits = self._query([[word] for word in asked], (), limit)
        if hits:
            return hits
        mended = [(word, self._near(word)) for word in asked]
        changes = tuple((word, near[0]) for word, near in mended if near and near[0] != word)
        return self._query([near or [word] for word, near in mended], changes, limit) if changes else []

    def _query(self, words: list[list[str]], mended: tuple[tuple[str, str], ...], limit: int) -> list[Hit]:
        match = " AND ".join("(" + " OR ".join(f'"{word}"*' for word in choice) + ")" for choice in words)
        rows = self._connection.execute(
            f"SELECT kind, id, title FROM ({_BEST}) JOIN documents USING (place) ORDER BY score, place", (match, limit)
        )
        return [Hit(kind, identifier, title, mended) for kind, identifier, title in rows]

    def _near(self, word: str) -> list[str]:
        """Words of the store that this one may have been meant for, nearest first; the word itself where it
        occurs."""
        if len(word) < _MENDED_FROM:
            return [word]
        allowed = 1 if len(word) < 7 else 2
        grams = " OR ".join(f'"{word[k : k + 3]}"' for k in range(len(word) - 2))
        rows = self._connection.execute(
            "SELECT word FROM words WHERE words MATCH ? ORDER BY bm25(words) LIMIT ?", (grams, _CANDIDATES)
        )
        near = sorted((distance(word, other[: len(word) + allowed], allowed), other) for (other,) in rows)
        return [other for far, other in near if far <= allowed][:3]
