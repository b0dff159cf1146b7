"""The terminal app: one engine, one patient in memory, one answer to what is known of them."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from .diagnostics import ExitCode, complain
from .engine import Engine
from .form.machine import Form
from .form.names import NameIndex
from .screens.base import ConsoleScreen
from .screens.confirm import ConfirmScreen
from .screens.evidence import EvidenceScreen
from .screens.help import HelpScreen
from .screens.library import LibraryScreen
from .screens.options import OptionsScreen
from .screens.profile import ProfileScreen
from .screens.ready import ReadyScreen
from .screens.tests import TestsScreen
from .screens.view import View
from .session import Session

_CACHE = type(lru_cache(lambda: None))
THEME = "ansi-dark"


class NextlineApp(App[None]):
    """The screens over an engine.

    ``answer`` belongs to the profile as it was at some revision; ``late`` says that the profile has changed since.
    """

    CSS_PATH = Path(__file__).with_name("console.tcss")
    TITLE = "NEXT LINE"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    PAUSE: ClassVar[float] = 0.2
    """Seconds without a change after which the answer is worked out again; asking for the options does not wait."""

    def __init__(self, engine: Engine, kiosk: bool = False) -> None:
        super().__init__()
        self.engine = engine
        self.kiosk = kiosk
        self.session = Session()
        self.index = NameIndex(engine.book.catalogue)
        self.form = Form(self.session, self.index)
        self.answer: dict[str, Any] | None = None
        self.fault = ""
        self._answered = -1
        self._asked = self.session.revision
        self._busy = False
        self._deep = False
        self._question: tuple[int, dict[str, Any], bool] | None = None
        self._result: tuple[int, dict[str, Any]] | None = None
        self._pause: asyncio.TimerHandle | None = None
        self.theme = THEME
        self.animation_level = "none"

    def get_default_screen(self) -> Screen[Any]:
        """The first screen lies below all others."""
        return ReadyScreen()

    @property
    def late(self) -> bool:
        """Whether the answer is that to an earlier profile."""
        return self._answered != self.session.revision

    @property
    def told(self) -> bool:
        """Whether there is an answer to the profile as it is, and it is no refusal."""
        return self.answer is not None and not self.late and not any(p["blocking"] for p in self.answer["problems"])

    def view(self, width: int) -> View:
        """What a page of this width is drawn from."""
        return View(self.engine, width, self.session.profile(), self.answer)

    # Ways between the screens

    def back_to_profile(self) -> None:
        """Closes what lies on the profile."""
        while len(self.screen_stack) > 1 and not isinstance(self.screen_stack[-1], ProfileScreen):
            self.pop_screen()

    def show_tests(self) -> None:
        """Shows the tests, and has single changes of the profile worked out too."""
        self._deep = True
        self._ask()
        self.push_screen(TestsScreen())

    def show(self, screen: ConsoleScreen) -> None:
        """Shows a screen on top of the one in front."""
        self.push_screen(screen)

    def show_profile(self) -> None:
        """Begins a patient."""
        self.push_screen(ProfileScreen())

    def show_options(self) -> None:
        """Shows the options, and has them worked out at once where they are not."""
        self._ask()
        self.push_screen(OptionsScreen())

    def show_evidence(self, rank: int) -> None:
        """Shows the evidence of an option."""
        self.push_screen(EvidenceScreen(rank))

    def show_library(self) -> None:
        """Opens the library."""
        self.push_screen(LibraryScreen())

    def show_help(self, screen: str) -> None:
        """Shows the help for a screen."""
        self.push_screen(HelpScreen(screen))

    def ask_wipe(self) -> None:
        """Asks once whether to forget the patient."""
        self.push_screen(ConfirmScreen())

    def wipe(self) -> None:
        """Forgets the patient: profile, form, answer, and what the engine remembers. Back to the first screen."""
        self._stop_pause()
        self.session.wipe()
        self.form = Form(self.session, self.index)
        self.answer, self.fault, self._answered = None, "", -1
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._forget()

    def _forget(self) -> None:
        """Has the engine and the libraries drop what they remember."""
        self.engine.forget()
        self.call_after_refresh(_clear_caches)

    def leave(self) -> None:
        """Leaves the program, and nothing stays; without effect on a kiosk."""
        if not self.kiosk:
            self._stop_pause()
            self.session.wipe()
            self.exit()

    async def on_event(self, event: events.Event) -> None:
        """Works keys off here, one after another.

        Textual hands a key to the screen that is in front when the key arrives; of keys typed fast, those behind one
        that changes the screen would go to the screen that is about to leave.
        """
        front = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(event, events.Key) and isinstance(front, ConsoleScreen):
            await front.take_key(event)
        elif not isinstance(event, events.Key):  # a key without a screen came while the app was closing
            await super().on_event(event)

    # The answer

    def changed(self) -> None:
        """The profile may have changed: works the answer out again once there is a pause."""
        if self.session.revision == self._asked:
            return
        self._asked, self._deep = self.session.revision, False
        self._stop_pause()
        # not Textual's own timer: held up for longer than its time while it starts, it never goes off
        self._pause = asyncio.get_running_loop().call_later(self.PAUSE, self._ask)

    def _stop_pause(self) -> None:
        if self._pause:
            self._pause.cancel()

    def _ask(self) -> None:
        """Starts the work, unless it is under way or done. One at a time: the matcher serves one caller."""
        if self._busy or not (self.late or self._shallow):
            return
        self._busy = True
        self._question = (self.session.revision, self.session.profile(), self._deep)
        self.run_worker(self._work, group="answer", thread=True, exit_on_error=False)

    @property
    def _shallow(self) -> bool:
        """Whether the answer lacks the single changes that are wanted."""
        return self._deep and self.told and "what_if" not in (self.answer or {})

    def _work(self) -> None:
        """Runs in a thread of its own and touches no widget.

        Question and result pass through the app: Textual keeps a worker in its thread's context, and with it whatever
        the worker was given or returned.
        """
        question, self._question = self._question, None
        if question is not None:
            revision, profile, deep = question
            self._result = (revision, self.engine.ask(profile, what_if=True) if deep else self.engine.ask(profile))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Takes over an answer that is still current; one that came too late is dropped and worked out anew."""
        if event.state not in (WorkerState.SUCCESS, WorkerState.ERROR, WorkerState.CANCELLED):
            return
        self._busy = False
        result, self._result = self._result, None
        if result is not None:
            revision, answer = result
            if revision != self.session.revision:
                if len(self.screen_stack) > 1:
                    self._ask()
                else:  # the patient was wiped while their answer was worked out, and the engine remembered them again
                    self._forget()
                return
            self.answer, self.fault = answer, ""
        else:
            error = event.worker.error
            self.answer, self.fault = None, f"a fault in the program ({type(error).__name__}). The profile is kept."
            if error is not None:
                error.__traceback__ = None  # its frames hold the profile
        self._answered = self.session.revision
        if isinstance(self.screen, ConsoleScreen):
            self.screen.answered()
        self._ask()  # once more where single changes are wanted and this answer came without

    def _fatal_error(self) -> None:
        """Instead of Textual's trace with all local values, which would print the patient: one sentence."""
        self._stop_pause()
        self.session.wipe()
        self._exit_renderables.append(
            "nextline: the screen met a fault in the program and was closed. Nothing of the patient is kept."
        )
        self._close_messages_no_wait()


