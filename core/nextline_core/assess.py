"""What the rules say of each option for one patient: offered or not, in which band, cautioned, or ruled out and why.

This is the part that a what-if asks again and again, so it holds rule numbers and settles bands, and words nothing;
the wording is in ``detail``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from . import telling
from .conditions import Literal
from .forms import Bits, leaves, parts, reasons
from .match import NO, UNKNOWN, YES
from .rulebook import BANDS, STRENGTHS, Rule, Rulebook
from .values import Scalar, Value
from .vocabulary import VOCABULARY

_STRENGTH_ORDER = {name: place for place, name in enumerate(STRENGTHS)}
BAND_ORDER = {name: place for place, name in enumerate(BANDS)}
PRESUMED: Mapping[str, Scalar] = {fact.name: fact.presumed for fact in VOCABULARY.values() if fact.presumed is not None}


@dataclass(frozen=True)
class Matched:
    """The rules met and undetermined.

    ``exact`` goes by what is known alone; ``presumed`` takes the ordinary state for facts that are not known and do
    not decide.
    """

    facts: Mapping[str, Value]
    exact: Bits
    presumed: Bits
    values: bytes
    values_presumed: bytes
    """the value of each rule: ``NO``, ``UNKNOWN`` or ``YES`` of ``match``"""

    @cached_property
    def met(self) -> frozenset[int]:
        """Rules that hold by what is known."""
        return frozenset(number for number, value in enumerate(self.values) if value == YES)

    @cached_property
    def undetermined(self) -> frozenset[int]:
        """Rules that something unknown decides."""
        return frozenset(number for number, value in enumerate(self.values) if value == UNKNOWN)


@dataclass
class Standing:
    """How one option stands for one patient: the offer that carries it, and the rules that add to it.

    ``said`` are rules about it that hold; ``open`` are rules about it that something unknown decides, with something
    to say about that.
    """

    option: str
    status: str
    band: str
    offer: int
    offers: list[int]
    said: list[int] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    drugs: tuple[str, ...] = ()
    lost: str | None = None


@dataclass(frozen=True)
class RuledOut:
    """An option that known facts speak against, by these rules and these literals."""

    option: str
    because: tuple[int, ...]
    rules: tuple[int, ...]


def match(book: Rulebook, facts: Mapping[str, Value]) -> Matched:
    """Runs the matcher over all rules, once exactly and once with the presumptions."""
    exact = book.encoder.encode(facts)
    presumed = book.encoder.change(exact, {name: value for name, value in PRESUMED.items() if name not in facts})
    return Matched(facts, exact, presumed, _values(book, exact), _values(book, presumed))


def _values(book: Rulebook, bits: Bits) -> bytes:
    values = bytearray(len(book.rules))
    for value, numbers in zip((YES, UNKNOWN), book.matcher.match(*bits.raw()), strict=True):
        for number in numbers:
            values[number] = value
    return bytes(values)


def settled(book: Rulebook, m: Matched, option: str) -> Standing | None:
    """How one option stands; ``None`` where it is not offered, or a known fact rules it out."""
    standing = _standing(book, m, option, book.offers[option])
    return standing if standing is not None and _settle(book, m, standing) else None


def _standing(book: Rulebook, m: Matched, option: str, offers: list[int]) -> Standing | None:
    for status, wanted in (("applies", YES), ("possible", UNKNOWN)):
        numbers = [n for n in offers if m.values_presumed[n] == wanted]
        if numbers:
            best = min(numbers, key=lambda n: (BAND_ORDER[band_of(book.rules[n])], strength_of(book.rules[n]), n))
            return Standing(option, status, band_of(book.rules[best]), best, numbers)
    return None


def band_of(rule: Rule) -> str:
    """The band of an offer or a hold."""
    band: str = rule.body["band"]
    return band


def strength_of(rule: Rule) -> int:
    """The place of an offer's strength, 0 best."""
    return _STRENGTH_ORDER[rule.body["strength"]]


def _settle(book: Rulebook, m: Matched, standing: Standing) -> bool:
    """Applies the rules about the option; ``False`` where one rules it out."""
    drugs = list(book.options[standing.option].drugs)
    for number in book.about[standing.option]:
        rule = book.rules[number]
        if m.values[number] == YES:
            if rule.kind == "exclude":
                return False
            standing.said.append(number)
            if rule.kind == "hold":
                standing.band = max(standing.band, band_of(rule), key=lambda band: BAND_ORDER[band])
            elif rule.kind == "companion":
                drugs.extend(drug for drug in rule.body["drugs"] if drug not in drugs)
        elif m.values[number] == UNKNOWN and "if_unknown" in rule.body:
            standing.open.append(number)
    standing.drugs = tuple(drugs)
    if standing.band == "preferred" and known_major(book, standing):
        standing.band = "consider"
    return True


def known_major(book: Rulebook, standing: Standing) -> int:
    """How many major cautions are known to hold, those on one topic once."""
    return len(_known_major(book, standing))


def open_major(book: Rulebook, standing: Standing) -> int:
    """How many major points are not known and have to be checked first, those on one topic once."""
    rules = (book.rules[n] for n in standing.open)
    topics = {topic_of(rule) for rule in rules if rule.body["if_unknown"]["severity"] == "major"}
    return len(topics - _known_major(book, standing))


