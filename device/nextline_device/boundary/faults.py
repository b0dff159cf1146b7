"""What pydantic finds wrong with a profile, as problems in the words of a clinician."""

from __future__ import annotations

import difflib
import json
from typing import Any

from nextline_core.consistency import Problem

from .json_text import pointed, short
from .limits import beyond, entries
from .profile_model import ProfileModel

_REQUIRED = frozenset(("schema", "setting", "drugs", "event", "result"))
_EXPECTED = {
    "bool_type": "it is true or false",
    "int_type": "it is a whole number",
    "float_type": "it is a number",
    "string_type": "it is a text",
    "list_type": "it is a list",
    "model_type": "it is an object",
    "model_attributes_type": "it is an object",
    "dict_type": "it is an object",
    "string_pattern_mismatch": "it is a month such as 2025-04",
    "none_required": "it is an object or a list of objects",
}
_LONGEST = 60


def problem(fault: Any) -> Problem:
    """One of pydantic's faults as a problem."""
    steps, of_name = _place(fault["loc"])
    name = short(next((step for step in reversed(steps) if isinstance(step, str)), "the profile"))
    kind = fault["type"]
    value = None if kind == "missing" else fault["input"]
    words = _unknown_name(name, fault, steps) if of_name else _words(kind, name, value, fault, steps)
    return Problem(pointer(fault), kind, *words, value=value if len(_json(value)) <= _LONGEST else _shown(value))


def pointer(fault: Any) -> str:
    """The JSON Pointer of what is at fault."""
    return "".join(f"/{pointed(str(step))}" for step in _place(fault["loc"])[0])


def _place(loc: tuple[str | int, ...]) -> tuple[list[str | int], bool]:
    """The steps to the member, and whether it is its name that is at fault.

    pydantic adds the branch of a union that it went down, and ``[key]``, at places where neither is a member's name.
    """
    branch = 2 if loc[:1] == ("biomarkers",) else 3 if loc[:1] == ("history",) and loc[2:3] == ("toxicity",) else None
    steps = [step for index, step in enumerate(loc) if index != branch]
    if loc[:2] == ("patient", "conditions") and loc[3:] == ("[key]",):
        return steps[:3], True
    return steps, branch is not None and loc[branch:] == ("[key]",)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _shown(value: Any) -> str:
    text = _json(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _unknown_name(name: str, fault: Any, steps: list[str | int]) -> tuple[str, str]:
    """A biomarker or condition that no profile has."""
    expected = fault["ctx"]["expected"]
    near = difflib.get_close_matches(name, expected.replace("'", "").replace(" or ", ", ").split(", "), 1)
    kind = "biomarker" if steps[0] == "biomarkers" else "condition"
    remedy = f"Write '{near[0]}' if that is meant." if near else f"Use one of {expected}."
    return f"'{name}' is not a {kind} that a profile has.", remedy


def _words(kind: str, name: str, value: Any, fault: Any, steps: list[str | int]) -> tuple[str, str]:
    context = fault.get("ctx") or {}
    if kind == "extra_forbidden":
        return (
            f"'{name}' is not a member of a profile here.",
            f"Remove it{_nearest(name, steps)}. Names, birth dates and record numbers are never asked for.",
        )
    if kind == "missing":
        return f"'{name}' is missing.", 'Add "schema": "nextline.profile/1".' if name == "schema" else "Add it."
    if kind == "literal_error":
        optional = "" if name in _REQUIRED else ", or leave it out where it is not known"
        return f"{_shown(value)} is not possible for '{name}'.", f"Use {context['expected']}{optional}."
    if kind == "greater_than_equal":
        return beyond(name, value, f"less than {context['ge']}")
    if kind == "less_than_equal":
        return beyond(name, value, f"more than {context['le']}")
    if kind == "string_too_long":
        return f"'{name}' is longer than {context['max_length']} characters.", "Shorten it."
    if kind in ("too_short", "too_long"):
        return entries(name, context["actual_length"], context.get("min_length"), context.get("max_length"))
    expected = _EXPECTED.get(kind, "it has another form")
    return f"{_shown(value)} does not fit '{name}': {expected}.", "Correct it, or leave it out where it is not known."


def _nearest(name: str, steps: list[str | int]) -> str:
    near = difflib.get_close_matches(name, _members(steps[:-1]), 1)
    return f", or write '{near[0]}' if that is meant" if near else ""


def _members(steps: list[str | int]) -> list[str]:
    """The member names of the object at a path, for a suggestion."""
    model: Any = ProfileModel
    for step in steps:
        field = getattr(model, "model_fields", {}).get(step)
        model = field.annotation if field else None
    return [field.alias or name for name, field in getattr(model, "model_fields", {}).items()]
