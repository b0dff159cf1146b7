"""Whether this installation answers as it should: situations whose answer is known."""

from __future__ import annotations

from typing import Any

from .engine import Engine

# Two situations with one right subtype and line each, and an option that no reading of the evidence leaves out.
PROBES: tuple[tuple[dict[str, Any], str, int, str], ...] = (
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


def self_test(engine: Engine) -> str:
    """``passed``, or what went wrong."""
    for profile, subtype, line, option in PROBES:
        answer = engine.ask(profile)
        offered = {row["id"] for row in answer["options"] if row["status"] == "applies"}
        if (answer["subtype"], answer["line"]) != (subtype, line) or option not in offered:
            return f"FAILED: {subtype} in line {line} is not answered with {option}; do not use this installation"
    return "passed"
