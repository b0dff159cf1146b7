"""``python -m nextline_db.importer TABLE --out FILE.yaml``: drafts from a curator's CSV or a CIViC TSV.

What comes out is a draft and nothing more. A CIViC row becomes a statement in CIViC's words, marked as unverified,
to be told again in our own; a curator's row, whose columns are members of a result, becomes that result. No draft
has been read twice, and the build refuses records that were not, so that nothing imported reaches an answer unread.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import ValidationError

from .models.records import Reference, Result, Source, Statement

_CIVIC = {"gene", "variant", "evidence_statement", "evidence_id", "evidence_status"}
_TOPICS = {"Predictive": "resistance", "Prognostic": "survival", "Predisposing": "biology", "Diagnostic": "testing"}
_LEVELS = {"A": "strong", "B": "moderate"}
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
_LISTS = frozenset(
    (
        "ci",
        "comparator_ci",
        "hr_ci",
        "odds_ratio_ci",
        "value_range",
        "comparator_range",
        "hr_range",
        "lines",
        "also_lines",
        "references",
        "conflicts",
    )
)
_TEXTS = frozenset(("p", "id", "study", "endpoint", "source", "timepoint", "as_printed", "line", "added"))


@dataclass
class Draft:
    """What a table yields: records by kind, rows left out because nobody asked for them, and rows that do not
    fit."""

    records: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    skipped: int = 0
    faults: list[str] = field(default_factory=list)


def read(path: Path) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    """The header and the rows, with line numbers, of a CSV or TSV file, gzipped or not."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig", errors="replace")
    tabs = "\t" in text.split("\n", 1)[0]
    quoting: Literal[0, 3] = csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ",", quoting=quoting)
    rows = ((reader.line_num, {k: v for k, v in row.items() if isinstance(k, str)}) for row in reader)
    return list(reader.fieldnames or []), rows


def civic(rows: Iterator[tuple[int, dict[str, str]]], disease: str) -> Draft:
    """Drafts from CIViC evidence rows whose disease holds ``disease`` (case does not matter)."""
    draft = Draft({"sources": [], "references": [], "statements": []})
    seen: set[str] = set()
    for line, row in rows:
        if disease.casefold() not in (row.get("disease") or "").casefold():
            draft.skipped += 1
            continue
        try:
            source, reference, statement = _civic_row(row)
        except (ValidationError, KeyError, ValueError) as error:
            draft.faults.append(f"line {line}: {_short(error)}")
            continue
        if source["id"] not in seen:
            seen.add(source["id"])
            draft.records["sources"].append(source)
            draft.records["references"].append(reference)
        draft.records["statements"].append(statement)
    return draft


def _civic_row(row: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    number = row.get("citation_id") or row.get("pubmed_id") or row["evidence_id"]
    asco = row.get("source_type", "PubMed") == "ASCO"
    work = f"civic.{'asco' if asco else 'pmid'}.{number}"
    subject = " ".join(part for part in (row["gene"], row["variant"]) if part)
    source = {
        "id": work,
        "title": row["citation"] or f"CIViC source {number}",
        "kind": "abstract",
        "date": None,
        "url": row.get("evidence_civic_url") or None,
    }
    reference = {"id": f"{work}.ref", "citation": row["citation"] or number, "pmid": None if asco else number}
    says = f"{row['evidence_type']}, {row['evidence_direction']}, {row['clinical_significance']}"
    statement = {
        "id": f"civic.{row['evidence_id']}",
        "topic": _TOPICS.get(row["evidence_type"], "biology"),
        "text": row["evidence_statement"],
        "subject": subject,
        "condition": "; ".join(part for part in (row["disease"], row["drugs"]) if part) or None,
        "strength": _LEVELS.get(row["evidence_level"], "cautious"),
        "audience": "professional",
        "verification": "unverified",
        "source": work,
        "references": [f"{work}.ref"],
        "note": f"draft from CIViC item {row['evidence_id']}: {says}, level {row['evidence_level']}; retell it",
    }
    Source.model_validate(source)
    Reference.model_validate(reference)
    Statement.model_validate(statement)
    return source, reference, statement


def curated(rows: Iterator[tuple[int, dict[str, str]]]) -> Draft:
    """Drafts of results from a curator's table whose columns are members of a result; lists are written
    ``0.39;0.77``."""
    draft = Draft({"results": []})
    for line, row in rows:
        record = {name: _cell(name, text) for name, text in row.items() if text and text.strip()}
        if not record:
            draft.skipped += 1
            continue
        record.setdefault("verification", "unverified")
        try:
            Result.model_validate(record)
        except ValidationError as error:
            draft.faults.append(f"line {line}: {_short(error)}")
        else:
            draft.records["results"].append(record)
    return draft


def _cell(name: str, text: str) -> Any:
    text = text.strip()
    if name in _LISTS:
        return [_value(part.strip()) for part in text.split(";")]
    return text if name in _TEXTS else _value(text)


def _value(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    return text if not _NUMBER.match(text) else float(text) if "." in text else int(text)


def _short(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
    return str(error)


def main(arguments: list[str] | None = None) -> int:
    """Writes the draft; every row that does not fit is named.

    Exit status 1 where some do not, 2 where the table is not usable.
    """
    parser = argparse.ArgumentParser(prog="python -m nextline_db.importer", description=__doc__)
    parser.add_argument("table", type=Path)
    parser.add_argument(
        "--out", type=Path, required=True, help="the YAML file to write; keep it out of db/evidence until it is read"
    )
    parser.add_argument(
        "--disease",
        default="breast",
        help="of CIViC rows, take those whose disease holds this (default: breast; '' takes all)",
    )
    options = parser.parse_args(arguments)
    try:
        header, rows = read(options.table)
    except OSError as error:
        print(f"{options.table} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    if set(header) >= _CIVIC:
        draft = civic(rows, options.disease)
    elif {"id", "study", "endpoint", "source"} <= set(header):
        draft = curated(rows)
    else:
        print(
            f"{options.table} is neither a CIViC table nor one with the columns id, study, endpoint and source",
            file=sys.stderr,
        )
        return 2
    options.out.write_text(
        "# Draft: nothing here was read. "
        + options.table.name
        + "\n"
        + yaml.safe_dump(draft.records, sort_keys=False, allow_unicode=True, width=120),
        encoding="utf-8",
    )
    for fault in draft.faults:
        print(fault, file=sys.stderr)
    counts = ", ".join(f"{len(found)} {kind}" for kind, found in draft.records.items())
    print(f"{options.out}: {counts}; {draft.skipped} rows left out, {len(draft.faults)} rows that do not fit")
    return 1 if draft.faults else 0


if __name__ == "__main__":
    sys.exit(main())
