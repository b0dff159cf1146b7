"""What is known of the patient at hand: one profile in memory, in the contract's shape.

Nothing of it is ever written.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

SCHEMA = "nextline.profile/1"
# An entry of these lists says nothing without this member; it is a draft, and stays out of the profile until it has it.
_ESSENTIAL = {"history": "drugs", "toxicity": "event", "biomarkers": "result"}


class Session:
    """The profile of one patient.

    ``revision`` grows with every change, so that a late answer can be told from a current one.
    """

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}
        self.revision = 0

    def get(self, path: str) -> Any:
        """The member at a dotted path (``history.0.months``), ``None`` where it is unknown."""
        here: Any = self._known
        for step in path.split("."):
            if isinstance(here, list):
                here = here[int(step)] if step.isdigit() and int(step) < len(here) else None
            else:
                here = here.get(step) if isinstance(here, dict) else None
        return here

    def set(self, path: str, value: Any) -> None:
        """Sets the member at a path; ``None`` makes it unknown. A list grows by one where the path names its end."""
        *parents, last = path.split(".")
        here: Any = self._known
        for step, following in pairwise([*parents, last]):
            here = _child(here, step, following)
        if isinstance(here, list):
            here[int(last) : int(last) + 1] = [value]
        elif value is None:
            here.pop(last, None)
        else:
            here[last] = value
        self.revision += 1

    def clear(self, path: str) -> None:
        """Makes the member at a path unknown; an entry of a list goes, and those behind it move up."""
        *parents, last = path.split(".")
        holder = self.get(".".join(parents)) if parents else self._known
        if isinstance(holder, list) and last.isdigit():
            del holder[int(last) : int(last) + 1]
            self.revision += 1
        elif isinstance(holder, dict) and last in holder:
            del holder[last]
            self.revision += 1

    def profile(self) -> dict[str, Any]:
        """A copy in the shape of ``nextline.profile/1``, without drafts and empty parts."""
        return {"schema": SCHEMA, **_tidy(self._known, "")}

    @property
    def empty(self) -> bool:
        """Whether nothing is known yet."""
        return self.profile() == {"schema": SCHEMA}

    def wipe(self) -> None:
        """Forgets everything, the contents of lists and mappings that others may still hold included."""
        _empty(self._known)
        self.revision += 1


def _child(here: Any, step: str, following: str) -> Any:
    """The member to descend into, made where it is missing: a list where a number follows, else a mapping."""
    fresh: Any = [] if following.isdigit() else {}
    if isinstance(here, list):
        place = int(step)
        if place == len(here):
            here.append(fresh)
        return here[place]
    if not isinstance(here.get(step), dict | list):
        here[step] = fresh
    return here[step]


def _tidy(value: Any, name: str) -> Any:
    """The value without unknown members, drafts and empty parts; ``{}`` where nothing of it is left.

    An empty list stays: it says "none". A list of which only drafts are left says nothing.
    """
    if isinstance(value, Mapping):
        inner = {key: _tidy(member, name if name == "biomarkers" else key) for key, member in value.items()}
        return {key: member for key, member in inner.items() if member is not None and member != {}}
    if not isinstance(value, list):
        return value
    essential = _ESSENTIAL.get(name)
    entries = [_tidy(entry, "") for entry in value]
    kept = [entry for entry in entries if entry != {} and (not essential or entry.get(essential))]
    return kept if kept or not value else {}


def _empty(value: Any) -> None:
    if isinstance(value, dict | list):
        for member in list(value.values()) if isinstance(value, dict) else list(value):
            _empty(member)
        value.clear()
