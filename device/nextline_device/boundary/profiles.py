"""Reads profiles from files and standard input, and says everything that is wrong with one at once."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from nextline_core.consistency import Problem

from .profile_model import ProfileModel

LIMIT_BYTES = 1_000_000  # a profile is a few kilobytes; more than this is some other file
_TAGS = frozenset(("plain", "one", "many"))
_REQUIRED = frozenset(("schema", "setting", "drugs", "event", "result"))


class Unreadable(Exception):
    """What was given is no profile at all: ``problem`` says why."""

    def __init__(self, text: str, remedy: str, code: str = "unreadable") -> None:
        self.problem = Problem("", code, text, remedy)
        super().__init__(text)


def read(name: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The profile in a file (``-``: standard input), or ``None`` and every problem with it."""
    try:
        data = parse(_bytes(name))
    except Unreadable as error:
        return None, [error.problem]
    problems = validate(data)
    return (None, problems) if problems else (data, [])


def _bytes(name: str) -> bytes:
    label = "standard input" if name == "-" else name
    try:
        if name == "-" and sys.stdin is None:
            raise Unreadable("Standard input is closed.", "Name a JSON file, or send one in.")
        if name == "-":
            raw = sys.stdin.buffer.read(LIMIT_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(LIMIT_BYTES + 1)
    except IsADirectoryError:
        raise Unreadable(f"{label} is a directory, not a profile.", "Name a JSON file.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not usable"
        raise Unreadable(f"{label} cannot be read: {reason}.", "Check the name and its permissions.") from None
    if len(raw) > LIMIT_BYTES:
        raise Unreadable(
            f"{label} is larger than {LIMIT_BYTES // 1_000_000} MB; a profile is a few kilobytes.",
            "Check that this is the right file.",
        )
    if not raw.strip():
        raise Unreadable(f"{label} is empty.", 'Give a profile; the smallest is {"schema": "nextline.profile/1"}.')
    return raw


def parse(raw: bytes) -> dict[str, Any]:
    """The JSON object in ``raw``.

    Raises :class:`Unreadable`: no UTF-8, no JSON, no object, a member twice, not a number.
    """
    try:
        data = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Unreadable("The text is not UTF-8.", "Save the file as UTF-8.", "encoding") from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.",
            "Correct the text there.",
            "json",
        ) from None
    except ValueError:  # Python's own limit on the digits of a whole number
        raise Unreadable(
            "This is not a profile: a number in it has thousands of digits.", "Correct the number.", "json"
        ) from None
    except RecursionError:
        raise Unreadable(
            "This is not a profile: it is nested far too deeply.", "Check that this is the right file.", "json"
        ) from None
    if not isinstance(data, dict):
        raise Unreadable(f"A profile is a JSON object, not {_kind(data)}.", "Put the members between { and }.", "json")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise Unreadable(f"The member '{twice}' stands twice in one object.", "Keep one of them.", "json")
    return found


def _no_constant(name: str) -> Any:
    raise Unreadable(f"{name} is not a JSON number.", "Give a number, or leave the member out.", "json")


def validate(data: Mapping[str, Any]) -> list[Problem]:
    """Everything in which ``data`` departs from ``nextline.profile/1``; all of it blocks."""
    try:
        ProfileModel.model_validate(data)
    except ValidationError as error:
        return [_problem(fault, data) for fault in error.errors(include_url=False, include_context=True)]
    return []


def _problem(fault: Any, data: Mapping[str, Any]) -> Problem:
    steps = [str(step) for step in fault["loc"] if step not in _TAGS and step != "[key]"]
    if steps and steps[0] == "schema_":
        steps[0] = "schema"
    path = "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
    name = steps[-1] if steps else "the profile"
    kind = fault["type"]
    value = None if kind == "missing" else fault["input"]
    return Problem(path, kind, *_words(kind, name, value, fault, steps), value=value)


def _words(kind: str, name: str, value: Any, fault: Any, steps: list[str]) -> tuple[str, str]:
    context = fault.get("ctx") or {}
    shown = json.dumps(value, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    if kind == "extra_forbidden":
        return (
            f"'{name}' is not a member of a profile here.",
            f"Remove it{_nearest(name, steps)}. Names, birth dates and record numbers are never asked for.",
        )
    if kind == "missing":
        return f"'{name}' is missing.", 'Add "schema": "nextline.profile/1".' if name == "schema" else "Add it."
    if kind == "literal_error":
        if len(steps) == 2 and steps[0] == "biomarkers" and fault["loc"][-1] == "[key]":
            near = difflib.get_close_matches(
                name, str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", "), 1
            )
            return (
                f"'{name}' is not a biomarker that a profile has.",
                f"Write '{near[0]}' if that is meant." if near else f"Use one of {context['expected']}.",
            )
        optional = "" if name in _REQUIRED else ", or leave it out where it is not known"
        return f"{shown} is not possible for '{name}'.", f"Use {context['expected']}{optional}."
    bounds = {"greater_than_equal": ("less than", "ge"), "less_than_equal": ("more than", "le")}
    if kind in bounds:
        words, key = bounds[kind]
        return (
            f"{shown} is {words} {context[key]}, which '{name}' cannot be.",
            "Check the number and its unit, or leave it out.",
        )
    if kind == "string_too_long":
        return f"'{name}' is longer than {context['max_length']} characters.", "Shorten it."
    if kind in ("too_short", "too_long"):
        return (
            f"'{name}' holds {context['actual_length']} entries.",
            f"Give at least {context['min_length']}."
            if kind == "too_short"
            else f"Give at most {context['max_length']}.",
        )
    return f"{shown} does not fit '{name}': {_expected(kind)}.", "Correct it, or leave it out where it is not known."


def _expected(kind: str) -> str:
    table = {
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
    return table.get(kind, "it has another form")


def _nearest(name: str, steps: list[str]) -> str:
    members = _members(steps[:-1])
    near = difflib.get_close_matches(name, members, 1)
    return f", or write '{near[0]}' if that is meant" if near else ""


def _members(steps: list[str]) -> list[str]:
    """The member names of the object at a path, for a suggestion."""
    model: Any = ProfileModel
    for step in steps:
        field = getattr(model, "model_fields", {}).get(step)
        model = field.annotation if field else None
    return [field.alias or name for name, field in getattr(model, "model_fields", {}).items()]


def _kind(value: Any) -> str:
    return {list: "a list", str: "a text", bool: "true or false", type(None): "null"}.get(type(value), "a number")
