"""The kiosk: idle warning and wipe, roles, no way out, beginning anew after a fault; signals; a store that changes."""

import asyncio
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from flows.cases import WORKED_CASE
from flows.steps import Brisk, Step, drive, rest, seen, type_keys, until, walk
from flows.terminal import Terminal

from nextline_device import actions
from nextline_device.app import Setup
from nextline_device.engine import start
from nextline_device.idle import Idle


class Clock:
    """A clock that stands still until it is moved."""

    now = 100.0

    def __call__(self):
        return self.now


def test_the_warning_comes_before_the_wipe_and_counts_down():
    clock = Clock()
    idle = Idle(90, 120, clock)
    seen_left = []
    for clock.now in (189.9, 190.0, 190.5, 219.4, 220.0, 300.0):
        seen_left.append(idle.left)
    assert seen_left == [None, 30, 30, 1, 0, 0]
    idle.touch()
    assert idle.left is None


def on_kiosk(engine, then, role=actions.CLINICIAN):
    async def run():
        clock = Clock()
        app = Brisk(engine, Setup(kiosk=True, role=role), clock)
        async with app.run_test(size=(80, 22)) as pilot:
            await pilot.pause()
            await then(pilot, clock)

    asyncio.run(run())


def test_nobody_at_the_keys_warns_and_then_wipes(engine):
    async def look(pilot, clock):
        await walk(pilot, WORKED_CASE)
        clock.now += 95
        await until(pilot, lambda: "CLEARING IN 25 s" in seen(pilot.app))
        clock.now += 10
        await until(pilot, lambda: "CLEARING IN 15 s" in seen(pilot.app))
        clock.now += 15
        await until(pilot, lambda: "New patient profile" in seen(pilot.app))
        assert pilot.app.session.empty
        assert pilot.app.answer is None
        assert "CLEARING" not in seen(pilot.app)

    on_kiosk(engine, look)


def test_a_key_keeps_the_patient_and_does_nothing_else(engine):
    async def look(pilot, clock):
        await walk(pilot, WORKED_CASE[:3])
        clock.now += 100
        await until(pilot, lambda: "CLEARING IN 20 s" in seen(pilot.app))
        before = pilot.app.session.profile()
        await walk(pilot, [Step(["1"], ["Which therapy was line 1?"], ["CLEARING"])])
        assert pilot.app.session.profile() == before
        await walk(pilot, [Step(["1"], ["CDK4/6i + AI"])])

    on_kiosk(engine, look)


def test_the_first_screen_is_never_warned_of(engine):
    async def look(pilot, clock):
        clock.now += 1000
        pilot.app.watch_time()
        await pilot.pause()
        assert "CLEARING" not in seen(pilot.app)

    on_kiosk(engine, look)


def test_without_a_kiosk_nothing_is_wiped(engine):
    async def run():
        clock = Clock()
        app = Brisk(engine, Setup(), clock)
        async with app.run_test(size=(80, 22)) as pilot:
            await walk(pilot, WORKED_CASE[:3])
            clock.now += 1000
            app.watch_time()
            await pilot.pause()
            assert not app.session.empty

    asyncio.run(run())


def test_a_patient_sees_no_answers(engine):
    async def look(pilot, _clock):
        screen = seen(pilot.app)
        assert "New patient profile" not in screen
        assert "About" in screen
        for key in ("1", "enter", "2", "/", "3"):
            await walk(pilot, [Step([key], ["NEXT LINE"])])
            assert len(pilot.app.screen_stack) == 1, key
        await walk(pilot, [Step(["4"], ["LIMITS"]), Step(["f1"], ["Help"], ["Options"])])

    on_kiosk(engine, look, actions.PATIENT)


def test_a_nurse_sees_all_but_the_outlook(engine):
    async def look(pilot, _clock):
        await walk(pilot, WORKED_CASE)
        await walk(pilot, [Step(["o"], ["Options: HR+"], ["Resistance and outlook", "outlook"])])
        await walk(pilot, [Step(["t"], ["Tests and changes"])])

    on_kiosk(engine, look, actions.NURSE)


def test_every_screen_has_its_roles():
    for role in actions.ROLES:
        assert actions.allowed("ready", role)
        assert actions.allowed("about", role)
    assert all(actions.allowed(screen, actions.CLINICIAN) for screen in actions.SCREENS)
    assert not actions.allowed("options", actions.PATIENT)


