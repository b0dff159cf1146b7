"""``nextline doctor``: what this installation is, and whether it answers as it should."""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Iterator

from nextline_core import __version__
from nextline_core.match import COMPILED

from .engine import Engine
from .selftest import PROBES, self_test

_ROUNDS = 20


def report(engine: Engine) -> Iterator[str]:
    """Lines for people: versions, digest, counts, self-test, time of a warm look-up."""
    proven = engine.store.proven
    yield f"nextline {__version__}, Python {platform.python_version()} on {platform.machine()}"
    yield f"matcher: {'compiled' if COMPILED else 'plain Python, slower with the same answers'}"
    yield f"evidence {proven.version}, literature reviewed up to {proven.date}"
    yield f"store: {proven.path}, {proven.size} bytes, sha256 {proven.digest}"
    yield "records: " + ", ".join(f"{count} {kind}" for kind, count in engine.store.counts().items())
    total, twice, signed = engine.store.readings()
    yield f"clinical records: {total}, read twice against the source: {twice}, signed by a clinician: {signed}"
    asked = sum(1 for literal in engine.book.table.literals if literal.atom.fact)
    yield f"rules: {len(engine.book.rules)}, options: {len(engine.book.options)}, distinct conditions: {asked}"
    yield f"self-test: {self_test(engine)}"
    yield f"one warm look-up: {_look_up_ms(engine):.2f} ms here"


def _look_up_ms(engine: Engine) -> float:
    profile = PROBES[0][0]
    engine.ask(profile)
    times = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        engine.ask(profile)
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000
