"""A patient's profile as the core reads it: a plain mapping in the shape of ``nextline.profile/1``, already
validated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Profile: TypeAlias = Mapping[str, Any]
_MAPPINGS = (dict, Mapping)  # a dict is told soonest


@dataclass(slots=True)
class Toxicity:
    """A reaction to a therapy: CTCAE term, and grade 1 to 4 where known."""

    event: str
    grade: int | None


@dataclass(slots=True)
class Therapy:
    """One entry of the history.

    ``index`` is its place in the list; months and ``toxicity`` are ``None`` where not known.
    """

    index: int
    setting: str
    line: int | None
    drugs: tuple[str, ...]
    months: float | None
    months_since_end: float | None
    best_response: str | None
    ended: str | None
    residual_disease: bool | None
    toxicity: tuple[Toxicity, ...] | None

    @property
    def metastatic(self) -> bool:
        """Whether it was given for metastatic disease."""
        return self.setting == "metastatic"


def at(profile: Profile, path: str) -> Any:
    """The member at a dotted path, ``None`` where it or a parent is absent or null."""
    here: Any = profile
    for step in path.split("."):
        if here is None or not isinstance(here, _MAPPINGS):
            return None
        here = here.get(step)
    return here


def reading(reads: Mapping[str, tuple[str, ...]], touched: Collection[str]) -> list[str]:
    """The parts that read one of the touched paths, or what lies above it; ``reads``: by part, what it reads.

    All paths end with a dot, so that one begins another only where it lies above it.
    """
    return [part for part, paths in reads.items() if any(path.startswith(paths) for path in touched)]


def history(profile: Profile) -> tuple[Therapy, ...] | None:
    """The therapies so far, oldest first; ``None`` where the history is not known, empty where there was none."""
    entries = profile.get("history")
    return None if entries is None else tuple(_therapy(index, entry) for index, entry in enumerate(entries))


def _therapy(index: int, entry: Mapping[str, Any]) -> Therapy:
    reactions = entry.get("toxicity")
    reactions = (reactions,) if isinstance(reactions, Mapping) else reactions
    return Therapy(
        index=index,
        setting=entry["setting"],
        line=entry.get("line"),
        drugs=tuple(entry["drugs"]),
        months=entry.get("months"),
        months_since_end=entry.get("months_since_end"),
        best_response=entry.get("best_response"),
        ended=entry.get("ended"),
        residual_disease=entry.get("residual_disease"),
        toxicity=None if reactions is None else tuple(Toxicity(r["event"], r.get("grade")) for r in reactions),
    )


def without_nulls(value: Any) -> Any:
    """The same value with null members of mappings left out; a list keeps its length."""
    if isinstance(value, Mapping):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list | tuple) else value


def digest(profile: Profile) -> str:
    """SHA-256 of the profile as UTF-8 JSON, null members left out, keys sorted, no spaces; 64 hex digits."""
    text = json.dumps(without_nulls(profile), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
