"""Writes the evidence store: one SQLite file, byte for byte the same from the same curated files.

Every record is a row of one table, with its members as a JSON object. Beside it lies what the engine reads in one go:
the written-out rule base, the citations, the catalogue of names and the packed arrays of the matcher.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlite_utils

from nextline_core.conditions import Literal
from nextline_core.forms import form_of
from nextline_core.table import pack

from . import readings, sealed, search, traits, usual
from .behind import Behind
from .editions import Edition
from .gather import Gathered
from .ladder import Ladder
from .literals import of_criterion
from .load import CITABLE, CLINICAL, KINDS, MODELS, Corpus, Kind
from .rulebase import RuleBase
from .store import SCHEMA

Plain = Mapping[str, Mapping[str, Any]]
"""Every record by id, as plain members"""
_NOT_EXPORTED = {"note"}
_NAMES = {"id", "name", "synonyms", "brands", "classes"}


def compile_store(found: Gathered, edition: Edition, path: Path) -> str:
    """Writes the store to ``path`` and returns its digest (64 hex digits)."""
    corpus, base, read = found.corpus, found.base, found.read
    path.unlink(missing_ok=True)
    database = sqlite_utils.Database(path)
    database.conn.execute("PRAGMA page_size = 4096")
    database.conn.execute("PRAGMA journal_mode = OFF")
    database.conn.execute("PRAGMA secure_delete = ON")  # else free space keeps what chance left there
    plain = {record.id: _plain(kind, record, read) for kind, record in corpus.records()}
    usually = {
        kind: usual.usual(_members(kind), (plain[record.id] for record in getattr(corpus, kind))) for kind in KINDS
    }
    _write_records(database, corpus, plain, usually)
    database.table("engine").insert_all(
        _engine_rows(corpus, base, _names(found)),
        pk="name",
        columns={"name": str, "data": bytes},
    )
    meta = _meta(corpus, edition, plain) | {f"usual.{kind}": usual.write(record) for kind, record in usually.items()}
    database.table("meta").insert_all(
        ({"name": name, "value": value} for name, value in meta.items()),
        pk="name",
        columns={"name": str, "value": str},
    )
    search.write(
        database.conn, search.documents((kind, record.model_dump(mode="json")) for kind, record in corpus.records())
    )
    database.conn.commit()
    database.vacuum()
    database.close()
    return sealed.seal(path)


def _write_records(
    database: sqlite_utils.Database, corpus: Corpus, plain: Plain, usually: Mapping[Kind, usual.Record]
) -> None:
    """One row a record: what is looked for as columns, everything else as one JSON object without what is usual.

    A device reads whole records, and tables with fifty columns cost it more to open and to read than such objects.
    """
    places = {identifier: place for place, identifier in enumerate(plain, 1)}
    around = Behind(plain, (event.id for event in corpus.adverse_events))
    rows = [
        {
            "place": places[record.id],
            "id": record.id,
            "kind": kind,
            "study": plain[record.id].get("study"),
            "behind": _json([places[other] for other in around.of(record.id)]),
            "body": usual.otherwise(plain[record.id], usually[kind]),
        }
        for kind, record in corpus.records()
    ]
    table = database.table("record")
    table.create({"place": int, **dict.fromkeys(("id", "kind", "study", "behind", "body"), str)}, pk="place")
    table.insert_all(rows)
    table.create_index(["id"], unique=True)
    table.create_index(["study"])


def _plain(kind: Kind, record: Any, read: readings.Both) -> dict[str, Any]:
    """Every member that the store holds of a record."""
    row: dict[str, Any] = record.model_dump(mode="json", exclude=_NOT_EXPORTED)
    if kind in CLINICAL:
        first, second = (days.get((kind, record.id)) for days in read)
        row |= {"first_reading": first, "second_reading": second, "clinician_review": "none"}
    return row


def _members(kind: Kind) -> list[str]:
    """The members of a kind that the store holds, in order."""
    names = [name for name in MODELS[kind].model_fields if name not in _NOT_EXPORTED]
    return [*names, *(("first_reading", "second_reading", "clinician_review") if kind in CLINICAL else ())]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _engine_rows(corpus: Corpus, base: RuleBase, names: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the engine reads in one go: everything of the rule base by place, and the packed arrays."""
    cited = {identifier for rule in base.rules if rule.kind != "trial" for identifier, _ in rule.evidence}
    records = [(kind, r) for kind, r in corpus.records() if kind in CITABLE and r.id in cited]
    criteria = {r.id: [of_criterion(c) for c in getattr(r, "criteria", [])] for _, r in records}
    table = pack([rule.tree for rule in base.rules], [literal for found in criteria.values() for literal in found])
    places = table.places()
    plain = {
        "options": _options(base, corpus),
        "rules": _rules(base, places),
        "citations": [_citation(kind, r, [places[literal] for literal in criteria[r.id]]) for kind, r in records],
        "studies": _studies(base, corpus),
        "names": names,
        "conditions": [rule.when for rule in base.rules],
    }
    packed = table.to_plain()
    plain["table"] = {name: value for name, value in packed.items() if not isinstance(value, bytes)}
    rows = [{"name": name, "data": _json(value).encode()} for name, value in plain.items()]
    return rows + [
        {"name": f"table.{name}", "data": value} for name, value in packed.items() if isinstance(value, bytes)
    ]


