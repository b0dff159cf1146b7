"""Writes the parts of an answer: options, what is ruled out, flags, mechanisms, outlook, each with what carries
it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import detail
from .assess import RuledOut, Standing, ruled_out
from .forms import reasons
from .match import NO, UNKNOWN, YES
from .order import Order
from .rank import LINES, factors
from .rulebook import Rule, Rulebook
from .settling import graded
from .values import Value
from .vocabulary import VOCABULARY
from .wording import describe

SEVERITIES = ("urgent", "warning", "info")


class _Worded(dict[int, dict[str, Any]]):
    """The fact of each literal's place in words; many rules and citations ask the same ones."""

    def __init__(self, book: Rulebook, facts: Mapping[str, Value]) -> None:
        super().__init__()
        self._book, self._facts = book, facts
        self._texts: dict[str, str] = {}

    def __missing__(self, place: int) -> dict[str, Any]:
        literal = self._book.table.literals[place]
        name = literal.atom.fact
        text = self._texts.get(name)
        if text is None:
            text = describe(literal, self._facts.get(name), self._book.catalogue.names)
            if VOCABULARY[name].kind != "set":  # of a set each member is told
                self._texts[name] = text
        row = self[place] = {"fact": name, "text": text}
        return row


class Citing:
    """Writes parts of the answer, and collects the conflicts that touch anything cited on the way."""

    def __init__(self, book: Rulebook, order: Order) -> None:
        self._book, self._order, self._matched = book, order, order.matched
        self.conflicts: set[str] = set()
        self._truths = self._matched.exact.truths
        self._worded = _Worded(book, order.facts)
        self._cited: dict[tuple[str, str], dict[str, Any]] = {}

    def options(self) -> list[dict[str, Any]]:
        """The rows of ``options``, best first; options that no factor tells apart name each other."""
        keys = self._order.keys
        level: dict[int, list[str]] = {}
        for option in self._order.ids:
            level.setdefault(keys[option], []).append(option)
        return [
            self._option(place, option, [o for o in level[keys[option]] if o != option])
            for place, option in enumerate(self._order.ids, 1)
        ]

    def _option(self, place: int, identifier: str, tied_with: list[str]) -> dict[str, Any]:
        book, matched, order = self._book, self._matched, self._order
        standing, option = order.standings[identifier], book.options[identifier]
        why = self._facts(detail.why(book, matched, standing))
        lines = [fact["text"] for fact in why if fact["fact"] in LINES]
        told = factors(book, standing, order.fits[identifier], lines, order.majors(identifier), order.prefer)
        placed_by = detail.placed_by(book, standing)
        return {
            "rank": place,
            "id": identifier,
            "regimen": option.regimen,
            "drugs": list(map(book.name, standing.drugs)),
            "classes": list(option.classes),
            "band": standing.band,
            "status": standing.status,
            "why": why,
            "needs": self._facts(map(book.places.__getitem__, detail.needs(book, matched, standing))),
            "cautions": [
                {"code": c.code, "severity": c.severity, "text": c.text, "bases": list(c.bases)}
                for c in detail.cautions(book, matched, standing)
            ],
            "rules": [rule.id for rule in placed_by],  # the offer that carries it leads
            "tied_with": tied_with,
            "factors": [{"name": name, "text": text} for name, text in told],
            "lost": standing.lost,
            "evidence": self._option_evidence(standing, placed_by),
        }

    def _option_evidence(self, standing: Standing, placed_by: Sequence[Rule]) -> list[dict[str, Any]]:
        """What carries the option; what weaker offers and holds cite is context, since it speaks of another place.

        What speaks against a weaker offer is its reason for standing no higher, and no longer speaks against the option
        once a better offer holds; it is left out. A hold that is in force keeps its own.
        """
        rules, grades = self._book.rules, self._book.once(graded)
        cited: dict[str, str] = {}
        for number in (standing.offer, *standing.offers):
            if grades[number] == grades[standing.offer]:
                for identifier, role in rules[number].evidence:
                    cited.setdefault(identifier, role)
        for rule in placed_by:
            for identifier, role in rule.evidence:
                if role != "against" or rule.kind == "hold":
                    cited.setdefault(identifier, "context" if role == "supports" else role)
        return [self.cite(identifier, role) for identifier, role in cited.items()]

    def ruled_out(self) -> list[dict[str, Any]]:
        """The rows of ``ruled_out``."""
        return [self._ruled_out(row) for row in ruled_out(self._book, self._matched, self._order.standings)]

    def _ruled_out(self, row: RuledOut) -> dict[str, Any]:
        option = self._book.options[row.option]
        rules = [self._book.rules[number] for number in row.rules]
        because = self._facts(row.because)
        because[0] = {**because[0], "text": f"{because[0]['text']}. {' '.join(rule.sentence for rule in rules)}"}
        return {
            "id": option.id,
            "regimen": option.regimen,
            "drugs": [self._book.name(drug) for drug in option.drugs],
            "because": because,
            "rules": [rule.id for rule in rules],
            "bases": list(dict.fromkeys(identifier for rule in rules for identifier in self._bases(rule))),
        }

    def flags(self) -> list[dict[str, Any]]:
        """Flags, the urgent one first; of several urgent ones the first stays urgent, the others become warnings."""
        rows = []
        for rule, unknown in self._fired("flag"):
            severity, text = (
                (unknown["severity"], unknown["text"]) if unknown else (rule.body["severity"], rule.sentence)
            )
            rows.append({"code": rule.body["code"], "severity": severity, "text": text, "bases": self._bases(rule)})
        rows.sort(key=lambda row: (SEVERITIES.index(row["severity"]), row["code"]))
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
        """Resistance and survival figures for this subtype and line, each with what its rule says of them."""
        cited = {
            identifier: (role, rule.sentence)
            for rule, unknown in self._fired("outlook")
            if not unknown
            for identifier, role in rule.evidence
        }
        return [{**self.cite(identifier, role), "text": text} for identifier, (role, text) in cited.items()]

    def trials(self) -> list[dict[str, Any]]:
        """Studies that may be running and whose known criteria fit: none is known not to be met."""
        rows, values = [], self._matched.values
        for number in self._book.general["trial"]:
            rule = self._book.rules[number]
            if values[number] != NO:
                study = self._book.studies[rule.cites[0]]
                open_criteria = [self._worded[place] for place in reasons(rule.form, self._matched.exact)[1]]
                needs = open_criteria if values[number] == UNKNOWN else []
                row = {"study": study.id, "status": study.status, "status_date": study.status_date}
                rows.append({**row, "name": study.name, "nct": study.nct, "text": rule.sentence, "needs": needs})
        return rows

    def _fired(self, kind: str) -> Iterable[tuple[Rule, Mapping[str, Any] | None]]:
        """Rules of a kind that are met (with ``None``), or undetermined with something to say about that."""
        values = self._matched.values
        for number in self._book.general[kind]:
            if values[number] == YES:
                yield self._book.rules[number], None
            elif values[number] == UNKNOWN and self._book.rules[number].body.get("if_unknown"):
                yield self._book.rules[number], self._book.rules[number].body["if_unknown"]

    def cite(self, identifier: str, role: str) -> dict[str, Any]:
        """One cited record with its references and, for results, the fit of its population."""
        row = self._cited.get((identifier, role))
        if row is None:
            citation = self._book.citations[identifier]
            self.conflicts.update(citation.conflicts)
            is_result = citation.kind == "results"
            row = self._cited[identifier, role] = {
                "result": identifier if is_result else None,
                "study": citation.study,
                "statement": None if is_result else identifier,
                "references": list(citation.references),
                "role": role,
                "fit": self._fit(citation.criteria),
            }
        return row

    def _bases(self, rule: Rule) -> list[str]:
        for identifier, _ in rule.evidence:
            self.conflicts.update(self._book.citations[identifier].conflicts)
        return [identifier for identifier, _ in rule.evidence]

    def _fit(self, criteria: Iterable[int]) -> dict[str, Any]:
        met: list[dict[str, Any]] = []
        unmet: list[dict[str, Any]] = []
        unknown: list[dict[str, Any]] = []
        for place in criteria:
            truth = self._truths[place]
            (met if truth else unknown if truth is None else unmet).append(self._worded[place])
        return {"met": met, "unmet": unmet, "unknown": unknown}

    def _facts(self, places: Iterable[int]) -> list[dict[str, Any]]:
        """The facts of literals in words, each once."""
        rows = [self._worded[place] for place in places]
        return list({(row["fact"], row["text"]): row for row in rows}.values())
