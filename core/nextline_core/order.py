"""Settling and ordering all options for one set of facts, and again, cheaply, for the same facts with a few changed.

A what-if changes one fact and leaves nearly all rules as they were. :func:`changed` therefore looks only at the
rules whose conditions the change touches and at the options they speak of; everything else is taken over. What it
returns equals what :func:`order` returns for the changed facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from .assess import PRESUMED, Matched, Standing, match, settled
from .forms import Bits
from .match import ChangingRanks, Ranker, Ranks, ranker
from .rank import Fit, key, lead_fit, packed
from .rulebook import BANDS, Rulebook
from .settling import Settling
from .values import Members, Value

# A row of :class:`Ranks`: the option's place in the last bits, before it what the order goes by.
_PLACE, _KEY = 0xFFFF, 16
_POSSIBLE, _BAND = 1 << 43, 44
_TRIED = BANDS.index("investigational")  # so are the bands before this one
_HAD = BANDS.index("unavailable")  # the bands before this one can be had


class Delta(NamedTuple):
    """Between two orders: options that apply and did not, best first; options that stand no more, by id; how many stand
    in another band; the first option that applies now."""

    gained: list[str]
    lost: list[str]
    moved: int
    first: str | None


class Order:
    """The options that stand: ``ids``, best first.

    Everything else is worked out when it is asked for; of most changes nobody asks more than the order.
    """

    def __init__(
        self,
        book: Rulebook,
        facts: tuple[Mapping[str, Value], Mapping[str, Value | None]],
        ranks: ChangingRanks | _Plain,
        prefer: tuple[str, ...] = (),
    ) -> None:
        """``facts``: some, and what is changed in them."""
        self._book, self._facts, self.ranks, self.prefer = book, facts, ranks, prefer
        self._settling = book.once(Settling)

    @cached_property
    def _rows(self) -> list[int]:
        return self.ranks.rows()

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the options, best first."""
        return tuple(self._settling.ids[row & _PLACE] for row in self._rows)

    @cached_property
    def facts(self) -> Mapping[str, Value]:
        """What is known."""
        before, changes = self._facts
        return {name: value for name, value in {**before, **changes}.items() if value is not None}

    @cached_property
    def keys(self) -> Mapping[str, int]:
        """What the order goes by, the lowest first; equal ones are a tie."""
        return dict(zip(self.ids, (row >> _KEY for row in self._rows), strict=True))

    @cached_property
    def matched(self) -> Matched:
        """The rules met and undetermined."""
        true, false, presumed_true, presumed_false = self.ranks.bits()
        presumed = Bits(presumed_true, presumed_false)
        return Matched(self.facts, Bits(true, false), presumed, *self.ranks.values())

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """How each option stands, in detail."""
        return {self._settling.ids[row & _PLACE]: self._standing(row) for row in self._rows}

    def _standing(self, row: int) -> Standing:
        book, option = self._book, self._settling.ids[row & _PLACE]
        if row >> _BAND == _HAD:
            standing = settled(book, self.matched, option)
            assert standing  # it has a row
            return _lost(book, standing, self.facts)
        offers, said, open_ = self.ranks.standing(row & _PLACE)
        added = [drug for n in said if book.rules[n].kind == "companion" for drug in book.rules[n].body["drugs"]]
        return Standing(
            option,
            "possible" if row & _POSSIBLE else "applies",
            BANDS[row >> _BAND],
            offers[0],
            sorted(offers),
            said,
            open_,
            tuple(dict.fromkeys((*book.options[option].drugs, *added))) if added else book.options[option].drugs,
        )

    @cached_property
    def fits(self) -> Mapping[str, Fit]:
        """How the population of each option's leading study fits."""
        return {
            option: lead_fit(self._book, standing, self.matched.exact) for option, standing in self.standings.items()
        }

    @cached_property
    def _since_itself(self) -> Delta:
        return self.since(self)

    @cached_property
    def established(self) -> Sequence[str]:
        """The options that apply, but for those that are investigational, supportive or not to be had; best first."""
        ids = self._settling.ids
        return [ids[row & _PLACE] for row in self._rows if not row & _POSSIBLE and row >> _BAND < _TRIED]

    def first(self) -> str | None:
        """The first option that applies and can be had, best supportive care aside."""
        return self._since_itself.first

    def applies(self, option: str) -> bool:
        """Whether the option applies and can be had, best supportive care aside."""
        return option in self.keys and applies(self.keys[option] << _KEY)

    def band(self, option: str) -> str:
        """The band of an option that stands."""
        return BANDS[self.keys[option] >> _BAND - _KEY]

    def majors(self, option: str) -> tuple[int, int]:
        """Of an option that stands, how many major cautions are known to hold, and how many major points are open."""
        return self.keys[option] >> 8 & 255, self.keys[option] & 255

    def offer(self, option: str) -> int:
        """The rule that carries an option that stands."""
        return self.ranks.offer(self._settling.place_of[option])

    def since(self, before: Order) -> Delta:
        """What is otherwise than it was before."""
        ids = self._settling.ids
        gained, lost, moved, first = self.ranks.since(before.ranks)
        return Delta(
            [ids[place] for place in gained],
            [ids[place] for place in lost],
            moved,
            None if first is None else ids[first],
        )


