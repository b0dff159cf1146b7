"""The screens about an answer, beside options and evidence."""

import pytest
from flows.cases import CONTRADICTION, WORKED_CASE
from flows.steps import SIZES, Step, drive, rest, walk


def rows_of(pilot):
    """The whole text of the screen in front, with single spaces."""
    return " ".join(" ".join(row.text for row in pilot.app.screen.body.rows).split())


@pytest.mark.parametrize("size", SIZES)
def test_the_tests_say_what_each_result_would_do_and_what_else_would(engine, size):
    async def look(pilot):
        text = rows_of(pilot)
        assert "if positive: opens Capivasertib + fulvestrant" in text
        assert "sources: ASCO" in text
        assert "WHAT ELSE WOULD CHANGE THE ANSWER" in text
        assert "visceral crisis: yes opens" in text
        assert "first is then" in text.partition("WHAT ELSE")[2]
        await walk(pilot, [Step(["w"], ["WHAT ELSE WOULD CHANGE THE ANSWER"])])

    drive(engine, [*WORKED_CASE, Step(["t"], ["Tests and changes", "PIK3CA", "tissue, ctDNA"])], size, look)


def test_a_test_leads_to_its_field_and_the_result_changes_the_answer(engine):
    steps = [
        *WORKED_CASE,
        Step(["t"], ["> 1 PIK3CA"]),
        Step(["down"], ["> 2 AKT1"]),
        Step(["up", "enter"], ["PIK3CA mutation?"]),
        Step(["1", "f5"], ["Capivasertib + fulvestrant APPLIES"]),
    ]
    drive(engine, steps)


def test_a_test_behind_more_fields_is_reached_too(engine):
    async def look(pilot):
        assert pilot.app.form.reach("disease.msi")
        assert [level.title for level in pilot.app.form.levels] == ["Profile", "More fields", "Tumour and lines"]
        assert pilot.app.form.field.path == "disease.msi"
        assert not pilot.app.form.reach("endocrine_lines")

    drive(engine, WORKED_CASE[:2], then=look)


def test_pages_on_an_answer_say_why_there_is_none(engine):
    async def look(pilot):
        pilot.app.show_tests()
        await rest(pilot)
        assert "NO ANSWER: the profile contradicts itself" in rows_of(pilot)

    drive(engine, CONTRADICTION, then=look)


@pytest.mark.parametrize("size", SIZES)
def test_outlook_shows_mechanisms_charts_the_limits_of_cohorts_and_studies(engine, size):
    async def look(pilot):
        text = rows_of(pilot)
        for wanted in ("no forecast for this patient", "bears on: Elacestrant", "cohort: ", "source: ", "█"):
            assert wanted in text, wanted
        await walk(pilot, [Step(["g"], ["OUTLOOK: what was seen in the cohorts named, and in nobody else"])])
        await walk(pilot, [Step(["s"], ["STUDIES THAT MAY BE RUNNING", "NCT"]), Step(["-"], ["PREFERRED"])])

    drive(engine, [*WORKED_CASE, Step(["o"], ["Resistance and outlook", "RESISTANCE"])], size, look)


def test_every_bar_of_a_share_is_drawn_against_the_whole(engine):
    async def look(pilot):
        lines = [row.text for row in pilot.app.screen.body.rows]
        shares = [line for line in lines if "█" in line and "57%" in line]
        assert shares
        assert 13 <= shares[0].count("█") <= 14  # 57 of 100 on 24 cells

    drive(engine, [*WORKED_CASE, Step(["o"], ["Resistance and outlook"])], then=look)


def test_the_timeline_draws_months_and_says_how_lines_were_counted(engine):
    async def look(pilot):
        lines = [row.text for row in pilot.app.screen.body.rows]
        assert [line.count("█") for line in lines if line.endswith("14 months")] == [14]
        text = rows_of(pilot)
        for wanted in ("line 1: CDK4/6i + AI", "ended: progression", "line 1 is used up", "→ line 2 is to be chosen"):
            assert wanted in text, wanted

    drive(engine, [*WORKED_CASE, Step(["l"], ["Timeline"])], then=look)


