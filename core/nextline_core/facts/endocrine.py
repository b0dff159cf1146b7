"""Endocrine resistance by the ESO-ESMO definition, and the time from the end of early therapy to relapse.

Primary: relapse within the first two years of adjuvant endocrine therapy, or progression within the first six months
of first-line endocrine therapy for metastatic disease. Secondary: relapse on adjuvant endocrine therapy after two
years, or within twelve months of completing it, or progression on endocrine therapy for metastatic disease at six
months or later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..profile import Therapy
from ..values import Between, OneOf, Value
from .lines import LineCount

HasClass = Callable[[Therapy, str], bool | None]
Interval = tuple[float, float]
NEVER = float("inf")
_UNKNOWN = frozenset(("none", "secondary", "primary"))
_INTERVALS = {
    "relapse.endocrine_months": "endocrine_therapy",
    "relapse.cdk46_months": "cdk46_inhibitor",
    "relapse.her2_months": "her2_targeted",
    "relapse.chemotherapy_months": "chemotherapy",
    "relapse.immunotherapy_months": "immunotherapy",
}


def started_metastatic(therapies: tuple[Therapy, ...]) -> float | None:
    """Months since the first metastatic therapy began: the moment of relapse.

    0 where none was given, None where not known.
    """
    first = next((t for t in therapies if t.metastatic), None)
    if first is None:
        return 0.0
    if (first.line or 1) > 1:
        return None
    if first.ended == "ongoing":
        return first.months
    return None if first.months is None or first.months_since_end is None else first.months + first.months_since_end


def relapse_facts(therapies: tuple[Therapy, ...], has_class: HasClass) -> dict[str, Value]:
    """Months from the end of each sort of early therapy to relapse; infinite where it was surely never given."""
    relapse = started_metastatic(therapies)
    early = [t for t in therapies if not t.metastatic]
    found: dict[str, Value] = {}
    for name, drug_class in _INTERVALS.items():
        rows = [(_interval(t, relapse), has) for t in early if (has := has_class(t, drug_class)) is not False]
        months = _shortest(rows)
        if months is not None:
            found[name] = months
    on_endocrine = [
        _on_therapy(t) if has_class(t, "endocrine_therapy") else None
        for t in early
        if t.setting == "adjuvant" and has_class(t, "endocrine_therapy") is not False
    ]
    if True in on_endocrine or None not in on_endocrine:
        found["relapse.on_endocrine"] = True in on_endocrine
    return found


def _shortest(rows: Sequence[tuple[Interval | None, bool | None]]) -> Value | None:
    """The shortest of several intervals; one of a therapy that perhaps was of another sort may not count."""
    if not rows:
        return NEVER
    sure = [interval for interval, has in rows if has]
    if any(interval is None for interval, _ in rows) or not sure:
        return None
    low = min(interval[0] for interval, _ in rows if interval)
    high = min(interval[1] for interval in sure if interval)
    return low if low == high else Between(low, high)


def _interval(therapy: Therapy, relapse: float | None) -> Interval | None:
    """Least and most months to relapse.

    Growth before surgery is no relapse; where the ending of adjuvant therapy is not told, it may have been the relapse
    itself.
    """
    adjuvant = therapy.setting == "adjuvant"
    if adjuvant and therapy.ended in ("progression", "ongoing"):
        return 0.0, 0.0
    if relapse is None or therapy.months_since_end is None:
        return None
    months = max(0.0, round(therapy.months_since_end - relapse, 3))
    return (0.0 if adjuvant and therapy.ended is None else months), months


def _on_therapy(therapy: Therapy) -> bool | None:
    return None if therapy.ended is None else therapy.ended in ("progression", "ongoing")


def resistance(therapies: tuple[Therapy, ...], lines: LineCount, has_class: HasClass) -> Value:
    """``none``, ``secondary`` or ``primary``; partly known where durations or endings are missing."""
    possible = _early(therapies, has_class)
    possible += _by_line(therapies, lines, has_class)
    if lines.missing or lines.unsure or any(has_class(t, "endocrine_therapy") is None for t in therapies):
        possible.append(_UNKNOWN)
    return _worst(possible)


def _early(therapies: tuple[Therapy, ...], has_class: HasClass) -> list[frozenset[str]]:
    """The grades that each early endocrine therapy leaves possible.

    Adjuvant endocrine therapies that follow each other are one stretch of time: a switch of drug does not begin the
    first two years anew. An entry that perhaps was endocrine may mean nothing, and its months may not count.
    """
    relapse = started_metastatic(therapies)
    found: list[frozenset[str]] = []
    least = most = 0.0
    for therapy in therapies:
        sure = has_class(therapy, "endocrine_therapy")
        if therapy.metastatic or sure is False:
            continue
        if therapy.setting == "adjuvant":
            least += (therapy.months or 0.0) if sure else 0.0
            most += NEVER if therapy.months is None else therapy.months
        grades = _after_early(therapy, relapse, least, most)
        found.append(grades if sure else grades | {"none"})
    return found


def _after_early(therapy: Therapy, relapse: float | None, least: float, most: float) -> frozenset[str]:
    if therapy.setting == "adjuvant" and therapy.ended in ("progression", "ongoing"):
        return frozenset((*(("primary",) if least < 24 else ()), *(("secondary",) if most >= 24 else ())))
    if therapy.setting == "adjuvant" and therapy.ended is None:
        return _UNKNOWN
    interval = _interval(therapy, relapse)
    if interval is None:
        return frozenset(("none", "secondary"))
    return frozenset(("secondary" if interval[1] <= 12 else "none",))


def _by_line(therapies: tuple[Therapy, ...], lines: LineCount, has_class: HasClass) -> list[frozenset[str]]:
    """The grades that each line of endocrine therapy leaves possible: its entries are one stretch of time.

    An entry that perhaps was endocrine may mean nothing, and leaves open whether the line after it is the first.
    """
    stretches: dict[int, list[Therapy]] = {}
    for therapy in therapies:
        if therapy.metastatic and has_class(therapy, "endocrine_therapy") is not False:
            stretches.setdefault(lines.line_of[therapy.index], []).append(therapy)
    found: list[frozenset[str]] = []
    first: set[bool] = {True}
    for stretch in stretches.values():
        sure = any(has_class(t, "endocrine_therapy") for t in stretch)
        grades = frozenset(grade for is_first in first for grade in _metastatic(stretch, is_first))
        found.append(grades if sure else grades | {"none"})
        first = {False} if sure else first | {False}
    return found


def _metastatic(stretch: list[Therapy], first: bool) -> frozenset[str]:
    ended, months = stretch[-1].ended, [t.months for t in stretch]
    if ended is None:
        return _UNKNOWN
    if ended != "progression":
        return frozenset(("none",))
    if not first:
        return frozenset(("secondary",))
    known = sum(m for m in months if m is not None)
    if known < 6 and None in months:
        return frozenset(("primary", "secondary"))
    return frozenset(("primary" if known < 6 else "secondary",))


def _worst(possible: list[frozenset[str]]) -> Value:
    """The worst of several partly known grades, as the set of grades that it can be."""
    order = ("none", "secondary", "primary")
    low = max((min(order.index(v) for v in p) for p in possible), default=0)
    high = max((max(order.index(v) for v in p) for p in possible), default=0)
    rest = {v for p in possible for v in p if low <= order.index(v) <= high} | {order[low]}
    return order[low] if low == high else OneOf(frozenset(rest))
