"""Every number of a founding record is printed on the lines that it cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..founding import numbers, readings
from ..load import Corpus
from ..problems import Problem

_VALUES = (
    "value",
    "comparator_value",
    "n",
    "comparator_n",
    "events",
    "margin",
    "follow_up_months",
    "timepoint_months",
    "ci_level",
    "hr",
    "hr_ci_level",
    "odds_ratio",
    "percent",
    "comparator_percent",
    "share_percent",
)
_PAIRS = ("value_range", "comparator_range", "hr_range", "ci", "comparator_ci", "hr_ci", "odds_ratio_ci")
_TEXTS = ("as_printed", "p", "value_text", "timepoint", "n_text", "nct")


def check(corpus: Corpus) -> list[Problem]:
    """One problem per record, naming the numbers that the cited lines do not print."""
    problems = []
    for kind, record in corpus.records():
        places = getattr(record, "sides", None) or [record]
        for place in places:
            missing = _missing(corpus, place)
            if missing:
                problems.append(
                    corpus.problem(
                        kind,
                        record.id,
                        f"not printed on {place.source} lines {_spans(place)}: {', '.join(missing)}",
                        "correct the number or the lines",
                    )
                )
    return problems


def _missing(corpus: Corpus, place: Any) -> list[str]:
    text = corpus.founding.get(getattr(place, "source", None) or "")
    if text is None or not getattr(place, "lines", None):
        return []
    printed = {value for first, last in _ranges(place) for value in text.values(first, last)}
    return [str(given) for given, values in _given(place) if not values & printed]


def _ranges(place: Any) -> Iterable[tuple[int, int]]:
    return [span for span in (place.lines, getattr(place, "also_lines", None)) if span]


def _spans(place: Any) -> str:
    return " and ".join(f"{first}-{last}" for first, last in _ranges(place))


def _given(place: Any) -> Iterator[tuple[object, set[float]]]:
    for name in _VALUES:
        value = getattr(place, name, None)
        if value is not None and not isinstance(value, str):
            yield value, {float(value)}
    for name in _PAIRS:
        for value in getattr(place, name, None) or ():
            if value is not None:
                yield value, {float(value)}
    for name in _TEXTS:
        value = getattr(place, name, None)
        if isinstance(value, str):
            yield from ((token, readings(token)) for token in numbers(value))
