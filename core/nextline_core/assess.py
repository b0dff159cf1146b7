"""What the rules say of each option for one patient: offered or not, in which band, with which cautions, or ruled
out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .conditions import All, Literal, Tree, leaves_where
from .rulebook import BANDS, STRENGTHS, Rule, Rulebook
from .values import Value
from .vocabulary import VOCABULARY

_STRENGTH_ORDER = {name: place for place, name in enumerate(STRENGTHS)}
_BAND_ORDER = {name: place for place, name in enumerate(BANDS)}


@dataclass(frozen=True)
class Caution:
    """A warning on an option.

    ``presumed``: it says that something is not known, not that something is wrong.
    """

    code: str
    severity: str
    text: str
    bases: tuple[str, ...]
    presumed: bool = False


@dataclass
class Standing:
    """How one option stands for one patient."""

    option: str
    status: str
    band: str
    offer: Rule
    why: list[Literal]
    needs: list[Literal]
    presumed: list[str] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    drugs: list[str] = field(default_factory=list)
    lost: str | None = None


@dataclass(frozen=True)
class RuledOut:
    """An option that known facts speak against."""

    option: str
    because: tuple[Literal, ...]
    rules: tuple[str, ...]
    sentence: str
    bases: tuple[str, ...]


@dataclass(frozen=True)
class Matched:
    """The rules met and undetermined: exactly, and with the ordinary state presumed where an unknown does not
    decide."""

    facts: Mapping[str, Value]
    presumed_facts: Mapping[str, Value]
    met: frozenset[int]
    undetermined: frozenset[int]
    met_presumed: frozenset[int]
    undetermined_presumed: frozenset[int]


def match(book: Rulebook, facts: Mapping[str, Value]) -> Matched:
    """Runs the matcher over all rules, once exactly and, if anything is presumed, once more with the
    presumptions."""
    met, undetermined = book.matcher.match(*book.encoder.encode(facts))
    presumed = {f.name: f.presumed for f in VOCABULARY.values() if f.presumed is not None and f.name not in facts}
    if not presumed:
        return Matched(facts, facts, frozenset(met), frozenset(undetermined), frozenset(met), frozenset(undetermined))
    both = {**facts, **presumed}
    met_p, undetermined_p = book.matcher.match(*book.encoder.encode(both))
    return Matched(facts, both, frozenset(met), frozenset(undetermined), frozenset(met_p), frozenset(undetermined_p))


def offered(book: Rulebook, m: Matched) -> dict[str, Standing]:
    """Options that apply or are possible and that nothing known rules out, with cautions and bands settled."""
    standings = {}
    for option in book.options:
        standing = _standing(book, m, option)
        if standing is not None and not _exclusions(book, m, option):
            _settle(book, m, standing)
            standings[option] = standing
    return standings


def _standing(book: Rulebook, m: Matched, option: str) -> Standing | None:
    applied = [n for n in book.offers[option] if n in m.met_presumed]
    possible = [n for n in book.offers[option] if n in m.undetermined_presumed]
    for status, numbers in (("applies", applied), ("possible", possible)):
        if numbers:
            best = min(
                numbers,
                key=lambda n: (
                    _BAND_ORDER[book.rules[n].body["band"]],
                    _STRENGTH_ORDER[book.rules[n].body["strength"]],
                    n,
                ),
            )
            rule = book.rules[best]
            standing = Standing(
                option, status, rule.body["band"], rule, _why(rule, m), [], drugs=list(book.options[option].drugs)
            )
            if status == "possible":
                standing.needs = leaves_where(rule.tree, m.presumed_facts, None)
            standing.presumed = _presumed(book, m, best)
            standing.rules = [book.rules[n].id for n in numbers]
            return standing
    return None


def _parts(rule: Rule) -> tuple[Tree, ...]:
    """The conditions that must all hold; the rule itself where it is a single condition."""
    return rule.tree.parts if isinstance(rule.tree, All) else (rule.tree,)


def _why(rule: Rule, m: Matched) -> list[Literal]:
    return [leaf for part in _parts(rule) for leaf in leaves_where(part, m.facts, True)]


def _presumed(book: Rulebook, m: Matched, number: int) -> list[str]:
    """The facts on whose ordinary state the offer rests although they are not known."""
    if number not in m.undetermined:
        return []
    places = book.matcher.deciding(number, *book.encoder.encode(m.facts))
    names = {book.table.literals[place].atom.fact for place in places}
    return sorted(name for name in names if name not in m.facts and VOCABULARY[name].presumed is not None)


def _exclusions(book: Rulebook, m: Matched, option: str) -> list[Rule]:
    return [book.rules[n] for n in book.about[option] if book.rules[n].kind == "exclude" and n in m.met]


def _settle(book: Rulebook, m: Matched, standing: Standing) -> None:
    for name in standing.presumed:
        standing.cautions.append(
            Caution(
                f"not_known:{name}",
                "monitor",
                f"{VOCABULARY[name].label.capitalize()} is not known; offered on the "
                "presumption that it does not stand against this. Check it.",
                (),
                presumed=True,
            )
        )
    for number in book.about[standing.option]:
        rule = book.rules[number]
        if number in m.met:
            _apply(standing, rule)
        elif number in m.undetermined and rule.body.get("if_unknown"):
            unknown = rule.body["if_unknown"]
            standing.cautions.append(
                Caution(
                    rule.body.get("code") or rule.id, unknown["severity"], unknown["text"], _ids(rule), presumed=True
                )
            )
    if standing.band == "preferred" and any(c.severity == "major" and not c.presumed for c in standing.cautions):
        standing.band = "consider"


def _apply(standing: Standing, rule: Rule) -> None:
    if rule.kind == "caution":
        standing.cautions.append(Caution(rule.body["code"], rule.body["severity"], rule.sentence, _ids(rule)))
    elif rule.kind == "hold":
        standing.band = max(standing.band, rule.body["band"], key=lambda band: _BAND_ORDER[band])
        standing.rules.append(rule.id)
        standing.cautions.append(Caution(rule.id, "monitor", rule.sentence, _ids(rule)))
    elif rule.kind == "companion":
        standing.drugs.extend(drug for drug in rule.body["drugs"] if drug not in standing.drugs)
        standing.cautions.append(Caution(rule.body["code"], "monitor", rule.sentence, _ids(rule)))


def _ids(rule: Rule) -> tuple[str, ...]:
    return tuple(identifier for identifier, _ in rule.evidence)


def ruled_out(book: Rulebook, m: Matched, standings: Mapping[str, Standing]) -> list[RuledOut]:
    """Options of this subtype that a known fact speaks against: a contraindication, or a condition known not to
    hold."""
    found = []
    for option in book.options:
        if option in standings:
            continue
        excluded = _exclusions(book, m, option)
        if excluded:
            if any(_in_scope(book.rules[n], m) for n in book.offers[option]):
                because = [leaf for rule in excluded for leaf in leaves_where(rule.tree, m.facts, True)]
                found.append(
                    RuledOut(
                        option,
                        tuple(dict.fromkeys(because)),
                        tuple(r.id for r in excluded),
                        " ".join(r.sentence for r in excluded),
                        tuple(i for r in excluded for i in _ids(r)),
                    )
                )
            continue
        refuted = [
            (n, leaves_where(book.rules[n].tree, m.facts, False))
            for n in book.offers[option]
            if _in_scope(book.rules[n], m)
        ]
        if refuted and all(
            because for _, because in refuted
        ):  # what is refuted on a presumption alone is not known to fail
            number, because = min(refuted, key=lambda pair: (len(pair[1]), pair[0]))
            rule = book.rules[number]
            found.append(RuledOut(option, tuple(because), (rule.id,), rule.sentence, _ids(rule)))
    return found


def _in_scope(rule: Rule, m: Matched) -> bool:
    """Whether the rule's demand on the subtype, if it makes one, is not known to fail."""
    return not any(
        isinstance(part, Literal) and part.atom.fact == "subtype" and part.holds(m.facts) is False
        for part in _parts(rule)
    )
