"""The helper for visceral crisis, this site, and what the program is."""

import pytest
from flows.cases import NEW, WORKED_CASE
from flows.steps import SIZES, Step, click, drive, walk

from nextline_core.site import LocalTest, Site
from nextline_device import actions
from nextline_device.screens import crisis_text, site_text
from nextline_device.screens.view import View

TO_CRISIS = [NEW, Step(["1", "1", "down"], ["F2: five questions that help to judge."])]
HELPER = Step(
    ["f2"], ["Visceral crisis: five questions", "no source of this store defines a visceral crisis", "> Liver: ?"]
)


@pytest.mark.parametrize("size", SIZES)
def test_one_yes_is_urgent_and_goes_into_the_profile(engine, size):
    async def look(pilot):
        assert pilot.app.session.get("disease.visceral_crisis") is True
        assert "bilirubin" not in str(pilot.app.session.profile())

    steps = [*TO_CRISIS, HELPER, Step(["2", "1"], ["URGENT: REFER."]), Step(["enter"], ["Visceral crisis yes"])]
    drive(engine, steps, size, look)


def test_no_five_times_is_no_and_a_question_left_open_is_not(engine):
    async def look(pilot):
        assert pilot.app.session.get("disease.visceral_crisis") is None
        assert crisis_text.crisis([False] * 5) is False
        assert crisis_text.crisis([False, None, False, False, False]) is None
        assert crisis_text.crisis([None, True, None, None, None]) is True

    steps = [
        *TO_CRISIS,
        HELPER,
        Step(["2", "2", "2", "2", "0"], ["not taken for no"]),
        Step(["-"], ["Visceral crisis ?"]),
    ]
    drive(engine, steps, then=look)
    drive(engine, [*TO_CRISIS, HELPER, Step(["2"] * 5 + ["enter"], ["Visceral crisis no"])])


def test_the_helper_names_no_drug(engine):
    names = {name.casefold() for name in engine.book.catalogue.names.values()}
    for answers in ([True] * 5, [False] * 5, [None] * 5):
        words = " ".join(row.text for row in crisis_text.page(answers, 80, "+00 1").rows).casefold()
        assert not [name for name in names if f" {name} " in words]
    assert "Telephone: +00 1" in " ".join(row.text for row in crisis_text.page([True] * 5, 80, "+00 1").rows)


def test_the_site_is_shown_as_its_file_says(engine):
    before = engine.site
    engine.site = Site(
        region="EU", unavailable=("inavolisib",), tests={"biomarkers.ESR1": LocalTest(10, "120 EUR")}, digest="ab" * 32
    )
    try:
        text = " ".join(row.text for row in site_text.site(View(engine, 80, {}, None)).rows)
    finally:
        engine.site = before
    for wanted in ("labels of: EU", "inavolisib", "ESR1: Here: 10 days, 120 EUR.", "abababab", "telephone: not given"):
        assert wanted in text, wanted


@pytest.mark.parametrize("size", SIZES)
def test_site_and_about_open_from_the_first_screen(engine, size):
    steps = [
        Step(["3"], ["This site", "No site file was given."]),
        Step(["-"], ["New patient profile"]),
        Step(["4"], ["About", "WHAT IT IS FOR", "A clinician decides."]),
        Step(["end"], ["LICENCES", "Apache-2.0"]),
    ]
    drive(engine, steps, size)


def test_the_mouse_selects_opens_and_scrolls(engine):
    async def look(pilot):
        click(pilot.app, 10, 7)
        await pilot.pause()
        assert pilot.app.screen.body.selected == "2"
        click(pilot.app, 10, 7)
        await walk(pilot, [Step([], ["option 2 of"])])
        await walk(pilot, [Step(["-", "-"], ["Profile"])])
        click(pilot.app, 45, 3)
        await walk(pilot, [Step([], ["> Brain metastases"])])

    drive(engine, WORKED_CASE, then=look)


def test_f10_forgets_the_patient_from_every_screen_over_one(engine):
    for name in actions.SCREENS:
        told = [action for action in actions.of(name) if action.name == "wipe"]
        assert bool(told) == (name not in ("ready", "confirm")), name
    steps = [*WORKED_CASE, Step(["/", "f10"], ["Forget everything"]), Step(["1"], ["New patient profile"])]
    drive(engine, steps)


def test_the_options_tell_of_the_keys_that_the_footer_has_no_room_for(engine):
    drive(engine, [*WORKED_CASE, Step([], ["more: r ruled out o outlook x mark l timeline / library"])])
