"""``python -m nextline_db.diff OLD NEW``: what changed between two stores, and whose answer changes with it.

The list is computed from the records, never typed: added, withdrawn, superseded, removed (which should not happen)
and changed with the members that differ; the same for options and rules. Example profiles are answered from both
stores and compared.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nextline_core.answer import Edition, answer

from .store import RECORDS, Store, StoreError, open_store

_BOOKKEEPING = frozenset(("added", "first_reading", "second_reading", "clinician_review"))


@dataclass
class Changes:
    """Ids by sort of change; ``changed`` maps an id to the members that differ."""

    added: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.withdrawn or self.superseded or self.removed or self.changed)


@dataclass(frozen=True)
class AnswerChange:
    """How the answer to one profile differs: first option, options that came and went, bands that moved."""

    profile: str
    first: tuple[str | None, str | None]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    moved: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.first[0] != self.first[1] or bool(self.gained or self.lost or self.moved)


def compare(old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]) -> Changes:
    """Compares two lists of rows by their ``id``."""
    before, after = ({row["id"]: row for row in rows} for rows in (old, new))
    changes = Changes(added=sorted(set(after) - set(before)), removed=sorted(set(before) - set(after)))
    for identifier in sorted(set(before) & set(after)):
        was, now = before[identifier], after[identifier]
        members = [m for m in sorted(set(was) | set(now)) if m not in _BOOKKEEPING and was.get(m) != now.get(m)]
        if not members:
            continue
        status = now.get("record_status")
        if "record_status" in members and status in ("withdrawn", "superseded"):
            (changes.withdrawn if status == "withdrawn" else changes.superseded).append(identifier)
        else:
            changes.changed[identifier] = members
    return changes


def stores(old: Store, new: Store) -> dict[str, Changes]:
    """Changes by kind of record, and of rules."""
    found = {kind: compare(old.records(kind), new.records(kind)) for kind in RECORDS}
    found["rules"] = compare(
        *([{k: v for k, v in rule.items() if k != "place"} for rule in s.rules()] for s in (old, new))
    )
    return {kind: changes for kind, changes in found.items() if changes}


def answers(old: Store, new: Store, profiles: Mapping[str, Mapping[str, Any]]) -> list[AnswerChange]:
    """The profiles whose answer changes."""
    books = [
        (store.rulebook(), Edition(store.proven.version, store.proven.date, store.proven.stale_after_days))
        for store in (old, new)
    ]
    changed = []
    for name, profile in profiles.items():
        before, after = (answer(profile, book, edition) for book, edition in books)
        bands = [{o["id"]: f"{o['band']}, {o['status']}" for o in a["options"]} for a in (before, after)]
        moved = tuple(
            f"{o}: {bands[0][o]} -> {bands[1][o]}"
            for o in sorted(set(bands[0]) & set(bands[1]))
            if bands[0][o] != bands[1][o]
        )
        change = AnswerChange(
            name,
            (_first(before), _first(after)),
            tuple(sorted(set(bands[1]) - set(bands[0]))),
            tuple(sorted(set(bands[0]) - set(bands[1]))),
            moved,
        )
        if change:
            changed.append(change)
    return changed


def _first(found: Mapping[str, Any]) -> str | None:
    return next((o["id"] for o in found["options"] if o["status"] == "applies"), None)


def report(old: Store, new: Store, profiles: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The release notes of ``new`` against ``old``."""
    yield f"evidence {old.proven.version} ({old.proven.date}) -> {new.proven.version} ({new.proven.date})"
    changes = stores(old, new)
    for kind, found in changes.items():
        for sort in ("added", "superseded", "withdrawn", "removed"):
            if ids := getattr(found, sort):
                yield f"{kind}, {sort} {len(ids)}: {', '.join(ids)}"
        if found.changed:
            yield f"{kind}, changed {len(found.changed)}: " + "; ".join(
                f"{i} ({', '.join(m)})" for i, m in found.changed.items()
            )
    if not changes:
        yield "no record or rule differs"
    yield ""
    changed = answers(old, new, profiles)
    yield f"{len(changed)} of {len(profiles)} example patients change answer"
    for change in changed:
        yield (
            f"  {change.profile}: first {change.first[0]} -> {change.first[1]}"
            if change.first[0] != change.first[1]
            else f"  {change.profile}:"
        )
        for name, rows in (("gained", change.gained), ("lost", change.lost), ("moved", change.moved)):
            if rows:
                yield f"    {name}: {'; '.join(rows)}"


def load_profiles(folders: Iterable[Path]) -> dict[str, Any]:
    """Profiles from JSON files: bare ones, and examples that hold theirs under ``profile``."""
    found = {}
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            found[path.stem] = data.get("profile", data)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Prints the report; exit status 3 where a store is not sound."""
    parser = argparse.ArgumentParser(prog="python -m nextline_db.diff", description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--profiles", type=Path, action="append", default=[], help="a folder of profiles; repeatable")
    options = parser.parse_args(arguments)
    try:
        for line in report(open_store(options.old), open_store(options.new), load_profiles(options.profiles)):
            print(line)
    except StoreError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
