"""Evidence records in one line of words and figures, for screen, text and paper alike.

Figures are never rounded or reformatted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Record = Mapping[str, Any]
_UNITS = {"percent": "%", None: ""}
_ENDPOINTS = {
    "mPFS": "median progression-free survival",
    "mOS": "median overall survival",
    "mPFS2": "median PFS2",
    "ORR": "objective response rate",
    "CBR": "clinical benefit rate",
    "PFS_rate": "progression-free",
    "OS_rate": "alive",
    "OS": "overall survival",
    "mDOR": "median duration of response",
}
KINDS = {
    "review": "review",
    "patient_guide": "patient guide",
    "guideline": "guideline",
    "manufacturer": "manufacturer's page",
    "ai_answer": "answer of an AI system",
    "trial_report": "trial report",
    "abstract": "abstract",
    "label": "label",
    "registry": "registry",
    "news": "news",
}


class Digits:
    """Writes a figure with the digits that the source prints: 0.50 stays 0.50 where the printed clause is at hand."""

    def __init__(self, as_printed: str | None) -> None:
        self._printed = {float(token): token for token in re.findall(r"\d+(?:\.\d+)?", as_printed or "")}

    def __call__(self, value: float | None) -> str:
        return "?" if value is None else self._printed.get(float(value), str(value))

    def span(self, pair: Any) -> str:
        """Two ends."""
        return "-".join(self(end) for end in pair)

    def interval(self, pair: Any, level: Any) -> str:
        """`` (95% CI 0.39-0.77)``; without a level where the source gives none; nothing where there is no interval."""
        if not pair:
            return ""
        return f" ({self(level)}% CI {self.span(pair)})" if level is not None else f" ({self.span(pair)})"


def result_line(result: Record) -> str:
    """``median progression-free survival 3.8 v 1.9 months, HR 0.55 (95% CI 0.39-0.77), p=0.0005 (ESR1 mutated)``."""
    say = Digits(result.get("as_printed"))
    endpoint = _ENDPOINTS.get(result["endpoint"], str(result["endpoint"]).replace("_", " "))
    parts = [f"{endpoint}{_when(result, say)} {_values(result, say)}".rstrip(" ,")]
    if result.get("hr") is not None:
        parts.append(f"HR {say(result['hr'])}{say.interval(result.get('hr_ci'), result.get('hr_ci_level'))}")
    elif result.get("hr_range"):
        parts.append(f"HR {say.span(result['hr_range'])}")
    if result.get("odds_ratio") is not None:
        parts.append(
            f"OR {say(result['odds_ratio'])}{say.interval(result.get('odds_ratio_ci'), result.get('ci_level'))}"
        )
    if result.get("p"):
        p = str(result["p"])
        parts.append(f"p{p}" if p[0] in "<>=" else f"p={p}")
    return ", ".join(parts) + _who(result)


def _when(result: Record, say: Digits) -> str:
    if result.get("timepoint_months") is not None:
        return f" at {say(result['timepoint_months'])} months"
    timepoint = str(result.get("timepoint") or "")
    # a time of its own words ("after about 39 months", "interim analysis") takes no preposition
    return f" at {timepoint}" if timepoint[:1].isdigit() else f", {timepoint}," if timepoint else ""


def _who(result: Record) -> str:
    """Arms and patients: the subgroup, or the population where the result is that of a whole one."""
    arms = " v ".join(str(result[name]) for name in ("arm", "comparator") if result.get(name))
    who = "; ".join(text for text in (arms, result.get("subgroup") or result.get("population") or "") if text)
    return f" ({who})" if who else ""


def _values(result: Record, say: Digits) -> str:
    unit = _UNITS.get(result.get("unit"), f" {result.get('unit')}")
    about = "about " if result.get("approximate") else ""
    if result.get("value") is None:
        span = f"{say.span(result['value_range'])}{unit}" if result.get("value_range") else ""
        return f"{about}{result.get('value_text') or span}"
    own = f"{say(result['value'])}{say.interval(result.get('ci'), result.get('ci_level'))}"
    if result.get("comparator_value") is None:
        return f"{about}{own}{unit}"
    other = f"{say(result['comparator_value'])}{say.interval(result.get('comparator_ci'), result.get('ci_level'))}"
    return f"{about}{own} v {other}{unit}"


def event_line(event: Record) -> str:
    """``nausea 35%`` with the grade where it is not any grade, and the comparator where it is given."""
    grade = {
        "any": "",
        "not_stated": " (grade not stated)",
        "led_to_stop": " leading to stop",
        "serious": " (serious)",
    }.get(event["grade"], f" grade {event['grade']}")
    say = Digits(event.get("as_printed"))
    figure = "" if event["percent"] is None else f" {say(event['percent'])}%"
    versus = "" if event.get("comparator_percent") is None else f" v {say(event['comparator_percent'])}%"
    return f"{event['event']}{grade}{figure}{versus}"


def source_line(record: Record, source: Record) -> str:
    """Title, sort of source, date and place: ``Some title (review, 2024), lines 602-604``."""
    lines = record.get("lines")
    place = "" if not lines else f", line {lines[0]}" if lines[0] == lines[1] else f", lines {lines[0]}-{lines[1]}"
    return f"{source['title']} ({KINDS.get(source['kind'], source['kind'])}, {source['date'] or 'no date'}){place}"


def marks(result: Record) -> list[str]:
    """What weakens or qualifies a result, in words."""
    found = [
        word
        for name, word in (("exploratory", "exploratory"), ("post_hoc", "post hoc"), ("abstract_only", "abstract only"))
        if result.get(name)
    ]
    if result.get("verdict") == "negative":
        found.append("negative result")
    if result.get("verification") in ("news", "unverified"):
        found.append({"news": "seen in news only", "unverified": "not verified"}[result["verification"]])
    if result.get("record_status", "active") != "active":
        found.append(str(result["record_status"]))
    return found
