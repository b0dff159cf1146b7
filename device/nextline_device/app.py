"""The terminal app: one engine, one patient in memory, one answer to what is known of them."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen

from . import actions
from .asking import AskingApp
from .diagnostics import ExitCode, complain
from .driver import TolerantDriver
from .engine import Engine
from .form.machine import Form
from .form.names import NameIndex
from .idle import Idle
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
from .screens.widgets import Lines

THEME = "ansi-dark"


@dataclass(frozen=True)
class Setup:
    """How the screens are run: as a kiosk that cannot be left, for whom, in which theme."""

    kiosk: bool = False
    role: str = actions.CLINICIAN
    contrast: bool = False


class NextlineApp(AskingApp):
    """The screens over an engine."""

    CSS_PATH = Path(__file__).with_name("console.tcss")
    TITLE = "NEXT LINE"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TICK: ClassVar[float] = 0.5
    """Seconds between two looks at how long nobody has touched a key."""
    DEEPEST: ClassVar[int] = 20
    """Screens on top of each other, at most."""

    def __init__(
        self,
        engine: Engine,
        setup: Setup = Setup(),
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(engine)
        self.setup = setup
        self.contrast = setup.contrast
        self.today = today
        self.index = NameIndex(engine.book.catalogue)
        self.form = Form(self.session, self.index)
        self.idle = Idle(engine.site.warn_seconds, engine.site.wipe_seconds, clock)
        self._store = _identity(engine.store.proven.path) or (0, 0, 0)
        self.theme = THEME
        self.animation_level = "none"

    def get_default_screen(self) -> Screen[Any]:
        """The first screen lies below all others."""
        return ReadyScreen()

    def get_driver_class(self) -> type[Driver]:
        """The one that bears bytes which are no text; another where the environment names one."""
        found = super().get_driver_class()
        return TolerantDriver if found is LinuxDriver else found

    def on_mount(self) -> None:
        """Begins to test, to heed signals, and on a kiosk to watch the time."""
        self.start_test()
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(RuntimeError):  # asyncio's word for: not in the main thread, where no signal arrives either
                asyncio.get_running_loop().add_signal_handler(number, self.end)
        if self.setup.kiosk:
            self.set_interval(self.TICK, self.watch_time)

    @property
    def kiosk(self) -> bool:
        """Whether the program cannot be left."""
        return self.setup.kiosk

    def view(self, width: int) -> View:
        """What a page of this width is drawn from."""
        return View(self.engine, width, self.session.profile(), self.answer)

    @property
    def sound(self) -> bool:
        """Whether the store is still the file that was proven, or was replaced by another that is not read."""
        found = _identity(self.engine.store.proven.path)
        return found is None or found[0] != self._store[0] or found == self._store

    # Ways between the screens

    def show(self, screen: ConsoleScreen) -> None:
        """Shows a screen on top of the one in front, if the role may see it."""
        if actions.allowed(screen.NAME, self.setup.role) and len(self.screen_stack) < self.DEEPEST:
            self.push_screen(screen)

    def back_to_profile(self) -> None:
        """Closes what lies on the profile."""
        while len(self.screen_stack) > 1 and not isinstance(self.screen_stack[-1], ProfileScreen):
            self.pop_screen()

    def show_profile(self) -> None:
        """Begins a patient."""
        self.show(ProfileScreen())

    def show_options(self) -> None:
        """Shows the options, and has them worked out at once where they are not."""
        self.ask()
        self.show(OptionsScreen())

    def show_tests(self) -> None:
        """Shows the tests, and has single changes of the profile worked out too."""
        self.ask(deep=True)
        self.show(TestsScreen())

    def show_evidence(self, rank: int) -> None:
        """Shows the evidence of an option."""
        self.show(EvidenceScreen(rank))

    def show_library(self) -> None:
        """Opens the library."""
        self.show(LibraryScreen())

    def show_help(self, screen: str) -> None:
        """Shows the help for a screen."""
        self.show(HelpScreen(screen))

    def ask_wipe(self) -> None:
        """Asks once whether to forget the patient."""
        self.push_screen(ConfirmScreen())

    def wipe(self) -> None:
        """Forgets the patient: profile, form, answer, and what the engine remembers. Back to the first screen."""
        self.form = Form(self.session, self.index)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.drop_answer()

    def leave(self) -> None:
        """Leaves the program, and nothing stays; without effect on a kiosk."""
        if not self.kiosk:
            self.end()

    def end(self) -> None:
        """Ends the program in order, the terminal included."""
        self.stop_pause()
        self.session.wipe()
        self.exit()

    def answer_changed(self) -> None:
        """Draws the screen in front anew."""
        if isinstance(self.screen, ConsoleScreen):
            self.screen.answered()

    # Keys and time

    async def on_event(self, event: events.Event) -> None:
        """Works keys off here, one after another.

        Textual hands a key to the screen that is in front when the key arrives; of keys typed fast, those behind one
        that changes the screen would go to the screen that is about to leave. A key that comes while the warning of
        the wipe stands takes the warning away and does nothing else.
        """
        if not isinstance(event, events.Key | events.MouseDown | events.MouseScrollDown | events.MouseScrollUp):
            await super().on_event(event)
            return
        front = self.screen_stack[-1] if self.screen_stack else None  # a key without a screen came at the end
        if isinstance(front, ConsoleScreen):
            warned = self.left is not None
            self.idle.touch()
            if warned:
                self._warn(front)
            elif isinstance(event, events.Key):
                await front.take_key(event)
            else:
                await self._take_mouse(front, event)

    async def _take_mouse(self, front: ConsoleScreen, event: events.MouseEvent) -> None:
        """Clicks select, the wheel scrolls. Everything can be done without a mouse; a bare console has none."""
        if isinstance(event, events.MouseDown):
            part, region = front.get_widget_at(int(event.x), int(event.y))
            if isinstance(part, Lines):
                await front.take_click(part, int(event.x) - region.x, int(event.y) - region.y)
        else:
            front.action_step(1 if isinstance(event, events.MouseScrollDown) else -1)

    @property
    def left(self) -> int | None:
        """Seconds until the patient is wiped; ``None`` while there is none, or no need to warn."""
        return self.idle.left if self.kiosk and len(self.screen_stack) > 1 else None

    def watch_time(self) -> None:
        """Warns when nobody has touched a key for long, and then wipes."""
        front = self.screen_stack[-1] if self.screen_stack else None
        if self.left == 0:
            self.wipe()
        elif isinstance(front, ConsoleScreen):
            self._warn(front)

    def _warn(self, front: ConsoleScreen) -> None:
        front.warn(self.left)

    def _fatal_error(self) -> None:
        """Instead of Textual's trace with all local values, which would print the patient: one sentence."""
        self.stop_pause()
        self.session.wipe()
        self._exit_renderables.append(
            "nextline: the screen met a fault in the program and was closed. Nothing of the patient is kept."
        )
        self._close_messages_no_wait()


def _identity(path: Path) -> tuple[int, int, int] | None:
    """What tells a file from another, or from itself after a change; ``None`` where it is gone."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def run(engine: Engine, setup: Setup = Setup()) -> int:
    """Opens the screens; returns the exit status."""
    if (
        sys.__stderr__ is None or not sys.__stderr__.isatty()
    ):  # Textual draws there; in a file it would leave the patient
        complain("Standard error must be the terminal too: the screen is drawn through it.")
        return ExitCode.INPUT
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the patient
    app = NextlineApp(engine, setup)
    app.run()
    return app.return_code or 0
