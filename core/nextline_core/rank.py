"""The order of options: band first, then what applies before what is possible, then factors that are shown and
nothing else.

The factors, in this order: strength of the evidence that carries the offer, fit of that evidence's population to the
patient (share of its stated criteria known not to be met), safety (known major cautions, then major points that have
to be checked first). Options that no factor tells apart are a tie.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .assess import Standing, band_of, known_major, open_major, strength_of
from .forms import Bits
from .rulebook import BANDS, STRENGTHS, Citation, Rulebook

_BAND_ORDER = {name: place for place, name in enumerate(BANDS)}
Key: TypeAlias = tuple[int, bool, int, int, int, int]


@dataclass(frozen=True)
class Fit:
    """How a result's population compares with the patient: places of criteria met, not met, and not known."""

    met: tuple[int, ...] = ()
    unmet: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()


def fit(citation: Citation, bits: Bits) -> Fit:
    """Compares the stated criteria of a cited result with the patient."""
    truths = [(place, bits.of(place)) for place in citation.criteria]
    return Fit(*(tuple(place for place, truth in truths if truth is wanted) for wanted in (True, False, None)))


def key(book: Rulebook, standing: Standing, lead: Fit) -> Key:
    """What the order goes by; equal keys are a tie."""
    share = round(4 * len(lead.unmet) / max(1, len(lead.met) + len(lead.unmet)))
    return (
        _BAND_ORDER[standing.band],
        standing.status != "applies",
        strength_of(book.rules[standing.offer]),
        share,
        known_major(book, standing),
        open_major(book, standing),
    )


def lead_fit(book: Rulebook, standing: Standing, bits: Bits) -> Fit:
    """The fit of the first cited result of the offer that states criteria."""
    for identifier, role in book.rules[standing.offer].evidence:
        citation = book.citations[identifier]
        if role == "supports" and citation.criteria:
            return fit(citation, bits)
    return Fit()


def factors(book: Rulebook, standing: Standing, lead: Fit) -> tuple[tuple[str, str], ...]:
    """The factors in words, as ``(name, text)``."""
    total = len(lead.met) + len(lead.unmet) + len(lead.unknown)
    compared = (
        f"{len(lead.met)} of {total} stated criteria of the leading study met, {len(lead.unknown)} not known"
        if total
        else "the leading evidence states no criteria to compare"
    )
    offer = book.rules[standing.offer]
    held = f"; its offer stands in '{band_of(offer)}'" if band_of(offer) != standing.band else ""
    return (
        ("strength", STRENGTHS[offer.body["strength"]] + held),
        ("fit", compared),
        (
            "safety",
            f"{known_major(book, standing)} major cautions, {open_major(book, standing)} major points to check first",
        ),
    )
