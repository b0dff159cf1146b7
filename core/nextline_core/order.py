"""Settling and ordering all options for one set of facts, and again, cheaply, for the same facts with a few changed.

A what-if changes one fact and leaves nearly all rules as they were. :func:`changed` therefore looks only at the
rules whose conditions the change touches and at the options they speak of; everything else is taken over. What it
returns equals what :func:`order` returns for the changed facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .assess import PRESUMED, Matched, Standing, match, settled
from .forms import Bits, truth
from .rank import Fit, Key, key, lead_fit
from .rulebook import Rulebook
from .values import Members, Value


@dataclass(frozen=True)
class Order:
    """The options that stand, each with its fit and its key, and the ids in order, best first."""

    matched: Matched
    standings: Mapping[str, Standing]
    fits: Mapping[str, Fit]
    keys: Mapping[str, Key]
    ids: tuple[str, ...]
    prefer: tuple[str, ...] = ()

    def first(self) -> str | None:
        """The first option that applies and can be had, best supportive care aside."""
        return next((option for option in self.ids if self.applies(option)), None)

    def applies(self, option: str) -> bool:
        """Whether the option applies and can be had, best supportive care aside."""
        standing = self.standings.get(option)
        return (
            standing is not None and standing.status == "applies" and standing.band not in ("unavailable", "supportive")
        )


def order(book: Rulebook, facts: Mapping[str, Value], prefer: tuple[str, ...] = ()) -> Order:
    """Matches, settles and orders all options."""
    matched = match(book, facts)
    return _ordered(book, Order(matched, {}, {}, {}, (), prefer), {}, book.options)


def changed(book: Rulebook, base: Order, changes: Mapping[str, Value | None]) -> Order:
    """The order for the facts of ``base`` with ``changes`` made; ``None`` makes a fact unknown."""
    facts = {name: value for name, value in {**base.matched.facts, **changes}.items() if value is not None}
    ordinary = {name: facts.get(name, PRESUMED.get(name)) for name in changes}
    exact = book.encoder.change(base.matched.exact, {name: facts.get(name) for name in changes})
    presumed = book.encoder.change(base.matched.presumed, ordinary)
    places = _places(base.matched.exact, exact) | _places(base.matched.presumed, presumed)
    asking = {number for place in places for number in book.asking.get(place, ())}
    matched, moved = _rematched(book, base.matched, facts, exact, presumed, asking)
    touched = {option for number in moved for option in book.rules[number].options}
    touched.update(option for place in places for option in book.compared.get(place, ()) if option in base.standings)
    if "unavailable" in changes:
        touched.update(book.options)
    kept = {option: standing for option, standing in base.standings.items() if option not in touched}
    return _ordered(book, replace(base, matched=matched), kept, touched)


def _places(before: Bits, after: Bits) -> set[int]:
    """The places of the literals whose truth differs."""
    bits = (before.true ^ after.true) | (before.false ^ after.false)
    found = set()
    while bits:
        lowest = bits & -bits
        found.add(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def _rematched(
    book: Rulebook, base: Matched, facts: Mapping[str, Value], exact: Bits, presumed: Bits, asking: set[int]
) -> tuple[Matched, set[int]]:
    """The match with the rules in ``asking`` asked again, and those of them that answer otherwise than before."""
    moved: set[int] = set()
    sets: list[frozenset[int]] = []
    for bits, met, undetermined in (
        (exact, base.met, base.undetermined),
        (presumed, base.met_presumed, base.undetermined_presumed),
    ):
        found = {number: truth(book.rules[number].form, bits) for number in asking}
        otherwise = {n for n, t in found.items() if (t is True) != (n in met) or (t is None) != (n in undetermined)}
        moved |= otherwise
        sets.append(met ^ {n for n in otherwise if (n in met) or found[n] is True} if otherwise else met)
        sets.append(
            undetermined ^ {n for n in otherwise if (n in undetermined) or found[n] is None}
            if otherwise
            else undetermined
        )
    return Matched(facts, exact, presumed, *sets), moved


def _ordered(book: Rulebook, base: Order, kept: dict[str, Standing], fresh: Iterable[str]) -> Order:
    """Settles the options in ``fresh`` and orders them together with those kept from ``base``."""
    matched, standings = base.matched, kept
    fits = {option: base.fits[option] for option in kept}
    keys = {option: base.keys[option] for option in kept}
    for option in fresh:
        standing = settled(book, matched, option)
        if standing is not None:
            _reach(book, standing, matched.facts)
            standings[option] = standing
            fits[option] = lead_fit(book, standing, matched.exact)
            keys[option] = key(book, standing, fits[option], base.prefer)
    ids = tuple(sorted(standings, key=lambda option: (keys[option], option)))
    return Order(matched, standings, fits, keys, ids, base.prefer)


def _reach(book: Rulebook, standing: Standing, facts: Mapping[str, Value]) -> None:
    """Moves an option that needs a drug not to be had here into the band `unavailable`."""
    missing = facts.get("unavailable")
    lacking = [drug for drug in standing.drugs if drug in missing.present] if isinstance(missing, Members) else []
    if lacking and not book.options[standing.option].supportive:
        names = ", ".join(book.name(drug) for drug in lacking)
        standing.lost = f"{names} cannot be had here; this option would stand in the band '{standing.band}'."
        standing.band = "unavailable"
