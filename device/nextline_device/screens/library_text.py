"""The library: what can be browsed, and what a search finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nextline_core.vocabulary import BIOMARKERS
from nextline_db.store import Store

from ..tongue import _
from .rows import Row, cut, ends, row, wrapped
from .view import View

GENES = frozenset(BIOMARKERS)
MOST_HITS = 40
# a hit of one of these kinds leads to the page of what it speaks of
_LEADS: Mapping[str, tuple[str, str]] = {"results": ("studies", "study"), "adverse_events": ("events", "event")}
SHELVES = {
    "drugs": "Drugs",
    "studies": "Trials",
    "genes": "Genes and pathways",
    "events": "Adverse events",
    "option": "Options and their rules",
    "conflicts": "Where sources disagree",
}
_WORDS = {
    "drugs": "drug",
    "studies": "trial",
    "genes": "gene",
    "events": "adverse event",
    "option": "option",
    "conflicts": "disagreement",
    "statements": "statement",
    "safety": "safety",
    "approvals": "approval",
    "mechanisms": "resistance",
}


@dataclass(frozen=True)
class Entry:
    """One thing that has a page."""

    kind: str
    id: str
    title: str


def shelf(view: View, kind: str) -> list[Entry]:
    """All entries of a shelf, in order of their titles."""
    return sorted(_SHELF[kind](view), key=lambda entry: entry.title.casefold())


def _events(view: View) -> list[Entry]:
    names: dict[str, str] = {}
    for record in view.store.records("adverse_events"):
        names.setdefault(str(record["event"]).casefold(), str(record["event"]))
    return [Entry("events", name, name) for name in names.values()]


def event_rows(store: Store, event: str) -> list[dict[str, Any]]:
    """The rows of an adverse event, however it is capitalised."""
    return [record for record in store.records("adverse_events") if str(record["event"]).casefold() == event.casefold()]


def _genes(view: View) -> list[Entry]:
    pathways = {str(record["gene_or_pathway"]) for record in view.store.records("mechanisms")}
    return [Entry("genes", name, name) for name in sorted({*BIOMARKERS, *pathways})]


_SHELF: Mapping[str, Callable[[View], list[Entry]]] = {
    "drugs": lambda view: [Entry("drugs", r["id"], r["name"]) for r in view.store.records("drugs")],
    "studies": lambda view: [Entry("studies", r["id"], r["name"]) for r in view.store.records("studies")],
    "genes": _genes,
    "events": _events,
    "option": lambda view: [Entry("option", o.id, o.regimen) for o in view.book.options.values()],
    "conflicts": lambda view: [Entry("conflicts", r["id"], r["title"]) for r in view.store.records("conflicts")],
}


def narrowed(entries: list[Entry], typed: str) -> list[Entry]:
    """Those whose title begins with what was typed, then those that hold it."""
    wanted = typed.strip().casefold()
    begin = [entry for entry in entries if entry.title.casefold().startswith(wanted)]
    return (
        begin + [entry for entry in entries if wanted in entry.title.casefold() and entry not in begin]
        if wanted
        else entries
    )


def found(view: View, typed: str) -> tuple[list[Entry], str]:
    """What the search finds, each page once, and how words were read where they were mistyped."""
    hits = view.store.search(typed, MOST_HITS)
    entries: dict[tuple[str, str], Entry] = {}
    for hit in hits:
        kind, identifier, title = hit.kind, hit.id, hit.title
        if hit.kind in _LEADS:
            kind, member = _LEADS[hit.kind]
            record = view.store.record(hit.id)
            identifier = str(record[1][member]) if record else hit.id
        entries.setdefault((kind, identifier.casefold()), Entry(kind, identifier, title))
    mended = [
        _("'{word}' read as '{meant}'").format(word=word, meant=meant)
        for word, meant in (hits[0].mended if hits else ())
    ]
    return list(entries.values()), "; ".join(mended)


def prompt(view: View, kind: str, typed: str) -> list[Row]:
    """The line that is typed into."""
    asked = (
        _("Search in {shelf}").format(shelf=_(SHELVES[kind]))
        if kind
        else _("Search: drug, trial, gene, adverse event, word")
    )
    return [row(cut(f" {asked}", view.width), "strong"), row(cut(f" > {typed}_", view.width))]


def choices(view: View, kind: str, typed: str, entries: list[Entry], note: str) -> list[Row]:
    """What there is to choose from."""
    if not kind and not typed:
        return [row(f"   {_(title)}", key=f"shelf:{name}") for name, title in SHELVES.items()]
    rows = wrapped(note, view.width, " ") if note else []
    if not entries:
        return [*rows, *wrapped(_("Nothing was found. Fewer letters find more."), view.width, " ")]
    return [*rows, *(_entry(view, entry) for entry in entries)]


def _entry(view: View, entry: Entry) -> Row:
    word = _(_WORDS.get(entry.kind, entry.kind))
    return row(ends(f"   {entry.title}", f"{word} ", view.width), key=f"{entry.kind}:{entry.id}")
