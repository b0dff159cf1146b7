"""What a choice leaves for later: the same rules asked once more, as if the option had been given and the disease
had grown on it.

An option is *kept* if it stands before and after, *opened* if it applies only then, and *burned* if it stands now
and not then. How long the option would work is not known and is left open. Each edge carries the records and the
strength of what places or rules out the other option.
"""

from __future__ import annotations

from typing import Any

from .facts import READS, Known
from .order import Order, changed
from .profile import Profile, reading
from .rulebook import STRENGTHS, Rulebook

# a history that is not known stays open: a line or an early therapy of which nothing is told may have held anything
_NOT_TOLD = {"setting": "adjuvant", "drugs": ["not told"]}
_PARTS = reading(READS, ("history.", "next_line.", "line_override."))
_EFFECTS = {"keeps": "still stands after it", "opens": "applies only after it", "burns": "no longer stands after it"}


def leaves(known: Known, book: Rulebook, base: Order, option: str) -> list[dict[str, Any]]:
    """Rows of ``leaves`` for one option: what it burns, opens and keeps, in that order; preferred ones first."""
    then = changed(book, base, known.differing(_given(known.profile, book, base, option), _PARTS))
    stood = [other for other in base.established if other != option]
    opened = [other for other in then.established if other != option and not base.applies(other)]
    return [
        *(_row(book, base, other, "burns") for other in stood if other not in then.keys),
        *(_row(book, then, other, "opens") for other in opened),
        *(_row(book, then, other, "keeps") for other in stood if other in then.keys),
    ]


def _given(profile: Profile, book: Rulebook, base: Order, option: str) -> dict[str, Any]:
    """The profile after the option was given and the disease grew on it."""
    line = base.facts.get("line")
    other = dict(profile)
    drugs = [book.name(drug) for drug in base.standings[option].drugs]
    entry = {"setting": "metastatic", "drugs": drugs, "months_since_end": 0, "ended": "progression"}
    for name in ("next_line", "line_override"):
        if other.get(name) is not None:
            other[name] += 1
    if isinstance(line, int):
        entry["line"] = line
    before = other.get("history")
    other["history"] = [*([dict(_NOT_TOLD)] if before is None else before), entry]
    return other


def _row(book: Rulebook, where: Order, option: str, effect: str) -> dict[str, Any]:
    offer = book.rules[where.offer(option)]
    text = f"{book.options[option].regimen} {_EFFECTS[effect]}; {STRENGTHS[offer.body['strength']]}."
    return {"option": option, "effect": effect, "text": text, "bases": list(offer.cites)}
