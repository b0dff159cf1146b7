"""Reads options and rules, puts named conditions in place, and writes templates out; :mod:`.rulecheck` looks for what
cannot be right about them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

from pydantic import TypeAdapter

from nextline_core.conditions import Literal, Tree, literals, parse
from nextline_core.errors import RuleError

from . import validated
from .ladder import Ladder
from .load import Corpus, Place
from .models.rules import AnyRule, Named, Option, Targets
from .problems import Problem
from .validated import Faults

_SEEN = {"fact": "seen", "known": True}  # stands for a named condition where what it asks does not matter
_SEEING = 20  # named conditions that see each other deeper than this do so in a circle


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
    place: Place
    rule: Any


@dataclass
class RuleBase:
    """All options, named conditions and written-out rules, and where options and conditions were written.

    ``unread`` holds the ids of those that are written, but could not be read.
    """

    options: dict[str, Option] = field(default_factory=dict)
    conditions: dict[str, Named] = field(default_factory=dict)
    rules: list[Written] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    unread: Collection[str] = ()


class _UnreadError(RuleError):
    """A rule speaks of something that could not be read, so that nothing can be said of the rule."""


def read(db: Path, corpus: Corpus, faults: Faults) -> RuleBase:
    """The options and rules of ``db/options`` and ``db/rules`` that can be read; every fault is added to ``faults``."""
    base, ladder = RuleBase(unread=faults.unread), Ladder(corpus)
    adapters: dict[str, TypeAdapter[Any]] = {
        "options": TypeAdapter(Option),
        "conditions": TypeAdapter(Named),
        "rules": TypeAdapter(AnyRule),
    }
    rules: list[tuple[Any, Place]] = []
    for folder in ("options", "rules"):
        for file in validated.files(db, folder, faults):
            for kind, index, entry in validated.entries(file, adapters, faults):
                place = Place(file.name, file.line(kind, index))
                if kind == "rules":
                    rules.append((entry, place))
                else:
                    _keep(base, getattr(base, kind), entry, place, faults.problems)
    _sort_out(base, faults)
    for rule, place in rules:
        try:
            base.rules.extend(_write_out(rule, base, ladder, place))
        except _UnreadError:
            continue
        except RuleError as error:
            text = str(error).removeprefix(f"{rule.id}: ")
            faults.problems.append(Problem(place.file, place.line, rule.id, text, "correct the rule"))
    return base


def _keep(base: RuleBase, table: dict[str, Any], entry: Any, place: Place, problems: list[Problem]) -> None:
    first = base.places.get(entry.id)
    if first is not None:
        text = f"this id is taken by {first.file}:{first.line}"
        problems.append(Problem(place.file, place.line, entry.id, text, "choose another id"))
    else:
        base.places[entry.id] = place
        table[entry.id] = entry


def _sort_out(base: RuleBase, faults: Faults) -> None:
    """Takes out the named conditions that cannot be parsed: each is told where it is written, and not once more with
    every rule that sees it."""
    for step in (own_literals, lambda named: _in_place(named.when, base, 0)):
        for named in list(base.conditions.values()):
            try:
                step(named)
            except RuleError as error:
                if not isinstance(error, _UnreadError):
                    place = base.places[named.id]
                    text = str(error)
                    faults.problems.append(Problem(place.file, place.line, named.id, text, "correct the condition"))
                faults.unread.add(named.id)
                del base.conditions[named.id]


def own_literals(named: Named) -> tuple[Literal, ...]:
    """The literals that a named condition asks itself, without those of the conditions that it sees.

    Raises RuleError.
    """
    return tuple(lit for lit in literals(parse(named.when, lambda _: _SEEN)) if lit.atom.fact != _SEEN["fact"])


def _write_out(rule: Any, base: RuleBase, ladder: Ladder, place: Place) -> Iterator[Written]:
    evidence = tuple((cite.id, cite.role) for cite in rule.evidence)
    fixed = {"kind", "id", "when", "sentence", "evidence", "note", "option", "options", "targets", "each"}
    body = {
        name: value for name, value in rule.model_dump(mode="json").items() if name not in fixed and value is not None
    }
    for suffix, options, filled in _copies(rule, base, ladder):
        identifier = rule.id + suffix
        when = _in_place(_fill(rule.when, filled), base, 0)
        tree = parse(when, _no_name, identifier)
        sentence = _fill(rule.sentence, filled)
        yield Written(identifier, rule.kind, options, when, sentence, evidence, _fill(body, filled), tree, place, rule)


def _copies(rule: Any, base: RuleBase, ladder: Ladder) -> Iterator[tuple[str, tuple[str, ...], dict[str, str] | None]]:
    """What a rule is written out as: (end of its id, options, words to fill in).

    Once, or once per drug of each option.
    """
    if not getattr(rule, "each", None):
        yield "", _spoken_of(rule, base, ladder), None
        return
    for option in _targets(rule.targets, base, ladder):
        for drug in _each_drug(base.options[option], rule.each):
            kind = "classes" if drug in ladder.classes else "drugs"
            yield f".{option}.{drug}", (option,), {"drug": drug, "kind": kind, "name": ladder.names.get(drug, drug)}


def _spoken_of(rule: Any, base: RuleBase, ladder: Ladder) -> tuple[str, ...]:
    if hasattr(rule, "targets"):
        return tuple(_targets(rule.targets, base, ladder))
    options = (rule.option,) if rule.kind == "offer" else tuple(rule.options) if rule.kind == "mechanism" else ()
    _among(options, base.options, "option", base)
    return options


def _no_name(name: str) -> Mapping[str, Any]:
    raise RuleError(f"no condition is named '{name}'")


def _in_place(when: Any, base: RuleBase, depth: int) -> Any:
    """The condition with every ``{see: name}`` replaced by what it stands for."""
    if depth > _SEEING:
        raise RuleError("named conditions see each other in a circle")
    if isinstance(when, dict) and set(when) == {"see"}:
        name = str(when["see"])
        if name in base.unread:
            raise _UnreadError(name)
        return _in_place(base.conditions[name].when if name in base.conditions else _no_name(name), base, depth + 1)
    if isinstance(when, dict):
        return {
            key: _in_place(value, base, depth) if key in ("all", "any", "not") else value for key, value in when.items()
        }
    return [_in_place(part, base, depth) for part in when] if isinstance(when, list) else when


def _targets(targets: Targets, base: RuleBase, ladder: Ladder) -> Iterator[str]:
    _among((*targets.options, *targets.except_options), base.options, "option", base)
    _among(targets.classes, ladder.classes, "class", base)
    _among(targets.drugs, ladder.names, "drug", base)
    found = False
    for identifier, option in base.options.items():
        named = (
            identifier in targets.options
            or bool(set(targets.drugs) & set(option.drugs))
            or bool(set(targets.classes) & ladder.of(option.drugs))
        )
        if (named or (targets.all and not option.supportive)) and identifier not in targets.except_options:
            found = True
            yield identifier
    if not found:
        raise RuleError("its targets hold no option")


def _among(named: Collection[str], known: Collection[str], what: str, base: RuleBase) -> None:
    for identifier in named:
        if identifier in base.unread:
            raise _UnreadError(identifier)
        if identifier not in known:
            raise RuleError(f"speaks of the {what} '{identifier}', which does not exist")


def _each_drug(option: Option, each: str) -> list[str]:
    return [drug for drug in option.drugs if each == "drug" or drug not in option.backbone]


def _fill(value: Any, filled: Mapping[str, str] | None) -> Any:
    """Puts the words of a template in place; a rule that is written once has no words to fill in."""
    if isinstance(value, str) and "$" in value:
        try:
            return Template(value).substitute(filled or {})
        except (KeyError, ValueError) as error:
            known = ", ".join(f"${name}" for name in filled or ()) or "none, for it has no 'each'"
            raise RuleError(f"{value!r} holds the unknown word {error}; known are: {known}") from None
    if isinstance(value, dict):
        return {key: _fill(inner, filled) for key, inner in value.items()}
    return [_fill(inner, filled) for inner in value] if isinstance(value, list) else value
