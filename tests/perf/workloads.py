"""What is counted: each workload is set up once, warmed up, and then run a given number of times.

Runs in the device's Python, so it needs nothing but the project and the standard library. No clock, no chance.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from nextline_core._match import Matcher, Ranker
from nextline_core.answer import situation
from nextline_core.rulebook import Rulebook
from nextline_core.settling import Settling
from nextline_db import sealed
from nextline_db.store import Store, connect, open_store
from nextline_device.engine import start

Once = Callable[[], object]
Maker = Callable[[Path, Path], Once]
MAKERS: dict[str, Maker] = {}


def workload(name: str) -> Callable[[Maker], Maker]:
    """Registers what makes a workload from the paths of a store and of a profile."""

    def register(make: Maker) -> Maker:
        MAKERS[name] = make
        return make

    return register


@workload("nothing")
def _nothing(_store: Path, _profile: Path) -> Once:
    """A thousand additions, to try the counting itself."""
    return lambda: sum(range(1000))


@workload("store.open")
def _open(store: Path, profile: Path) -> Once:
    """Opens a proven store and reads the full evidence of the first option of the worked case."""
    engine = start(store)
    first = engine.ask(json.loads(profile.read_bytes()))["options"][0]["id"]
    return _reader(store, _cited(engine.book, first))


@workload("store.open.widest")
def _open_widest(store: Path, _profile: Path) -> Once:
    """The same for the option that cites most."""
    book = start(store).book
    return _reader(store, max((_cited(book, option) for option in book.offers), key=len))


@workload("store.verify")
def _verify(store: Path, _profile: Path) -> Once:
    """Proves the whole file, as each start does."""
    return lambda: sealed.verify(store.read_bytes())


@workload("start")
def _start(store: Path, _profile: Path) -> Once:
    """Proves and opens the store and makes the rule base ready: what stands before the first question."""
    return lambda: start(store)


@workload("match")
def _match(store: Path, profile: Path) -> Once:
    """All rules for one patient, by what is known and with what is presumed, and all options settled."""
    engine = start(store)
    ranks = situation(json.loads(profile.read_bytes()), engine.book).order.ranks
    rows, everything = ranks.bits(), bytes([255]) * (8 * engine.book.table.words)
    known, presumed = ([everything + true + false] for true, false in (rows[:2], rows[2:]))
    ranker, options = Ranker(Matcher(engine.book.table), settling := Settling(engine.book)), len(settling.ids)
    wishes, lacking = bytes(options), bytes(options + len(engine.book.rules))
    return lambda: ranker.rank(known, presumed, wishes, lacking)


@workload("look_up")
def _look_up(store: Path, profile: Path) -> Once:
    """From a valid profile to the answer object."""
    engine, case = start(store), json.loads(profile.read_bytes())
    return lambda: engine.ask(case)


@workload("stamp")
def _stamp(store: Path, profile: Path) -> Once:
    """The stamp of an answer, put on where it leaves the program."""
    engine = start(store)
    answer = engine.ask(json.loads(profile.read_bytes()))
    return lambda: engine.stamped(answer)


@workload("what_if")
def _what_if(store: Path, profile: Path) -> Once:
    """The same with the changes that would change the answer."""
    engine, case = start(store), json.loads(profile.read_bytes())
    return lambda: engine.ask(case, what_if=True)


@workload("search")
def _search(store: Path, _profile: Path) -> Once:
    """Two words that many records hold."""
    opened = open_store(store)
    return lambda: opened.search("fulvestrant neutropenia")


def _cited(book: Rulebook, option: str) -> list[str]:
    """The ids that the offers of an option cite, and their studies."""
    cited = dict.fromkeys(cited for number in book.offers[option] for cited in book.rules[number].cites)
    return [*cited, *{study: None for i in cited if (study := book.citations[i].study)}]


def _reader(path: Path, cited: list[str]) -> Once:
    proven = open_store(path).proven
    kept: list[Store] = []  # the device keeps its store open, so closing one is no part of the figure

    def once() -> int:
        connection, meta = connect(path)
        kept.append(Store(connection, proven, meta))
        return len(kept[-1].evidence(cited))

    return once
