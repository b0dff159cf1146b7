"""An interval holds its estimate and runs upwards, unless a conflict of the record says why not."""

from __future__ import annotations

from ..load import Corpus
from ..problems import Problem

_PAIRED = (("value", "ci"), ("comparator_value", "comparator_ci"), ("hr", "hr_ci"), ("odds_ratio", "odds_ratio_ci"))


def check(corpus: Corpus) -> list[Problem]:
    """Results whose interval is upside down or leaves its estimate outside."""
    problems = []
    for result in corpus.results:
        if result.conflicts:
            continue
        for estimate_name, interval_name in _PAIRED:
            estimate, interval = getattr(result, estimate_name), getattr(result, interval_name)
            if not interval:
                continue
            low, high = interval
            if low is not None and high is not None and low > high:
                problems.append(
                    corpus.problem(
                        "results", result.id, f"{interval_name} runs from {low} down to {high}", "swap the ends"
                    )
                )
            elif estimate is not None and (
                (low is not None and estimate < low) or (high is not None and estimate > high)
            ):
                problems.append(
                    corpus.problem(
                        "results",
                        result.id,
                        f"{interval_name} {low} to {high} does not hold {estimate_name} {estimate}",
                        "correct it, or record a conflict",
                    )
                )
    return problems