@pytest.mark.parametrize(
    ("history", "wanted"),
    [
        (None, "The therapies so far are not known."),
        ([], "No therapy so far."),
        ([{"setting": "adjuvant", "drugs": ["tamoxifen"]}], "??? duration not known"),
        ([{"setting": "metastatic", "months": 0}], "drugs not known"),
        ([{"setting": "metastatic", "drugs": ["letrozole"], "months": 600}], "stands for 24 month(s)"),
    ],
)
def test_the_timeline_says_what_is_not_known(engine, history, wanted):
    from nextline_device.screens import timeline_text
    from nextline_device.screens.view import View

    profile = {"history": history} if history is not None else {}
    page = timeline_text.page(View(engine, 66, profile, None))
    assert wanted in " ".join(row.text for row in page.rows)
    assert all(len(row.text) <= 66 for row in page.rows)


def test_a_badge_opens_all_sides_of_its_conflict(engine):
    steps = [
        *WORKED_CASE,
        Step(["1"], ["option 1 of"]),
        Step(["2"], ["Sources disagree", "2 of ", "SIDE A", "SIDE B", "source:"]),
        Step(["n"], ["3 of "]),
        Step(["p", "p"], ["1 of "]),
        Step(["p"], ["1 of "]),
        Step(["-"], ["option 1 of"]),
    ]
    drive(engine, steps)


def test_every_conflict_of_the_store_can_be_shown(engine):
    from nextline_device.screens import conflict_text
    from nextline_device.screens.view import View

    view = View(engine, 66, {}, None)
    for conflict in engine.store.records("conflicts"):
        page = conflict_text.page(view, conflict["id"])
        assert sum(name.startswith("side:") for name in page.parts) == len(conflict["sides"]) >= 1
        assert all(len(row.text) <= 66 for row in page.rows), conflict["id"]
        assert conflict["kind"] in conflict_text._KINDS


def test_the_fit_of_a_trial_is_drawn_cell_by_cell(engine):
    from nextline_device.screens.charts import bar, shares

    assert shares(8, 0, 1) == "[████████?]"
    assert shares(2, 1, 0) == "[██x]"
    assert len(shares(60, 1, 1, 20)) == 22
    assert "x" in shares(60, 1, 1, 20)
    assert bar(0.1, 100, 20) == "█"
    assert bar(0, 100, 20) == ""

    async def look(pilot):
        assert "fit to this patient: [████████?] 8 of 9 stated criteria met" in rows_of(pilot)

    drive(engine, [*WORKED_CASE, Step(["1"], ["option 1 of"])], then=look)


@pytest.mark.parametrize("size", SIZES)
def test_options_are_compared_side_by_side(engine, size):
    async def look(pilot):
        text = rows_of(pilot)
        for wanted in ("which option is better", "EMERALD: mPFS", "WHERE THE FIGURES STAND", "sources:", "fit"):
            assert wanted in text, wanted
        await walk(pilot, [Step(["4"], ["Capivasertib + fulvestrant", "option 4 of"]), Step(["-"], ["side by side"])])
        await walk(pilot, [Step(["-", "down", "x", "down", "x", "down", "x", "c"], ["side by side"])])
        names = " ".join(row.text for row in pilot.app.screen.body.rows[:8])
        assert sum(f"│ {rank} " in names for rank in range(1, 9)) == 4

    marks = Step(["x", "down", "down", "down", "x"], ["* 1", "* 4"])
    drive(engine, [*WORKED_CASE, marks, Step(["c"], ["Options side by side"])], size, look)


def test_the_first_two_are_compared_where_none_is_marked(engine):
    async def look(pilot):
        cells = {cell.strip() for row in pilot.app.screen.body.rows for cell in row.text.split("│")}
        assert cells >= {"1 Elacestrant", "2 Imlunestrant"}

    drive(engine, [*WORKED_CASE, Step(["c"], ["Options side by side"])], then=look)