def _clear_caches() -> None:
    """Empties the function caches of every module: those of the terminal libraries hold the lines drawn last.

    They are found through the modules and their classes. Asking the garbage collector for all objects would, for
    that moment, also hold the tuples that other threads are just building, and those threads then fail.
    """
    gc.collect()
    for cache in function_caches():
        cache.cache_clear()


def function_caches() -> Iterator[Any]:
    """Every ``lru_cache`` that a loaded module or a class in it bears."""
    for module in list(sys.modules.values()):
        for value in list(getattr(module, "__dict__", {}).values()):
            members = list(vars(value).values()) if isinstance(value, type) else [value]
            for member in members:
                bare = member.fget if isinstance(member, property) else member
                bare = bare.__func__ if isinstance(bare, classmethod | staticmethod) else bare
                if isinstance(bare, _CACHE):
                    yield bare


def run(engine: Engine, kiosk: bool = False) -> int:
    """Opens the screens; returns the exit status."""
    if (
        sys.__stderr__ is None or not sys.__stderr__.isatty()
    ):  # Textual draws there; in a file it would leave the patient
        complain("Standard error must be the terminal too: the screen is drawn through it.")
        return ExitCode.INPUT
    app = NextlineApp(engine, kiosk)
    app.run(mouse=False)
    return app.return_code or 0
