"""What the name of an adverse reaction tells."""

from __future__ import annotations

import re

_LUNG = re.compile(r"\b(ild|pneumonitis|interstitial lung)", re.IGNORECASE)


def lung_reaction(event: str) -> bool:
    """Whether the name of a reaction speaks of interstitial lung disease or pneumonitis."""
    return bool(_LUNG.search(event))
