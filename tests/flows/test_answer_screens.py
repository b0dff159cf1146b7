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
