"""This site, as its file describes it; and what this program is."""

from __future__ import annotations

from collections.abc import Iterator

from nextline_core import __version__
from nextline_core.match import COMPILED

from ..tongue import _
from .rows import INDENT, Page, Row, page_of, row, wrapped
from .tests_text import label
from .view import View

_LICENCES = (
    "nextline: Apache-2.0",
    "Python: PSF licence; SQLite: public domain",
    "Textual and Rich: MIT; pydantic, PyYAML: MIT; sqlite-utils: Apache-2.0",
)


def site(view: View) -> Page:
    """The settings, for reading only: they change by changing the file and starting again."""
    return page_of((("site", list(_site(view))), ("tests", list(_local_tests(view)))))


def _site(view: View) -> Iterator[Row]:
    here = view.engine.site
    if here.digest is None:
        yield from wrapped(
            _("No site file was given. These are the settings without one."), view.width, " ", tone="strong"
        )
    else:
        yield from wrapped(
            _("Read from the site file, digest {digest}.").format(digest=here.digest[:12]), view.width, " "
        )
    formulary = _("not given: everything is taken as to be had")
    if here.available is not None:
        formulary = ", ".join(here.available) or _("empty")
    for name, value in (
        (_("labels of"), here.region),
        (_("resource level"), here.level or _("not given")),
        (_("formulary"), formulary),
        (_("not to be had"), ", ".join(here.unavailable) or _("nothing named")),
        (_("telephone"), here.telephone or _("not given")),
        (
            _("kiosk"),
            _("warning after {warn} s without a key, wipe after {wipe} s").format(
                warn=here.warn_seconds, wipe=here.wipe_seconds
            ),
        ),
    ):
        yield from wrapped(f"{name}: {value}", view.width, " ", INDENT)
    yield from wrapped(_("The settings change by changing the file and starting again."), view.width, " ")


def _local_tests(view: View) -> Iterator[Row]:
    tests = view.engine.site.tests
    yield row(f" {_('TESTS HERE')}", "head")
    if not tests:
        yield row(f"{INDENT}{_('nothing is told of them')}")
    for path, test in tests.items():
        yield from wrapped(f"- {label(path)}: {test.words()}", view.width, " ", INDENT)


def about(view: View) -> Page:
    """Intended use, limits, what was checked, licences."""
    return page_of(
        (
            ("use", _part(view, _("WHAT IT IS FOR"), _USE)),
            ("limits", _part(view, _("LIMITS"), _LIMITS)),
            ("checked", list(_checked(view))),
            (
                "licences",
                [row(f" {_('LICENCES')}", "head"), *(r for t in _LICENCES for r in wrapped(t, view.width, INDENT))],
            ),
        )
    )


_USE = (
    "For clinicians who treat metastatic breast cancer, as a second look at their own judgement at the bedside.",
    "It shows options with reasons, figures, harms and sources. It gives no orders. A clinician decides.",
    "No network is used. No name is asked. Nothing of a patient is written anywhere.",
)
_LIMITS = (
    "It is no approved medical device, and it is not for patients on their own.",
    "No clinical study has tested whether it helps or harms; that is not known.",
    "It knows only what its store holds, up to the day of review. What it does not show may still exist.",
    "Where sources disagree all sides are shown; which one is right is often not known.",
)


def _part(view: View, title: str, texts: tuple[str, ...]) -> list[Row]:
    return [
        row(f" {title}", "head"),
        *(line for text in texts for line in wrapped(f"- {_(text)}", view.width, " ", INDENT)),
    ]


def _checked(view: View) -> Iterator[Row]:
    total, twice, signed = view.store.readings()
    counts = view.store.counts()
    yield row(f" {_('WHAT WAS CHECKED')}", "head")
    matcher = _("compiled") if COMPILED else _("plain Python")
    for text in (
        _(
            "Clinical records: {total}; read twice against their source: {twice}; signed by a clinician: {signed}."
        ).format(total=total, twice=twice, signed=signed),
        _("Sources: {sources}; studies: {studies}; conflicts of sources kept with every side: {conflicts}.").format(
            sources=counts["sources"], studies=counts["studies"], conflicts=counts["conflicts"]
        ),
        _("Rules: {rules}; options: {options}; matcher: {matcher}.").format(
            rules=len(view.book.rules), options=len(view.book.options), matcher=matcher
        ),
        _("Program {program}, evidence {evidence}, reviewed up to {day}, store {digest}.").format(
            program=__version__,
            evidence=view.store.proven.version,
            day=view.store.proven.date,
            digest=view.store.proven.digest[:12],
        ),
    ):
        yield from wrapped(f"- {text}", view.width, " ", INDENT)
