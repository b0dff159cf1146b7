"""The form without a screen: every member of the contract is reachable, and no keys lead to a profile outside it."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nextline_device import actions
from nextline_device.form.fields import Field
from nextline_device.form.machine import Form
from nextline_device.form.main import MAIN
from nextline_device.form.names import NameIndex
from nextline_device.form.presets import MOST, PRESETS, offered
from nextline_device.screens import profile_text
from nextline_device.screens.font import GLYPHS, console_text
from nextline_device.session import Session

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "contract" / "profile.schema.json").read_text())
VALID = jsonschema.Draft202012Validator(SCHEMA)
KEYS = [*"0123456789abcdegnux?-+.*", "enter", "up", "down", "left", "right", "backspace", "escape", "home", "end", "f2"]


@pytest.fixture(scope="module")
def index(engine):
    return NameIndex(engine.book.catalogue)


def press(form: Form, *keys: str) -> None:
    for key in keys:
        if key == "f2":
            form.details()
        else:
            form.press(key, key if len(key) == 1 else "")


def all_fields(fields=MAIN, base=""):
    """Every field with its path; a list's entries stand under ``[]``."""
    for field in fields:
        path = f"{base}{field.path}"
        yield path, field
        inner = f"{path}[]." if field.kind in ("list", "therapies") else base
        yield from all_fields(field.fields, inner)
        if field.details:
            yield from all_fields((field.details,), base)


def members(schema=SCHEMA, path=""):
    """Every member of the contract in the same writing."""
    for variant in (schema, *schema.get("oneOf", ())):
        for name, inner in variant.get("properties", {}).items():
            here = f"{path}.{name}" if path else name
            if not inner.get("properties"):
                yield here
            yield from members(inner, here)
        if "items" in variant and "properties" in variant["items"]:
            yield from members(variant["items"], f"{path}[]")


def test_the_first_page_has_at_most_25_fields():
    assert sum(field.kind != "group" for field in MAIN) <= 25


def test_every_member_of_the_contract_can_be_reached():
    reached = {path for path, _ in all_fields()}
    reached |= {path for _, field in all_fields() if field.kind == "pair" for path in field.choices[0].value}
    genes = {f"biomarkers.{name}" for name in SCHEMA["properties"]["biomarkers"]["propertyNames"]["enum"]}
    contract = {path.replace("toxicity.", "toxicity[].") for path in members()} - {"schema"}
    wanted = {path for path in contract if not path.startswith("biomarkers")}
    assert wanted | genes <= reached, sorted((wanted | genes) - reached)
    assert {f"biomarkers.ESR1[].{name}" for name in ("result", "specimen", "variant", "tested", "assay")} <= reached


def test_labels_fit_and_keys_are_single_and_distinct():
    for path, field in all_fields():
        assert len(field.label) <= 16 or not field.path, path
        keys = [choice.key for choice in field.choices]
        assert len(set(keys)) == len(keys), path
        assert all(len(key) == 1 for key in keys), path
        assert set(field.label + field.full) <= GLYPHS, path


@pytest.mark.parametrize(("path", "field"), [(p, f) for p, f in all_fields(MAIN) if "[]" not in p and f.path])
def test_every_answer_is_legal(index, path, field: Field):
    for choice in field.choices:
        form = Form(Session(), index, (field,))
        press(form, choice.key)
        VALID.validate(form.session.profile())
        assert form.value(field) not in ("?", ""), choice
        press(form, "?")
        if field.kind != "list":
            assert form.session.profile() == {"schema": "nextline.profile/1"}


@pytest.mark.parametrize(("path", "field"), [(p, f) for p, f in all_fields() if f.kind == "number" and "[]" not in p])
def test_bounds_are_those_of_the_contract(index, path, field: Field):
    schema = SCHEMA
    for step in path.split("."):
        schema = schema["properties"][step]
    assert field.low == schema["minimum"]
    assert field.high == schema.get("maximum", field.high)
    assert field.whole == ("integer" in schema["type"])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(KEYS), max_size=80))
def test_no_keys_lead_out_of_the_contract(index, keys):
    form = Form(Session(), index)
    for key in keys:
        press(form, key)
        assert len(profile_text.panel(form, 66)) == profile_text.PANEL_HEIGHT
    assert profile_text.grid(form, 66, 10)
    VALID.validate(form.session.profile())
    form.session.wipe()
    assert form.session.profile() == {"schema": "nextline.profile/1"}


