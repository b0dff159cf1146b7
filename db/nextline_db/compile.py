"""Writes the evidence store: one SQLite file, byte for byte the same from the same curated files.

Every record kind is a table of its own with the contract's member names as columns (lists and objects as JSON).
Beside them lie what the engine reads in one go: the written-out rule base, the citations, the catalogue of names and
the packed arrays of the matcher.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlite_utils

from nextline_core.conditions import Atom, Literal
from nextline_core.forms import form_of
from nextline_core.table import pack

from . import readings, sealed, search, traits
from .editions import Edition
from .ladder import Ladder
from .load import KINDS, MODELS, Corpus, Kind
from .models.records import Criterion
from .rulebase import RuleBase

SCHEMA = 1
_NOT_EXPORTED = {"note"}
_CITABLE = ("results", "adverse_events", "mechanisms", "statements", "approvals", "safety")


def compile_store(
    corpus: Corpus,
    base: RuleBase,
    edition: Edition,
    medication_classes: Mapping[str, Any],
    read: readings.Both,
    path: Path,
) -> str:
    """Writes the store to ``path`` and returns its digest (64 hex digits)."""
    path.unlink(missing_ok=True)
    database = sqlite_utils.Database(path)
    database.conn.execute("PRAGMA page_size = 4096")
    database.conn.execute("PRAGMA journal_mode = OFF")
    database.conn.execute("PRAGMA secure_delete = ON")  # else free space keeps what chance left there
    _write_records(database, corpus, read)
    _write_ids(database, corpus)
    _write_rules(database, base)
    database.table("engine").insert_all(
        _engine_rows(corpus, base, medication_classes), pk="name", columns={"name": str, "data": bytes}
    )
    database.table("meta").insert_all(_meta(corpus, edition), pk="name", columns={"name": str, "value": str})
    search.write(
        database.conn, search.documents((kind, record.model_dump(mode="json")) for kind, record in corpus.records())
    )
    database.conn.commit()
    database.vacuum()
    database.close()
    return sealed.seal(path)


def _write_records(database: sqlite_utils.Database, corpus: Corpus, read: readings.Both) -> None:
    for kind in KINDS:
        rows = [record.model_dump(mode="json", exclude=_NOT_EXPORTED) for record in getattr(corpus, kind)]
        columns = _columns(kind)
        if kind in readings.CLINICAL:
            columns |= {"first_reading": str, "second_reading": str, "clinician_review": str}
            for row in rows:
                first, second = (days.get((kind, row["id"])) for days in read)
                row |= {"first_reading": first, "second_reading": second, "clinician_review": "none"}
        table = database.table(kind)
        table.create(columns, pk="id")
        table.insert_all({name: _flat(value) for name, value in row.items()} for row in rows)
        if "study" in columns:
            table.create_index(["study"])


def _write_ids(database: sqlite_utils.Database, corpus: Corpus) -> None:
    """Which kind an id belongs to, so that a record is found with two look-ups and not with one per kind."""
    database.conn.execute("CREATE TABLE ids (id TEXT PRIMARY KEY, kind TEXT) WITHOUT ROWID")
    database.conn.executemany("INSERT INTO ids VALUES (?, ?)", sorted((r.id, kind) for kind, r in corpus.records()))


def _columns(kind: Kind) -> dict[str, type]:
    """Column types of a record kind.

    A figure's column is declared without a numeric type, so that SQLite keeps 57 and 31.0 as they were written.
    """
    found: dict[str, type] = {}
    for name, field in MODELS[kind].model_fields.items():
        if name not in _NOT_EXPORTED:
            inner = {t for t in (typing.get_args(field.annotation) or (field.annotation,)) if t is not type(None)}
            found[name] = int if inner <= {int, bool} else bytes if inner <= {int, float} else str
    return found


def _flat(value: Any) -> Any:
    """Lists and objects as compact JSON; everything else as it is."""
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        if isinstance(value, list | dict | tuple)
        else value
    )


def _write_rules(database: sqlite_utils.Database, base: RuleBase) -> None:
    rows = [
        {
            "place": place,
            "id": rule.id,
            "kind": rule.kind,
            "options": _flat(list(rule.options)),
            "when": _flat(rule.when),
            "sentence": rule.sentence,
            "evidence": _flat([list(cited) for cited in rule.evidence]),
            "body": _flat(dict(rule.body)),
        }
        for place, rule in enumerate(base.rules)
    ]
    columns = dict.fromkeys(("id", "kind", "options", "when", "sentence", "evidence", "body"), str)
    database.table("rules").create({"place": int, **columns}, pk="place")
    database.table("rules").insert_all(rows)


def _engine_rows(corpus: Corpus, base: RuleBase, medication_classes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the engine reads in one go: everything of the rule base by place, and the packed arrays."""
    cited = {identifier for rule in base.rules if rule.kind != "trial" for identifier, _ in rule.evidence}
    records = [(kind, r) for kind, r in corpus.records() if kind in _CITABLE and r.id in cited]
    criteria = {r.id: [criterion_literal(c) for c in getattr(r, "criteria", [])] for _, r in records}
    table = pack([rule.tree for rule in base.rules], [literal for found in criteria.values() for literal in found])
    places = table.places()
    plain = {
        "options": _options(base, corpus),
        "rules": [
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
        ],
        "citations": [
            {
                "id": r.id,
                "kind": kind,
                "study": getattr(r, "study", None),
                "references": list(dict.fromkeys([*r.references, r.source])),
                "conflicts": r.conflicts,
                "criteria": [places[literal] for literal in criteria[r.id]],
                "drugs": [r.drug] if kind == "safety" else list(getattr(r, "drugs", [])),
            }
            for kind, r in records
        ],
        "studies": {
            study.id: [study.name, study.nct, study.status, study.status_date]
            for study in corpus.studies
            if any(rule.kind == "trial" and study.id in dict(rule.evidence) for rule in base.rules)
        },
        "names": _names(corpus, medication_classes),
    }
    packed = table.to_plain()
    plain["table"] = {name: value for name, value in packed.items() if not isinstance(value, bytes)}
    rows = [
        {"name": name, "data": json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()}
        for name, value in plain.items()
    ]
    return rows + [
        {"name": f"table.{name}", "data": value} for name, value in packed.items() if isinstance(value, bytes)
    ]


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


def _names(corpus: Corpus, medication_classes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "drugs": [
            d.model_dump(mode="json", include={"id", "name", "synonyms", "brands", "classes"}) for d in corpus.drugs
        ],
        "classes": [c.model_dump(mode="json") for c in corpus.drug_classes],
        "medication_classes": {name: entry["examples"] for name, entry in medication_classes.items()},
    }


def criterion_literal(criterion: Criterion) -> Literal:
    """A criterion of a study population as a literal; ``lacks`` is the negation of ``has``."""
    wanted = tuple(criterion.value) if isinstance(criterion.value, list) else criterion.value
    lacks = criterion.op == "lacks"
    return Literal(Atom(criterion.fact, "has" if lacks else criterion.op, wanted), not lacks)


def _meta(corpus: Corpus, edition: Edition) -> list[dict[str, str]]:
    counts: dict[str, int] = {}
    for kind, _ in corpus.records():
        counts[kind] = counts.get(kind, 0) + 1
    values = {
        "schema": str(SCHEMA),
        "version": edition.version,
        "date": edition.date,
        "stale_after_days": str(edition.stale_after_days),
        "digest": sealed.PLACEHOLDER,
        "counts": json.dumps(counts, separators=(",", ":")),
    }
    return [{"name": name, "value": value} for name, value in values.items()]
