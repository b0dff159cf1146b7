"""What each command of the command line does, and the exit status of everything that can go wrong on the way.

Standard output carries answers and nothing else; complaints go to standard error.
"""

from __future__ import annotations

import difflib
import signal
import sqlite3
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from nextline_core import __version__
from nextline_core.consistency import Problem
from nextline_core.errors import NextlineError
from nextline_db.store import StoreError, open_store

from . import locations, output
from .actions import PATIENT_SCREENS
from .arguments import parser
from .diagnostics import ExitCode, complain, fault
from .engine import Engine, start


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    sys.excepthook = fault
    try:
        options = parser().parse_args(arguments)
        return int(version(options) if options.version else COMMANDS[options.command](options))
    except StoreError as error:
        complain(str(error))
        return ExitCode.EVIDENCE
    except sqlite3.Error as error:
        complain(f"The evidence store cannot be read: {error}. Build or install it again.")
        return ExitCode.EVIDENCE
    except NextlineError as error:
        complain(str(error))
        return ExitCode.INPUT
    except output.OutputError as error:
        complain(str(error))
        output.discard()
        return ExitCode.OUTPUT
    except BrokenPipeError:  # the reader went away (``| head``); not a fault, but nothing more can be said
        output.discard()
        return ExitCode.ANSWERED


def version(options: Namespace) -> int:
    """Version of the program and of the evidence; the program's own also where there is no evidence."""
    try:
        proven = open_store(options.store or locations.store_path()).proven
    except StoreError:
        output.lines([f"nextline {__version__}, no evidence"])
        raise
    output.lines([f"nextline {__version__}, evidence {proven.version} of {proven.date}"])
    return ExitCode.ANSWERED


def _engine(options: Namespace) -> Engine:
    engine = start(options.store or locations.store_path())
    if options.site is not None:
        from .boundary import sites

        engine.site = sites.read(options.site, engine.book.catalogue)
    return engine


def ask(options: Namespace) -> int:
    """Answers profiles, one after another; the status is the highest met."""
    from . import linear  # what only some commands need is loaded there: start-up is slow on the device
    from .plain import render

    engine = _engine(options)
    worst = ExitCode.ANSWERED
    several = len(options.profiles) > 1
    for name in options.profiles:
        profile, answer, blocked = _asked(engine, name, *_how(options))
        worst = max(worst, ExitCode.INPUT if blocked else ExitCode.ANSWERED)
        if options.format == "json":
            output.as_json(engine.stamped(answer), None if several else 1)
            continue
        if several:
            output.lines([f"== {name}"])
        if blocked:
            _complain_of(name, answer)
        if options.plain:
            output.lines(linear.of_patient(engine, profile, answer, options.screen or PATIENT_SCREENS))
        elif not blocked:
            output.lines(render(answer, engine.store, engine.book).removesuffix("\n").split("\n"))
    return worst


def _how(options: Namespace) -> tuple[date | None, bool, tuple[str, ...]]:
    """What is asked beside the profile."""
    return options.today, options.what_if or getattr(options, "plain", False), tuple(options.prefer)


def _asked(engine: Engine, name: str, *how: Any) -> tuple[dict[str, Any], dict[str, Any], bool]:
    """The profile (empty where it cannot be read), its answer, and whether a problem blocks it."""
    from .boundary import profiles

    profile, problems = profiles.read(name)
    answer = engine.refuse(problems) if profile is None else engine.ask(profile, *how)
    return profile or {}, answer, any(problem["blocking"] for problem in answer["problems"])


def _complain_of(name: str, answer: Mapping[str, Any]) -> None:
    complain(*(f"{name}: {Problem(**problem).sentence()}" for problem in answer["problems"]))


