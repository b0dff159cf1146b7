"""Every screen as linear text."""

import json
import re
import subprocess
import sys
from datetime import date

import pytest
from flows.cases import WORKED_PROFILE

from nextline_device import actions, linear
from nextline_device.screens import ready_text


@pytest.fixture(scope="module")
def lines(engine):
    return list(linear.of_patient(engine, WORKED_PROFILE, engine.ask(WORKED_PROFILE, what_if=True)))


def test_every_screen_about_an_answer_is_there(lines):
    headings = [line for line in lines if line.startswith("== ")]
    for name in actions.PATIENT_SCREENS:
        assert any(line.startswith(f"== {actions.SCREENS[name]}: ") for line in headings), name


def test_nothing_is_drawn_and_nothing_stands_in_columns(lines):
    text = "\n".join(lines)
    assert not set("█─│┌┐└┘├┤") & set(text)
    assert "  " not in text
    assert "Elacestrant: APPLIES" in text


def test_the_fit_of_a_trial_stands_in_words_without_its_bar(lines):
    fits = [line for line in lines if line.startswith("fit to this patient")]
    assert fits
    assert all(re.fullmatch(r"fit to this patient: \d+ of \d+ stated criteria met", line) for line in fits)


def test_every_screen_without_a_patient_is_there(engine):
    text = "\n".join(linear.without_patient(engine, date(2026, 12, 1)))
    for name in linear.OF_NOBODY:
        assert f"== {actions.SCREENS[name]}" in text
    assert "self-test: passed" in text
    assert ready_text.MENU[0][1] in text


def test_a_profile_that_contradicts_itself_gets_the_contradiction_only(engine):
    profile = {**WORKED_PROFILE, "disease": {**WORKED_PROFILE["disease"], "her2_ihc": "3+"}}
    text = "\n".join(linear.of_patient(engine, profile, engine.ask(profile)))
    assert text.count("== ") == 1
    assert "NO OPTIONS: the profile contradicts itself." in text


def test_the_command_line_gives_it(nextline, tmp_path):
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(WORKED_PROFILE))
    done = nextline("ask", path, "--plain", "--screen", "timeline")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("== Timeline: HR+/HER2-, line 2\n")
    assert done.stdout.decode().count("== ") == 1
    done = nextline("--plain")
    assert done.returncode == 0
    assert b"== First screen" in done.stdout


def test_it_loads_no_screen_library():
    code = "import sys, nextline_device.linear; print({'textual', 'rich', 'pydantic'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
