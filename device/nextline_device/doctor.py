"""``nextline doctor``: what this installation is, and whether it answers as it should."""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Iterator
from typing import Any

from nextline_core import __version__
from nextline_core.match import COMPILED

from .engine import Engine

_ROUNDS = 20
# Two situations with one right subtype and line each, and an option that no reading of the evidence leaves out.
_PROBES: tuple[tuple[dict[str, Any], str, int, str], ...] = (
    (
        {
            "schema": "nextline.profile/1",
            "disease": {"er": "positive", "her2": "zero"},
            "biomarkers": {"ESR1": "positive"},
            "history": [
                {
                    "setting": "metastatic",
                    "line": 1,
                    "drugs": ["letrozole", "ribociclib"],
                    "months": 20,
                    "months_since_end": 0,
                    "ended": "progression",
                }
            ],
        },
        "HR+/HER2-",
        2,
        "elacestrant",
    ),
    (
        {
            "schema": "nextline.profile/1",
            "disease": {"er": "negative", "pr": "negative", "her2_ihc": "3+"},
            "history": [],
        },
        "HR-/HER2+",
        1,
        "taxane_trastuzumab_pertuzumab",
    ),
)


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


def self_test(engine: Engine) -> str:
    """``passed``, or what went wrong."""
    for profile, subtype, line, option in _PROBES:
        answer = engine.ask(profile)
        offered = {row["id"] for row in answer["options"] if row["status"] == "applies"}
        if (answer["subtype"], answer["line"]) != (subtype, line) or option not in offered:
            return f"FAILED: {subtype} in line {line} is not answered with {option}; do not use this installation"
    return "passed"


def _look_up_ms(engine: Engine) -> float:
    profile = _PROBES[0][0]
    engine.ask(profile)
    times = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        engine.ask(profile)
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000
