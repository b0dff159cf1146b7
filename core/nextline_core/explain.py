"""Why an option stands where it does, or does not stand at all: every rule about it, condition by condition, in
sentences."""

from __future__ import annotations

from collections.abc import Iterator

from .answer import Situation
from .conditions import Literal
from .forms import leaves, reasons
from .rulebook import Rule, Rulebook
from .wording import condition, describe

_KINDS = {
    "offer": "Offers it in the band '{band}'",
    "hold": "Holds it at '{band}' at best",
    "exclude": "Rules it out",
    "caution": "Cautions",
    "companion": "Adds a drug",
}
_STATES = {True: "holds", False: "does not hold", None: "is not decided"}


def explain(book: Rulebook, here: Situation, option: str) -> Iterator[str]:
    """Lines for people.

    Raises KeyError for an option that does not exist.
    """
    standing = here.order.standings.get(option)
    regimen = book.options[option].regimen
    if standing is None:
        yield f"{regimen} is not among the options."
    else:
        place = here.order.ids.index(option) + 1
        status = "applies" if standing.status == "applies" else "is possible"
        yield f"{regimen} stands at place {place}, in the band '{standing.band}': it {status}."
    for number in (*book.offers[option], *book.about[option]):
        rule = book.rules[number]
        truth, places = reasons(rule.form, here.order.matched.exact)
        if rule.kind != "offer" and truth is False:
            continue  # a caution or exclusion that does not concern this patient
        yield ""
        yield f"{_KINDS[rule.kind].format(band=rule.body.get('band'))}: {rule.sentence} [{rule.id}: {_STATES[truth]}]"
        yield from _conditions(book, here, rule, places)
        yield f"  carried by {', '.join(rule.cites)}"


def _conditions(book: Rulebook, here: Situation, rule: Rule, deciding: list[int]) -> Iterator[str]:
    bits = here.order.matched.exact
    for title, truth in (("held", True), ("failed", False), ("not known", None)):
        found = [place for place in sorted(leaves(rule.form)) if bits.truths[place] is truth]
        if found:
            texts = [
                _text(book, here, book.table.literals[place]) + ("*" if place in deciding else "") for place in found
            ]
            yield f"  {title}: {'; '.join(texts)}"


def _text(book: Rulebook, here: Situation, literal: Literal) -> str:
    asked = condition(literal, book.catalogue.names)
    known = describe(literal, here.order.matched.facts.get(literal.atom.fact), book.catalogue.names)
    return f"{asked} ({known.partition(': ')[2]})"
