"""Checks what was typed, at once and in one sentence."""

from __future__ import annotations

import re

from .fields import Field

LONGEST = 80


def read_number(field: Field, typed: str) -> tuple[int | float | None, str]:
    """The number, or ``None`` and what is wrong with it."""
    if not re.fullmatch(r"\d+(\.\d+)?", typed):
        return None, f"'{typed}' is not a number; write it as 12 or 5.6."
    value = float(typed) if "." in typed else int(typed)
    if field.whole and isinstance(value, float):
        return None, f"{field.label} is a whole number; {typed} is not."
    if not field.low <= value <= field.high:
        return None, f"{field.label} lies between {bounds(field)}; {typed} does not."
    return value, ""


def bounds(field: Field) -> str:
    """``3 and 20 %``."""
    return f"{field.low:,.0f} and {field.high:,.0f} {field.unit}".replace(",", " ").strip()


def read_text(field: Field, typed: str) -> tuple[str | None, str]:
    """The text, or ``None`` and what is wrong with it."""
    text = typed.strip()
    if field.pattern and not re.fullmatch(field.pattern, text):
        return None, f"{field.label} is written like {field.example}; '{text}' is not."
    return text, ""
