"""Findings in genes that do not go together: a mutation of known origin beside a gene said to be without one."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts.biomarkers import verdict
from ..profile import Profile
from .problem import Problem

_ORIGINS = tuple((origin + gene, gene) for gene in ("BRCA1", "BRCA2", "PALB2") for origin in ("g", "s"))


def problems(profile: Profile) -> Iterator[Problem]:
    """Warnings: a positive finding stands, whatever another test did not find."""
    stated = profile.get("biomarkers") or {}
    for one, other in (*_ORIGINS, *((gene, origin) for origin, gene in _ORIGINS if origin.startswith("g"))):
        if one not in stated or other not in stated:
            continue
        positive = verdict(one, stated.get(one)) == "positive"
        if positive and verdict(other, stated.get(other)) == "negative" and _same_cells(one, stated.get(one), other):
            yield Problem(
                f"/biomarkers/{other}",
                "biomarkers",
                f"{other} is negative, but {one} is positive; the positive finding stands.",
                "Check both reports, and correct or leave out the one that is wrong.",
                stated.get(other),
                blocking=False,
            )


def _same_cells(one: str, finding: object, other: str) -> bool:
    """A gene is positive in the germline, where its germline test is negative, only if the specimen says so."""
    if one[0] in "gs" or other[0] != "g":
        return True
    rows = finding if isinstance(finding, list | tuple) else (finding,)
    return any(isinstance(r, dict) and r.get("specimen") == "germline" and r.get("result") == "positive" for r in rows)
