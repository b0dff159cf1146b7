"""Reads profiles from files and standard input, and says everything that is wrong with one at once."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from nextline_core.consistency import Problem

from . import faults, limits
from .json_text import Unreadable, parse, tidy
from .profile_model import ProfileModel

LIMIT_BYTES = 1_000_000  # a profile is a few kilobytes; more than this is some other file
MOST_PROBLEMS = 50


def read(name: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The profile in a file (``-``: standard input), or ``None`` and what is wrong with it."""
    try:
        data, found = tidy(parse(_bytes(name)))
    except Unreadable as error:
        return None, [error.problem]
    found += limits.problems(data)
    told = {problem.path for problem in found}
    wrong = [fault for path, fault in _faults(data).items() if path not in told]
    problems = [*found, *map(faults.problem, wrong[:MOST_PROBLEMS])][:MOST_PROBLEMS]
    more = len(found) + len(wrong) - len(problems)
    if more:
        problems.append(Problem("", "more", f"{more} more problems are not listed.", "Correct the others first."))
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


def validate(data: Mapping[str, Any]) -> list[Problem]:
    """Everything in which ``data`` departs from ``nextline.profile/1``; all of it blocks."""
    return [faults.problem(fault) for fault in _faults(data).values()]


def _faults(data: Mapping[str, Any]) -> dict[str, Any]:
    """pydantic's first fault at each place."""
    found: dict[str, Any] = {}
    try:
        ProfileModel.model_validate(data)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            found.setdefault(faults.pointer(fault), fault)
    return found
