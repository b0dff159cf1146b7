"""The order of options: band first, then what applies before what is possible, then factors that are shown and
nothing else.

The factors, in this order: strength of the evidence that carries the offer, fit of that evidence's population to the
patient (share of its stated criteria known to be met), safety (known major cautions, then other cautions that call
for a check). Options that no factor tells apart are a tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .assess import Standing
from .conditions import Atom
from .rulebook import BANDS, STRENGTHS, Citation, Rulebook
from .values import Value


@dataclass(frozen=True)
class Fit:
    """How a result's population compares with the patient: criteria met, not met, and not known."""

    met: tuple[Atom, ...] = ()
    unmet: tuple[Atom, ...] = ()
    unknown: tuple[Atom, ...] = ()


@dataclass(frozen=True)
class Ranked:
    """A standing with its place.

    ``factors`` are ``(name, text)``.
    """

    rank: int
    standing: Standing
    factors: tuple[tuple[str, str], ...]
    tied_with: tuple[str, ...] = field(default_factory=tuple)


def fit(citation: Citation, facts: Mapping[str, Value]) -> Fit:
    """Compares the stated criteria of a cited result with the patient."""
    sorted_out: dict[bool | None, list[Atom]] = {True: [], False: [], None: []}
    for criterion in citation.criteria:
        wanted: Any = criterion["value"]
        lacks = criterion["op"] == "lacks"
        atom = Atom(
            criterion["fact"],
            "has" if lacks else criterion["op"],
            tuple(wanted) if isinstance(wanted, list) else wanted,
        )
        truth = atom.holds(facts)
        sorted_out[truth if not lacks or truth is None else not truth].append(atom)
    return Fit(tuple(sorted_out[True]), tuple(sorted_out[False]), tuple(sorted_out[None]))


def rank(book: Rulebook, standings: Mapping[str, Standing], facts: Mapping[str, Value]) -> list[Ranked]:
    """All standings, best first."""
    keyed = sorted(((_key(book, s, facts), s.option, s) for s in standings.values()), key=lambda row: row[:2])
    ranked = []
    for place, (key, option, standing) in enumerate(keyed, 1):
        ties = tuple(other for other_key, other, _ in keyed if other_key == key and other != option)
        ranked.append(Ranked(place, standing, _factors(book, standing, facts), ties))
    return ranked


def _key(book: Rulebook, standing: Standing, facts: Mapping[str, Value]) -> tuple[int, bool, int, int, int, int]:
    lead = lead_fit(book, standing, facts)
    share = round(4 * len(lead.unmet) / max(1, len(lead.met) + len(lead.unmet)))
    major = sum(c.severity == "major" and not c.presumed for c in standing.cautions)
    to_check = sum(c.severity == "major" and c.presumed for c in standing.cautions)
    return (
        BANDS.index(standing.band),
        standing.status != "applies",
        list(STRENGTHS).index(standing.offer.body["strength"]),
        share,
        major,
        to_check,
    )


def lead_fit(book: Rulebook, standing: Standing, facts: Mapping[str, Value]) -> Fit:
    """The fit of the first cited result of the offer that states criteria."""
    for identifier, role in standing.offer.evidence:
        citation = book.citations.get(identifier)
        if role == "supports" and citation and citation.criteria:
            return fit(citation, facts)
    return Fit()


def _factors(book: Rulebook, standing: Standing, facts: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    lead = lead_fit(book, standing, facts)
    total = len(lead.met) + len(lead.unmet) + len(lead.unknown)
    major = sum(c.severity == "major" and not c.presumed for c in standing.cautions)
    check = sum(c.presumed for c in standing.cautions)
    return (
        ("strength", STRENGTHS[standing.offer.body["strength"]]),
        (
            "fit",
            f"{len(lead.met)} of {total} stated criteria of the leading study met, {len(lead.unknown)} not known"
            if total
            else "the leading evidence states no criteria to compare",
        ),
        ("safety", f"{major} major cautions; {check} points not known and to be checked"),
    )