def test_a_store_changed_in_place_is_not_read_any_more(store_path, tmp_path):
    path = tmp_path / "evidence.sqlite"
    shutil.copy(store_path, path)
    engine = start(path)

    async def run():
        app = Brisk(engine)
        async with app.run_test(size=(80, 22)) as pilot:
            await walk(pilot, WORKED_CASE)
            with path.open("r+b") as file:
                file.seek(200_000)
                file.write(b"\0" * 3_000_000)
            type_keys(app, ["1"])
            await rest(pilot)
            assert "cannot be read any more" in seen(app)
            type_keys(app, ["f10", "1"])
            await rest(pilot)
            assert app.session.empty
            assert app.is_running

    asyncio.run(run())


def test_a_store_replaced_by_another_is_read_on_as_it_was(store_path, tmp_path):
    path = tmp_path / "evidence.sqlite"
    shutil.copy(store_path, path)
    engine = start(path)
    other = tmp_path / "other"
    other.write_bytes(b"another")
    other.replace(path)
    drive(engine, [*WORKED_CASE, Step(["1"], ["option 1 of", "ESR1: positive"])])


def test_high_contrast_changes_colours_and_not_a_word(engine):
    async def look(pilot):
        def drawn():
            strips = pilot.app.screen._compositor.render_strips()
            text = [strip.text for strip in strips]
            return text, {(s.style.color, s.style.bgcolor) for strip in strips for s in strip if s.style}

        plain, colours = drawn()
        await walk(pilot, [Step(["f6"])])
        contrast, other = drawn()
        assert contrast == plain
        assert other != colours
        assert {colour.name for pair in other for colour in pair if colour} <= {
            "bright_white",
            "bright_yellow",
            "black",
        }
        await walk(pilot, [Step(["f6"])])
        assert drawn() == (plain, colours)

    drive(engine, WORKED_CASE, then=look)


def test_the_first_screen_tells_the_self_test_the_speed_and_the_age(engine):
    class Testing(Brisk):
        SELF_TEST = True

    async def run():
        app = Testing(engine)
        async with app.run_test(size=(80, 22)) as pilot:
            await until(pilot, lambda: app.tested == "passed")
            assert "self-test: passed; last look-up:" in seen(app)
            assert "5 days ago" in seen(app)
            assert 0 < app.speed_ms < 20_000
            await walk(pilot, WORKED_CASE)

    asyncio.run(run())


def test_a_failed_self_test_is_an_alert(engine):
    class Wrong:
        def __getattr__(self, name):
            return getattr(engine, name)

        def ask(self, profile):
            return {**engine.ask(profile), "options": []}

    class Testing(Brisk):
        SELF_TEST = True

    async def run():
        app = Testing(Wrong())
        async with app.run_test(size=(80, 22)) as pilot:
            await until(pilot, lambda: bool(app.tested))
            assert "self-test: FAILED" in seen(app)
            assert "do not use this installation" in seen(app)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("days", "wanted"), [(400, "OLD EVIDENCE"), (-1, "the clock of this device is behind that day")]
)
def test_the_age_of_the_evidence_is_judged(engine, days, wanted):
    from datetime import date, timedelta

    from nextline_device.screens import ready_text
    from nextline_device.screens.view import View

    today = date.fromisoformat(engine.edition.date) + timedelta(days=days)
    page = ready_text.page(View(engine, 80, {}, None), "passed", 40.0, today, actions.CLINICIAN)
    assert wanted in " ".join(" ".join(row.text for row in page.rows).split())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_program_and_restores_the_terminal(store_path, number):
    with Terminal(store_path) as terminal:
        terminal.until("New patient profile")
        terminal.keys("11")
        terminal.until("Which line of metastatic therapy")
        os.kill(terminal.process, number)
        assert terminal.exit_status() == 0


def child_of(process):
    """The one child process of a process."""
    return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[0])


def test_the_kiosk_begins_anew_within_two_seconds_after_a_crash(store_path):
    with Terminal(store_path, arguments=("kiosk",)) as terminal:
        terminal.until("New patient profile")
        first = child_of(terminal.process)
        terminal.keys("114")
        terminal.until("Therapies so far")
        terminal.keys("")
        os.kill(first, signal.SIGKILL)
        begun = time.monotonic()
        terminal.until("New patient profile", 10)
        assert time.monotonic() - begun < 2
        assert child_of(terminal.process) != first
        terminal.keys("1")
        terminal.until("0 of 25 known")
        terminal.keys("\x03")
        terminal.keys("\x11")
        terminal.keys("1")
        terminal.until("Line to choose")  # neither Ctrl+C nor Ctrl+Q led out
        os.kill(terminal.process, signal.SIGTERM)
        assert terminal.exit_status() == 0


def test_a_kiosk_without_its_store_says_so_and_ends(tmp_path):
    with Terminal(tmp_path / "none.sqlite", arguments=("kiosk",)) as terminal:
        terminal.until("There is no evidence store")
        assert os.waitstatus_to_exitcode(os.waitpid(terminal.process, 0)[1]) == 3
        terminal.ended = True
