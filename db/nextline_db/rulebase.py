"""Reads options and rules, puts named conditions in place, writes templates out, and finds what cannot be right
about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

from nextline_core.conditions import Literal, Tree, literals, parse
from nextline_core.errors import RuleError
from nextline_core.vocabulary import VOCABULARY

from . import satisfiable, yamlfile
from .ladder import Ladder
from .load import Corpus, validate
from .models.rules import Named, Option, RuleFile, Targets
from .problems import CurationError, Problem


@dataclass(frozen=True)
class Written:
    """A rule as the store holds it: targets and templates written out, ``when`` without names."""

    id: str
    kind: str
    options: tuple[str, ...]
    when: Mapping[str, Any]
    sentence: str
    evidence: tuple[tuple[str, str], ...]
    body: Mapping[str, Any]
    tree: Tree
    file: str
    line: int


@dataclass
class RuleBase:
    """All options, named conditions and written-out rules."""

    options: dict[str, Option] = field(default_factory=dict)
    conditions: dict[str, Named] = field(default_factory=dict)
    rules: list[Written] = field(default_factory=list)


def load(db: Path, corpus: Corpus) -> RuleBase:
    """Reads ``db/options`` and ``db/rules``.

    Raises :class:`CurationError` with every fault of any file.
    """
    base, ladder = RuleBase(), Ladder(corpus)
    problems: list[Problem] = []
    files = [
        yamlfile.read(path, db) for folder in ("options", "rules") for path in sorted((db / folder).rglob("*.yaml"))
    ]
    parsed = [
        (file, found) for file in files if (found := validate(RuleFile, file.data or {}, file, problems)) is not None
    ]
    for file, content in parsed:
        tables: tuple[tuple[str, Any, dict[str, Any]], ...] = (
            ("options", content.options, base.options),
            ("conditions", content.conditions, base.conditions),
        )
        for kind, entries, table in tables:
            for index, entry in enumerate(entries):
                if entry.id in table:
                    line = file.line(kind, index)
                    problems.append(Problem(file.name, line, entry.id, f"this id in {kind} is taken", "choose another"))
                table[entry.id] = entry
    for file, content in parsed:
        for index, rule in enumerate(content.rules):
            try:
                base.rules.extend(_write_out(rule, base, ladder, file.name, file.line("rules", index)))
            except RuleError as error:
                problems.append(Problem(file.name, file.line("rules", index), rule.id, str(error)))
    problems.extend(check(base, corpus, ladder))
    if problems:
        raise CurationError(problems)
    return base


def _write_out(rule: Any, base: RuleBase, ladder: Ladder, file: str, line: int) -> Iterator[Written]:
    evidence = tuple((cite.id, cite.role) for cite in rule.evidence)
    fixed = {"kind", "id", "when", "sentence", "evidence", "note", "option", "options", "targets", "each"}
    body = {
        name: value for name, value in rule.model_dump(mode="json").items() if name not in fixed and value is not None
    }
    if getattr(rule, "each", None):
        for option in _targets(rule.targets, base, ladder):
            for drug in _each_drug(base.options[option], rule.each):
                filled = {
                    "drug": drug,
                    "kind": "classes" if drug in ladder.classes else "drugs",
                    "name": ladder.names.get(drug, drug),
                }
                yield _written(
                    f"{rule.id}.{option}.{drug}",
                    rule.kind,
                    (option,),
                    _fill(rule.when, filled),
                    _fill(rule.sentence, filled),
                    evidence,
                    _fill(body, filled),
                    base,
                    (file, line),
                )
        return
    options = (rule.option,) if rule.kind == "offer" else tuple(rule.options) if rule.kind == "mechanism" else ()
    if hasattr(rule, "targets"):
        options = tuple(_targets(rule.targets, base, ladder))
    for option in options:
        if option not in base.options:
            raise RuleError(f"speaks of the option '{option}', which is not among the options")
    yield _written(rule.id, rule.kind, options, rule.when, rule.sentence, evidence, body, base, (file, line))


def _written(
    identifier: str,
    kind: str,
    options: tuple[str, ...],
    when: Any,
    sentence: str,
    evidence: tuple[tuple[str, str], ...],
    body: Any,
    base: RuleBase,
    place: tuple[str, int],
) -> Written:
    placed = _in_place(when, base.conditions, identifier, 0)
    return Written(
        identifier, kind, options, placed, sentence, evidence, body, parse(placed, _no_name, identifier), *place
    )


def _no_name(name: str) -> Mapping[str, Any]:
    raise RuleError(f"no condition is named '{name}'")


def _in_place(when: Any, conditions: Mapping[str, Named], record: str, depth: int) -> Any:
    """The condition with every ``{see: name}`` replaced by what it stands for."""
    if depth > 20:
        raise RuleError("named conditions see each other in a circle", record)
    if isinstance(when, dict) and set(when) == {"see"}:
        if when["see"] not in conditions:
            raise RuleError(f"no condition is named '{when['see']}'")
        return _in_place(conditions[when["see"]].when, conditions, record, depth + 1)
    if isinstance(when, dict):
        return {
            key: _in_place(value, conditions, record, depth + 1) if key in ("all", "any", "not") else value
            for key, value in when.items()
        }
    return [_in_place(part, conditions, record, depth + 1) for part in when] if isinstance(when, list) else when


def _targets(targets: Targets, base: RuleBase, ladder: Ladder) -> Iterator[str]:
    for unknown in sorted({*targets.options, *targets.except_options} - set(base.options)):
        raise RuleError(f"speaks of the option '{unknown}', which is not among the options")
    for unknown in sorted(set(targets.classes) - ladder.classes):
        raise RuleError(f"speaks of the class '{unknown}', which does not exist")
    for identifier, option in base.options.items():
        named = (
            identifier in targets.options
            or bool(set(targets.drugs) & set(option.drugs))
            or bool(set(targets.classes) & ladder.of(option.drugs))
        )
        if (named or (targets.all and not option.supportive)) and identifier not in targets.except_options:
            yield identifier


def _each_drug(option: Option, each: str) -> list[str]:
    return [drug for drug in option.drugs if each == "drug" or drug not in option.backbone]


def _fill(value: Any, filled: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return Template(value).safe_substitute(filled)
    if isinstance(value, dict):
        return {key: _fill(inner, filled) for key, inner in value.items()}
    return [_fill(inner, filled) for inner in value] if isinstance(value, list) else value


def check(base: RuleBase, corpus: Corpus, ladder: Ladder) -> list[Problem]:
    """Unknown drugs, facts, values and citations; rules that can never hold; rules that repeat another."""
    citable = {
        r.id
        for kind, r in corpus.records()
        if kind in ("results", "statements", "approvals", "safety", "mechanisms", "adverse_events")
    }
    studies = {study.id for study in corpus.studies}
    problems = [
        Problem("options", 0, option.id, f"names the drug '{drug}', which is not among the drugs", "correct the id")
        for option in base.options.values()
        for drug in (*option.drugs, *option.backbone)
        if not ladder.knows(drug)
    ]
    seen: dict[tuple[Any, ...], Written] = {}
    for rule in base.rules:
        faults = [
            f"cites '{identifier}', which is not in the evidence"
            for identifier, _ in rule.evidence
            if identifier not in (studies if rule.kind == "trial" else citable)
        ]
        faults += [fault for literal in literals(rule.tree) for fault in _literal_faults(literal, ladder)]
        if not faults and not satisfiable.can_hold(rule.tree):
            faults.append("can never hold: its conditions contradict each other")
        key = (
            rule.kind,
            rule.options,
            repr(rule.tree),
            rule.body.get("band"),
            rule.body.get("code"),
            rule.body.get("fact"),
        )
        if rule.kind in ("offer", "hold", "exclude", "test") and key in seen:
            faults.append(f"repeats the rule '{seen[key].id}'")
        seen.setdefault(key, rule)
        problems += [Problem(rule.file, rule.line, rule.id, fault) for fault in dict.fromkeys(faults)]
    ids = [rule.id for rule in base.rules]
    problems += [
        Problem(r.file, r.line, r.id, "this rule id is taken", "choose another id")
        for k, r in enumerate(base.rules)
        if r.id in ids[:k]
    ]
    return problems


def _literal_faults(literal: Literal, ladder: Ladder) -> Iterator[str]:
    atom = literal.atom
    fact = VOCABULARY.get(atom.fact)
    if fact is None:
        yield f"asks for the fact '{atom.fact}', which does not exist"
        return
    fitting = {
        "flag": ("is", "known"),
        "enum": ("is", "in", "known"),
        "number": ("is", "in", "at_least", "at_most", "above", "below", "known"),
        "set": ("has", "known"),
    }
    if atom.operator not in fitting[fact.kind]:
        yield f"'{atom.operator}' does not fit the fact '{atom.fact}' ({fact.kind})"
        return
    wanted = atom.wanted if isinstance(atom.wanted, tuple) else (atom.wanted,)
    if atom.operator == "known":
        if not isinstance(atom.wanted, bool):
            yield f"'known' of '{atom.fact}' is true or false, not {atom.wanted!r}"
    elif fact.kind == "enum":
        yield from (
            f"'{atom.fact}' is never {value!r}; it is one of {', '.join(fact.values)}"
            for value in wanted
            if value not in fact.values
        )
    elif fact.kind == "flag" and not isinstance(atom.wanted, bool):
        yield f"'{atom.fact}' is true or false, not {atom.wanted!r}"
    elif fact.kind == "number" and any(isinstance(v, bool) or not isinstance(v, int | float) for v in wanted):
        yield f"'{atom.fact}' is a number, not {atom.wanted!r}"
    elif (
        fact.kind == "set"
        and atom.fact.endswith(("drugs", "classes"))
        and not atom.fact.startswith("medication")
        and not ladder.knows(str(atom.wanted))
    ):
        yield f"'{atom.wanted}' is neither a drug nor a class"
