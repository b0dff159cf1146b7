"""What records usually hold: the store writes of each only what is otherwise, and the rest is put in on reading."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

Record = dict[str, Any]


def usual(members: Iterable[str], records: Iterable[Mapping[str, Any]]) -> Record:
    """The commonest value of each member, where that is a text, a number, nothing or an empty list."""
    rows = list(records)
    found: Record = {}
    for name in members:
        counts = Counter(
            json.dumps(row[name]) for row in rows if not row[name] or not isinstance(row[name], list | dict)
        )
        value = json.loads(counts.most_common(1)[0][0]) if counts else None
        found[name] = None if value == {} else value
    return found


def otherwise(record: Mapping[str, Any], usually: Record) -> str:
    """What a record holds beside the usual, as JSON.

    In ASCII: a single letter beyond Latin would double the cost of decoding everything that is read with it.
    """
    return _json(
        {
            name: value
            for name, value in record.items()
            if value != usually[name] or type(value) is not type(usually[name])
        }
    )


def write(usually: Record) -> str:
    """Three lines: the members, those that are an empty list, and as JSON what is not null either."""
    empty = [name for name, value in usually.items() if value == []]
    others = {name: value for name, value in usually.items() if value is not None and value != []}
    return "\n".join((" ".join(usually), " ".join(empty), _json(others)))


def read(text: str) -> Record:
    """The usual record; its empty lists are empty tuples, since all records share them."""
    members, empty, others = text.split("\n")
    record: Record = dict.fromkeys(members.split())
    record.update(dict.fromkeys(empty.split(), ()), **json.loads(others))
    return record


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
