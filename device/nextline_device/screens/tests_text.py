"""Tests and single changes that would change the answer, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nextline_core.vocabulary import VOCABULARY

from ..tongue import _
from .cited import DEEP, Reader
from .rows import INDENT, Page, Row, ends, page_of, row, wrapped
from .view import View

Answer = Mapping[str, Any]
MOST_NAMES = 6
_NO_LEAD = ("unavailable", "supportive")
_CHANGED = {
    "disease.her2": "HER2 class",
    "history.-1.months": "months on the last therapy",
    "history.-1.ended": "why the last therapy ended",
}
_SPECIMENS = {"ctdna": "ctDNA", "ecg": "ECG"}


def page(view: View) -> Page:
    """The tests with what each result would do, then single changes of the profile, the most consequential first."""
    answer = view.answer or {}
    return page_of(
        (
            ("head", [row(f" {_('What is worth finding out. A clinician decides which test helps.')}", "strong")]),
            ("tests", list(_tests(view, answer))),
            ("changes", list(_changes(view, answer))),
        )
    )


def facts(answer: Answer) -> list[str]:
    """What the tests would find out, in words and in their order."""
    return [label(test["fact"]) for test in answer["tests"]]


def label(fact: str) -> str:
    """A fact in words."""
    return VOCABULARY[fact].label if fact in VOCABULARY else _(_CHANGED.get(fact, fact))


def _tests(view: View, answer: Answer) -> Iterator[Row]:
    tests, reader = answer.get("tests", ()), Reader(view.store, view.width)
    if not tests:
        yield row(f" {_('No missing test would change the answer.')}")
        return
    yield from wrapped(
        _("TESTS THAT WOULD CHANGE THE ANSWER, the one that changes most first"), view.width, " ", tone="head"
    )
    for number, test in enumerate(tests, 1):
        key = str(number)
        kinds = ", ".join(_SPECIMENS.get(kind, kind) for kind in test.get("specimens") or ())
        yield row(ends(f"  {number:>2} {label(test['fact'])}", f"{kinds} " if kinds else "", view.width), "strong", key)
        yield from wrapped(test["text"], view.width, "      ", key=key)
        for name, outcome in outcomes(test):
            text = f"{name}: {change(outcome, lead(answer), view)}"
            yield from wrapped(text, view.width, "      ", "        ", key=key)
        yield from reader.sources((record for _kind, record in reader.records(test.get("bases") or ())), "      ")


def outcomes(test: Answer) -> list[tuple[str, Answer]]:
    """The results a test can have, in words, each with what it changes."""
    if test.get("outcomes"):
        return [(str(outcome["value"]).replace("_", " "), outcome) for outcome in test["outcomes"]]
    return [(_("if positive"), test["if_positive"]), (_("if negative"), test["if_negative"])]


def lead(answer: Answer) -> str | None:
    """The option that leads now, counted as the tests count it."""
    applying = (o["id"] for o in answer["options"] if o["status"] == "applies" and o["band"] not in _NO_LEAD)
    return next(applying, None)


def change(outcome: Answer, first: str | None, view: View) -> str:
    """What a result opens, closes and puts first."""

    def names(options: Sequence[str]) -> str:
        shown = ", ".join(view.regimen(option) for option in options[:MOST_NAMES])
        more = len(options) - MOST_NAMES
        return shown + (_(" and {number} more").format(number=more) if more > 0 else "")

    parts = (
        _("opens {options}").format(options=names(outcome["gained"])) if outcome["gained"] else "",
        _("closes {options}").format(options=names(outcome["lost"])) if outcome["lost"] else "",
        _("first is then {option}").format(option=names([outcome["first"]]))
        if outcome["first"] not in (None, first)
        else "",
    )
    return "; ".join(part for part in parts if part) or _("changes nothing here")


def _changes(view: View, answer: Answer) -> Iterator[Row]:
    yield row(f" {_('WHAT ELSE WOULD CHANGE THE ANSWER')}", "head")
    if "what_if" not in answer:
        yield row(f"{INDENT}{_('being worked out …')}")
        return
    yield from wrapped(
        _("One fact changed at a time, all else as entered; values are examples on each side of a limit."),
        view.width,
        INDENT,
    )
    tested = {test["fact"] for test in answer["tests"]}
    rows = [found for found in answer["what_if"] if found["fact"] not in tested]
    if not rows:
        yield row(f"{INDENT}{_('Nothing else.')}")
    for found in rows:
        value = {True: _("yes"), False: _("no")}.get(found["value"], str(found["value"]).replace("_", " "))
        yield from wrapped(f"- {label(found['fact'])}: {value}", view.width, " ", INDENT, "strong")
        does = change(found, lead(answer), view) if _opens(found, lead(answer)) else _("moves options to other bands")
        yield from wrapped(does, view.width, INDENT, DEEP)


def _opens(found: Answer, first: str | None) -> bool:
    return bool(found["gained"] or found["lost"] or found["first"] not in (None, first))
