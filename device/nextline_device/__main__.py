"""The command line.

Standard output carries answers and nothing else; complaints go to standard error.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from nextline_core import __version__
from nextline_core.errors import NextlineError
from nextline_core.rank import PREFERENCES
from nextline_db.store import StoreError, open_store

from . import locations
from .diagnostics import ExitCode, complain
from .engine import Engine, start


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    except StoreError as error:
        complain(str(error))
        return ExitCode.EVIDENCE
    except NextlineError as error:
        complain(str(error))
        return ExitCode.INPUT
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # the reader went away (``| head``); not a fault, but nothing more can be said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.ANSWERED
    except OSError as error:
        complain(f"The answer could not be written: {error.strerror}. Free some space, or write it elsewhere.")
        return ExitCode.OUTPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nextline",
        description="Options for the next line of therapy in metastatic breast cancer, with evidence. No network.",
        epilog="Exit status: 0 answered, 2 input, 3 evidence store, 4 answer not written, 130 interrupted. "
        "Options with reasons, never orders: a clinician decides.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="version of the program and of the evidence")
    parser.add_argument(
        "--store",
        type=Path,
        default=None,
        help=f"the evidence store (default: ${locations.STORE_VARIABLE}, or the bundled one)",
    )
    parser.add_argument("--site", type=Path, default=None, help="the site file: region, formulary, tests, telephone")
    parser.set_defaults(run=_screen)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    ask = commands.add_parser("ask", help="answer one or several profiles")
    ask.add_argument(
        "profiles", nargs="+", metavar="PROFILE", help="a nextline.profile/1 JSON file; - reads standard input"
    )
    ask.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="text (default) or json; several files give JSON lines",
    )
    _add_site(ask)
    ask.add_argument("--today", type=_day, metavar="DAY", help="tell the age of the evidence on this day (2026-11-25)")
    ask.add_argument(
        "--prefer",
        action="append",
        choices=tuple(PREFERENCES),
        default=[],
        help="reorder inside a band by this; repeatable",
    )
    ask.add_argument("--what-if", action="store_true", help="add the single changes that would change the answer")
    ask.set_defaults(run=_ask)
    explain = commands.add_parser("explain", help="every rule about one option, condition by condition")
    explain.add_argument("profile", metavar="PROFILE")
    explain.add_argument("option", metavar="OPTION", help="the id of an option, as in the answer")
    explain.set_defaults(run=_explain)
    replay = commands.add_parser("replay", help="give an answer again by its stamp, or say what is missing for it")
    replay.add_argument("stamp", metavar="STAMP")
    replay.add_argument("profile", metavar="PROFILE")
    replay.set_defaults(run=_replay)
    evidence = commands.add_parser("evidence", help="the evidence store").add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    export = evidence.add_parser("export", help="print the whole store as nextline.evidence/1")
    export.set_defaults(run=_export)
    show = evidence.add_parser("show", help="print one record with its source and conflicts")
    show.add_argument("id", metavar="ID")
    show.set_defaults(run=_show)
    search = commands.add_parser(
        "search", help="find drugs, brands, trials, genes, adverse events, statements and safety facts"
    )
    search.add_argument("words", nargs="+", metavar="WORD")
    search.add_argument("--limit", type=int, default=20, metavar="N", help="at most N hits (default 20)")
    search.add_argument("--format", choices=("text", "json"), default="text")
    search.set_defaults(run=_search)
    doctor = commands.add_parser("doctor", help="versions, store digest, counts, self-test, time of one look-up")
    doctor.set_defaults(run=_doctor)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day; write it as 2026-11-25") from None


def _add_site(command: argparse.ArgumentParser) -> None:
    """``--site`` may stand before or behind the command."""
    command.add_argument("--site", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, *_: Any) -> None:
        try:
            proven = open_store(locations.store_path() if namespace.store is None else namespace.store).proven
            evidence = f"evidence {proven.version} of {proven.date}"
        except StoreError as error:
            evidence = f"no evidence: {error}"
        print(f"nextline {__version__}, {evidence}")
        parser.exit()


def _engine(options: argparse.Namespace) -> Engine:
    engine = start(options.store or locations.store_path())
    if options.site is not None:
        from .boundary import sites

        engine.site = sites.read(options.site, engine.book.catalogue)
    return engine


def _ask(options: argparse.Namespace) -> int:
    from .boundary import profiles  # pydantic is slow to load, and the screen does without it
    from .plain import render

    engine = _engine(options)
    worst = ExitCode.ANSWERED
    several = len(options.profiles) > 1
    for name in options.profiles:
        profile, problems = profiles.read(name)
        answer = (
            engine.ask(profile, options.today, options.what_if, tuple(options.prefer))
            if profile is not None
            else engine.refuse(problems)
        )
        blocked = any(problem["blocking"] for problem in answer["problems"])
        worst = max(worst, ExitCode.INPUT if blocked else ExitCode.ANSWERED)
        if options.format == "json":
            print(json.dumps(answer, ensure_ascii=False, indent=None if several else 1))
            continue
        if several:
            print(f"== {name}")
        if blocked:
            complain(*(f"{name}: {p['path'] or '/'}: {p['text']} {p['remedy']}" for p in answer["problems"]))
        else:
            print(render(answer, engine.store, engine.book.catalogue), end="")
    return worst


def _valid(engine: Engine, name: str) -> dict[str, Any] | None:
    """A profile that can be answered; ``None`` after complaining of every problem."""
    from .boundary import profiles

    profile, problems = profiles.read(name)
    answer = engine.ask(profile) if profile is not None else engine.refuse(problems)
    blocking = [p for p in answer["problems"] if p["blocking"]]
    complain(*(f"{name}: {p['path'] or '/'}: {p['text']} {p['remedy']}" for p in blocking))
    return None if blocking else profile


def _explain(options: argparse.Namespace) -> int:
    from nextline_core.answer import situation
    from nextline_core.explain import explain

    engine = _engine(options)
    profile = _valid(engine, options.profile)
    if profile is None:
        return ExitCode.INPUT
    if options.option not in engine.book.options:
        near = difflib.get_close_matches(options.option, engine.book.options, 3)
        complain(f"No option has the id '{options.option}'." + (f" Near: {', '.join(near)}." if near else ""))
        return ExitCode.INPUT
    for line in explain(engine.book, situation(profile, engine.book), options.option):
        print(line)
    return ExitCode.ANSWERED


def _replay(options: argparse.Namespace) -> int:
    from . import stamps

    engine = _engine(options)
    profile = _valid(engine, options.profile)
    if profile is None:
        return ExitCode.INPUT
    answer = engine.ask(profile)
    fault = stamps.differs(options.stamp, answer["stamp"])
    if fault:
        complain(fault.text)
        return fault.status
    print(json.dumps(answer, ensure_ascii=False, indent=1))
    return ExitCode.ANSWERED


def _export(options: argparse.Namespace) -> int:
    from .export import export

    print(json.dumps(export(_engine(options).store), ensure_ascii=False, indent=1))
    return ExitCode.ANSWERED


def _show(options: argparse.Namespace) -> int:
    store = _engine(options).store
    found = store.record(options.id)
    if found is None:
        complain(f"No record has the id '{options.id}'. 'nextline evidence export' lists all ids.")
        return ExitCode.INPUT
    kind, record = found
    shown: dict[str, Any] = {"kind": kind, "record": record}
    source = store.record(record["source"]) if record.get("source") else None
    if source:
        shown["source"] = source[1]
    shown["conflicts"] = [
        conflict[1] for identifier in record.get("conflicts") or () if (conflict := store.record(identifier))
    ]
    print(json.dumps(shown, ensure_ascii=False, indent=1))
    return ExitCode.ANSWERED


def _search(options: argparse.Namespace) -> int:
    hits = _engine(options).store.search(" ".join(options.words), max(1, options.limit))
    if options.format == "json":
        print(json.dumps([{"kind": hit.kind, "id": hit.id, "title": hit.title} for hit in hits], ensure_ascii=False))
        return ExitCode.ANSWERED
    for word, meant in hits[0].mended if hits else ():
        print(f"nothing has '{word}'; read as '{meant}'")
    for hit in hits:
        print(f"{hit.kind:15} {hit.id:45} {hit.title[:120]}")
    if not hits:
        complain("Nothing was found. Try a generic name, a brand, a trial, a gene or an adverse event.")
    return ExitCode.ANSWERED


def _doctor(options: argparse.Namespace) -> int:
    from .doctor import report

    for line in report(_engine(options)):
        print(line)
    return ExitCode.ANSWERED


def _screen(options: argparse.Namespace) -> int:
    engine = _engine(options)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        complain("There is no terminal here. Use 'nextline ask PROFILE.json' for an answer as text.")
        return ExitCode.INPUT
    from .app import run

    return run(engine)


if __name__ == "__main__":
    sys.exit(main())
