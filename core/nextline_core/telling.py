"""Which reason against an option tells the most.

An option may be out for several reasons at once, and a reader looks at the first. The order stands in one table: a
reason further up is named before one further down. One fact may be several reasons: that a PARP inhibitor was given
speaks against another one, that none was given yet is a matter of sequence, and an illness stands against a drug only
where it is there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .conditions import Literal
from .values import Value
from .vocabulary import VOCABULARY

# What a flag or a set says: not there; there; there, and it is a drug or a class of the option itself.
ABSENT, PRESENT, OWN = range(3)


@dataclass(frozen=True)
class Reason:
    """One sort of reason.

    ``facts`` are names of facts, or beginnings of them that end with a dot; ``where`` narrows flags and sets to what
    they say; ``against`` marks what speaks against the option itself, and not only for another place of it.
    """

    name: str
    facts: tuple[str, ...]
    where: tuple[int, ...] = (ABSENT, PRESENT, OWN)
    against: bool = False


_HARM = ("harmed.", "stopped_for_toxicity.")
_HISTORY = ("progressed.", "prior.", "last.", "current.", "laid", *_HARM)
REASONS: tuple[Reason, ...] = (
    Reason(
        "contraindication",
        ("patient.conditions.", "patient.allergies", "patient.medications", "patient.breastfeeding",
         "patient.ild_detail.active", "medication_classes", "laid", *_HARM),
        where=(PRESENT, OWN),
        against=True,
    ),
    Reason(
        "measurement",
        ("patient.labs.", "patient.hba1c_percent", "patient.fasting_glucose_mg_dl", "patient.lvef_percent",
         "patient.lvef_baseline_percent", "patient.heart_failure_nyha", "patient.neuropathy_grade",
         "patient.ild_detail.worst_grade", "patient.ild_detail.cause", "patient.anthracycline_mg_m2", "patient.qtcf_ms",
         "patient.ugt1a1", "patient.dpd", "patient.child_pugh", "ild_grade", "lvef_drop_points"),
        against=True,
    ),
    Reason(
        "biomarker",
        ("biomarkers.", "disease.pd_l1_cps", "disease.pd_l1_ic_percent", "disease.tmb", "disease.msi", "her2_class",
         "her2_ever", "hr", "disease.er", "disease.er_percent", "disease.pr", "disease.pr_percent"),
    ),
    Reason("given before", _HISTORY, where=(OWN,), against=True),
    Reason("line", ("line", "chemotherapy_lines", "endocrine_lines")),
    Reason("not given yet", ("progressed.", "prior."), where=(ABSENT,)),
    Reason(
        "course",
        (*_HISTORY, "relapse.", "endocrine_resistance", "months_on_cdk46_inhibitor", "first_line_months",
         "residual_disease", "unnamed_drug"),
    ),
    Reason("state of the disease", ("disease.",)),
    Reason("person", ("patient.", "medication_classes")),
    Reason("subtype", ("subtype",)),
    Reason("place of care", ("site.", "unavailable")),
)  # fmt: skip


def places(name: str) -> tuple[int, ...]:
    """The places of a fact for each of ABSENT, PRESENT and OWN."""
    fitting = [
        (number, reason.where)
        for number, reason in enumerate(REASONS)
        if any(name.startswith(fact) if fact.endswith(".") else name == fact for fact in reason.facts)
    ]
    return tuple(next(number for number, where in fitting if said in where) for said in (ABSENT, PRESENT, OWN))


_PLACES: Mapping[str, tuple[int, ...]] = {name: places(name) for name in VOCABULARY}


def place(literal: Literal, facts: Mapping[str, Value], own: Collection[str]) -> int:
    """The place of a literal in the order, 0 the most telling; ``own`` are the drugs and classes of the option."""
    return _PLACES[literal.atom.fact][_said(literal, facts, own)]


def always(literal: Literal) -> int | None:
    """That place where it is the same whatever is known, and for every option."""
    found = set(_PLACES[literal.atom.fact])
    return found.pop() if len(found) == 1 else None


def _said(literal: Literal, facts: Mapping[str, Value], own: Collection[str]) -> int:
    kind = VOCABULARY[literal.atom.fact].kind
    there = facts.get(literal.atom.fact) is True if kind == "flag" else kind != "set" or literal.atom.holds(facts)
    return ABSENT if not there else OWN if kind == "set" and literal.atom.wanted in own else PRESENT