def _known_major(book: Rulebook, standing: Standing) -> set[str]:
    rules = (book.rules[n] for n in standing.said)
    return {topic_of(rule) for rule in rules if rule.kind == "caution" and rule.body["severity"] == "major"}


def topic_of(rule: Rule) -> str:
    """What a rule about an option speaks of: its topic, or, where it shares none, itself."""
    topic: str = rule.body.get("topic") or rule.id
    return topic


def ruled_out(book: Rulebook, m: Matched, standings: Mapping[str, Standing]) -> list[RuledOut]:
    """Options of this subtype that a known fact speaks against.

    Either a contraindication holds, or a condition of every offer is known not to. What fails on a presumption alone
    is not known to fail.
    """
    found = []
    scopes, excluding, truths, values = book.once(_scopes), book.once(_excluding), m.exact.truths, m.values
    failing = frozenset(place for place in book.once(_subtypes) if truths[place] is False)
    for option, offers in book.offers.items():
        if option in standings:
            continue
        in_scope = [n for n in offers if failing.isdisjoint(scopes[n])]
        if not in_scope:
            continue
        excluded = [n for n in excluding[option] if values[n] == YES]
        if excluded:
            found.append(_ruled_out(book, m, option, excluded))
            continue
        refuted = [n for n in in_scope if values[n] == NO]
        if len(refuted) == len(in_scope):
            found.append(_ruled_out(book, m, option, [_most_telling(book, m, option, refuted)]))
    return found


def _ruled_out(book: Rulebook, m: Matched, option: str, numbers: Sequence[int]) -> RuledOut:
    """The rules and the literals behind them, the most telling first (see :mod:`nextline_core.telling`)."""
    told = _teller(book, m, option)
    because = {n: sorted(reasons(book.rules[n].form, m.exact)[1], key=told) for n in numbers}
    rules = sorted(numbers, key=lambda n: told(because[n][0]))
    places = sorted(dict.fromkeys(place for n in rules for place in because[n]), key=told)
    return RuledOut(option, tuple(places), tuple(rules))


def _most_telling(book: Rulebook, m: Matched, option: str, refuted: Sequence[int]) -> int:
    """The refuted offer to speak of, by its most telling sort of reason.

    First what alone refutes every offer; then what speaks against the option itself; then what refutes the most
    offers, since a narrow offer may fail for a reason that says nothing of the others. Of the offers that fail for it,
    the one with the fewest conditions known to fail, and then the fewest that are not known.
    """
    if len(refuted) == 1:
        return refuted[0]
    told = _teller(book, m, option)
    because = {n: reasons(book.rules[n].form, m.exact)[1] for n in refuted}
    sorts = {n: {told(place) for place in places} for n, places in because.items()}
    refutes: dict[int, int] = {}
    for found in sorts.values():
        for sort in found:
            refutes[sort] = refutes.get(sort, 0) + 1

    def weight(sort: int) -> tuple[int, int, int]:
        if refutes[sort] == len(refuted):
            return 0, 0, sort
        return (1, 0, sort) if telling.REASONS[sort].against else (2, -refutes[sort], sort)

    best = min(refutes, key=weight)
    return min((n for n in refuted if best in sorts[n]), key=lambda n: (len(because[n]), _unknown(book, m, n), n))


def _unknown(book: Rulebook, m: Matched, number: int) -> int:
    """How many conditions of a rule are not known."""
    truths = m.exact.truths
    return sum([truths[place] is None for place in book.once(_leaves)[number]])


def _leaves(book: Rulebook) -> Sequence[Sequence[int]]:
    return [tuple(leaves(rule.form)) for rule in book.rules]


def _teller(book: Rulebook, m: Matched, option: str) -> Callable[[int], int]:
    """The place of a literal in the order of reasons, for one option."""
    own, always, literals = book.once(_own)[option], book.once(_always), book.table.literals

    known: dict[int, int] = {}

    def told(place: int) -> int:
        found = always[place] if place not in known else known[place]
        if found is None:
            found = known[place] = telling.place(literals[place], m.facts, own)
        return found

    return told


def _own(book: Rulebook) -> Mapping[str, frozenset[str]]:
    return {option.id: frozenset((*option.drugs, *option.classes)) for option in book.options.values()}


def _always(book: Rulebook) -> Sequence[int | None]:
    """The place in the order of reasons that a literal has for every patient and option, where it has one."""
    return [telling.always(literal) if literal.atom.fact else None for literal in book.table.literals]


def _excluding(book: Rulebook) -> Mapping[str, Sequence[int]]:
    """By option, the rules that may rule it out."""
    return {o: [n for n in numbers if book.rules[n].kind == "exclude"] for o, numbers in book.about.items()}


def _subtypes(book: Rulebook) -> frozenset[int]:
    return frozenset(place for places in book.once(_scopes) for place in places)


def _scopes(book: Rulebook) -> Sequence[Sequence[int]]:
    """By rule, the places of its demands on the subtype; where one is known to fail, the rule is not in scope."""
    found = (
        [part for part in parts(rule.form) if isinstance(part, int) and literal(book, part).atom.fact == "subtype"]
        for rule in book.rules
    )
    return list(map(tuple, found))


def literal(book: Rulebook, place: int) -> Literal:
    """The literal at a place."""
    return book.table.literals[place]
