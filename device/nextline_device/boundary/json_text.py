"""JSON as strictly as a profile needs it: what one program reads so and another otherwise is refused."""

from __future__ import annotations

import json
import math
from typing import Any

from nextline_core.consistency import Problem

_DEEPEST = 20  # a profile is six levels deep
_EXACT = 2**53  # from here on floating-point numbers leave out whole numbers
_TOO_DEEP = ("This is not a profile: it is nested far too deeply.", "Check that this is the right file.", "json")


class Unreadable(Exception):
    """What was given is no profile at all: ``problem`` says why."""

    def __init__(self, text: str, remedy: str, code: str = "unreadable") -> None:
        self.problem = Problem("", code, text, remedy)
        super().__init__(text)


def parse(raw: bytes) -> dict[str, Any]:
    """The JSON object in ``raw``.

    Raises :class:`Unreadable`: no UTF-8, no JSON, no object, a member twice, not a number.
    """
    try:
        data = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_once, parse_float=_number, parse_constant=_no_constant
        )
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
        raise Unreadable(*_TOO_DEEP) from None
    if not isinstance(data, dict):
        raise Unreadable(f"A profile is a JSON object, not {_kind(data)}.", "Put the members between { and }.", "json")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Unreadable(f"The member '{short(twice)}' stands twice in one object.", "Keep one of them.", "json")
    return found


class _Beyond(float):
    """A number too large for a computer's, with its own words."""

    words: str


def _number(words: str) -> float:
    value = float(words)
    if math.isfinite(value):
        return value
    beyond = _Beyond(value)
    beyond.words = short(words)
    return beyond


def _no_constant(name: str) -> Any:
    raise Unreadable(f"{name} is not a JSON number.", "Give a number, or leave the member out.", "json")


def _kind(value: Any) -> str:
    return {list: "a list", str: "a text", bool: "true or false", type(None): "null"}.get(type(value), "a number")


def tidy(data: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The data with whole numbers as such (JSON knows one kind of number, so 2.0 is a 2), and what cannot be held.

    That are text that is no Unicode and numbers beyond all that a computer counts with; they are left out. Raises
    :class:`Unreadable`: nested too deeply.
    """
    problems: list[Problem] = []
    return _tidy(data, "", 0, problems), problems


def _tidy(value: Any, path: str, depth: int, problems: list[Problem]) -> Any:
    if depth > _DEEPEST:
        raise Unreadable(*_TOO_DEEP)
    if isinstance(value, dict):
        known = {name: inner for name, inner in value.items() if _unicode(name)}
        problems += [_no_text(f"{path}/{_escaped(name)}", name) for name in value if name not in known]
        return {name: _tidy(inner, f"{path}/{pointed(name)}", depth + 1, problems) for name, inner in known.items()}
    if isinstance(value, list):
        return [_tidy(inner, f"{path}/{place}", depth + 1, problems) for place, inner in enumerate(value)]
    if isinstance(value, str) and not _unicode(value):
        problems.append(_no_text(path, value))
        return None
    if isinstance(value, _Beyond):
        text = f"{value.words} is beyond all that can be counted with."
        problems.append(Problem(path, "number", text, "Check the number and its unit, or leave it out.", value.words))
        return None
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT else value


def _unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _no_text(path: str, text: str) -> Problem:
    words = _escaped(text)
    return Problem(path, "encoding", f"'{words}' holds half of a character.", "Type the text again.", words)


def _escaped(text: str) -> str:
    return short(pointed(text).encode("ascii", "backslashreplace").decode())


def pointed(step: str) -> str:
    """A member's name as a step of a JSON Pointer."""
    return short(step.replace("~", "~0").replace("/", "~1"))


def short(text: str) -> str:
    """The text, cut where it is longer than any name or value of a profile."""
    return text if len(text) <= 100 else f"{text[:97]}..."
