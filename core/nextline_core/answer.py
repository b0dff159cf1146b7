"""The whole way of one question: profile -> facts -> rules -> ranked options -> the answer object of the contract.

The answer is a plain mapping in the shape of ``nextline.answer/1``; see ``consistency`` for profiles that contradict
themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import __version__, ahead, consistency
from . import facts as fact_module
from .assess import Matched, Standing, match, offered, ruled_out
from .conditions import Literal
from .consistency import Problem
from .facts.lines import LineCount
from .profile import Profile, digest
from .rank import Fit, Ranked, fit, rank
from .rulebook import Rule, Rulebook
from .values import Value
from .vocabulary import SUBTYPES, describe

SCHEMA = "nextline.answer/1"
_SEVERITIES = ("urgent", "warning", "info")


@dataclass(frozen=True)
class Edition:
    """The edition of the evidence: version and the day up to which the literature was reviewed."""

    version: str
    date: str


@dataclass(frozen=True)
class Situation:
    """One profile worked through: what is known, what the rules say, and the ranked options."""

    profile: Profile
    lines: LineCount
    facts: Mapping[str, Value]
    matched: Matched
    ranked: tuple[Ranked, ...]


def situation(profile: Profile, book: Rulebook) -> Situation:
    """Facts, matched rules and ranked options of a valid profile."""
    lines = fact_module.count_lines(profile)
    facts = fact_module.derive(profile, book.catalogue, lines)
    matched, ranked = standing_order(book, facts)
    return Situation(profile, lines, facts, matched, ranked)


def standing_order(book: Rulebook, facts: Mapping[str, Value]) -> tuple[Matched, tuple[Ranked, ...]]:
    """Matches, settles and ranks for given facts."""
    matched = match(book, facts)
    standings = offered(book, matched)
    for standing in standings.values():
        _reach(book, standing, facts)
    return matched, tuple(rank(book, standings, facts))


def _reach(book: Rulebook, standing: Standing, facts: Mapping[str, Value]) -> None:
    """Moves an option that needs a drug not to be had here into the band `unavailable`."""
    missing = facts.get("unavailable")
    lacking = [drug for drug in standing.drugs if getattr(missing, "has", lambda _: False)(drug)]
    if lacking and not book.options[standing.option].supportive:
        names = ", ".join(book.name(drug) for drug in lacking)
        standing.lost = f"{names} cannot be had here; this option would stand in the band '{standing.band}'."
        standing.band = "unavailable"


def answer(
    profile: Profile, book: Rulebook, edition: Edition, extra_problems: Sequence[Problem] = ()
) -> dict[str, Any]:
    """The answer object.

    A profile that contradicts itself gets its problems and no options.
    """
    problems = [*extra_problems, *consistency.problems(profile, book.catalogue)]
    if any(problem.blocking for problem in problems):
        return refusal(problems, edition, digest(profile), consistency.subtype_of(profile))
    here = situation(profile, book)
    citing = _Citing(book, here)
    options = [citing.option(ranked) for ranked in here.ranked]
    result = _frame(edition, digest(profile))
    result.update(
        subtype=_subtype(here.facts),
        line=here.facts.get("line") if isinstance(here.facts.get("line"), int) else None,
        problems=[problem.to_plain() for problem in problems],
        options=options,
        ruled_out=[
            citing.ruled_out(r)
            for r in ruled_out(book, here.matched, {r.standing.option: r.standing for r in here.ranked})
        ],
        tests=ahead.tests(book, here.facts, here.matched, here.ranked, standing_order),
        flags=citing.flags(),
        outlook=citing.outlook(),
        mechanisms=citing.mechanisms(),
        line_count=[
            {"entry": r.entry, "line": r.line, "counts": r.counts, "rule": r.rule, "text": r.text}
            for r in here.lines.rows
        ],
    )
    result["conflicts"] = sorted(citing.conflicts)
    return result


def refusal(
    problems: Iterable[Problem], edition: Edition, profile_digest: str | None, subtype: str = "unknown"
) -> dict[str, Any]:
    """An answer object without options, for a profile that cannot be answered."""
    result = _frame(edition, profile_digest)
    result.update(subtype=subtype, line=None, problems=[problem.to_plain() for problem in problems])
    return result


def _frame(edition: Edition, profile_digest: str | None) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "evidence_version": edition.version,
        "evidence_date": edition.date,
        "engine_version": __version__,
        "profile_digest": profile_digest,
        "site_digest": None,
        "as_of": None,
        "subtype": "unknown",
        "line": None,
        "problems": [],
        "options": [],
        "ruled_out": [],
        "tests": [],
        "flags": [],
        "outlook": [],
        "mechanisms": [],
        "line_count": [],
        "conflicts": [],
    }


def _subtype(facts: Mapping[str, Value]) -> str:
    subtype = facts.get("subtype")
    return str(subtype) if subtype in SUBTYPES else "unknown"


class _Citing:
    """Writes parts of the answer, and collects the conflicts that touch anything cited on the way."""

    def __init__(self, book: Rulebook, here: Situation) -> None:
        self._book, self._here = book, here
        self.conflicts: set[str] = set()

    def option(self, ranked: Ranked) -> dict[str, Any]:
        """One row of ``options``."""
        standing, option = ranked.standing, self._book.options[ranked.standing.option]
        return {
            "rank": ranked.rank,
            "id": option.id,
            "regimen": option.regimen,
            "drugs": [self._book.name(drug) for drug in standing.drugs],
            "classes": list(option.classes),
            "band": standing.band,
            "status": standing.status,
            "why": self._facts(standing.why),
            "needs": self._facts(standing.needs),
            "cautions": [
                {"code": c.code, "severity": c.severity, "text": c.text, "bases": list(c.bases)}
                for c in standing.cautions
            ],
            "rules": standing.rules,
            "tied_with": list(ranked.tied_with),
            "factors": [{"name": n, "text": t} for n, t in ranked.factors],
            "lost": standing.lost,
            "evidence": self._option_evidence(standing),
        }

    def _option_evidence(self, standing: Standing) -> list[dict[str, Any]]:
        cited: dict[str, str] = {}
        placed = [rule for rule in self._book.rules if rule.id in set(standing.rules)]
        for rule in (standing.offer, *placed):
            for identifier, role in rule.evidence:
                cited.setdefault(identifier, role)
        return [self.cite(identifier, role) for identifier, role in cited.items()]

    def ruled_out(self, row: Any) -> dict[str, Any]:
        """One row of ``ruled_out``."""
        option = self._book.options[row.option]
        because = self._facts(row.because)
        because[0]["text"] = f"{because[0]['text']}. {row.sentence}"
        return {
            "id": option.id,
            "regimen": option.regimen,
            "drugs": [self._book.name(d) for d in option.drugs],
            "because": because,
            "rules": list(row.rules),
            "bases": list(row.bases),
        }

    def flags(self) -> list[dict[str, Any]]:
        """Flags, the urgent one first; of several urgent ones the first stays urgent, the others become warnings."""
        rows = []
        for rule, unknown in self._fired("flag"):
            severity, text = (
                (unknown["severity"], unknown["text"]) if unknown else (rule.body["severity"], rule.sentence)
            )
            rows.append({"code": rule.body["code"], "severity": severity, "text": text, "bases": self._bases(rule)})
        rows.sort(key=lambda row: (_SEVERITIES.index(row["severity"]), row["code"]))
        for row in rows[1:]:
            row["severity"] = "warning" if row["severity"] == "urgent" else row["severity"]
        return rows

    def mechanisms(self) -> list[dict[str, Any]]:
        """Resistance mechanisms that the history and the alterations found call up."""
        rows = []
        for rule, unknown in self._fired("mechanism"):
            if not unknown:
                references = [
                    r for identifier in self._bases(rule) for r in self._book.citations[identifier].references
                ]
                rows.append(
                    {
                        "id": rule.id,
                        "text": rule.sentence,
                        "references": list(dict.fromkeys(references)),
                        "options": list(rule.options),
                    }
                )
        return rows

    def outlook(self) -> list[dict[str, Any]]:
        """Resistance and survival figures for this subtype and line."""
        cited = {
            identifier: role
            for rule, unknown in self._fired("outlook")
            if not unknown
            for identifier, role in rule.evidence
        }
        return [self.cite(identifier, role) for identifier, role in cited.items()]

    def _fired(self, kind: str) -> Iterable[tuple[Rule, Mapping[str, Any] | None]]:
        """Rules of a kind that are met (with ``None``), or undetermined with something to say about that."""
        for number in self._book.general:
            rule = self._book.rules[number]
            if rule.kind == kind:
                if number in self._here.matched.met:
                    yield rule, None
                elif number in self._here.matched.undetermined and rule.body.get("if_unknown"):
                    yield rule, rule.body["if_unknown"]

    def cite(self, identifier: str, role: str) -> dict[str, Any]:
        """One cited record with its references and, for results, the fit of its population."""
        citation = self._book.citations[identifier]
        self.conflicts.update(citation.conflicts)
        is_result = citation.kind == "results"
        return {
            "result": identifier if is_result else None,
            "study": citation.study,
            "statement": None if is_result else identifier,
            "references": list(citation.references),
            "role": role,
            "fit": self._fit(fit(citation, self._here.facts)),
        }

    def _bases(self, rule: Rule) -> list[str]:
        for identifier, _ in rule.evidence:
            self.conflicts.update(self._book.citations[identifier].conflicts)
        return [identifier for identifier, _ in rule.evidence]

    def _fit(self, found: Fit) -> dict[str, Any]:
        return {
            name: [self._fact(Literal(atom)) for atom in getattr(found, name)] for name in ("met", "unmet", "unknown")
        }

    def _facts(self, found: Iterable[Literal]) -> list[dict[str, Any]]:
        rows = [self._fact(literal) for literal in found]
        return [row for place, row in enumerate(rows) if row not in rows[:place]]

    def _fact(self, literal: Literal) -> dict[str, Any]:
        return {
            "fact": literal.atom.fact,
            "text": describe(literal, self._here.facts.get(literal.atom.fact), self._book.catalogue.names),
        }
