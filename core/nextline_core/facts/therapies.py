"""What the history of therapies means: classes and drugs given, failed or harmful, durations, resistance, relapse
intervals.

An entry may name a drug, a class, a regimen (all of its drugs) or something nobody knows. A class leaves its members
open; an unknown name leaves everything open, so that "earlier class X" is then unknown and never false.
"""

from __future__ import annotations

from collections.abc import Callable

from ..catalogue import Catalogue
from ..profile import Therapy
from ..values import Between, Members, Value
from .blame import harm
from .endocrine import relapse_facts, resistance
from .given import Given, sets
from .lines import LineCount

_NONE = Members()


def facts(therapies: tuple[Therapy, ...] | None, catalogue: Catalogue, lines: LineCount) -> dict[str, Value]:
    """All facts of the history; with the history unknown, only what the stated line implies."""
    if therapies is None:
        return _implied(lines)
    given = {
        therapy.index: Given([part for name in therapy.drugs for part in catalogue.parts(name)], catalogue)
        for therapy in therapies
    }
    found: dict[str, Value] = {}
    for prefix, chosen in _SELECTIONS.items():
        rows = ((given[t.index], sure) for t in therapies if (sure := chosen(t)) is not False)
        found.update(sets(prefix, rows, opened=prefix in _PAST and lines.missing > 0))
    found.update(harm(therapies, given, opened=lines.missing > 0))
    found.update(_counts(therapies, given, lines))
    found.update(_durations(therapies, given, lines))
    found.update(relapse_facts(therapies, lambda t, c: given[t.index].has_class(c)))
    found["endocrine_resistance"] = resistance(therapies, lines, lambda t, c: given[t.index].has_class(c))
    found["unnamed_drug"] = any(g.open for g in given.values())
    residual = [t.residual_disease for t in therapies if t.setting == "neoadjuvant" and t.residual_disease is not None]
    if residual:
        found["residual_disease"] = any(residual)
    return {name: value for name, value in found.items() if value is not None}


def _always(_: Therapy) -> bool | None:
    return True


def _ended(reason: str) -> Callable[[Therapy], bool | None]:
    return lambda t: None if t.ended is None else t.ended == reason


def _both(
    first: Callable[[Therapy], bool | None], second: Callable[[Therapy], bool | None]
) -> Callable[[Therapy], bool | None]:
    return lambda t: False if False in (first(t), second(t)) else None if None in (first(t), second(t)) else True


def _metastatic(therapy: Therapy) -> bool | None:
    return therapy.metastatic


# prefix -> does an entry belong: True surely, None perhaps, False not
_SELECTIONS: dict[str, Callable[[Therapy], bool | None]] = {
    "prior.": _always,
    "prior.metastatic_": _metastatic,
    "prior.early_": lambda t: not t.metastatic,
    "progressed.": _ended("progression"),
    "progressed.metastatic_": _both(_metastatic, _ended("progression")),
    "current.": lambda t: None if t.ended is None else t.ended in ("ongoing", "planned_switch"),
}
# what a line that nobody entered may have held belongs to these
_PAST = ("prior.", "prior.metastatic_", "progressed.", "progressed.metastatic_")


def _counts(therapies: tuple[Therapy, ...], given: dict[int, Given], lines: LineCount) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, drug_class in (("endocrine_lines", "endocrine_therapy"), ("chemotherapy_lines", "chemotherapy")):
        verdicts = [
            (line, {given[t.index].has_class(drug_class) for t in therapies if lines.line_of.get(t.index) == line})
            for line in sorted(lines.used | lines.perhaps_used)
        ]
        low = sum(True in v and line in lines.used for line, v in verdicts)
        high = sum(True in v or None in v for _, v in verdicts) + lines.missing
        found[name] = low if low == high else Between(low, high)
    if lines.line is not None:
        found["line"] = lines.line
    return found


def _durations(therapies: tuple[Therapy, ...], given: dict[int, Given], lines: LineCount) -> dict[str, Value]:
    found: dict[str, Value] = {}
    metastatic = [t for t in therapies if t.metastatic]
    first = [t for t in metastatic if lines.line_of[t.index] == 1]
    if first and 1 in lines.used and not lines.unsure and all(t.months is not None for t in first):
        found["first_line_months"] = sum(t.months or 0 for t in first)
    on_cdk46 = [t for t in metastatic if given[t.index].has_class("cdk46_inhibitor")]
    if on_cdk46 and not lines.missing and not lines.unsure:
        last_line = lines.line_of[on_cdk46[-1].index]
        # an entry from there on that perhaps held one would be the last, or would add its months
        perhaps = any(
            given[t.index].has_class("cdk46_inhibitor") is None and lines.line_of[t.index] >= last_line
            for t in metastatic
        )
        months = [t.months for t in on_cdk46 if lines.line_of[t.index] == last_line]
        if None not in months and not perhaps:
            found["months_on_cdk46_inhibitor"] = sum(m or 0 for m in months)
    if metastatic:
        last = metastatic[-1]
        found.update(sets("last.", [(given[last.index], True)]))
        found.update(
            {
                name: value
                for name, value in (
                    ("last.months", last.months),
                    ("last.ended", last.ended),
                    ("last.response", last.best_response),
                )
                if value is not None
            }
        )
    else:
        found.update({"last.classes": _NONE, "last.drugs": _NONE})
    return found


def _implied(lines: LineCount) -> dict[str, Value]:
    """What the stated line alone tells while the history is not known.

    In first line no metastatic therapy has failed yet; one may be under way (maintenance), so what was given stays
    unknown.
    """
    if lines.line is None:
        return {}
    found: dict[str, Value] = {"line": lines.line}
    if lines.line == 1:
        found |= {f"progressed.metastatic_{kind}": _NONE for kind in ("classes", "drugs")}
    used = lines.line - 1 if isinstance(lines.line, int) else 0
    for name in ("endocrine_lines", "chemotherapy_lines"):
        found[name] = Between(0, used) if used else 0
    return found
