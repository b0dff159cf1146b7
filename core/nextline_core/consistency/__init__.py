"""Contradictions in a profile that is well-formed: what cannot be true together, said with the place and the remedy.

A blocking problem stops the answer. A warning stands beside it: something is unusual, or was understood in one way
of several.
"""

from __future__ import annotations

from ..catalogue import Catalogue
from ..profile import Profile
from . import access, biomarkers, disease, person, therapies
from .problem import Problem

__all__ = ["Problem", "problems", "subtype_of"]


def problems(profile: Profile, catalogue: Catalogue) -> list[Problem]:
    """Every problem of the profile, blocking ones first, then by place."""
    found = [
        *disease.problems(profile),
        *biomarkers.problems(profile),
        *person.problems(profile),
        *therapies.problems(profile, catalogue),
        *access.problems(profile, catalogue),
    ]
    return sorted(found, key=lambda problem: (not problem.blocking, problem.path, problem.code))


def subtype_of(profile: Profile) -> str:
    """The subtype as far as the receptors agree, else ``unknown``."""
    return disease.subtype(profile)
