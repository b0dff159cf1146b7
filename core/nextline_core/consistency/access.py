"""What is said not to be had."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import Catalogue
from ..profile import Profile, at
from .problem import Problem


def problems(profile: Profile, catalogue: Catalogue) -> Iterator[Problem]:
    """Names in ``access.unavailable`` that nobody knows: options with the drug that was meant still stand."""
    for index, name in enumerate(at(profile, "access.unavailable") or ()):
        resolved = catalogue.resolve(name)
        if not resolved.drug and not resolved.drug_class:
            yield Problem(
                f"/access/unavailable/{index}",
                "unnamed_drug",
                f"'{name}' is not a drug or class that this tool knows, so that no option is left out for it.",
                "Check the spelling, or enter the generic name or the class.",
                name,
                blocking=False,
            )
