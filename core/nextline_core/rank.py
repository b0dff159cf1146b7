"""The order of options: band first, then what applies before what is possible, then factors that are shown and
nothing else.

The line decides which offer holds, and so the band. The factors inside a band, in this order: strength of the
evidence that carries the offer, fit of that evidence's population to the patient (share of its stated criteria known
not to be met), safety (known major cautions, then major points that have to be checked first). Options that no factor
tells apart are a tie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .assess import BAND_ORDER, Standing, band_of, known_major, open_major, strength_of
from .forms import Bits
from .rulebook import STRENGTHS, Citation, Rule, Rulebook

Key: TypeAlias = tuple[int, bool, int, int, int, int, int]
# The facts that count lines.
LINES = ("line", "chemotherapy_lines", "endocrine_lines")
# What a patient may prefer; each names the trait that an option has or lacks. A preference reorders inside a band only.
PREFERENCES: Mapping[str, str] = {
    "tablets": "tablets or capsules only",
    "few-visits": "at most one treatment visit in four weeks",
    "keep-hair": "hair loss in fewer than one in five, as far as the studies tell",
}


@dataclass(frozen=True)
class Fit:
    """How a result's population compares with the patient: places of criteria met, not met, and not known."""

    met: tuple[int, ...] = ()
    unmet: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()


def fit(criteria: Sequence[int], bits: Bits) -> Fit:
    """Compares the stated criteria of a cited result with the patient."""
    truths = bits.truths
    return Fit(*(tuple([place for place in criteria if truths[place] is wanted]) for wanted in (True, False, None)))


def key(book: Rulebook, standing: Standing, lead: Fit, prefer: tuple[str, ...] = ()) -> Key:
    """What the order goes by; equal keys are a tie.

    Preferences come after band and status and before the other factors.
    """
    traits = book.options[standing.option].traits
    share = round(4 * len(lead.unmet) / max(1, len(lead.met) + len(lead.unmet)))
    return (
        BAND_ORDER[standing.band],
        standing.status != "applies",
        sum(wish not in traits for wish in prefer),
        strength_of(book.rules[standing.offer]),
        share,
        known_major(book, standing),
        open_major(book, standing),
    )


def packed(found: Key) -> int:
    """The key in one number of the same order, as the compiled ranker makes it: 3, 1, 4, 4, 3, 8 and 8 bits."""
    number = 0
    for part, bits in zip(found, (3, 1, 4, 4, 3, 8, 8), strict=True):
        number = number << bits | int(part)
    return number


def leads(book: Rulebook) -> Mapping[int, Sequence[int]]:
    """Of each offer the criteria of its leading study, the first cited result that states any: places of literals."""
    return {number: _lead(rule, book.citations) for number, rule in enumerate(book.rules) if rule.kind == "offer"}


def _lead(offer: Rule, citations: Mapping[str, Citation]) -> Sequence[int]:
    stated = (citations[identifier].criteria for identifier, role in offer.evidence if role == "supports")
    return next((criteria for criteria in stated if criteria), ())


def lead_fit(book: Rulebook, standing: Standing, bits: Bits) -> Fit:
    """The fit of the offer's leading study."""
    return fit(book.once(leads)[standing.offer], bits)


def factors(
    book: Rulebook,
    standing: Standing,
    lead: Fit,
    why: Sequence[str],
    majors: tuple[int, int],
    prefer: tuple[str, ...] = (),
) -> tuple[tuple[str, str], ...]:
    """The factors in words, as ``(name, text)``.

    ``why`` are the facts about the line on which the offer rests; ``majors`` what :func:`key` counts at its end.
    """
    total = len(lead.met) + len(lead.unmet) + len(lead.unknown)
    compared = (
        f"{len(lead.met)} of {total} stated criteria of the leading study met, {len(lead.unknown)} not known"
        if total
        else "the leading evidence states no criteria to compare"
    )
    offer = book.rules[standing.offer]
    held = f"; its offer stands in '{band_of(offer)}'" if band_of(offer) != standing.band else ""
    traits = book.options[standing.option].traits
    wishes = "; ".join(f"{PREFERENCES[wish]}: {'yes' if wish in traits else 'no, or not known'}" for wish in prefer)
    access = (("access", f"preferences, which reorder inside a band only: {wishes}"),) if prefer else ()
    return (
        ("strength", STRENGTHS[offer.body["strength"]] + held),
        ("fit", compared),
        ("line", "; ".join(why) or "its offer does not hang on the number of lines"),
        ("safety", f"{majors[0]} major cautions, {majors[1]} major points to check first"),
        *access,
    )
