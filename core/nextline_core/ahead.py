"""What a test would change: every unknown marker that a test rule names is run each way through the same rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .assess import Matched
from .rank import Ranked
from .rulebook import Rule, Rulebook
from .values import Value

Order = Callable[[Rulebook, Mapping[str, Value]], tuple[Matched, tuple[Ranked, ...]]]


def tests(
    book: Rulebook, facts: Mapping[str, Value], matched: Matched, ranked: tuple[Ranked, ...], order: Order
) -> list[dict[str, Any]]:
    """Rows of ``tests``, the one that changes most first: a changed first option weighs most, then options gained
    and lost."""
    rows: list[tuple[tuple[int, int, str], dict[str, Any]]] = []
    for number in book.general:
        rule = book.rules[number]
        if rule.kind == "test" and number in matched.met:
            row = _row(book, rule, facts, ranked, order)
            deltas = [row["if_positive"], row["if_negative"], *row.get("outcomes", ())]
            moved = sum(delta["first"] != _first(ranked) for delta in deltas)
            changes = len({option for delta in deltas for option in (*delta["gained"], *delta["lost"])})
            rows.append(((-moved, -changes, row["fact"]), row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _row(
    book: Rulebook, rule: Rule, facts: Mapping[str, Value], ranked: tuple[Ranked, ...], order: Order
) -> dict[str, Any]:
    deltas = {}
    for label, assumed in rule.body["outcomes"].items():
        _, then = order(book, {**facts, **assumed})
        deltas[label] = delta(ranked, then)
    positive, negative = rule.body["positive"], rule.body["negative"]
    row = {
        "fact": rule.body["fact"],
        "text": rule.sentence,
        "if_positive": deltas[positive],
        "if_negative": deltas[negative],
        "specimens": list(rule.body["specimens"]),
        "bases": [identifier for identifier, _ in rule.evidence],
    }
    if set(deltas) != {"positive", "negative"}:
        row["outcomes"] = [{"value": label, **found} for label, found in deltas.items()]
    return row


def delta(before: tuple[Ranked, ...], after: tuple[Ranked, ...]) -> dict[str, Any]:
    """Options that apply afterwards and did not, options that are no longer there, and the first option that applies
    then."""
    applied = {r.standing.option for r in before if _applies(r)}
    listed = {r.standing.option for r in before}
    still = {r.standing.option for r in after}
    return {
        "gained": [r.standing.option for r in after if _applies(r) and r.standing.option not in applied],
        "lost": sorted(listed - still),
        "first": _first(after),
    }


def _applies(ranked: Ranked) -> bool:
    return ranked.standing.status == "applies" and ranked.standing.band not in ("unavailable", "supportive")


def _first(ranked: tuple[Ranked, ...]) -> str | None:
    return next((r.standing.option for r in ranked if _applies(r)), None)
