"""The screens driven by keys, at the sizes they are made for."""

import asyncio
import gc
import threading

import pytest
from flows.cases import NEW, WORKED_CASE, WORKED_PROFILE
from flows.steps import SIZES, Brisk, Step, check_console, drive, rest, seen, text_of, type_keys, until, walk

from nextline_device.app import Setup
from nextline_device.screens import evidence_text, help_text, options_text
from nextline_device.screens.font import GLYPHS

THROUGH = [*WORKED_CASE, Step(["1"], ["option 1 of", "ESR1: positive"])]


@pytest.mark.parametrize("size", SIZES)
def test_the_worked_case_takes_few_keys(engine, size):
    """HR+ HER2-, 14 months of CDK4/6 inhibitor and AI until progression, no crisis, ESR1 mutated, the rest untested."""

    async def look(pilot):
        assert pilot.app.session.profile() == WORKED_PROFILE

    keys = drive(engine, THROUGH, size, look)
    assert keys == 12  # 20 is the limit


def test_the_footer_tells_which_way_a_page_goes_on(engine):
    steps = [
        Step(["1"], ["more ▼"], hides=["▲"]),
        Step(["pagedown"], ["more ▲▼"]),
        Step(["end"], ["▲"], hides=["▼"]),
        Step(["home"], ["more ▼"], hides=["▲"]),
    ]
    drive(engine, [*WORKED_CASE, *steps])


def test_evidence_shows_figures_source_harms_and_conflicts(engine):
    async def look(pilot):
        rows = "\n".join(row.text for row in pilot.app.screen.body.rows)
        for text in ("HR ", "CI", "source:", "checked against", "fit to this patient:"):
            assert text in rows, text
        for text in ("HARMS in", "any grade", "grade 3-4", "SOURCES DISAGREE", "WHERE SOURCES DISAGREE"):
            assert text in rows, text
        await walk(pilot, [Step(["c"], ["WHERE SOURCES DISAGREE"])])
        await walk(pilot, [Step(["n"], ["option 2 of"]), Step(["p"], ["option 1 of"])])

    drive(engine, THROUGH, then=look)


@pytest.mark.parametrize("width", [66, 80, 120])
def test_every_line_of_every_option_fits_and_is_in_the_console_font(engine, width):
    answer = engine.ask(WORKED_PROFILE)
    pages = [evidence_text.page(option, engine.book, engine.store, width) for option in answer["options"]]
    pages += [options_text.page(answer, engine.book, width, True), help_text.page("options", width, False)]
    for page in pages:
        for row in page.rows:
            assert len(row.text) <= width, row.text
            assert set(row.text) <= GLYPHS, row.text


def test_a_contradiction_stands_in_place_of_options(engine):
    to_staining = [Step(["down"] * 10)]
    steps = [
        NEW,
        Step(["1"]),
        *to_staining,
        Step(["3"], ["CONTRADICTION"]),
        Step(["f5"], ["NO OPTIONS: the profile contradicts itself.", "/disease/her2", "3+", "→"]),
        Step(["-"], ["Profile", "CONTRADICTION"]),
        Step(["up", "?"], hides=["CONTRADICTION"]),
        Step(["f5"], ["A clinician decides."], ["NO OPTIONS: the profile"]),
    ]
    drive(engine, steps)


def test_unknown_everywhere_still_gets_a_screen(engine):
    steps = [NEW, Step(["?"] * 25, ["More fields"]), Step(["f5"], ["A clinician decides."])]
    steps.append(Step(["t"], ["TESTS THAT WOULD CHANGE THE ANSWER"]))

    async def look(pilot):
        assert pilot.app.session.profile() == {"schema": "nextline.profile/1"}

    drive(engine, steps, then=look)


def test_zero_says_unknown_where_it_is_no_answer_and_is_an_answer_where_it_is(engine):
    async def look(pilot):
        assert pilot.app.session.get("disease.visceral_crisis") is None
        assert pilot.app.session.get("patient.ecog") == 0

    to_ecog = Step(["down"] * 15, ["ECOG performance status"])
    steps = [NEW, Step(["down"] * 3), Step(["1"]), Step(["-", "0"]), to_ecog, Step(["0"])]
    drive(engine, steps, then=look)


