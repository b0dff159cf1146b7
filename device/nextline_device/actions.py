"""Every key of every screen, in one table.

Footer, help and key bindings are made from it, so that none can fall behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_HINTS = 6
SCREENS = {
    "ready": "First screen",
    "profile": "Patient profile",
    "options": "Options",
    "evidence": "Evidence of an option",
    "compare": "Options side by side",
    "conflict": "Sources disagree",
    "tests": "Tests and changes",
    "outlook": "Resistance and outlook",
    "timeline": "Timeline",
    "crisis": "Visceral crisis: five questions",
    "library": "Library",
    "record": "Page of the library",
    "site": "This site",
    "about": "About",
    "help": "Help",
    "confirm": "Question",
}
_ALL = tuple(SCREENS)
CLINICIAN, NURSE, PATIENT = "clinician", "nurse", "patient"
ROLES = (CLINICIAN, NURSE, PATIENT)
PATIENT_SCREENS = ("options", "evidence", "compare", "conflict", "tests", "outlook", "timeline")
"""Screens over the profile that show an answer to it."""
_PAGES = ("record", "site", "about")
_TEXT = (*PATIENT_SCREENS, *_PAGES, "help")
_LISTS = (*_TEXT, "library", "crisis")


@dataclass(frozen=True)
class Action:
    """What a key does. ``shown`` is how the key is written; ``hint`` stands in the footer where it is set, ``more`` on
    the page itself.

    ``keys`` are bound to the screen's method ``action_<name>``; an action without keys is only told of, because the
    form handles it.
    """

    name: str
    shown: str
    text: str
    screens: tuple[str, ...]
    keys: tuple[str, ...] = ()
    hint: str = ""
    more: str = ""


ACTIONS = (
    Action("new", "1", "Starts a new patient profile.", ("ready",), ("1", "enter"), "new profile"),
    Action("", "1-9", "Gives the answer that bears this digit (or letter), and goes on.", ("profile",)),
    Action("", "?", "Says that it is not known. Unknown is never taken for no.", ("profile",)),
    Action("", "0", "Unknown as well, except where 0 is itself an answer (numbers, ECOG, IHC).", ("profile",)),
    Action("", "Enter", "Takes over what was typed, and goes on to the next field.", ("profile",), hint="next"),
    Action("", "- Bksp", "Goes back one field; out of an inner form from its first field.", ("profile",), hint="back"),
    Action("", "arrows", "Move freely between the fields, left and right between the columns.", ("profile",)),
    Action(
        "", "letters", "In a field of drugs: type a name, brand or class; Enter takes the one marked >.", ("profile",)
    ),
    Action("", "+", "At the therapies: adds one for early disease. In a list: adds an entry.", ("profile",)),
    Action("", "x", "In a list: removes the entry.", ("profile",)),
    Action("", "Esc", "Drops what is being typed; else goes out of an inner form.", ("profile",)),
    Action(
        "details",
        "F2",
        "Opens details: single test results, the list of therapies, questions on visceral crisis.",
        ("profile",),
        ("f2",),
        "details",
    ),
    Action(
        "options", "F5", "Shows the options. What was not answered counts as unknown.", ("profile",), ("f5",), "options"
    ),
    Action(
        "open",
        "1-9",
        "Opens the evidence of the option with this number.",
        ("options",),
        tuple("123456789"),
        "open",
    ),
    Action("choose", "Enter", "Opens the evidence of the marked option.", ("options",), ("enter",)),
    Action("", "=", "Behind a number: nothing known sets these options before one another.", ("options",)),
    Action("ruled_out", "r", "Shows or hides what is ruled out, and why.", ("options",), ("r",), more="ruled out"),
    Action("tests", "t", "Opens the tests that would change the answer.", ("options",), ("t",), "tests"),
    Action("outlook", "o", "Opens resistance and outlook.", ("options",), ("o",), more="outlook"),
    Action("compare", "c", "Compares the marked options, or the first ones.", ("options",), ("c",), "compare"),
    Action("mark", "x", "Marks an option for comparing (*), at most four.", ("options",), ("x",), more="mark"),
    Action("open", "1-9", "Opens the evidence of a compared option.", ("compare",), tuple("123456789"), "evidence"),
    Action("timeline", "l", "Opens the timeline of the therapies so far.", ("options",), ("l",), more="timeline"),
    Action("figures", "g", "Goes to the figures of the outlook.", ("outlook",), ("g",), "figures"),
    Action("studies", "s", "Goes to the studies that may be running.", ("outlook",), ("s",), "studies"),
    Action("choose", "Enter", "Goes to the field that the marked test fills.", ("tests",), ("enter",), "enter result"),
    Action("changes", "w", "Goes to what else would change the answer.", ("tests",), ("w",), "what else"),
    Action(
        "open", "1-9", "Opens all sides of the conflict with this number.", ("evidence",), tuple("123456789"), "sides"
    ),
    Action("follow(1)", "n", "The next conflict.", ("conflict",), ("n",), "next"),
    Action("follow(-1)", "p", "The conflict before.", ("conflict",), ("p",), "previous"),
    Action("follow(1)", "n", "The next option.", ("evidence",), ("n",), "next option"),
    Action("follow(-1)", "p", "The option before.", ("evidence",), ("p",)),
    Action("conflicts", "c", "Goes to where the sources disagree.", ("evidence",), ("c",), "conflicts"),
    Action(
        "library",
        "2",
        "Opens the library: look up a drug, trial, gene or adverse event.",
        ("ready",),
        ("2",),
        "look up",
    ),
    Action("site", "3", "Shows the settings of this site.", ("ready",), ("3",), "site"),
    Action("about", "4", "Shows what this is for, its limits, and licences.", ("ready",), ("4",), "about"),
    Action("say", "1", "Yes.", ("crisis",), ("1",), "yes"),
    Action("say", "2", "No.", ("crisis",), ("2",), "no"),
    Action("say", "0", "Not known (also ?).", ("crisis",), ("0", "question_mark"), "unknown"),
    Action(
        "choose",
        "Enter",
        "Enters the judgement in the profile, once there is one.",
        ("crisis",),
        ("enter",),
        "take over",
    ),
    Action("library", "/", "Opens the library.", ("ready", *PATIENT_SCREENS), ("slash",), more="library"),
    Action("", "letters", "Searches for what is typed; Backspace takes a letter back.", ("library",)),
    Action("choose", "Enter", "Opens what is marked.", ("library", "record"), ("enter",), "open"),
    Action(
        "escape",
        "Esc",
        "Drops what was typed; else goes back (also Backspace and -).",
        ("library",),
        ("escape",),
        "back",
    ),
    Action("step(1)", "down", "Next line, row or option (on pages also j).", _TEXT, ("down", "j")),
    Action("step(-1)", "up", "Line, row or option before (on pages also k).", _TEXT, ("up", "k")),
    Action("turn(1)", "PgDn", "One page on (on pages also space).", _TEXT, ("pagedown", "space")),
    Action("step(1)", "down", "Next row.", ("library", "crisis"), ("down",)),
    Action("step(-1)", "up", "Row before.", ("library", "crisis"), ("up",)),
    Action("turn(1)", "PgDn", "One page on.", ("library", "crisis"), ("pagedown",)),
    Action("turn(-1)", "PgUp", "One page back.", _LISTS, ("pageup",)),
    Action("edge(-1)", "Home", "To the beginning.", _LISTS, ("home",)),
    Action("edge(1)", "End", "To the end.", _LISTS, ("end",)),
    Action(
        "back", "-", "Goes back (also Backspace, Esc).", (*_TEXT, "crisis"), ("minus", "backspace", "escape"), "back"
    ),
    Action("yes", "1", "Yes.", ("confirm",), ("1",), "yes"),
    Action("no", "2", "No, goes back (also - and Esc).", ("confirm",), ("2", "minus", "backspace", "escape"), "no"),
    Action(
        "help",
        "F1",
        "Shows this help (also ?, except where text is typed).",
        ("ready", *PATIENT_SCREENS, *_PAGES),
        ("f1", "question_mark"),
        "help",
    ),
    Action("help", "F1", "Shows this help.", ("profile", "library", "crisis"), ("f1",), "help"),
    Action(
        "wipe",
        "F10",
        "New patient: asks once, then forgets everything entered.",
        tuple(name for name in SCREENS if name not in ("ready", "confirm")),
        ("f10",),
        "new",
    ),
    Action("contrast", "F6", "Switches to high contrast and back.", _ALL, ("f6",)),
    Action("leave", "q", "Leaves the program.", ("ready",), ("q",), "quit"),
    Action("leave", "Ctrl+Q", "Leaves the program and forgets the patient (also Ctrl+C).", _ALL, ("ctrl+q", "ctrl+c")),
)
KIOSK_LACKS = frozenset({"leave"})
# The screens that actions of these names lead to.
_LEADS: Mapping[str, str] = {
    "new": "profile",
    "mark": "compare",
    **{name: name for name in ("options", "tests", "outlook", "timeline", "compare", "library", "site", "about")},
}
# A patient alone gets no answers from here; figures on survival are for a clinician to bring up.
_UNSEEN: Mapping[str, frozenset[str]] = {
    CLINICIAN: frozenset(),
    NURSE: frozenset({"outlook"}),
    PATIENT: frozenset(SCREENS) - {"ready", "about", "help", "confirm"},
}


def allowed(screen: str, role: str) -> bool:
    """Whether a role sees a screen."""
    return screen not in _UNSEEN[role]


def of(screen: str, kiosk: bool = False, role: str = CLINICIAN) -> Sequence[Action]:
    """The actions of a screen, in the order of the table, as far as they are there on a kiosk and for a role."""
    return [
        action
        for action in ACTIONS
        if screen in action.screens
        and not (kiosk and action.name in KIOSK_LACKS)
        and allowed(_LEADS.get(action.name, ""), role)
    ]


def keymap(screen: str) -> Mapping[str, str]:
    """The keys of a screen, as Textual names them, and the action each runs. A digit passes itself on."""
    return {key: _call(action, key) for action in of(screen) for key in action.keys}


def _call(action: Action, key: str) -> str:
    if action.name == "open":
        return f"open({key})"
    return f"say('{key}')" if action.name == "say" else action.name


def hints(screen: str, kiosk: bool = False, role: str = CLINICIAN) -> list[str]:
    """What the footer shows: at most six, help first."""
    shown = [action for action in of(screen, kiosk, role) if action.hint]
    shown.sort(key=lambda action: action.name != "help")
    return [f"{action.shown} {action.hint}" for action in shown[:MOST_HINTS]]


def more(screen: str, kiosk: bool = False, role: str = CLINICIAN) -> list[str]:
    """What the page itself tells of keys for which the footer has no room."""
    return [f"{action.shown} {action.more}" for action in of(screen, kiosk, role) if action.more]
