"""The program in a real pseudo-terminal: what it writes there, and that it leaves it in order."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

import pytest

WORKED_CASE = "112114\r121"
F10 = "\x1b[21~"
COLOURS = re.compile(rb"\x1b\[([0-9;]*)m")
LOADED = "import sys, nextline_device.app; print(sorted({'pydantic', 'sqlite_utils', 'yaml'} & set(sys.modules)))"


class Terminal:
    """A child process in a pseudo-terminal of 80 by 22 cells."""

    def __init__(self, store, term):
        self.written, self.ended, self._typed_at = b"", False, 0
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            environment = {**os.environ, "TERM": term, "NEXTLINE_STORE": str(store), "COLUMNS": "80", "LINES": "22"}
            environment.pop("COLORTERM", None)
            os.execve(sys.executable, [sys.executable, "-m", "nextline_device"], environment)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Ends the child if it is still there, and only it."""
        if not self.ended:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.descriptor)

    def until(self, text, seconds=20):
        """Reads until a text was written since the last keys."""
        end = time.monotonic() + seconds
        while text.encode() not in self.written[self._typed_at :]:
            assert time.monotonic() < end, f"'{text}' did not come; last: {self.written[-2000:]!r}"
            if select.select([self.descriptor], [], [], 0.1)[0]:
                try:
                    self.written += os.read(self.descriptor, 65536)
                except OSError:  # the child has closed its side
                    assert text.encode() in self.written[self._typed_at :]
                    return

    def keys(self, text):
        """Types keys, as fast as a scanner does."""
        self._typed_at = len(self.written)
        os.write(self.descriptor, text.encode())

    def exit_status(self):
        """Waits for the end."""
        self.until("\x1b[?1049l")
        status = os.waitpid(self.process, 0)[1]
        self.ended = True
        return os.waitstatus_to_exitcode(status)


@pytest.mark.parametrize(("term", "f5"), [("linux", "\x1b[[E"), ("xterm-256color", "\x1b[15~")])
def test_the_worked_case_in_a_terminal(store_path, term, f5):
    with Terminal(store_path, term) as terminal:
        terminal.until("New patient profile")
        terminal.keys(WORKED_CASE)
        terminal.until("PIK3CA mutation?")
        terminal.keys(f5)
        terminal.until("A clinician decides.")
        terminal.until("Elacestrant")
        terminal.keys("1")
        terminal.until("option 1 of")
        terminal.keys(F10)
        terminal.until("Forget everything")
        terminal.keys("1")
        terminal.until("New patient profile")
        terminal.keys("q")
        assert terminal.exit_status() == 0
    codes = {code for found in COLOURS.findall(terminal.written) for code in found.split(b";")}
    assert not {b"38", b"48"} & codes, "a colour beyond the sixteen was written"


def test_ctrl_c_leaves_in_order(store_path):
    with Terminal(store_path, "linux") as terminal:
        terminal.until("New patient profile")
        terminal.keys("11\x03")
        assert terminal.exit_status() == 0


def test_the_screen_is_not_drawn_into_a_file(engine, monkeypatch, capsys, tmp_path):
    from nextline_device.app import run

    with (tmp_path / "log").open("w") as log:
        monkeypatch.setattr(sys, "__stderr__", log)
        assert run(engine) == 2
    assert "must be the terminal" in capsys.readouterr().err


def test_the_screens_load_nothing_that_is_slow():
    told = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
