"""Finds what cannot be right about options and rules: unknown ids, facts, values and citations, conditions that can
never hold, rules that repeat another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from nextline_core.conditions import All, Atom, Literal, atom, literals
from nextline_core.errors import RuleError
from nextline_core.vocabulary import HARMS, PROFILE_ONLY, VOCABULARY

from . import satisfiable
from .literals import Terms, faults, of_criterion
from .load import CITABLE, Corpus, Place
from .medicines import FILE
from .models.rules import Named
from .problems import Problem
from .rulebase import RuleBase, Written, own_literals

_ONCE = ("offer", "hold", "exclude", "test")  # of these kinds a second rule that says the same is a mistake


def check(base: RuleBase, corpus: Corpus, terms: Terms) -> list[Problem]:
    """Every fault of the options and the written-out rules; one fault of a template is told once."""
    wrong = {name: list(_named(named, terms)) for name, named in base.conditions.items()}
    told = {atom for found in wrong.values() for atom, _ in found}
    problems = [
        *_options(base, terms),
        *_criteria(corpus, terms),
        *_mechanisms(base, corpus),
        *_conditions(base, wrong),
        *_unasked(base, terms),
    ]
    citable = _citable(corpus)
    seen: dict[tuple[Any, ...], Written] = {}
    for rule in base.rules:
        found = [*_cited(rule, citable, corpus), *_condition(rule, terms, told), *_body(rule, terms)]
        again = seen.setdefault(_says(rule), rule)
        if again is not rule and rule.kind in _ONCE:
            found.append((f"repeats the rule '{again.id}'", "take one of them out"))
        problems += [_problem(rule.place, rule.rule.id, *fault) for fault in found]
    problems += _taken(base, {record.id: kind for kind, record in corpus.records()})
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
    if rule.kind == "offer" and all(role != "supports" for _, role in rule.evidence):
        yield "no record supports this offer", "cite one that does"
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


def _named(named: Named, terms: Terms) -> Iterator[tuple[Atom, str]]:
    """What is wrong with the literals that a named condition asks itself."""
    for literal in own_literals(named):
        yield from ((literal.atom, fault) for fault in faults(literal, terms))


def _conditions(base: RuleBase, wrong: Mapping[str, list[tuple[Atom, str]]]) -> Iterator[Problem]:
    seen = {name for when in base.conditions.values() for name in _sees(when.when)}
    seen |= {name for rule in base.rules for name in _sees(rule.rule.when)}
    for name in base.conditions:
        for _, fault in wrong[name]:
            yield _problem(base.places[name], name, fault, "correct the condition")
        if name not in seen and not base.unread:
            yield _problem(base.places[name], name, "nothing sees this condition", "take it out, or see it")


def _unasked(base: RuleBase, terms: Terms) -> Iterator[Problem]:
    """Typed words that no rule asks for."""
    if terms.medicines and not base.unread:
        asked = {literal.atom.wanted for rule in base.rules for literal in literals(rule.tree)}
        for word in terms.medicines.typed_words:
            if word not in asked:
                yield Problem(FILE, 0, "", f"no rule asks for the typed word '{word}'", "take it out, or correct it")


def _sees(when: Any) -> Iterator[str]:
    """The names of the conditions that a written condition sees."""
    if isinstance(when, dict):
        if set(when) == {"see"}:
            yield str(when["see"])
        yield from (name for part in when.values() for name in _sees(part))
    elif isinstance(when, list):
        yield from (name for part in when for name in _sees(part))


def _condition(rule: Written, terms: Terms, told: Collection[Atom]) -> Iterator[tuple[str, str]]:
    """Faults of the rule's condition but for those told where a named condition is written."""
    found = [(lit.atom, fault) for lit in literals(rule.tree) for fault in faults(lit, terms)]
    own = dict.fromkeys(fault for asked, fault in found if asked not in told)
    yield from ((fault, "correct the condition") for fault in own)
    if not found and not satisfiable.can_hold(rule.tree):
        yield "can never hold: its conditions contradict each other", "correct the condition"


def _body(rule: Written, terms: Terms) -> Iterator[tuple[str, str]]:
    if rule.kind == "companion":
        for drug in rule.body["drugs"]:
            if not terms.ladder.knows(drug) and drug not in terms.unread:
                yield f"its companion '{drug}' is neither a drug nor a class", "correct the id"
    if lays := rule.body.get("lays"):
        if lays["harm"] not in HARMS:
            yield f"lays '{lays['harm']}', which is no harm; they are {', '.join(HARMS)}", "correct the harm"
        for cause in (*lays["drugs"], *lays["classes"]):
            if not terms.ladder.knows(cause) and cause not in terms.unread:
                yield f"lays a harm to '{cause}', which is neither a drug nor a class", "correct the id"
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


def _taken(base: RuleBase, records: Mapping[str, str]) -> Iterator[Problem]:
    """Rules whose id another rule, a named condition or a record has: an answer names rules and records by id alone."""
    first: dict[str, Written] = {}
    for rule in base.rules:
        kind = "conditions" if rule.id in base.conditions else records.get(rule.id)
        if kind:
            yield _problem(rule.place, rule.rule.id, f"this id is taken by one of the {kind}", "choose another id")
        other = first.setdefault(rule.id, rule)
        if other is not rule:
            text = f"this rule id is taken by {other.place.file}:{other.place.line}"
            yield _problem(rule.place, rule.rule.id, text, "choose another id")
