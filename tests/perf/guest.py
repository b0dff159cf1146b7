"""Runs one workload in the device's Python: a number of times, or under a profiler whose clock counts instructions.

usage: guest.py run NAME STORE PROFILE WARM COUNT
       guest.py profile NAME STORE PROFILE WARM COUNT COUNTER
"""

from __future__ import annotations

import gc
import json
import mmap
import operator
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import workloads

Clock = Callable[[], int]
_CALLS = 1000


def main() -> None:
    """Runs or profiles."""
    mode, name, store, profile, warm, count, *counter = sys.argv[1:]
    once = workloads.MAKERS[name](Path(store), Path(profile))
    for _ in range(int(warm)):
        once()
    gc.collect()
    gc.freeze()  # when the collector next goes through everything that is loaded is chance, and no cost of this run
    if mode == "profile":
        json.dump(_profiled(once, int(count), _clock(Path(counter[0]))), sys.stdout)
        return
    for _ in range(int(count)):
        once()
    os._exit(0)  # clearing up what the runs left behind would count as a part of them


def _clock(path: Path) -> Clock:
    """The number of instructions up to now, as the plugin writes it into a file that both map."""
    with path.open("rb") as file:
        view = memoryview(mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ)).cast("Q")
    return partial(operator.getitem, view, 0)


def _profiled(once: workloads.Once, count: int, clock: Clock) -> list[dict[str, Any]]:
    """The functions with their calls and own instructions per run, and their share with all they call."""
    plain = _count(once, count, clock)
    stats = _stats(once, count, clock)
    inside, outside = _overhead(clock)
    made = [sum(call.callcount for call in entry.calls or ()) for entry in stats]
    added = [inside * entry.callcount + outside * calls for entry, calls in zip(stats, made, strict=True)]
    # A call costs the profiler more the more functions it knows: what was tried with one is scaled to the whole.
    total = sum(entry.inlinetime for entry in stats)
    scale = (total - plain) / sum(added)
    return [
        {
            "name": _name(entry.code),
            "calls": entry.callcount / count,
            "own": (entry.inlinetime - scale * cost) / count,
            "share": entry.totaltime / total,
        }
        for entry, cost in zip(stats, added, strict=True)
    ]


def _count(once: workloads.Once, count: int, clock: Clock) -> int:
    before = clock()
    for _ in range(count):
        once()
    return clock() - before


def _stats(once: workloads.Once, count: int, clock: Clock) -> list[Any]:
    import cProfile  # only here: a run that is counted should not load it

    profiler = cProfile.Profile(clock, 1.0)
    profiler.enable()
    for _ in range(count):
        once()
    profiler.disable()
    return profiler.getstats()


def _overhead(clock: Clock) -> tuple[float, float]:
    """What profiling adds to a call: to the callee's own figure, and to the caller's."""

    def empty() -> None:
        pass

    def caller() -> None:
        for _ in range(_CALLS):
            empty()

    caller()
    plain = _count(caller, 1, clock)
    own = {_name(entry.code).rpartition(".")[2]: entry.inlinetime for entry in _stats(caller, 1, clock)}
    return own["empty"] / _CALLS, (own["caller"] - plain) / _CALLS


def _name(code: Any) -> str:
    if isinstance(code, str):
        return code.strip("<>").replace("built-in method ", "")
    return f"{Path(code.co_filename).stem}.{code.co_qualname.replace('.<locals>', '')}"


if __name__ == "__main__":
    main()
