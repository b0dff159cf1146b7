"""Every screen as linear text: for screen readers, for pipes, and wherever lines are read one after another.

No bars, boxes or columns; a heading line begins each screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from . import actions
from .engine import Engine
from .screens import (
    compare_text,
    conflict_text,
    evidence_text,
    help_text,
    options_text,
    outlook_text,
    ready_text,
    site_text,
    tests_text,
    timeline_text,
)
from .screens.rows import Page
from .screens.view import View, situation
from .selftest import self_test
from .tongue import _

WIDTH = 100
_DRAWN = str.maketrans({"█": None, "─": None, "│": None})
_BAR = re.compile(r"\[█*x*\?*\] ")
"""the shares of a trial's criteria; they stand in words beside it"""
OF_NOBODY = ("ready", "site", "about", "help")


def without_patient(engine: Engine, today: date, screens: Sequence[str] = OF_NOBODY) -> Iterator[str]:
    """The lines of the screens that need no patient."""
    view = View(engine, WIDTH, {})
    pages: Mapping[str, Callable[[], Page]] = {
        "ready": lambda: ready_text.page(view, self_test(engine), 0.0, today, actions.CLINICIAN),
        "site": lambda: site_text.site(view),
        "about": lambda: site_text.about(view),
        "help": lambda: help_text.page("ready", WIDTH, False),
    }
    for name in screens:
        yield from _screen(_(actions.SCREENS[name]), pages[name]())


def of_patient(
    engine: Engine,
    profile: Mapping[str, Any],
    answer: Mapping[str, Any],
    screens: Sequence[str] = actions.PATIENT_SCREENS,
) -> Iterator[str]:
    """The lines of the screens about an answer; of one that refuses, only what stands in the way."""
    view = View(engine, WIDTH, profile, answer)
    if any(problem["blocking"] for problem in answer["problems"]):
        screens = ("options",)
    for name in screens:
        for title, page in _PAGES[name](view):
            yield from _screen(f"{_(actions.SCREENS[name])}: {title}", page)


def _screen(title: str, page: Page) -> Iterator[str]:
    yield f"== {title}"
    for row in page.rows:
        text = " ".join(_BAR.sub("", row.text).translate(_DRAWN).split())
        if text:
            yield text
    yield ""


def _options(view: View) -> Iterator[tuple[str, Page]]:
    answer = view.answer or {}
    yield situation(answer), options_text.page(answer, view.book, WIDTH, True)


def _evidence(view: View) -> Iterator[tuple[str, Page]]:
    for option in (view.answer or {})["options"]:
        yield f"{option['rank']} {option['regimen']}", evidence_text.page(option, view.book, view.store, WIDTH)


def _compare(view: View) -> Iterator[tuple[str, Page]]:
    ranks = [option["rank"] for option in (view.answer or {})["options"]][: compare_text.MOST]
    yield ", ".join(map(str, ranks)), compare_text.listed(view, ranks)


def _conflicts(view: View) -> Iterator[tuple[str, Page]]:
    for number, identifier in enumerate((view.answer or {})["conflicts"], 1):
        yield str(number), conflict_text.page(view, identifier)


def _whole(page: Callable[[View], Page]) -> Callable[[View], Iterator[tuple[str, Page]]]:
    def pages(view: View) -> Iterator[tuple[str, Page]]:
        yield situation(view.answer or {}), page(view)

    return pages


_PAGES: Mapping[str, Callable[[View], Iterator[tuple[str, Page]]]] = {
    "options": _options,
    "evidence": _evidence,
    "compare": _compare,
    "conflict": _conflicts,
    "tests": _whole(tests_text.page),
    "outlook": _whole(outlook_text.page),
    "timeline": _whole(timeline_text.page),
}
