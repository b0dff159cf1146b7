"""Finds what cannot be right about options and rules: unknown ids, facts, values and citations, conditions that can
never hold, rules that repeat another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nextline_core.conditions import All, Literal, atom, literals
from nextline_core.errors import RuleError
from nextline_core.vocabulary import PROFILE_ONLY, VOCABULARY

from . import satisfiable
from .literals import Terms, faults, of_criterion
from .load import CITABLE, Corpus, Place
from .problems import Problem
from .rulebase import RuleBase, Written

_ONCE = ("offer", "hold", "exclude", "test")  # of these kinds a second rule that says the same is a mistake


def check(base: RuleBase, corpus: Corpus, terms: Terms) -> list[Problem]:
    """Every fault of the options and the written-out rules; one fault of a template is told once."""
    problems = [*_options(base, terms), *_criteria(corpus, terms), *_mechanisms(base, corpus)]
    citable = _citable(corpus)
    seen: dict[tuple[Any, ...], Written] = {}
    for rule in base.rules:
        found = [*_cited(rule, citable, corpus), *_condition(rule, terms), *_body(rule, terms)]
        again = seen.setdefault(_says(rule), rule)
        if again is not rule and rule.kind in _ONCE:
            found.append((f"repeats the rule '{again.id}'", "take one of them out"))
        problems += [_problem(rule.place, rule.rule.id, *fault) for fault in found]
    problems += _taken(base)
    return list(dict.fromkeys(problems))


def _problem(place: Place, record: str, text: str, remedy: str) -> Problem:
    return Problem(place.file, place.line, record, text, remedy)


def _options(base: RuleBase, terms: Terms) -> Iterator[Problem]:
    offered = {option for rule in base.rules if rule.kind == "offer" for option in rule.options}
    for option in base.options.values():
        place = base.places[option.id]
        for drug in (*option.drugs, *option.backbone):
            if not terms.ladder.knows(drug) and drug not in terms.unread:
                yield _problem(place, option.id, f"names the drug '{drug}', which does not exist", "correct the id")
        for drug in set(option.backbone) - set(option.drugs):
            yield _problem(place, option.id, f"'{drug}' is its backbone, but not among its drugs", "correct the id")
        if option.id not in offered and not base.unread:
            yield _problem(place, option.id, "no rule offers it", "write an offer, or take it out")


def _criteria(corpus: Corpus, terms: Terms) -> Iterator[Problem]:
    """Faults in the criteria that results state of their population."""
    for result in corpus.results:
        for criterion in result.criteria:
            try:
                found = list(faults(of_criterion(criterion), terms))
            except RuleError as error:
                found = [str(error)]
            for fault in found:
                yield corpus.problem("results", result.id, f"criteria: {fault}", "correct the criterion")


def _mechanisms(base: RuleBase, corpus: Corpus) -> Iterator[Problem]:
    for record in corpus.mechanisms:
        for option in record.options:
            if option not in base.options and option not in base.unread:
                text = f"options names '{option}', which does not exist"
                yield corpus.problem("mechanisms", record.id, text, "correct the id")


def _citable(corpus: Corpus) -> dict[str, Any]:
    return {record.id: record for kind, record in corpus.records() if kind in CITABLE}


def _cited(rule: Written, citable: dict[str, Any], corpus: Corpus) -> Iterator[tuple[str, str]]:
    known = {study.id for study in corpus.studies} if rule.kind == "trial" else citable
    for identifier, role in rule.evidence:
        if identifier in corpus.unread:
            continue
        if identifier not in known:
            yield f"cites '{identifier}', which is not in the evidence", "correct the id or add the record"
            continue
        status = getattr(citable.get(identifier), "record_status", "active")
        if status != "active" and role != "context":
            newer = citable[identifier].superseded_by
            remedy = f"cite '{newer}'" if newer else "cite another record"
            yield f"rests on '{identifier}', which is {status}", f"{remedy}, or give this one the role context"


def _condition(rule: Written, terms: Terms) -> Iterator[tuple[str, str]]:
    found = [fault for literal in literals(rule.tree) for fault in faults(literal, terms)]
    yield from ((fault, "correct the condition") for fault in dict.fromkeys(found))
    if not found and not satisfiable.can_hold(rule.tree):
        yield "can never hold: its conditions contradict each other", "correct the condition"


def _body(rule: Written, terms: Terms) -> Iterator[tuple[str, str]]:
    if rule.kind == "companion":
        for drug in rule.body["drugs"]:
            if not terms.ladder.knows(drug) and drug not in terms.unread:
                yield f"its companion '{drug}' is neither a drug nor a class", "correct the id"
    if rule.kind == "test":
        yield from ((fault, "correct the test") for fault in _test(rule, terms))


def _test(rule: Written, terms: Terms) -> Iterator[str]:
    asked, outcomes = rule.body["fact"], rule.body["outcomes"]
    if asked not in PROFILE_ONLY and (asked not in VOCABULARY or VOCABULARY[asked].derived):
        yield f"'{asked}' is no member of a profile"
    for result, gives in outcomes.items():
        try:
            told = [Literal(atom(fact, "is", value)) for fact, value in gives.items()]
        except RuleError as error:
            yield f"outcome '{result}': {error}"
            continue
        found = [fault for literal in told for fault in faults(literal, terms)]
        yield from (f"outcome '{result}': {fault}" for fault in found)
        if not gives or (asked in VOCABULARY and asked not in gives):
            yield f"outcome '{result}' does not tell '{asked}'"
        elif not found and not satisfiable.can_hold(All(tuple(told))):
            yield f"outcome '{result}' contradicts itself"


def _says(rule: Written) -> tuple[Any, ...]:
    """What makes two rules the same."""
    said = (rule.body.get(name) for name in ("band", "code", "fact"))
    return (rule.kind, rule.options, repr(rule.tree), *said)


def _taken(base: RuleBase) -> Iterator[Problem]:
    first: dict[str, Written] = {}
    for rule in base.rules:
        other = first.setdefault(rule.id, rule)
        if other is not rule:
            text = f"this rule id is taken by {other.place.file}:{other.place.line}"
            yield _problem(rule.place, rule.rule.id, text, "choose another id")
