"""What the evidence calls a contraindication, read from the export and held against a patient, without any rule.

A condition counts only where it is known to hold. A class (an anthracycline, a platinum) is contraindicated where all
its usual members are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from nextline_core.order import Order
from nextline_core.values import Between, Value, all_of, any_of, holds
from nextline_core.vocabulary import VOCABULARY

Leaf = Mapping[str, Any]
MEMBERS = {
    "anthracycline": ("doxorubicin", "epirubicin"),
    "platinum": ("carboplatin", "cisplatin"),
    "aromatase_inhibitor": ("letrozole", "anastrozole", "exemestane"),
}
# What does not rule a regimen out, and why; a major caution has to stand with it instead.
TO_BE_ENDED_FIRST = {
    "breastfeeding": "breast-feeding ends before the first dose",
    "ribociclib.contraindicated.tamoxifen": "tamoxifen ends before the first dose",
    "tamoxifen.contraindicated.ribociclib": "ribociclib ends before the first dose",
    "neratinib.contraindicated.child-pugh-c.au": "a label outside the USA; the US label lowers the dose",
}


@dataclass(frozen=True)
class Contraindication:
    """One record of the export: the drug, and the condition tree under which it must not be given."""

    id: str
    drug: str
    when: Mapping[str, Any]

    @property
    def may_stand(self) -> bool:
        """Whether a major caution is enough."""
        return any(name in self.id for name in TO_BE_ENDED_FIRST)


def contraindications(exported: Mapping[str, Any]) -> list[Contraindication]:
    """All of the export."""
    return [
        Contraindication(row["id"], row["drug"], row["when"])
        for row in exported["safety"]
        if row["kind"] == "contraindicated" and row["when"]
    ]


def known_to_hold(when: Mapping[str, Any], facts: Mapping[str, Value]) -> bool:
    """Whether the condition is known to hold."""
    return _truth(when, facts) is True


def _truth(when: Mapping[str, Any], facts: Mapping[str, Value]) -> bool | None:
    for key, combined in (("all", all_of), ("any", any_of)):
        if key in when:
            return combined([_truth(part, facts) for part in when[key]])
    return holds(facts.get(when["fact"]), when["op"], when["value"])


def with_lungs(facts: Mapping[str, Value]) -> Mapping[str, Value]:
    """The facts, and the grade of a lung disease that is active now: 1 at least where no grade of it is known."""
    return {**facts, "ild_active_grade": Between(1, 4)} if facts.get("patient.ild_detail.active") is True else facts


def standing_against(order: Order, known: Iterable[Contraindication], majors: Any) -> Iterator[str]:
    """Options that stand although a contraindication of one of their drugs is known to hold.

    ``majors`` tells the number of major cautions of a standing.
    """
    facts = with_lungs(order.matched.facts)
    held = [c for c in known if known_to_hold(c.when, facts)]
    for option, standing in order.standings.items():
        for drug in standing.drugs:
            against = [[c for c in held if c.drug == member] for member in MEMBERS.get(drug, (drug,))]
            if not all(against):
                continue
            reasons = [c for found in against for c in found]
            if "ovarian_suppression" in standing.drugs and all("premenopausal" in c.id for c in reasons):
                continue  # it is given together with what the label asks for
            if all(c.may_stand for c in reasons) and majors(standing):
                continue
            yield f"{option} stands in {standing.band} against {', '.join(sorted({c.id for c in reasons}))}"


def patients_of(contraindication: Contraindication) -> Iterator[dict[str, Any]]:
    """Settings of profile members under which the condition holds; none where it speaks of nothing in a profile."""
    for leaves in _ways(contraindication.when):
        facts = [VOCABULARY.get(leaf["fact"]) for leaf in leaves]
        if all(fact is not None and not fact.derived and fact.name.startswith("patient.") for fact in facts):
            yield {leaf["fact"]: _meeting(leaf) for leaf in leaves}


def _ways(when: Mapping[str, Any]) -> list[list[Leaf]]:
    if "any" in when:
        return [way for part in when["any"] for way in _ways(part)]
    if "all" in when:
        return [[leaf for way in ways for leaf in way] for ways in product(*(_ways(part) for part in when["all"]))]
    return [[when]]


def _meeting(leaf: Leaf) -> Any:
    """A value of the member that meets the condition."""
    operator, value = leaf["op"], leaf["value"]
    if operator == "has":
        return [value]
    return value + 1 if operator == "above" else value - 1 if operator == "below" else value
