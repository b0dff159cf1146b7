"""The command line's grammar: commands, options, and what a value has to look like."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from nextline_core.rank import PREFERENCES

from . import locations
from .actions import PATIENT_SCREENS, ROLES
from .diagnostics import ExitCode
from .output import lines, shown

_MOST_HITS = 1000


class _Parser(argparse.ArgumentParser):
    """Help goes out like every answer, and complaints never go to standard output."""

    def print_help(self, file: object = None) -> None:
        lines(self.format_help().rstrip("\n").split("\n"))

    def error(self, message: str) -> NoReturn:
        if sys.stderr is None:
            self.exit(ExitCode.INPUT)
        super().error(shown(message))


def parser() -> argparse.ArgumentParser:
    """The parser. Its result has ``command``, the name of a function in ``commands.py``."""
    top = _Parser(
        prog="nextline",
        description="Options for the next line of therapy in metastatic breast cancer, with evidence. No network.",
        epilog="Exit status: 0 answered, 2 input, 3 evidence store, 4 answer not written, 130 interrupted. "
        "Options with reasons, never orders: a clinician decides.",
    )
    top.add_argument("--version", action="store_true", help="version of the program and of the evidence")
    top.add_argument(
        "--store",
        type=Path,
        default=None,
        help=f"the evidence store (default: ${locations.STORE_VARIABLE}, or the bundled one)",
    )
    top.add_argument("--site", type=Path, default=None, help="the site file: region, formulary, tests, telephone")
    top.add_argument("--contrast", action="store_true", help="the screens in high contrast (F6 switches)")
    top.add_argument(
        "--plain", action="store_true", help="the screens as linear text: those without a patient; of one: ask --plain"
    )
    top.set_defaults(command="screen")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    _add_questions(commands)
    _add_evidence(commands)
    kiosk = commands.add_parser("kiosk", help="the screens for a device that has no other use: no way out of them")
    kiosk.add_argument("--role", choices=ROLES, default=ROLES[0], help=f"who uses it (default: {ROLES[0]})")
    _add_site(kiosk)
    kiosk.set_defaults(command="kiosk")
    return top


def _add_questions(commands: Any) -> None:
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
    ask.add_argument("--plain", action="store_true", help="every screen of the answer as linear text, to be read aloud")
    ask.add_argument(
        "--screen", action="append", choices=PATIENT_SCREENS, help="with --plain: only this screen; repeatable"
    )
    _add_asked(ask)
    ask.set_defaults(command="ask")
    explain = commands.add_parser("explain", help="every rule about one option, condition by condition")
    explain.add_argument("profile", metavar="PROFILE")
    explain.add_argument("option", type=_text, metavar="OPTION", help="the id of an option, as in the answer")
    _add_site(explain)
    explain.set_defaults(command="explain")
    replay = commands.add_parser(
        "replay", help="give an answer again by its stamp and the options of the first time, or say what is missing"
    )
    replay.add_argument("stamp", type=_text, metavar="STAMP")
    replay.add_argument("profile", metavar="PROFILE")
    _add_asked(replay)
    replay.set_defaults(command="replay")


def _add_asked(command: argparse.ArgumentParser) -> None:
    """What is asked beside the profile, and so belongs to an answer's stamp."""
    _add_site(command)
    command.add_argument(
        "--today", type=_day, metavar="DAY", help="tell the age of the evidence on this day (2026-11-25)"
    )
    command.add_argument(
        "--prefer",
        action="append",
        choices=tuple(PREFERENCES),
        default=[],
        help="reorder inside a band by this; repeatable",
    )
    command.add_argument("--what-if", action="store_true", help="add the single changes that would change the answer")


def _add_site(command: argparse.ArgumentParser) -> None:
    """``--site`` may stand before or behind the command."""
    command.add_argument("--site", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _add_evidence(commands: Any) -> None:
    evidence = commands.add_parser("evidence", help="the evidence store").add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    export = evidence.add_parser("export", help="print the whole store as nextline.evidence/1")
    export.set_defaults(command="export")
    show = evidence.add_parser("show", help="print one record with its source and conflicts")
    show.add_argument("id", type=_text, metavar="ID")
    show.set_defaults(command="show")
    search = commands.add_parser(
        "search", help="find drugs, brands, trials, genes, adverse events, statements and safety facts"
    )
    search.add_argument("words", nargs="+", type=_text, metavar="WORD")
    search.add_argument(
        "--limit", type=_limit, default=20, metavar="N", help=f"at most N hits, 1 to {_MOST_HITS} (default 20)"
    )
    search.add_argument("--format", choices=("text", "json"), default="text")
    search.set_defaults(command="search")
    doctor = commands.add_parser("doctor", help="versions, store digest, counts, self-test, time of one look-up")
    doctor.set_defaults(command="doctor")


def _text(text: str) -> str:
    """A word that is looked up; files may bear any name, but nothing in the store is called by bytes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"'{text}' is not UTF-8; type it again") from None
    return text


def _day(text: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:  # the thirtieth of February
        pass
    raise argparse.ArgumentTypeError(f"'{text}' is no day; write it as 2026-11-25")


def _limit(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text) and 1 <= int(text) <= _MOST_HITS:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 1 to {_MOST_HITS}")
