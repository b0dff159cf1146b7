"""The ledger of readings: which record was read when, by a first and by a second, independent pass.

A row holds the digest of the record as it was read. Whoever changes the record afterwards voids the reading: it has
to be read again. A reading is a pass over the source text, not a person's signature; ``clinician_review`` is a
matter of its own and stays ``none`` until a clinician signs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .load import Corpus, load
from .problems import Problem

PASSES = ("first", "second")
CLINICAL = ("mentions", "results", "adverse_events", "mechanisms", "statements", "approvals", "safety")
_NOT_READ = {"note", "added", "conflicts", "record_status", "superseded_by"}

Ledger = dict[tuple[str, str], tuple[str, str]]
"""(kind, record id) -> (date, digest)"""

Days = dict[tuple[str, str], str]
Both = tuple[Days, Days]
"""The first and the second readings that still hold: (kind, record id) -> day."""


def digest(record: Any) -> str:
    """12 hex digits over everything of a record that a reader compares with the source."""
    text = json.dumps(record.model_dump(mode="json", exclude=_NOT_READ), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def load_ledger(db: Path, which: str) -> Ledger:
    """The ledger of a pass, empty where there is none yet."""
    path = db / "readings" / f"{which}.tsv"
    if not path.exists():
        return {}
    rows = (
        line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    )
    return {(kind, identifier): (date, found) for kind, identifier, date, found in rows}


def save_ledger(db: Path, which: str, ledger: Ledger) -> None:
    """Writes the ledger, one record a row, in order of kind and id."""
    rows = [f"{kind}\t{identifier}\t{date}\t{found}" for (kind, identifier), (date, found) in sorted(ledger.items())]
    head = f"# The {which} reading: kind, record, day, digest of the record as it was read."
    (db / "readings").mkdir(exist_ok=True)
    (db / "readings" / f"{which}.tsv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def valid(corpus: Corpus, ledger: Ledger) -> Days:
    """The readings that still hold: (kind, record id) -> date, for records unchanged since."""
    return {
        (kind, record.id): entry[0]
        for kind, record in corpus.records()
        if (entry := ledger.get((kind, record.id))) and entry[1] == digest(record)
    }


def both(corpus: Corpus, db: Path) -> Both:
    """The first and second readings that still hold."""
    return valid(corpus, load_ledger(db, "first")), valid(corpus, load_ledger(db, "second"))


def check(corpus: Corpus, read: Both) -> list[Problem]:
    """Clinical records that were not read twice as they stand now: the build refuses them."""
    problems = []
    for kind, record in corpus.records():
        lacking = [which for which, days in zip(PASSES, read, strict=True) if (kind, record.id) not in days]
        if kind in CLINICAL and lacking:
            text = f"lacks its {' and '.join(lacking)} reading, or was changed since"
            problems.append(corpus.problem(kind, record.id, text, "read it against the source, then enter the reading"))
    return problems


def enter(db: Path, which: str, date: str, files: Iterable[str]) -> int:
    """Enters every clinical record of the named files (relative to ``db/evidence``) as read; returns how many."""
    corpus, ledger = load(db), load_ledger(db, which)
    wanted = {f"evidence/{name}" for name in files}
    known = {place.file for place in corpus.places.values()}
    if wanted - known:
        raise ValueError(f"no records in {', '.join(sorted(wanted - known))}")
    read = {
        (kind, record.id): (date, digest(record))
        for kind, record in corpus.records()
        if kind in CLINICAL and corpus.places[kind, record.id].file in wanted
    }
    existing = {key: entry for key, entry in ledger.items() if key in corpus.places}
    save_ledger(db, which, existing | read)
    return len(read)


def main(arguments: list[str] | None = None) -> int:
    """``enter`` readings, or show the ``state`` of both ledgers."""
    parser = argparse.ArgumentParser(prog="python -m nextline_db.readings", description=__doc__)
    parser.add_argument("--db", type=Path, default=Path("db"))
    commands = parser.add_subparsers(dest="command", required=True)
    entering = commands.add_parser("enter", help="enter every clinical record of the files as read")
    entering.add_argument("--pass", dest="which", choices=PASSES, required=True)
    entering.add_argument("--date", required=True)
    entering.add_argument("--file", action="append", required=True, help="relative to db/evidence; repeatable")
    commands.add_parser("state", help="how many clinical records have valid readings")
    options = parser.parse_args(arguments)
    if options.command == "enter":
        try:
            print(f"{enter(options.db, options.which, options.date, options.file)} records entered")
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        return 0
    corpus = load(options.db)
    total = sum(kind in CLINICAL for kind, _ in corpus.records())
    for which in PASSES:
        print(f"{which}: {len(valid(corpus, load_ledger(options.db, which)))} of {total}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
