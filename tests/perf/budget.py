"""``make budget``: what each workload costs the device, beside its budget in ``budgets.toml``.

Exit status: 0 all within (or open, or informative), 1 something is over, 2 a tool is missing.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import counting

BUDGETS = Path(__file__).with_name("budgets.toml")
TOLERANCE = 0.02
SHOWN = 15


@dataclass(frozen=True)
class Budget:
    """One entry of the budget file.

    ``open``: known to be over, reported and not failed unless it grows. Without a limit the figure is only shown.
    ``beside`` names a workload whose cost is taken off: the limit is on what comes on top.
    """

    name: str
    what: str
    measured: int
    date: date
    limit: int | None = None
    open: bool = False
    beside: str | None = None

    def verdict(self, now: int) -> str:
        """``ok``, ``open``, ``over``, or ``-`` where there is no limit."""
        if self.limit is None:
            return "-"
        if now <= self.limit * (1 + TOLERANCE):
            return "ok"
        return "open" if self.open and now <= self.measured * (1 + TOLERANCE) else "over"

    def row(self, now: int) -> str:
        """One line of the table."""
        limit = f"{self.limit:,}" if self.limit else "none"
        change = (now - self.measured) / self.measured
        verdict = self.verdict(now)
        note = ", within now: strike 'open'" if self.open and verdict == "ok" else ""
        return f"{self.name:18} {now:>15,} {limit:>13} {change:>+8.1%}  {verdict}{note}"


def read(path: Path = BUDGETS) -> dict[str, Budget]:
    """The budget file."""
    entries: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: Budget(name, **entry) for name, entry in entries.items()}


def record(figures: dict[str, int], today: date, path: Path = BUDGETS) -> None:
    """Writes figures and day into the budget file; comments and limits stay as they are."""
    text = path.read_text(encoding="utf-8")
    for name, figure in figures.items():
        head, part, tail = re.split(rf'(^\["?{re.escape(name)}"?\]$(?:\n(?!\[).*)*)', text, maxsplit=1, flags=re.M)
        part = re.sub(r"^measured = .*$", f"measured = {figure:_}", part, flags=re.M)
        text = head + re.sub(r"^date = .*$", f"date = {today}", part, flags=re.M) + tail
    path.write_text(text, encoding="utf-8")


def hotspots(rows: list[dict[str, Any]]) -> list[str]:
    """Where a workload's cost lies, as lines."""
    head = f"{'own':>13} {'own %':>6} {'with callees %':>15} {'calls':>7}  function"
    total = sum(row["own"] for row in rows)
    return [head] + [
        f"{row['own']:>13,.0f} {row['own'] / total:>6.1%} {row['share']:>15.1%} {row['calls']:>7,.0f}  {row['name']}"
        for row in rows[:SHOWN]
    ]


def main(arguments: list[str] | None = None) -> int:
    """Counts, prints the table and where the cost of what is over lies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="WORKLOAD", help="count these only")
    parser.add_argument("--store", type=Path, default=counting.STORE)
    parser.add_argument("--site", type=Path, default=counting.SITE, help="the unpacked ARM wheel")
    parser.add_argument("--record", action="store_true", help="write today's figures into the budget file")
    parser.add_argument("--profile", action="store_true", help="print where the cost lies, of every workload counted")
    options = parser.parse_args(arguments)
    if lacking := counting.missing(options.site):
        print(lacking, file=sys.stderr)
        return 2
    budgets = read()
    chosen = [budgets[name] for name in options.names or budgets]
    print(f"{'workload':18} {'instructions':>15} {'budget':>13} {'change':>8}  (aarch64, kernel not counted)")
    with counting.Guest(options.store, site=options.site) as guest:
        figures: dict[str, int] = {}
        for budget in chosen:
            beside = (figures.get(budget.beside) or guest.cost(budget.beside)) if budget.beside else 0
            figures[budget.name] = guest.cost(budget.name) - beside
            print(budget.row(figures[budget.name]), flush=True)
        over = [budget for budget in chosen if budget.verdict(figures[budget.name]) == "over"]
        for budget in chosen if options.profile else over:
            print(f"\n{budget.name}: {budget.what}\nwhere its instructions go:")
            print("\n".join(hotspots(guest.profile(budget.name))))
    if options.record:
        record(figures, date.today())
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