def explain(options: Namespace) -> int:
    """Every rule about one option."""
    from nextline_core.answer import situation
    from nextline_core.explain import explain as sentences

    engine = _engine(options)
    profile, answer, blocked = _asked(engine, options.profile)
    if blocked:
        _complain_of(options.profile, answer)
        return ExitCode.INPUT
    if options.option not in engine.book.options:
        near = difflib.get_close_matches(options.option, engine.book.options, 3)
        complain(f"No option has the id '{options.option}'." + (f" Near: {', '.join(near)}." if near else ""))
        return ExitCode.INPUT
    output.lines(sentences(engine.book, situation(profile, engine.book, engine.site), options.option))
    return ExitCode.ANSWERED


def replay(options: Namespace) -> int:
    """An answer again by its stamp, or what is missing for it."""
    from . import stamps

    engine = _engine(options)
    _, answer, blocked = _asked(engine, options.profile, *_how(options))
    if blocked:
        _complain_of(options.profile, answer)
        return ExitCode.INPUT
    answer = engine.stamped(answer)
    another = stamps.differs(options.stamp, answer["stamp"])
    if another:
        complain(another.text)
        return another.status
    output.as_json(answer, 1)
    return ExitCode.ANSWERED


def export(options: Namespace) -> int:
    """The whole store."""
    from .export import export as exported

    output.as_json(exported(_engine(options).store), 1)
    return ExitCode.ANSWERED


def show(options: Namespace) -> int:
    """One record with its source and conflicts."""
    store = _engine(options).store
    found = store.record(options.id)
    if found is None:
        complain(f"No record has the id '{options.id}'. 'nextline evidence export' lists all ids.")
        return ExitCode.INPUT
    kind, record = found
    told: dict[str, Any] = {"kind": kind, "record": record}
    source = store.record(record["source"]) if record.get("source") else None
    if source:
        told["source"] = source[1]
    told["conflicts"] = [
        conflict[1] for identifier in record.get("conflicts") or () if (conflict := store.record(identifier))
    ]
    output.as_json(told, 1)
    return ExitCode.ANSWERED


def search(options: Namespace) -> int:
    """Records that words find."""
    hits = _engine(options).store.search(" ".join(options.words), options.limit)
    if options.format == "json":
        output.as_json([{"kind": hit.kind, "id": hit.id, "title": hit.title} for hit in hits])
        return ExitCode.ANSWERED
    mended = [f"nothing has '{word}'; read as '{meant}'" for word, meant in (hits[0].mended if hits else ())]
    output.lines([*mended, *(f"{hit.kind:15} {hit.id:45} {hit.title[:120]}" for hit in hits)])
    if not hits:
        complain("Nothing was found. Try a generic name, a brand, a trial, a gene or an adverse event.")
    return ExitCode.ANSWERED


def doctor(options: Namespace) -> int:
    """What this installation is, and whether it answers as it should."""
    from .doctor import report

    output.lines(report(_engine(options)))
    return ExitCode.ANSWERED


def screen(options: Namespace) -> int:
    """Opens the screens."""
    engine = _engine(options)
    if options.plain:
        from . import linear

        output.lines(linear.without_patient(engine, date.today()))
        return ExitCode.ANSWERED
    if not _terminal():
        return ExitCode.INPUT
    from .app import Setup
    from .app import run as opened

    signal.signal(signal.SIGINT, signal.default_int_handler)  # the screen has to put the terminal in order first
    return opened(engine, Setup(contrast=options.contrast))


def kiosk(options: Namespace) -> int:
    """Opens the screens for good: they cannot be left, and begin anew after a fault."""
    _engine(options).store.close()  # what is wrong with store or site file is told before the screens begin
    if not _terminal():
        return ExitCode.INPUT
    from .app import Setup
    from .app import run as opened
    from .kiosk import run as kept

    setup = Setup(kiosk=True, role=options.role, contrast=options.contrast)
    return kept(lambda: opened(_engine(options), setup))


def _terminal() -> bool:
    """Whether there is a terminal to draw on; complains where there is none."""
    if sys.stdin is not None and sys.stdout is not None and sys.stdin.isatty() and sys.stdout.isatty():
        return True
    complain("There is no terminal here. Use 'nextline ask PROFILE.json' for an answer as text.")
    return False


COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    command.__name__: command for command in (ask, explain, replay, export, show, search, doctor, screen, kiosk)
}
