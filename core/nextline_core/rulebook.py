"""The rule base as the engine holds it: options, rules and citations from the store, and the packed table of all
conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from .catalogue import Catalogue, Harm
from .encode import Encoder
from .errors import RuleError
from .forms import Form
from .match import COMPILED, Matcher, matcher
from .table import Table

BANDS = ("preferred", "consider", "later", "investigational", "unavailable", "supportive")
# Strength of the evidence that carries an offer, best first; the wording is shown.
STRENGTHS: Mapping[str, str] = {
    "phase3_survival": "randomised phase III trial with an overall-survival benefit",
    "phase3": "randomised phase III trial with a benefit on its main endpoint",
    "phase3_subgroup": "subgroup of a phase III trial",
    "phase2": "randomised phase II trial",
    "single_arm": "trials without a control group",
    "observational": "observational data",
    "guideline": "guideline or label without a trial in exactly this population",
    "opinion": "a source's opinion",
}


T = TypeVar("T")
_GENERAL = ("flag", "test", "mechanism", "outlook", "trial")


@dataclass(frozen=True)
class Study:
    """A study that may be running, with the day for which its status holds."""

    id: str
    name: str
    nct: str | None
    status: str
    status_date: str | None


@dataclass(frozen=True)
class Option:
    """A regimen that can be offered.

    ``drugs`` are drug or class ids; ``classes`` those they belong to, broader ones included.
    """

    id: str
    regimen: str
    drugs: tuple[str, ...]
    classes: tuple[str, ...] = ()
    supportive: bool = False
    given: str = ""
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Citation:
    """A record that a rule cites, with what an answer repeats of it.

    ``criteria`` are the places of the conditions that its population met; ``drugs`` are those a safety fact or an
    approval speaks of.
    """

    id: str
    kind: str
    study: str | None
    references: tuple[str, ...]
    conflicts: tuple[str, ...] = ()
    criteria: tuple[int, ...] = ()
    drugs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule.

    ``options`` are the ids it speaks of; ``form`` is its condition; ``body`` holds the members that only its kind
    has.
    """

    id: str
    kind: str
    options: tuple[str, ...]
    form: Form
    sentence: str
    evidence: tuple[tuple[str, str], ...]
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cites(self) -> tuple[str, ...]:
        """The ids of the records that carry it."""
        return tuple(identifier for identifier, _ in self.evidence)


class Rulebook:
    """Everything the engine reads, built once and then only read.

    ``compiled`` chooses the matcher.
    """

    def __init__(
        self,
        options: Sequence[Option],
        rules: Sequence[Rule],
        citations: Mapping[str, Citation],
        table: Table,
        catalogue: Catalogue,
        compiled: bool = COMPILED,
        studies: Mapping[str, Study] | None = None,
    ) -> None:
        if table.count != len(rules):
            raise RuleError(f"{len(rules)} rules, but {table.count} in the packed table")
        self.options = {option.id: option for option in options}
        self.rules = tuple(rules)
        self.citations = citations
        self.studies = studies or {}
        self.catalogue = replace(catalogue, harms=_harms(self.rules))
        self.table = table
        self.encoder = Encoder(table)
        self.matcher: Matcher = matcher(table, compiled)
        self.offers: dict[str, list[int]] = {option.id: [] for option in options}
        self.about: dict[str, list[int]] = {option.id: [] for option in options}
        self.general: dict[str, list[int]] = {kind: [] for kind in _GENERAL}
        for number, rule in enumerate(self.rules):
            if rule.kind in self.general:
                self.general[rule.kind].append(number)
            for option in rule.options if rule.kind != "mechanism" else ():
                (self.offers if rule.kind == "offer" else self.about)[option].append(number)
        self.places = table.places()
        self._made: dict[Callable[[Rulebook], Any], Any] = {}

    def once(self, make: Callable[[Rulebook], T]) -> T:
        """What ``make`` makes of the rules alone: made once, and kept."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def concerning(self, cites: Sequence[str], option: str) -> tuple[str, ...]:
        """Of the cited ids those that concern an option; one rule may cite the same fact for many drugs."""
        drugs = frozenset(self.options[option].drugs)

        def concerns(identifier: str) -> bool:
            spoken_of = self.citations[identifier].drugs
            return not spoken_of or any(
                drug in drugs or drugs & self.catalogue.classes_of.get(drug, frozenset()) for drug in spoken_of
            )

        return tuple(identifier for identifier in cites if concerns(identifier)) or tuple(cites)

    def name(self, identifier: str) -> str:
        """Display name of a drug or class id."""
        return self.catalogue.names.get(identifier, identifier.replace("_", " "))


def _harms(rules: Sequence[Rule]) -> tuple[Harm, ...]:
    """What rules say of the drugs that a harm is laid to, in the order of the rules."""
    found = [rule.body["lays"] for rule in rules if "lays" in rule.body]
    return tuple(
        Harm(lays["harm"], tuple(lays["words"]), frozenset((*lays["drugs"], *lays["classes"])), lays["together"])
        for lays in found
    )


def from_plain(plain: Mapping[str, Any], table: Table, catalogue: Catalogue, compiled: bool = COMPILED) -> Rulebook:
    """A rulebook from the store's plain rows (``options``, ``rules``, ``citations``)."""
    options = [
        Option(
            **{
                **row,
                "drugs": tuple(row["drugs"]),
                "classes": tuple(row["classes"]),
                "traits": frozenset(row["traits"]),
            }
        )
        for row in plain["options"]
    ]
    rules = [
        Rule(
            row["id"],
            row["kind"],
            tuple(row["options"]),
            row["form"],
            row["sentence"],
            tuple((c[0], c[1]) for c in row["evidence"]),
            row["body"],
        )
        for row in plain["rules"]
    ]
    citations = {
        row["id"]: Citation(
            row["id"],
            row["kind"],
            row["study"],
            tuple(row["references"]),
            tuple(row["conflicts"]),
            tuple(row["criteria"]),
            tuple(row["drugs"]),
        )
        for row in plain["citations"]
    }
    studies = {identifier: Study(identifier, *row) for identifier, row in plain["studies"].items()}
    return Rulebook(options, rules, citations, table, catalogue, compiled, studies)
