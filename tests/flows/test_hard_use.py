"""Hard use: floods of keys, pasted binary, no place for files, being killed at any moment, and nothing left on disk."""

import asyncio
import os
import random
import signal
import stat
from pathlib import Path

import pytest
from flows.steps import Brisk, Step, check_console, rest, type_keys, until, walk
from flows.terminal import Terminal

F10 = "\x1b[21~"


def test_ten_thousand_keys_are_worked_off_and_the_screen_keeps_up(engine):
    async def run():
        app = Brisk(engine)
        async with app.run_test(size=(80, 22)) as pilot:
            await pilot.pause()
            type_keys(app, ["1", *["down", "down", "up"] * 3300, *["f5", "escape", "x", "7"] * 25])
            await until(pilot, lambda: not app.message_queue_size, 60)
            await rest(pilot)
            check_console(app)
            await walk(pilot, [Step(["f10", "1"], ["New patient profile"])])

    asyncio.run(run())


def test_pasted_binary_does_not_end_the_program(store_path):
    noise = bytes(random.Random(3).randrange(256) for _ in range(4000))
    with Terminal(store_path, arguments=("kiosk",)) as terminal:
        terminal.until("self-test: passed")
        screens = child_of(terminal.process)
        terminal.keys("1")
        terminal.until("0 of 25 known")
        os.write(terminal.descriptor, b"\xff\xfe" + noise + b"\x1b[200~\xc3\x28 pasted\x1b[201~")
        for _ in range(3):  # out of whatever the noise opened; a lone Esc needs a moment to be told from a sequence
            terminal.keys("\x1b")
            terminal.read_for(0.3)
        terminal.keys(F10)
        terminal.until("Forget everything")
        terminal.keys("1")
        terminal.until("New patient profile")
        assert child_of(terminal.process) == screens


def test_no_home_and_no_temporary_folder_are_needed(store_path, tmp_path):
    gone = str(tmp_path / "gone")
    with Terminal(store_path, HOME=gone, TMPDIR=gone, XDG_CACHE_HOME=gone, XDG_CONFIG_HOME=gone) as terminal:
        terminal.until("New patient profile")
        terminal.keys("14")
        terminal.until("TNBC")
        terminal.keys("\x03")
        assert terminal.exit_status() == 0
    assert not Path(gone).exists()


def child_of(process):
    """The one child process of a process."""
    return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[0])


def writable_files(process):
    """Regular files that a process holds open for writing."""
    found = []
    for link in Path(f"/proc/{process}/fd").iterdir():
        info = Path(f"/proc/{process}/fdinfo/{link.name}").read_text()
        flags = int(info.split("flags:")[1].split()[0], 8)
        if flags & os.O_ACCMODE and stat.S_ISREG(link.stat().st_mode):
            found.append(str(link.readlink()))
    return found


def holders(folder, marker):
    """Files below a folder that hold the marker."""
    return [path for path in folder.rglob("*") if path.is_file() and marker in path.read_bytes()]


@pytest.mark.parametrize("seed", range(3))
def test_nothing_of_the_patient_reaches_the_disk_whenever_it_is_killed(store_path, tmp_path, seed, monkeypatch):
    """A marked profile, a kill at a random moment, and a search through every place the program could write to."""
    marker = "".join(("zz", "mark", "ed", str(seed)))  # put together here, so that no file of the project holds it
    monkeypatch.chdir(tmp_path)
    chance = random.Random(seed)
    places = {name: str(tmp_path) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    with Terminal(store_path, **places) as terminal:
        terminal.until("New patient profile")
        terminal.keys("112")
        terminal.until("Which therapy was line 1?")
        terminal.keys(marker)
        terminal.until(marker)
        terminal.keys("\r\r14\r1" + "21"[: chance.randrange(3)])
        terminal.read_for(chance.random())
        assert writable_files(terminal.process) == []
        os.kill(terminal.process, chance.choice((signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV, signal.SIGTERM)))
        os.waitpid(terminal.process, 0)
        terminal.ended = True
    assert holders(tmp_path, marker.encode()) == []
    assert holders(Path("/dev/shm"), marker.encode()) == []
    assert list(tmp_path.iterdir()) == []  # no core dump either