def _rules(base: RuleBase, places: Mapping[Literal, int]) -> list[dict[str, Any]]:
    return [
        {
            "id": rule.id,
            "kind": rule.kind,
            "options": rule.options,
            "form": form_of(rule.tree, places),
            "sentence": rule.sentence,
            "evidence": rule.evidence,
            "body": rule.body,
        }
        for rule in base.rules
    ]


def _citation(kind: Kind, record: Any, criteria: list[int]) -> dict[str, Any]:
    """What an answer repeats of a cited record; ``criteria`` are the places of what its population met."""
    return {
        "id": record.id,
        "kind": kind,
        "study": getattr(record, "study", None),
        "references": list(dict.fromkeys([*record.references, record.source])),
        "conflicts": record.conflicts,
        "criteria": criteria,
        "drugs": [record.drug] if kind == "safety" else list(getattr(record, "drugs", [])),
    }


def _studies(base: RuleBase, corpus: Corpus) -> dict[str, list[str | None]]:
    """Name, number, status and its day of the studies that rules name as perhaps running."""
    named = {identifier for rule in base.rules if rule.kind == "trial" for identifier, _ in rule.evidence}
    return {s.id: [s.name, s.nct, s.status, s.status_date] for s in corpus.studies if s.id in named}


def _options(base: RuleBase, corpus: Corpus) -> list[dict[str, Any]]:
    ladder = Ladder(corpus)
    return [
        {
            "id": o.id,
            "regimen": o.regimen,
            "drugs": o.drugs,
            "classes": sorted(ladder.of(o.drugs)),
            "supportive": o.supportive,
            "given": o.given,
            "traits": sorted(traits.of(o, corpus, ladder)),
        }
        for o in base.options.values()
    ]


def _names(found: Gathered) -> dict[str, Any]:
    classes = found.medicines.medication_classes if found.medicines else {}
    return {
        "drugs": [d.model_dump(mode="json", include=_NAMES) for d in found.corpus.drugs],
        "classes": [c.model_dump(mode="json") for c in found.corpus.drug_classes],
        "medication_classes": {name: entry.examples for name, entry in classes.items()},
        "regimens": found.regimens,
    }


def _meta(corpus: Corpus, edition: Edition, plain: Plain) -> dict[str, str]:
    counts: dict[str, int] = {}
    for kind, _ in corpus.records():
        counts[kind] = counts.get(kind, 0) + 1
    return {
        "schema": SCHEMA,
        "version": edition.version,
        "date": edition.date,
        "stale_after_days": str(edition.stale_after_days),
        "digest": sealed.PLACEHOLDER,
        "counts": _json(counts),
        "readings": _json(_readings(plain)),
    }


def _readings(plain: Plain) -> list[int]:
    """Clinical records: how many, how many of them read twice, how many signed by a clinician."""
    clinical = [row for row in plain.values() if "clinician_review" in row]
    twice = [row for row in clinical if row["first_reading"] and row["second_reading"]]
    return [len(clinical), len(twice), sum(row["clinician_review"] != "none" for row in clinical)]
