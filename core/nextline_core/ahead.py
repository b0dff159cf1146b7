"""What a test would change: every unknown marker that a test rule names is run each way through the same rules."""

from __future__ import annotations

from typing import Any

from .match import YES
from .order import Order, changed
from .rulebook import Rule, Rulebook
from .site import ANYWHERE, Site


def missing_tests(book: Rulebook, base: Order, site: Site = ANYWHERE) -> list[dict[str, Any]]:
    """Rows of ``tests``: those that a guideline names for the situation lead, then the one that changes most.

    A changed first option weighs most, then the number of options gained and lost.
    """
    rows: list[tuple[tuple[int, int, int, str], dict[str, Any]]] = []
    for number in book.general["test"]:
        rule = book.rules[number]
        if base.matched.values[number] == YES:
            row = _row(book, rule, base, site)
            deltas = [row["if_positive"], row["if_negative"], *row.get("outcomes", ())]
            moved = sum(found["first"] != base.first() for found in deltas)
            changes = len({option for found in deltas for option in (*found["gained"], *found["lost"])})
            rows.append(((rule.body["priority"], -moved, -changes, row["fact"]), row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _row(book: Rulebook, rule: Rule, base: Order, site: Site) -> dict[str, Any]:
    deltas = {label: delta(base, changed(book, base, assumed)) for label, assumed in rule.body["outcomes"].items()}
    local = site.tests.get(rule.body["fact"])
    row = {
        "fact": rule.body["fact"],
        "text": f"{rule.sentence} {local.words()}".strip() if local else rule.sentence,
        "if_positive": deltas[rule.body["positive"]],
        "if_negative": deltas[rule.body["negative"]],
        "specimens": list(rule.body["specimens"]),
        "bases": list(rule.cites),
    }
    if set(deltas) != {"positive", "negative"}:
        row["outcomes"] = [{"value": label, **found} for label, found in deltas.items()]
    return row


def delta(before: Order, after: Order) -> dict[str, Any]:
    """What a change does: options that apply then and did not, options no longer listed, and the first one then."""
    found = after.since(before)
    return {"gained": found.gained, "lost": found.lost, "first": found.first}
