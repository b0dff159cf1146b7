"""The first screen as rows: how old the evidence is, whether the program works, and how to begin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nextline_core import __version__

from .. import actions
from ..tongue import _
from .rows import Page, Row, page_of, row, wrapped
from .view import View

_DIGITS = 12
_IN = "   "
MENU = (
    ("1", "New patient profile", "profile"),
    ("2", "Look up a drug, trial, gene or adverse event", "library"),
    ("3", "This site", "site"),
    ("4", "About: what it is for, limits, licences", "about"),
)


def page(view: View, tested: str, speed_ms: float, today: date, role: str) -> Page:
    """``tested`` is what the self-test found, empty while it runs; ``speed_ms`` the time of the last look-up."""
    menu = [row(f"{_IN}{key}  {_(text)}", "strong") for key, text, to in MENU if actions.allowed(to, role)]
    purpose = _("Options for the next line of therapy in metastatic breast cancer, each with its evidence.")
    return page_of(
        (
            ("purpose", wrapped(purpose, view.width, _IN)),
            ("evidence", list(_evidence(view, tested, speed_ms, today))),
            ("menu", menu),
            ("promise", list(_promise(view.width))),
        )
    )


def _evidence(view: View, tested: str, speed_ms: float, today: date) -> Iterator[Row]:
    proven, width = view.store.proven, view.width
    days = (today - date.fromisoformat(proven.date)).days
    age = _("{days} days ago").format(days=days) if days >= 0 else _("the clock of this device is behind that day")
    text = _("evidence {version}, literature reviewed up to {day}, {age}")
    yield from wrapped(text.format(version=proven.version, day=proven.date, age=age), width, _IN)
    if days > proven.stale_after_days:
        yield from wrapped(
            _("OLD EVIDENCE: an answer may lack newer evidence and approvals."), width, _IN, tone="alert"
        )
    total, twice, signed = view.store.readings()
    text = _("{twice} of {total} clinical records read twice, {signed} signed by a clinician")
    yield from wrapped(text.format(twice=twice, total=total, signed=signed), width, _IN)
    text = _("store {digest}, proven when it was opened; program {program}")
    yield from wrapped(text.format(digest=proven.digest[:_DIGITS], program=__version__), width, _IN)
    yield from _test(tested, speed_ms, width)


def _test(tested: str, speed_ms: float, width: int) -> Iterator[Row]:
    if not tested:
        yield from wrapped(_("self-test: under way …"), width, _IN)
    elif tested == "passed":
        text = _("self-test: passed; last look-up: {milliseconds} ms")
        yield from wrapped(text.format(milliseconds=round(speed_ms)), width, _IN)
    else:
        yield from wrapped(_("self-test: {found}").format(found=tested), width, _IN, tone="alert")


def _promise(width: int) -> Iterator[Row]:
    yield from wrapped(_("Not a substitute for judgement: a clinician decides."), width, _IN)
    yield from wrapped(_("No name is asked, nothing is stored. F10 forgets the patient at once."), width, _IN)
