"""Evidence records in one line of words and figures, for screen, text and paper alike.

Figures are never rounded or reformatted.
"""

from __future__ import annotations

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


def result_line(result: Record) -> str:
    """``median progression-free survival 3.8 v 1.9 months, HR 0.55 (95% CI 0.39-0.77), p=0.0005; ESR1 mutated``."""
    endpoint = _ENDPOINTS.get(result["endpoint"], str(result["endpoint"]).replace("_", " "))
    when = (
        f" at {_n(result['timepoint_months'])} months"
        if result.get("timepoint_months") is not None
        else f" at {result['timepoint']}"
        if result.get("timepoint")
        else ""
    )
    parts = [f"{endpoint}{when} {_values(result)}".rstrip()]
    if result.get("hr") is not None:
        parts.append(f"HR {_n(result['hr'])}{_interval(result.get('hr_ci'), result.get('hr_ci_level'))}")
    elif result.get("hr_range"):
        parts.append(f"HR {_range(result['hr_range'])}")
    if result.get("odds_ratio") is not None:
        parts.append(f"OR {_n(result['odds_ratio'])}{_interval(result.get('odds_ratio_ci'), result.get('ci_level'))}")
    if result.get("p"):
        p = str(result["p"])
        parts.append(f"p{p}" if p[0] in "<>=" else f"p={p}")
    who = "; ".join(str(result[k]) for k in ("arm", "comparator", "subgroup") if result.get(k))
    return ", ".join(parts) + (
        f" ({who.replace('; ', ' v ', 1) if result.get('arm') and result.get('comparator') else who})" if who else ""
    )


def _values(result: Record) -> str:
    unit = _UNITS.get(result.get("unit"), f" {result.get('unit')}")
    about = "about " if result.get("approximate") else ""
    if result.get("value") is None:
        text = result.get("value_text") or (
            f"{_range(result['value_range'])}{unit}" if result.get("value_range") else ""
        )
        return f"{about}{text}"
    own = f"{_n(result['value'])}{_interval(result.get('ci'), result.get('ci_level'))}"
    if result.get("comparator_value") is None:
        return f"{about}{own}{unit}"
    other = f"{_n(result['comparator_value'])}{_interval(result.get('comparator_ci'), result.get('ci_level'))}"
    return f"{about}{own} v {other}{unit}"


def _interval(pair: Any, level: Any) -> str:
    if not pair:
        return ""
    low, high = ("?" if end is None else _n(end) for end in pair)
    return f" ({_n(level)}% CI {low}-{high})" if level is not None else f" ({low}-{high})"


def _range(pair: Any) -> str:
    return "-".join("?" if end is None else _n(end) for end in pair)


def _n(value: Any) -> str:
    return str(value)


def event_line(event: Record) -> str:
    """``nausea 35%`` with the grade where it is not any grade, and the comparator where it is given."""
    grade = {
        "any": "",
        "not_stated": " (grade not stated)",
        "led_to_stop": " leading to stop",
        "serious": " (serious)",
    }.get(event["grade"], f" grade {event['grade']}")
    figure = "" if event["percent"] is None else f" {_n(event['percent'])}%"
    versus = "" if event.get("comparator_percent") is None else f" v {_n(event['comparator_percent'])}%"
    return f"{event['event']}{grade}{figure}{versus}"


def source_line(record: Record, source: Record) -> str:
    """``Review ...

    (review, 2024), lines 602-604``: title, who speaks, date, place.
    """
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
