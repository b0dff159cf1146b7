"""The whole evidence store as the contract's ``nextline.evidence/1``."""

from __future__ import annotations

from typing import Any

from nextline_db.store import RECORDS, Store

_NOT_IN_CONTRACT = ("accessed",)


def export(store: Store) -> dict[str, Any]:
    """Every record of every kind; mentions stand inside their studies, rules as sentences with their condition
    trees."""
    found: dict[str, Any] = {
        "schema": "nextline.evidence/1",
        "evidence_version": store.proven.version,
        "evidence_date": store.proven.date,
    }
    for kind in RECORDS:
        found[kind] = [_without(row, _NOT_IN_CONTRACT) for row in store.records(kind)]
    mentions: dict[str, list[dict[str, Any]]] = {}
    for mention in store.records("mentions"):
        mentions.setdefault(mention["study"], []).append(_without(mention, ("id", "study", "added")))
    for study in found["studies"]:
        study["mentions"] = mentions.get(study["id"], [])
        names = [m["name"] for m in study["mentions"] if m.get("name")]
        study["aliases"] = list(dict.fromkeys(n for n in [*study["aliases"], *names] if n != study["name"]))
    found["rules"] = [
        {
            "id": rule["id"],
            "option": ", ".join(rule["options"]),
            "when": rule["when"],
            "sentence": rule["sentence"],
            "evidence": [identifier for identifier, _ in rule["evidence"]],
            "kind": rule["kind"],
            **({"band": rule["body"]["band"]} if "band" in rule["body"] else {}),
        }
        for rule in store.rules()
    ]
    return found


def _without(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The row without some members; an empty list is a list again."""
    return {name: [] if value == () else value for name, value in row.items() if name not in names}
