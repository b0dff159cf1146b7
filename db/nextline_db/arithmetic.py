"""Does the arithmetic of a printed result hold? Hazard ratio against its interval and its p-value, counts against
percentages.

A figure is printed rounded, and a p-value often comes from another test than the interval, so that only clear
misfits count: an estimate that no rounding can bring to the middle of its interval, a p-value on the other side of
the interval's verdict or more than tenfold off, a percentage that no rounding of its count gives. What is found here
is not corrected: it needs a conflict that says so.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from .load import Corpus, load
from .models.records import Result

_Z = {80: 1.2816, 90: 1.6449, 95: 1.9600, 99: 2.5758}
_SLACK = 0.02  # of the estimate's logarithm: profile likelihood and other intervals are not quite symmetric
_TENFOLD = 10.0


@dataclass(frozen=True)
class Misfit:
    """One figure that does not fit another of the same record."""

    record: str
    text: str
    explained: bool


def misfits(corpus: Corpus) -> list[Misfit]:
    """Every misfit of the store, in order of record id; ``explained`` where the record names a conflict."""
    return [
        Misfit(result.id, text, bool(result.conflicts))
        for result in corpus.results
        for text in (*_ratio(result), *_share(result))
    ]


def _ratio(result: Result) -> Iterator[str]:
    for name, estimate, interval, level in (
        ("HR", result.hr, result.hr_ci, result.hr_ci_level),
        ("OR", result.odds_ratio, result.odds_ratio_ci, result.ci_level),
    ):
        if estimate is None or not interval or None in interval:
            continue
        low, high = (float(end) for end in interval if end is not None)
        if low <= 0 or low >= high:
            continue
        printed = f"{name} {estimate}, interval {interval[0]} to {interval[1]}"
        if not _centred(float(estimate), low, high):
            yield f"{printed}: the estimate is not in the middle of the interval, which is {math.sqrt(low * high):.2f}"
        yield from (
            f"{printed}, p {result.p}: {fault}" for fault in _p_value(float(estimate), low, high, level, result.p)
        )


def _centred(estimate: float, low: float, high: float) -> bool:
    """Whether some rounding of the three figures puts the estimate in the middle of the interval, on the log
    scale."""
    step = 0.005 if estimate < 10 else 0.05
    lowest = math.sqrt(max(low - step, 1e-6) * (high - step))
    highest = math.sqrt((low + step) * (high + step))
    return (
        math.log(lowest) - _SLACK <= math.log(estimate + step)
        and math.log(max(estimate - step, 1e-6)) <= math.log(highest) + _SLACK
    )


def _p_value(estimate: float, low: float, high: float, level: Any, p: str | None) -> Iterator[str]:
    bound, printed = _read_p(p)
    z = _Z.get(int(level or 95))
    if printed is None or z is None:
        return
    implied = math.erfc(abs(math.log(estimate)) / ((math.log(high) - math.log(low)) / (2 * z)) / math.sqrt(2))
    excludes = not low <= 1 <= high
    significant = printed <= 0.05
    if int(level or 95) == 95 and excludes != significant and not 0.04 <= printed <= 0.06:
        yield f"the interval {'leaves 1 out' if excludes else 'holds 1'}, the p-value says otherwise"
    elif (bound == "<" and implied > _TENFOLD * printed) or (
        bound == "=" and max(implied, printed) > _TENFOLD * max(min(implied, printed), 1e-5)
    ):
        yield f"the interval implies p of about {implied:.2g}"


def _read_p(p: str | None) -> tuple[str, float | None]:
    text = (p or "").replace("one-sided", "").replace("two-sided", "").strip()
    bound = "<" if text.startswith(("<", "≤")) else "="
    try:
        return bound, float(text.lstrip("<≤= "))
    except ValueError:
        return bound, None


def _share(result: Result) -> Iterator[str]:
    if result.unit != "percent" or result.value is None or result.events is None or not result.n:
        return
    exact = 100 * result.events / result.n
    places = -int(Decimal(str(result.value)).as_tuple().exponent)
    if abs(exact - float(result.value)) > 0.5 * 10**-places + 1e-9:
        yield f"{result.events} of {result.n} is {exact:.2f}%, not {result.value}%"


def main() -> int:
    """Prints every misfit; exit status 1 if one is not explained by a conflict."""
    found = misfits(load(Path("db")))
    for misfit in found:
        print(f"{'explained' if misfit.explained else 'UNEXPLAINED'}\t{misfit.record}\t{misfit.text}")
    print(f"{len(found)} misfits, {sum(not m.explained for m in found)} unexplained")
    return int(any(not m.explained for m in found))


if __name__ == "__main__":
    sys.exit(main())