def applies(row: int) -> bool:
    """Whether the option of a row applies and can be had, best supportive care aside."""
    return not row & _POSSIBLE and row >> _BAND < _HAD


def order(book: Rulebook, facts: Mapping[str, Value], prefer: tuple[str, ...] = ()) -> Order:
    """Matches, settles and orders all options."""
    compiled, encoder = book.once(_ranker), book.encoder
    if not compiled:
        return Order(book, (facts, {}), _Plain(book, facts, prefer), prefer)
    known = encoder.patches({**facts, **encoder.absent(facts)})
    presumed = encoder.patches({name: value for name, value in PRESUMED.items() if name not in facts})
    return Order(
        book, (facts, {}), compiled.rank(known, presumed, _wishes(book, prefer), _lacking(book, facts)), prefer
    )


def changed(book: Rulebook, base: Order, changes: Mapping[str, Value | None]) -> Order:
    """The order for the facts of ``base`` with ``changes`` made; ``None`` makes a fact unknown."""
    if isinstance(base.ranks, _Plain) or "unavailable" in changes:
        facts = {name: value for name, value in {**base.facts, **changes}.items() if value is not None}
        return order(book, facts, base.prefer)
    known = book.encoder.patches(changes)
    ordinary = {name: PRESUMED[name] for name, value in changes.items() if value is None and name in PRESUMED}
    presumed = book.encoder.patches({**changes, **ordinary}) if ordinary else known
    return Order(book, (base.facts, changes), base.ranks.changed(known, presumed), base.prefer)


class _Plain:
    """The ranks from scratch, by ``assess`` and ``rank``: what the compiled ranker has to equal, and its stand-in."""

    def __init__(self, book: Rulebook, facts: Mapping[str, Value], prefer: tuple[str, ...]) -> None:
        self._matched = match(book, facts)
        self._rows: list[int] = []
        self._standings: dict[int, Standing] = {}
        for place, option in enumerate(book.once(Settling).ids):
            standing = settled(book, self._matched, option)
            if standing:
                standing = _lost(book, standing, facts)
                its_key = key(book, standing, lead_fit(book, standing, self._matched.exact), prefer)
                self._rows.append(packed(its_key) << _KEY | place)
                self._standings[place] = standing

    def rows(self) -> list[int]:
        return sorted(self._rows)

    def offer(self, place: int) -> int:
        return self._standings[place].offer

    def standing(self, place: int) -> tuple[list[int], list[int], list[int]]:
        found = self._standings[place]
        return [found.offer, *(n for n in found.offers if n != found.offer)], found.said, found.open

    def bits(self) -> tuple[bytes, bytes, bytes, bytes]:
        return *self._matched.exact.raw(), *self._matched.presumed.raw()

    def since(self, before: Ranks) -> tuple[list[int], list[int], int, int | None]:
        now, then = ({row & _PLACE: row for row in ranks.rows()} for ranks in (self, before))
        applying = [place for place, row in now.items() if applies(row)]
        return (
            [place for place in applying if not (place in then and applies(then[place]))],
            sorted(then.keys() - now.keys()),
            sum(then[place] >> _BAND != now[place] >> _BAND for place in then.keys() & now.keys()),
            next(iter(applying), None),
        )

    def values(self) -> tuple[bytes, bytes]:
        return self._matched.values, self._matched.values_presumed


def _ranker(book: Rulebook) -> Ranker | None:
    return ranker(book.matcher, book.once(Settling))


def _wishes(book: Rulebook, prefer: tuple[str, ...]) -> bytes:
    """By option, how many preferences it does not meet."""
    ids = book.once(Settling).ids
    return bytes(sum(wish not in book.options[option].traits for wish in prefer) for option in ids)


def _lacking(book: Rulebook, facts: Mapping[str, Value]) -> bytes:
    """By option, and then by rule, whether it needs or adds a drug that is not to be had."""
    missing = _not_to_be_had(facts)
    if not missing:
        return bytes(len(book.options) + len(book.rules))
    needed = (book.options[option].drugs for option in book.once(Settling).ids)
    added = (rule.body["drugs"] if rule.kind == "companion" else () for rule in book.rules)
    return bytes(not missing.isdisjoint(drugs) for drugs in (*needed, *added))


def _not_to_be_had(facts: Mapping[str, Value]) -> frozenset[str]:
    missing = facts.get("unavailable")
    return missing.present if isinstance(missing, Members) else frozenset()


def _lost(book: Rulebook, standing: Standing, facts: Mapping[str, Value]) -> Standing:
    """Puts an option that needs a drug not to be had here into the band `unavailable`, and says what is lost."""
    missing = _not_to_be_had(facts)
    lacking = [drug for drug in standing.drugs if drug in missing]
    if lacking and not book.options[standing.option].supportive:
        names = ", ".join(book.name(drug) for drug in lacking)
        standing.lost = f"{names} cannot be had here; this option would stand in the band '{standing.band}'."
        standing.band = "unavailable"
    return standing