def test_back_and_forth_keeps_what_was_entered(engine):
    steps = [
        *THROUGH,
        Step(["-"], ["PREFERRED"]),
        Step(["-"], ["Profile", "ESR1 mutated"]),
        Step(["-", "2"], ["ESR1 not found"]),
        Step(["f5"], ["A clinician decides."], hides=["1= Elacestrant"]),
        Step(["r"], ["RULED OUT by what is known"]),
        Step(["f1"], ["Help", "r Shows or hides what is ruled out"]),
        Step(["-"], ["Options"]),
    ]
    drive(engine, steps)


def test_drugs_are_found_by_brand_and_unknown_names_are_kept_and_flagged(engine):
    steps = [
        NEW,
        Step(["1", "2"]),
        Step(list("ibra"), ["palbociclib (Ibrance)"]),
        Step(["enter"], ["palbociclib"]),
        Step(list("letr"), ["letrozole"]),
        Step(["enter"]),
        Step(list("zzmab"), ["zzmab (as typed)"]),
        Step(["enter"], ["'zzmab' is not known here; it is kept as typed."]),
        Step(["enter", "9", "enter", "1"], ["Visceral crisis"]),
        Step(["f5"], ["A clinician decides."]),
    ]

    async def look(pilot):
        assert pilot.app.session.get("history.0.drugs") == ["palbociclib", "letrozole", "zzmab"]
        rows = "\n".join(row.text for row in pilot.app.screen.body.rows)
        assert "REMARKS ON THE PROFILE" in rows
        assert "zzmab" in rows

    drive(engine, steps, then=look)


def test_a_number_out_of_range_is_refused_in_one_sentence(engine):
    refused = "Age lies between 18 and 120 years; 17 does not."
    steps = [NEW, Step(["down"] * 17, ["Age (years)"]), Step(["1", "7", "enter"], [refused])]

    async def look(pilot):
        assert pilot.app.session.get("patient.age") is None
        await walk(pilot, [Step(["backspace", "backspace", "6", "6", "enter"], ["Age 66 years"])])

    drive(engine, steps, then=look)


@pytest.mark.parametrize("size", SIZES)
def test_keys_typed_ahead_all_arrive(engine, size):
    """A scanner, or a hurried hand on a slow board, types before the next screen is there."""

    async def run():
        app = Brisk(engine)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            type_keys(app, [key for step in THROUGH for key in step.keys])
            await until(pilot, lambda: "1 Elacestrant" in text_of(app)[0])
            assert app.session.profile() == WORKED_PROFILE
            type_keys(app, ["-", "-", "f10", "1", "1", "4"])
            await until(pilot, lambda: "TNBC" in seen(app))
            assert app.session.profile()["disease"] == {"hr": "negative", "her2": "negative"}
            assert len(app.screen_stack) == 2

    asyncio.run(run())


def test_a_flood_of_keys_does_no_harm(engine):
    async def run():
        app = Brisk(engine)
        async with app.run_test(size=(80, 22)) as pilot:
            type_keys(app, ["1", "2", "enter", "down", "f5", "4", "-", "f2", "escape", "x"] * 60)
            done = asyncio.Event()
            app.call_later(done.set)
            await asyncio.wait_for(done.wait(), 60)
            await rest(pilot)
            check_console(app)
            assert app.is_running

    asyncio.run(run())


def test_options_can_be_asked_for_before_the_pause_is_over(engine):
    """The options are there although no answer had been worked out yet when they were asked for."""
    drive(engine, [NEW, Step(["4", "f5"], ["TNBC", "A clinician decides."])])


def test_f10_asks_once_and_leaves_nothing(engine):
    marker = "".join(("zz", "mar", "ker"))  # put together here, so that the code itself does not hold it

    async def look(pilot):
        assert marker in str(pilot.app.session.profile())
        await walk(pilot, [Step(["f10"], ["Forget everything"]), Step(["2"], ["Medicines"])])
        await walk(pilot, [Step(["f10", "1"], ["NEXT LINE", "New patient profile"])])
        assert pilot.app.session.profile() == {"schema": "nextline.profile/1"}
        assert pilot.app.answer is None
        await walk(pilot, [Step(["1"], ["0 of 25 known"])])
        gc.collect()
        assert _holders(marker) == []

    to_medicines = [Step(["end", "enter"], ["Receptors"]), Step(["7", "enter"], ["Other medicines"])]
    typed = [Step([*marker, "enter"]), Step(["down", *marker, "enter"]), Step(["down", *marker, "enter"])]
    drive(engine, [NEW, *to_medicines, *typed, Step(["f5"], ["A clinician"]), Step(["-"])], then=look)


