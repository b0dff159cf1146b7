"""Whether the program yields what an indication describes, and loses it with the biomarker."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clinical.indications import Indication, candidates, same
from nextline_core.catalogue import Catalogue, Resolved

Answer = Mapping[str, Any]
Ask = Callable[[Mapping[str, Any]], Answer]
BANDS = ("preferred", "consider", "later", "investigational")


def remembering(ask: Ask) -> Ask:
    """Asks each profile once: many indications describe the same patients."""
    held: dict[str, Answer] = {}

    def asked(profile: Mapping[str, Any]) -> Answer:
        key = json.dumps(profile)
        if key not in held:
            held[key] = ask(profile)
        return held[key]

    return asked


@dataclass
class Covered:
    """What was found for one regimen of one indication.

    ``bands`` by subtype where a profile yields it; ``without`` are subtypes that the words allow and no profile of
    which does; ``stays`` are cases in which it still stands with the biomarker known absent; ``absent`` counts the
    cases tried.
    """

    bands: dict[str, set[str]] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)
    stays: list[str] = field(default_factory=list)
    absent: int = 0

    @property
    def best(self) -> str | None:
        """The best band in which it stands."""
        found = {band for bands in self.bands.values() for band in bands}
        return next((band for band in BANDS if band in found), None)


def cover(indication: Indication, regimen: frozenset[Resolved], ask: Ask, names: Catalogue) -> Covered:
    """Asks every profile that the words describe."""
    result = Covered()
    subtypes = set()
    for described, absent in candidates(indication):
        answer = ask(described)
        subtypes.add(answer["subtype"])
        for option in answer["options"]:
            if (
                option["status"] != "applies"
                or option["band"] not in BANDS
                or not same(regimen, option["drugs"], names)
            ):
                continue
            result.bands.setdefault(answer["subtype"], set()).add(option["band"])
            for marker, other in absent:
                result.absent += 1
                result.stays += _stays(option, marker, ask(other))
    result.without = subtypes - set(result.bands)
    return result


def _stays(option: Answer, marker: str, answer: Answer) -> list[str]:
    """What is wrong if the option is there still: by a rule that carried it before, so not for another reason."""
    if any(problem["blocking"] for problem in answer["problems"]):
        return [f"{marker} absent contradicts the profile: {answer['problems'][0]['text']}"]
    left = next((other for other in answer["options"] if other["id"] == option["id"]), None)
    if left is None or not set(left["rules"]) & set(option["rules"]):
        return []
    return [f"{option['id']} stands in {left['band']} ({left['status']}) with {marker} known absent"]
