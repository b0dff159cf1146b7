"""The ledger of readings: which record was read when, by a first and by a second, independent pass.

A row holds the digest of the record as it stood when the reading was entered. Whoever changes the record afterwards
voids the reading: it has to be read again. A row cannot show that the two passes were independent, nor what they found
before they agreed; and a reading is a pass over the source text, not a person's signature: ``clinician_review`` is a
matter of its own and stays ``none`` until a clinician signs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .load import CLINICAL, Corpus, load
from .models.base import real_day
from .problems import CurationError, Problem
from .validated import Faults

PASSES = ("first", "second")
_NOT_READ = {"note", "added", "conflicts", "record_status", "superseded_by"}
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_DIGEST = re.compile(r"[0-9a-f]{12}")

Days = dict[tuple[str, str], str]
Both = tuple[Days, Days]
"""The first and the second readings that still hold: (kind, record id) -> day."""


@dataclass(frozen=True)
class Entry:
    """One row of a ledger; ``line`` is where it stands in the file, 0 for one that is not written yet."""

    day: str
    digest: str
    line: int = field(default=0, compare=False)


Ledger = dict[tuple[str, str], Entry]
"""(kind, record id) -> entry"""


def digest(record: Any) -> str:
    """12 hex digits over everything of a record that a reader compares with the source."""
    text = json.dumps(record.model_dump(mode="json", exclude=_NOT_READ), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def load_ledger(db: Path, which: str) -> Ledger:
    """The ledger of a pass, empty where there is none yet.

    Raises :class:`CurationError` with every row that is none.
    """
    path = db / "readings" / f"{which}.tsv"
    ledger: Ledger = {}
    problems = []
    for number, line in enumerate(_lines(path), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        fault = _row_fault(cells, ledger)
        if fault:
            problems.append(Problem(_name(which), number, cells[1] if len(cells) > 1 else "", *fault))
        else:
            kind, identifier, day, found = cells
            ledger[kind, identifier] = Entry(day, found, number)
    if problems:
        raise CurationError(problems)
    return ledger


def _name(which: str) -> str:
    return f"readings/{which}.tsv"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    except (OSError, UnicodeDecodeError):
        problem = Problem(_name(path.stem), 0, "", "cannot be read as UTF-8", "enter the readings again")
        raise CurationError([problem]) from None


def _row_fault(cells: list[str], ledger: Ledger) -> tuple[str, str] | None:
    if len(cells) != 4:
        return f"a row has {len(cells)} columns, not kind, record, day and digest", "enter the reading again"
    kind, identifier, day, found = cells
    if kind not in CLINICAL:
        return f"'{kind}' is none of {', '.join(CLINICAL)}", "enter the reading again"
    if (kind, identifier) in ledger:
        return f"the record stands in line {ledger[kind, identifier].line} already", "keep the newer row"
    if not _is_day(day):
        return f"'{day}' is no day; write it as 2026-11-25", "correct the day"
    return None if _DIGEST.fullmatch(found) else (f"'{found}' is no digest of 12 hex digits", "enter the reading again")


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(real_day(text)) is not None
    except ValueError:
        return False


def save_ledger(db: Path, which: str, ledger: Ledger) -> None:
    """Writes the ledger, one record a row, in order of kind and id."""
    rows = ["\t".join((*key, ledger[key].day, ledger[key].digest)) for key in sorted(ledger)]
    head = f"# The {which} reading: kind, record, day, digest of the record as it stood when the reading was entered."
    (db / "readings").mkdir(exist_ok=True)
    (db / "readings" / f"{which}.tsv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def valid(corpus: Corpus, ledger: Ledger) -> Days:
    """The readings that still hold: (kind, record id) -> day, for records unchanged since."""
    return {
        (kind, record.id): entry.day
        for kind, record in corpus.records()
        if (entry := ledger.get((kind, record.id))) and entry.digest == digest(record)
    }


def both(corpus: Corpus, db: Path, faults: Faults) -> Both:
    """The first and second readings that still hold; what is wrong with a ledger is added to ``faults``."""
    first, second = (_held(corpus, db, which, faults) for which in PASSES)
    return first, second


def _held(corpus: Corpus, db: Path, which: str, faults: Faults) -> Days:
    try:
        ledger = load_ledger(db, which)
    except CurationError as error:
        faults.problems.extend(error.problems)
        return {(kind, record.id): "" for kind, record in corpus.records()}  # so that the rows alone are told
    for (kind, identifier), entry in ledger.items():
        if (kind, identifier) not in corpus.places and identifier not in corpus.unread:
            text = f"the record was read, and is no longer among the {kind}"
            remedy = "put it back, withdrawn where it is wrong; take the row out only if it was never published"
            faults.problems.append(Problem(_name(which), entry.line, identifier, text, remedy))
    return valid(corpus, ledger)


def check(corpus: Corpus, read: Both) -> list[Problem]:
    """Clinical records that were not read twice as they stand now: the build refuses them."""
    problems = []
    for kind, record in corpus.records():
        lacking = [which for which, days in zip(PASSES, read, strict=True) if (kind, record.id) not in days]
        if kind in CLINICAL and lacking:
            text = f"lacks its {' and '.join(lacking)} reading, or was changed since"
            problems.append(corpus.problem(kind, record.id, text, "read it against the source, then enter the reading"))
    return problems


def enter(db: Path, which: str, day: str, files: Collection[str] = (), records: Collection[str] = ()) -> int:
    """Enters clinical records as read: every one of the named files (relative to ``db/evidence``), and those of the
    named ids; returns how many.

    Raises ValueError where a file or an id holds no clinical record, or the day is none.
    """
    if not _is_day(day):
        raise ValueError(f"'{day}' is no day; write it as 2026-11-25")
    corpus, ledger = load(db), load_ledger(db, which)
    wanted = {f"evidence/{name}" for name in files}
    clinical = [(kind, record) for kind, record in corpus.records() if kind in CLINICAL]
    here = {corpus.places[kind, record.id].file for kind, record in clinical} | {record.id for _, record in clinical}
    if strange := sorted({*wanted, *records} - here):
        raise ValueError(f"no clinical records in {', '.join(strange)}")
    if not wanted and not records:
        raise ValueError("name the records that were read, or a file")
    read = {
        (kind, record.id): Entry(day, digest(record))
        for kind, record in clinical
        if corpus.places[kind, record.id].file in wanted or record.id in records
    }
    existing = {key: entry for key, entry in ledger.items() if key in corpus.places}
    save_ledger(db, which, existing | read)
    return len(read)


def main(arguments: list[str] | None = None) -> int:
    """``enter`` readings, or show the ``state`` of both ledgers."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "enter":
            print(f"{enter(options.db, options.which, options.date, options.file, options.record)} records entered")
            return 0
        corpus = load(options.db)
        total = sum(kind in CLINICAL for kind, _ in corpus.records())
        for which in PASSES:
            print(f"{which}: {len(valid(corpus, load_ledger(options.db, which)))} of {total}")
    except (ValueError, CurationError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nextline_db.readings", description=__doc__)
    parser.add_argument("--db", type=Path, default=Path("db"))
    commands = parser.add_subparsers(dest="command", required=True)
    entering = commands.add_parser("enter", help="enter records as read, by id or every one of a file")
    entering.add_argument("--pass", dest="which", choices=PASSES, required=True)
    entering.add_argument("--date", required=True, help="the day of the reading, as 2026-11-25")
    entering.add_argument("--record", action="extend", nargs="+", default=[], help="ids of the records that were read")
    entering.add_argument("--file", action="append", default=[], help="relative to db/evidence; repeatable")
    commands.add_parser("state", help="how many clinical records have valid readings")
    return parser


if __name__ == "__main__":
    sys.exit(main())