def _holders(marker: str) -> list[object]:
    """Containers in memory that still hold a text with the marker."""
    found = []
    for held in gc.get_objects():
        members = (*held, *held.values()) if isinstance(held, dict) else held
        if isinstance(held, dict | list | tuple | set | frozenset) and any(
            type(m) is str and marker in m for m in members
        ):
            found.append(held)
    return found


def test_nothing_is_written(engine, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    drive(engine, THROUGH)
    assert list(tmp_path.rglob("*")) == []


def test_a_late_answer_is_dropped(engine):
    """An answer to an earlier profile never shows; the one to the present profile does."""

    class Slow:
        def __init__(self):
            self.asked, self.go_on = [], threading.Event()

        def __getattr__(self, name):
            return getattr(engine, name)

        def ask(self, profile):
            self.asked.append(profile)
            self.go_on.wait(20)
            return engine.ask(profile)

    slow = Slow()

    async def look(pilot):
        await until(pilot, lambda: slow.asked)
        await pilot.press("minus", "4")
        slow.go_on.set()
        await rest(pilot)
        assert pilot.app.answer["subtype"] == "TNBC"
        assert "TNBC" in seen(pilot.app)
        assert [profile["disease"]["hr"] for profile in slow.asked] == ["positive", "negative"]

    async def run():
        app = Brisk(slow)
        async with app.run_test(size=(80, 22)) as pilot:
            await pilot.press("1", "1")
            await look(pilot)

    asyncio.run(run())


def test_a_fault_of_the_engine_is_one_sentence(engine):
    class Broken:
        def __getattr__(self, name):
            return getattr(engine, name)

        def ask(self, profile):
            raise KeyError("x")

    async def run():
        app = Brisk(Broken())
        async with app.run_test(size=(80, 22)) as pilot:
            await pilot.press("1", "1", "f5")
            await rest(pilot)
            assert "NO ANSWER: a fault in the program (KeyError)" in seen(app)
            await pilot.press("minus")
            assert app.session.get("disease.hr") == "positive"

    asyncio.run(run())


def test_all_screens_fit_and_survive_resizing(engine):
    async def resize(pilot):
        for width, height in ((200, 60), (20, 5), *SIZES):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            check_console(pilot.app)
            if (width, height) in SIZES:
                assert text_of(pilot.app)[0].startswith(" ")
                assert text_of(pilot.app)[-1].startswith(" ")

    async def look(pilot):
        await resize(pilot)
        for step in (NEW, Step(["1", "2"]), *WORKED_CASE[3:9], Step(["end"]), Step(["1", "pagedown"]), Step(["f1"])):
            await walk(pilot, [step])
            if len(step.keys) != 1 or step.keys[0] in ("f1", "f5", "end"):
                await resize(pilot)
        await walk(pilot, [Step(["-", "f10"], ["Forget everything"])])
        await resize(pilot)

    drive(engine, [], then=look)


@pytest.mark.parametrize("size", SIZES)
def test_the_first_page_shows_its_first_field_and_the_cursor_stays_in_sight(engine, size):
    async def look(pilot):
        assert any("> HR / HER2" in line for line in text_of(pilot.app))
        for _ in range(25):
            await walk(pilot, [Step(["down"])])
            assert any("> " in line for line in text_of(pilot.app)[1:-8])
        await walk(pilot, [Step(["right"])])
        await walk(pilot, [Step(["end"], ["> More fields"]), Step(["enter"], ["> 1 Receptors"])])

    drive(engine, [NEW], size, look)


def test_help_lists_every_key_of_the_table(engine):
    from nextline_device import actions

    async def look(pilot):
        rows = " ".join(" ".join(row.text for row in pilot.app.screen.body.rows).split())
        assert all(action.text in rows for action in actions.ACTIONS)

    drive(engine, [Step(["f1"], ["Help", "First screen"])], then=look)


def test_a_kiosk_cannot_be_left(engine):
    async def run():
        app = Brisk(engine, Setup(kiosk=True))
        async with app.run_test(size=(80, 22)) as pilot:
            await pilot.press("q", "ctrl+q", "ctrl+c")
            await pilot.pause()
            assert app.is_running
            assert "quit" not in seen(app)
            await pilot.press("1")
            await pilot.pause()
            assert "Profile" in seen(app)

    asyncio.run(run())


def test_q_and_ctrl_q_leave_elsewhere(engine):
    async def run(key):
        app = Brisk(engine)
        async with app.run_test(size=(80, 22)) as pilot:
            await pilot.press(key)
            await pilot.pause()
        assert app.return_code == 0

    for key in ("q", "ctrl+q", "ctrl+c"):
        asyncio.run(run(key))
