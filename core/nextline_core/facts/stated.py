"""Facts that a profile states itself: the value of a member, under the member's path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..profile import Profile
from ..values import Value
from ..vocabulary import VOCABULARY

_Names = dict[str, dict[tuple[str, ...], dict[str, str]]]


def _names() -> _Names:
    """Member of a profile -> steps from there to a mapping -> member of that -> name of the fact."""
    found: _Names = {}
    for name, fact in VOCABULARY.items():
        if not fact.derived and fact.kind != "set" and not name.startswith("biomarkers."):
            member, *steps, last = name.split(".")
            found.setdefault(member, {}).setdefault(tuple(steps), {})[last] = name
    return found


_NAMES: Mapping[str, Mapping[tuple[str, ...], Mapping[str, str]]] = _names()
MEMBERS = tuple(_NAMES)


def facts(profile: Profile, member: str) -> dict[str, Value]:
    """The facts that stand under one member of a profile."""
    found: dict[str, Value] = {}
    for steps, names in _NAMES[member].items():
        here: Any = profile.get(member)
        for step in steps:
            here = here.get(step) if isinstance(here, Mapping) else None
        if isinstance(here, Mapping):
            found |= {names[last]: value for last, value in here.items() if value is not None and last in names}
    return found
