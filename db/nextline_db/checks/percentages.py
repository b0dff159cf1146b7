"""Percentages lie between 0 and 100, hazard ratios above 0, and units are ones that a reader knows."""

from __future__ import annotations

from ..load import Corpus
from ..problems import Problem

UNITS = ("months", "percent", "patients", "years", "weeks", "events", "ratio", "points")


def check(corpus: Corpus) -> list[Problem]:
    """Percent out of range, hazard or odds ratio not above zero, unknown unit."""
    problems = []
    for result in corpus.results:
        if result.unit is not None and result.unit not in UNITS:
            problems.append(
                corpus.problem(
                    "results", result.id, f"unit '{result.unit}' is not one of {', '.join(UNITS)}", "use one of them"
                )
            )
        if result.unit == "percent":
            ends = [
                result.value,
                result.comparator_value,
                *(result.value_range or ()),
                *(result.ci or ()),
                *(result.comparator_ci or ()),
            ]
            problems.extend(
                corpus.problem(
                    "results", result.id, f"{value} percent is out of range", "check the figure and the unit"
                )
                for value in ends
                if value is not None and not 0 <= value <= 100
            )
        problems.extend(
            corpus.problem("results", result.id, f"a ratio of {value} is not possible", "check the figure")
            for value in (result.hr, result.odds_ratio, *(result.hr_ci or ()))
            if value is not None and value <= 0
        )
    for event in corpus.adverse_events:
        problems.extend(
            corpus.problem("adverse_events", event.id, f"{value} percent is out of range", "check the figure")
            for value in (event.percent, event.comparator_percent)
            if value is not None and not 0 <= value <= 100
        )
    return problems
