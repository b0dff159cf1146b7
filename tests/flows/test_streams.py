"""Output that is closed, full, of another encoding or broken off; names that would steer a terminal; interrupts."""

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

EXAMPLE = ROOT / "device" / "examples" / "second-line-esr1.json"
HR_POSITIVE = {"schema": "nextline.profile/1", "disease": {"er": "positive", "her2": "zero"}}
ESCAPES = "\x1b[2Jx\nnextline: forged\u202e\x9b1m"


@pytest.fixture
def shell(store_path, tmp_path):
    """Runs the program from a shell in a folder of its own; ``redirect`` is the shell's own notation."""

    def run(*arguments, redirect="", **environment):
        command = shlex.join([sys.executable, "-m", "nextline_device", *map(str, arguments)])
        return subprocess.run(
            ["sh", "-c", f"{command} {redirect}"],
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "NEXTLINE_STORE": str(store_path), **environment},
            timeout=60,
        )

    return run


@pytest.fixture
def file(tmp_path):
    def write(content):
        (tmp_path / "profile.json").write_text(json.dumps(content))
        return "profile.json"

    return write


@pytest.mark.parametrize("arguments", [("ask", EXAMPLE), ("--help",), ("--version",), ("search", "letrozole")])
def test_closed_standard_output_is_status_4(shell, arguments):
    found = shell(*arguments, redirect=">&-")
    assert (found.returncode, found.stderr.count(b"\n")) == (4, 1)
    assert b"standard output is closed" in found.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("search", "letrozole")])
def test_a_full_disk_is_status_4_however_short_the_answer(shell, arguments):
    found = shell(*arguments, redirect=">/dev/full")
    assert (found.returncode, found.stderr.count(b"\n")) == (4, 1)


@pytest.mark.parametrize("arguments", [("ask", "no-such-file"), ("ask",), ("--store", "no-such-file", "doctor")])
def test_with_standard_error_closed_nothing_of_a_complaint_goes_to_standard_output(shell, arguments):
    found = shell(*arguments, redirect="2>&-")
    assert found.returncode in (2, 3)
    assert found.stdout == b""


def test_a_reader_that_goes_away_is_no_fault(shell):
    found = shell("evidence", "export", redirect="| head -c 10")
    assert (found.stdout, found.stderr) == (b'{\n "schema', b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_json_is_utf_8_whatever_the_encoding_of_the_terminal(shell, encoding):
    found = shell("evidence", "show", "emerald", PYTHONIOENCODING=encoding)
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout == shell("evidence", "show", "emerald", PYTHONIOENCODING="utf-8").stdout


def test_text_writes_by_name_what_the_encoding_of_the_terminal_lacks(shell):
    found = shell("ask", EXAMPLE, PYTHONIOENCODING="ascii")
    assert (found.returncode, found.stderr) == (0, b"")
    assert b"\\N{EN DASH}" in found.stdout
    assert found.stdout.decode("ascii").count("\n") > 100


def test_a_file_of_any_name_is_answered(shell, tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff.json"
    Path(os.fsdecode(name)).write_bytes(EXAMPLE.read_bytes())
    found = shell("ask", os.fsdecode(name), os.fsdecode(name), LC_ALL="C.UTF-8")
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout.decode("utf-8").count("\\udcff.json\n") == 2


def steering(written):
    """What a terminal would obey, and lines that look like complaints."""
    text = written.decode("utf-8")
    lines = [line for line in text.split("\n") if line.startswith("nextline: forged")]
    return [c for c in text if c in "\x1b\x9b\u202e"] + lines


@pytest.mark.parametrize("form", ["text", "json"])
def test_names_cannot_steer_the_terminal_or_forge_a_line(shell, file, form):
    history = [{"setting": "metastatic", "drugs": [ESCAPES], "ended": "progression"}]
    found = shell("ask", file({**HR_POSITIVE, "history": history}), "--format", form)
    assert found.returncode == 0
    assert b"\\u001b" in found.stdout
    assert steering(found.stdout) == []
    if form == "json":
        assert json.loads(found.stdout)["problems"][0]["value"] == ESCAPES


def test_complaints_cannot_be_forged(shell, file):
    found = shell("ask", file({**HR_POSITIVE, ESCAPES: 1}))
    assert found.returncode == 2
    assert steering(found.stderr) == []
    assert found.stderr.count(b"\n") == 1


def test_half_a_character_in_a_profile_is_told_in_valid_json(shell, tmp_path):
    (tmp_path / "half.json").write_text('{"schema": "nextline.profile/1", "\\ud800": 1}')
    for environment in ({}, {"LC_ALL": "C"}):
        found = shell("ask", "half.json", "--format", "json", **environment)
        assert (found.returncode, found.stderr) == (2, b"")
        assert [p["path"] for p in json.loads(found.stdout.decode("utf-8"))["problems"]] == ["/\\ud800"]


FAULTY = "import sys; from nextline_device import commands; commands.start = lambda _: {}['patient']; "
STARTED = "import sys; from nextline_device.__main__ import main; sys.exit(main(sys.argv[1:]))"


def test_a_fault_in_the_program_is_one_sentence_with_its_place_and_nothing_of_the_patient(store_path):
    found = subprocess.run([sys.executable, "-c", FAULTY + STARTED, "doctor"], capture_output=True, timeout=60)
    assert (found.returncode, found.stdout, found.stderr.count(b"\n")) == (1, b"", 1)
    assert b"KeyError" in found.stderr
    assert b"patient" not in found.stderr


# an interrupt while a given module is being loaded: from a finder that is asked for every import
INTERRUPTING = """
import os, signal, sys
class Finder:
    def find_spec(name, *_):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder)
"""


@pytest.mark.parametrize(
    "module",
    ["nextline_device.commands", "argparse", "sqlite3", "nextline_core.answer", "nextline_device.plain", "pydantic"],
)
def test_an_interrupt_while_modules_are_loaded_is_status_130(module, store_path):
    start = INTERRUPTING + "from nextline_device.__main__ import main; sys.exit(main(sys.argv[2:]))"
    found = subprocess.run(
        [sys.executable, "-c", start, module, "ask", str(EXAMPLE)],
        capture_output=True,
        env={**os.environ, "NEXTLINE_STORE": str(store_path)},
        timeout=60,
    )
    assert (found.returncode, found.stdout, found.stderr) == (130, b"", b"")


def test_an_interrupt_while_input_is_awaited_is_status_130(store_path, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(
        [sys.executable, "-m", "nextline_device", "ask", str(tmp_path / "pipe")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "NEXTLINE_STORE": str(store_path)},
    ) as process:
        with (tmp_path / "pipe").open("wb"):  # opens when the program does
            process.send_signal(signal.SIGINT)
            written = process.communicate(timeout=60)
        assert (process.returncode, *written) == (130, b"", b"")
