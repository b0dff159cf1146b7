"""Contradictions in a profile that is well-formed: what cannot be true together, said with the place and the remedy.

A blocking problem stops the answer. A warning stands beside it: something is unusual, or was understood in one way
of several.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..catalogue import Catalogue
from ..profile import Profile
from . import access, biomarkers, disease, person, therapies
from .problem import Problem

__all__ = ["READS", "Problem", "part", "problems", "subtype_of"]


# What each part reads of a profile: paths that end with a dot.
READS: dict[str, tuple[str, ...]] = {
    "disease": ("disease.",),
    "biomarkers": ("biomarkers.",),
    "person": (*person.READS, "history."),
    "therapies": ("history.", "disease.de_novo.", "next_line.", "line_override."),
    "access": ("access.",),
}


def problems(profile: Profile, catalogue: Catalogue, parts: Iterable[str] = tuple(READS)) -> list[Problem]:
    """Every problem of the profile, or those that some parts find; blocking ones first, then by place."""
    found = [problem for name in parts for problem in part(name, profile, catalogue)]
    return sorted(found, key=lambda problem: (not problem.blocking, problem.path, problem.code))


def part(name: str, profile: Profile, catalogue: Catalogue) -> Iterable[Problem]:
    """The problems that one part finds."""
    if name == "disease":
        return disease.problems(profile)
    if name == "biomarkers":
        return biomarkers.problems(profile)
    if name == "person":
        return person.problems(profile)
    return therapies.problems(profile, catalogue) if name == "therapies" else access.problems(profile, catalogue)


def subtype_of(profile: Profile) -> str:
    """The subtype as far as the receptors agree, else ``unknown``."""
    return disease.subtype(profile)
