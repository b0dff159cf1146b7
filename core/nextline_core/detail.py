"""Why an option stands where it stands: reasons, needs and cautions of one standing, as literals and sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .assess import Matched, Standing, band_of, literal, topic_of
from .conditions import Literal
from .forms import lacking, parts, reasons, truth
from .match import UNKNOWN
from .rulebook import BANDS, Rule, Rulebook
from .settling import graded
from .vocabulary import VOCABULARY

# What is still to be found out about one option is a list to work through, not a survey.
MOST_NEEDS = 8


@dataclass(frozen=True)
class Caution:
    """A warning on an option.

    ``to_check``: it says that something is not known, not that something is wrong.
    """

    topic: str
    code: str
    severity: str
    text: str
    bases: tuple[str, ...]
    to_check: bool = False


def why(book: Rulebook, m: Matched, standing: Standing) -> list[int]:
    """The known facts that make the offer hold, part by part, as places of literals."""
    truths = m.exact.truths
    places: list[int] = []
    for part in parts(book.rules[standing.offer].form):
        if isinstance(part, int):
            if truths[part]:
                places.append(part)
        elif truth(part, m.exact):
            places += reasons(part, m.exact)[1]
    return list(dict.fromkeys(places))


def needs(book: Rulebook, m: Matched, standing: Standing) -> list[Literal]:
    """The unknown facts that could make a possible option apply, over all its offers; none for one that applies.

    Most telling first: of the offers that least has to be found out for, then of those in a better band or with
    stronger evidence. At most ``MOST_NEEDS``, each fact once, a set once for each of its members.
    """
    if standing.status != "possible":
        return []

    grades, literals = book.once(graded), book.table.literals
    found: dict[tuple[str, object], Literal] = {}
    for number in sorted(standing.offers, key=lambda n: (lacking(book.rules[n].form, m.presumed), grades[n])):
        for place in reasons(book.rules[number].form, m.presumed)[1]:
            atom = literals[place].atom
            member = atom.wanted if VOCABULARY[atom.fact].kind == "set" else None
            found.setdefault((atom.fact, member), literals[place])
    return list(found.values())[:MOST_NEEDS]


def cautions(book: Rulebook, m: Matched, standing: Standing) -> list[Caution]:
    """What to heed: presumptions first, then what holds, then what has to be checked; major ones lead.

    Of several on one topic, or of the same words, the first in this order stands for all, with the records of all.
    """
    found = [_presumption(name) for name in _presumed(book, m, standing)]
    for number in standing.said:
        rule = book.rules[number]
        if rule.kind in ("caution", "companion") or (rule.kind == "hold" and _holds_back(book, standing, rule)):
            found.append(_caution(book, standing.option, number))
    found += [_caution(book, standing.option, number, to_check=True) for number in standing.open]
    merged: dict[str, Caution] = {}
    topics: dict[str, str] = {}
    major, other = ([c for c in found if (c.severity == "major") is first] for first in (True, False))
    for caution in (*major, *other):
        topic = topics.setdefault(caution.text, caution.topic)
        first = merged.setdefault(topic, caution)
        if first is not caution:
            merged[topic] = replace(first, bases=tuple(dict.fromkeys((*first.bases, *caution.bases))))
    return list(merged.values())


def _caution(book: Rulebook, option: str, number: int, to_check: bool = False) -> Caution:
    """What a rule says of an option, or what it says where it is not decided; the same for every patient."""
    made = book.once(_cautions)
    if (option, number, to_check) not in made:
        rule = book.rules[number]
        severity, text = rule.body["severity"] if rule.kind == "caution" else "monitor", rule.sentence
        if to_check:
            severity, text = rule.body["if_unknown"]["severity"], rule.body["if_unknown"]["text"]
        code, bases = rule.body.get("code") or rule.id, book.concerning(rule.cites, option)
        made[option, number, to_check] = Caution(topic_of(rule), code, severity, text, bases, to_check)
    return made[option, number, to_check]


def _cautions(_: Rulebook) -> dict[tuple[str, int, bool], Caution]:
    return {}


def _holds_back(book: Rulebook, standing: Standing, rule: Rule) -> bool:
    """Whether a hold makes a difference: its band is behind the one the offer asks for."""
    return BANDS.index(band_of(rule)) > BANDS.index(band_of(book.rules[standing.offer]))


def _presumed(book: Rulebook, m: Matched, standing: Standing) -> list[str]:
    """The facts on whose ordinary state the offer rests although they are not known."""
    if m.values[standing.offer] != UNKNOWN:
        return []
    names = {literal(book, place).atom.fact for place in book.matcher.deciding(standing.offer, *m.exact.raw())}
    return sorted(name for name in names if name not in m.facts and VOCABULARY[name].presumed is not None)


def _presumption(name: str) -> Caution:
    label = VOCABULARY[name].label
    text = (
        f"{label[:1].upper()}{label[1:]}: not known. "
        "Offered on the presumption that it does not stand against this; check it."
    )
    topic = f"not_known:{name}"
    return Caution(topic, topic, "monitor", text, (), to_check=True)


def placed_by(book: Rulebook, standing: Standing) -> list[Rule]:
    """The rules that placed the option: its offers, the one that carries it first, and those that hold it back."""
    holds = (n for n in standing.said if book.rules[n].kind == "hold")
    return [book.rules[n] for n in dict.fromkeys((standing.offer, *standing.offers, *holds))]
