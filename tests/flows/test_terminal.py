"""The program in a real pseudo-terminal: what it writes there, and that it leaves it in order."""

import re
import subprocess
import sys

import pytest
from flows.terminal import Terminal

WORKED_CASE = "112114\r121"
F10 = "\x1b[21~"
COLOURS = re.compile(rb"\x1b\[([0-9;]*)m")
LOADED = "import sys, nextline_device.app; print(sorted({'pydantic', 'sqlite_utils', 'yaml'} & set(sys.modules)))"


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
