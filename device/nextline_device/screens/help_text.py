"""The help as rows, made from the table of actions."""

from __future__ import annotations

from .. import actions
from .rows import Page, page_of, row, wrapped

_KEYS = 9
ABOUT = (
    "NEXT LINE shows options for the next line of therapy in metastatic breast cancer, each with its evidence. "
    "What is left unknown is never taken for no. Nothing is stored, no name is asked, no network is used."
)


def page(screen: str, width: int, kiosk: bool, role: str = actions.CLINICIAN) -> Page:
    """The keys of the screen that help was called from, then those of the others."""
    order = sorted(actions.SCREENS, key=lambda name: name != screen)
    parts = [("about", wrapped(ABOUT, width, " "))]
    for name in order:
        if not actions.allowed(name, role):
            continue
        rows = [row(f" {actions.SCREENS[name]}", "head")]
        for action in actions.of(name, kiosk, role):
            rows += wrapped(f"{action.shown:<{_KEYS}}{action.text}", width, "   ", " " * (_KEYS + 3))
        parts.append((name, rows))
    return page_of(parts)
