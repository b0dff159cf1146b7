"""The library: search, shelves, pages, and a rule read aloud."""

import pytest
from flows.cases import WORKED_CASE
from flows.steps import SIZES, Step, drive

from nextline_device.screens import library_text, record_text, rule_text
from nextline_device.screens.font import GLYPHS
from nextline_device.screens.view import View

OPEN = Step(["2"], ["Library", "Drugs", "Trials", "Genes and pathways", "Adverse events"])


@pytest.fixture(scope="module")
def view(engine):
    return View(engine, 66, {}, None)


@pytest.mark.parametrize("size", SIZES)
def test_a_brand_leads_to_its_drug_with_approvals_and_safety(engine, size):
    async def look(pilot):
        rows = " ".join(row.text for row in pilot.app.screen.body.rows)
        for wanted in ("brands: Orserdu", "APPROVALS", "FDA", "SAFETY", "source:", "TRIALS OF IT"):
            assert wanted in rows, wanted

    steps = [OPEN, Step(list("orserdu"), ["elacestrant", "drug"]), Step(["enter"], ["Library: Drugs", "elacestrant"])]
    drive(engine, steps, size, look)


def test_shelves_are_narrowed_by_what_is_typed_and_escape_goes_back_step_by_step(engine):
    steps = [
        OPEN,
        Step(["down", "enter"], ["Library: Trials", "Search in Trials"]),
        Step(list("emer"), ["> EMERALD"]),
        Step(["enter"], ["RESULTS", "elacestrant"]),
        Step(["-"], ["> emer_"]),
        Step(["backspace", "backspace"], ["> em_"]),
        Step(["escape"], ["> _"]),
        Step(["escape"], ["search and browse"]),
        Step(["-"], ["New patient profile"]),
    ]
    drive(engine, steps)


def test_a_mistyped_word_is_mended_and_said_to_be(engine):
    drive(engine, [OPEN, Step(list("elacestrnat"), ["'elacestrnat' read as 'elacestrant'", "drug"])])


def test_nothing_found_is_said(engine):
    drive(engine, [OPEN, Step(list("zzzqqq"), ["Nothing was found."]), Step(["enter"], ["Nothing was found."])])


def test_a_rule_is_read_aloud_from_its_option(engine):
    steps = [
        OPEN,
        Step(["down"] * 4 + ["enter"], ["Options and their rules"]),
        Step(list("elace"), ["> Elacestrant"]),
        Step(["enter"], ["RULES ABOUT IT"]),
        Step(["down", "enter"], ["This rule offers an option.", "IT HOLDS WHERE", "all of these:", "ESR1 is positive"]),
    ]
    drive(engine, steps)


def test_the_library_opens_over_a_patient_and_leaves_the_answer_alone(engine):
    steps = [*WORKED_CASE, Step(["/"], ["Library"]), Step(["escape"], ["Options", "Elacestrant"])]
    drive(engine, steps)


def test_every_page_of_every_shelf_fits_and_is_in_the_console_font(view):
    pages = 0
    for shelf in library_text.SHELVES:
        for entry in library_text.shelf(view, shelf)[:: 1 if shelf == "option" else 6]:
            page = record_text.page(view, entry.kind, entry.id)
            assert page.rows, entry
            for row in page.rows:
                assert len(row.text) <= 66, (entry, row.text)
                assert set(row.text) <= GLYPHS, row.text
            pages += 1
    assert pages > 100


def test_every_rule_can_be_read_aloud(view):
    for rule in view.book.rules[::7]:
        text = " ".join(row.text for row in rule_text.page(view, rule).rows)
        assert "IT HOLDS WHERE" in text
        assert rule.kind == "trial" or "source:" in text, rule.id


def test_an_adverse_event_is_one_page_however_it_is_capitalised(view):
    titles = [entry.title.casefold() for entry in library_text.shelf(view, "events")]
    assert len(titles) == len(set(titles))
    rows = library_text.event_rows(view.store, "NAUSEA")
    assert len(rows) > 1
    assert rows == library_text.event_rows(view.store, "nausea")


def test_links_lead_somewhere(view):
    for kind, identifier in (
        ("option", "elacestrant"),
        ("studies", "emerald"),
        ("genes", "ESR1"),
        ("drugs", "elacestrant"),
    ):
        keys = {row.key for row in record_text.page(view, kind, identifier).rows if row.key}
        assert keys
        for key in keys:
            to, _colon, target = key.partition(":")
            assert record_text.page(view, to, target).rows
