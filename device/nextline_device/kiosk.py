"""The kiosk: the screens in a child process, begun anew whenever it ends, so that nothing of a patient outlives it."""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from collections.abc import Callable
from typing import Any

from .diagnostics import ExitCode

# leaves the second screen, shows the cursor, ends mouse and paste reports, and clears what can be scrolled back to
_CLEAN = b"\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[0m\x1b[H\x1b[2J\x1b[3J"
_SHORT_S = 1.0
_FINAL = (ExitCode.EVIDENCE, ExitCode.INPUT)
"""Statuses that beginning again would not mend."""


def run(screens: Callable[[], int]) -> int:
    """Runs ``screens`` in a child again and again, until this process is told to end; returns the exit status."""
    for unwanted in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(unwanted, signal.SIG_IGN)
    keeper = _Keeper(sys.stdin.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGTERM, keeper.end)
    signal.signal(signal.SIGHUP, keeper.end)
    return keeper.keep(screens)


class _Keeper:
    """Begins the child, waits for its end, and puts the terminal in order after it."""

    def __init__(self, keyboard: int, display: int) -> None:
        self._keyboard, self._display = keyboard, display
        self._modes = termios.tcgetattr(keyboard)
        self._child = 0
        self._ending = False

    def keep(self, screens: Callable[[], int]) -> int:
        """Until it is told to end."""
        while not self._ending:
            begun = time.monotonic()
            status = self._once(screens)
            self._restore()
            if status in _FINAL:
                return status
            if time.monotonic() - begun < _SHORT_S:
                time.sleep(_SHORT_S)  # a fault at the very start must not heat the device
        return ExitCode.ANSWERED

    def end(self, number: int, _frame: Any) -> None:
        """Ends the child, and then this process."""
        self._ending = True
        if self._child:
            os.kill(self._child, signal.SIGTERM)

    def _once(self, screens: Callable[[], int]) -> int:
        sys.stdout.flush()
        self._child = os.fork()
        if not self._child:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            os._exit(_guarded(screens))
        _pid, status = os.waitpid(self._child, 0)
        self._child = 0
        return os.waitstatus_to_exitcode(status)

    def _restore(self) -> None:
        """The terminal as it was before, with nothing of a patient on it."""
        try:
            termios.tcsetattr(self._keyboard, termios.TCSANOW, self._modes)
            termios.tcflush(self._keyboard, termios.TCIFLUSH)
            os.write(self._display, _CLEAN)
        except (OSError, termios.error):  # the terminal is gone; the next child will find that out
            self._ending = True


def _guarded(screens: Callable[[], int]) -> int:
    """The child's whole life; whatever happens, it must not go on as a second parent."""
    try:
        return screens()
    except BaseException:  # noqa: BLE001  no trace: it could hold the patient
        return 1
