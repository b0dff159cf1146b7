"""What the name of an adverse reaction tells: a lung reaction, or harm by an immune checkpoint inhibitor."""

from __future__ import annotations

import re

_LUNG = re.compile(r"\b(ild|pneumonitis|interstitial lung)", re.IGNORECASE)
# Hormone glands are left out: with replacement the inhibitor is usually given on.
_IMMUNE = re.compile(
    r"\b(immune|myocarditis|myositis|myasthenia|colitis|hepatitis|nephritis|encephalitis|guillain|pneumonitis)",
    re.IGNORECASE,
)


def lung_reaction(event: str) -> bool:
    """Whether the name of a reaction speaks of interstitial lung disease or pneumonitis."""
    return bool(_LUNG.search(event))


def immune_reaction(event: str) -> bool:
    """Whether a reaction to a combination with an immune checkpoint inhibitor is laid to that inhibitor."""
    return bool(_IMMUNE.search(event))