def test_every_preset_is_known_to_the_catalogue(index):
    for preset in PRESETS:
        assert all(map(index.known, preset.names)), preset
    for subtype in ("HR+/HER2-", "HR+/HER2+", "HR-/HER2+", "TNBC", "unknown"):
        for early in (False, True):
            assert 1 < len(offered(subtype, early)) <= MOST


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ibr", "palbociclib"),
        ("t-dx", "trastuzumab deruxtecan"),
        ("arom", "aromatase inhibitor"),
        ("cdk4/", "CDK4/6 inhibitor"),
        ("Femara", "letrozole"),
        ("phes", "Phesgo"),
    ],
)
def test_suggestions_by_generic_brand_synonym_and_class(index, typed, name):
    assert index.suggest(typed, "drugs")[0].name == name


def test_a_finer_her2_class_is_left_standing(index):
    form = Form(Session(), index)
    form.session.set("disease.her2", "low")
    press(form, "1")
    assert form.session.get("disease") == {"her2": "low", "hr": "positive"}
    assert form.value(MAIN[0]) == "HR+ HER2-"


def test_early_therapy_stands_before_metastatic_lines_and_asks_how_long_ago(index):
    form = Form(Session(), index)
    press(form, "1", "3", "1", "8", "enter", "1")  # line 1: 8 months, progression
    assert form.line_due == 2
    press(form, "+", "1", "1", "6", "0", "enter", "3", "2", "4", "enter")  # tamoxifen, ended 24 months ago
    assert form.line_due == 2
    press(form, "3", "1", "0", ".", "5", "enter", "2")
    assert [entry["setting"] for entry in form.session.get("history")] == ["adjuvant", "metastatic", "metastatic"]
    assert form.session.get("history.0") == {
        "setting": "adjuvant",
        "drugs": ["tamoxifen"],
        "months": 60,
        "ended": "completed",
        "months_since_end": 24,
    }
    assert form.session.get("history.2.months") == 10.5
    assert form.field.path == "disease.visceral_crisis"


def test_a_therapy_under_way_says_nothing_about_the_line(index):
    """While the drugs are being typed the history is unknown; it is not "none"."""
    form = Form(Session(), index)
    press(form, "1", "2", "a")
    assert form.level.title == "Line 1"
    assert "history" not in form.session.profile()
    assert Form(Session(), index).session.profile() == {"schema": "nextline.profile/1"}
    press(form, "escape", "escape", "up", "1", "1")
    assert form.session.profile()["history"] == []


def test_a_line_that_turns_out_to_be_early_therapy_loses_its_number(index):
    form = Form(Session(), index)
    press(form, "1", "2", "1", "home", "1")
    drugs = ["CDK4/6 inhibitor", "aromatase inhibitor"]
    assert form.session.profile()["history"] == [{"setting": "adjuvant", "drugs": drugs}]


def test_an_entry_without_drugs_is_no_therapy(index):
    form = Form(Session(), index)
    press(form, "1", "2", "a", "escape", "escape")
    assert form.session.get("history") is None
    assert "not kept" in form.message


def test_single_results_of_a_gene_and_back_to_a_plain_one(index):
    form = Form(Session(), index)
    form.move_to(4)
    press(form, "1", "up", "f2", "1")
    assert form.session.profile()["biomarkers"] == {"ESR1": [{"result": "positive"}]}
    press(form, "down", "2", *"p.D538G", "enter", *"2026-13", "enter")
    assert "is written like 2026-05" in form.message
    press(form, "escape", *"2026-03", "enter", "1")
    assert form.session.profile()["biomarkers"]["ESR1"] == [
        {"result": "positive", "specimen": "ctdna", "variant": "p.D538G", "tested": "2026-03", "assay": "ngs"}
    ]
    press(form, "x")
    VALID.validate(form.session.profile())


def test_a_list_can_be_left_empty_and_is_then_unknown(index):
    form = Form(Session(), index)
    press(form, "1", "2", "1", "6", "enter", "1", "up", "f2", "x", "escape")
    assert form.session.get("history") is None


def test_footers_fit_the_narrowest_screen_and_bindings_have_their_methods():
    from nextline_device.app import NextlineApp  # noqa: F401  loads every screen
    from nextline_device.screens.base import ConsoleScreen

    screens, kinds = [], [ConsoleScreen]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        screens += [kind] if kind.NAME else []
    assert {screen.NAME for screen in screens} == set(actions.SCREENS)
    for screen in screens:
        hints = actions.hints(screen.NAME)
        assert 0 < len(hints) <= 6
        assert len(" " + "  ".join(hints)) <= 66
        for action in actions.of(screen.NAME):
            assert not action.keys or hasattr(screen, f"action_{action.name.partition('(')[0]}"), action


def test_texts_are_brought_into_the_console_font():
    assert console_text("NF‑κB ● ≥ 3 “x” é ▁") == 'NF-kappaB • ≥ 3 "x" é ?'
