"""Plain charts of block characters, which every console font has. The figure always stands beside the bar."""

from __future__ import annotations

BLOCK = "█"


def bar(value: float, most: float, cells: int) -> str:
    """A bar as long as the value is of the greatest one; at least one cell for anything above nothing."""
    if value <= 0 or most <= 0:
        return ""
    return BLOCK * max(1, min(cells, round(value / most * cells)))


def shares(met: int, unmet: int, unknown: int, cells: int = 20) -> str:
    """``[███x?]``, one cell a criterion: met, not met, not known; shrunk to ``cells`` where there are more."""
    total = met + unmet + unknown
    if total > cells:  # what is not met or not known never shrinks to nothing
        unmet, unknown = (max(1, part * cells // total) if part else 0 for part in (unmet, unknown))
        met = max(0, cells - unmet - unknown)
    return f"[{BLOCK * met}{'x' * unmet}{'?' * unknown}]"
