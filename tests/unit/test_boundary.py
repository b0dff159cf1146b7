"""Profiles from outside: what is made of numbers and text, the bounds of the house, and how faults are told."""

import json
import random

import jsonschema
import pytest

from conftest import ROOT
from nextline_device.boundary import profiles
from nextline_device.boundary.json_text import Unreadable, parse, tidy
from nextline_device.boundary.limits import MONTHS

MINIMAL = {"schema": "nextline.profile/1"}
SCHEMA = json.loads((ROOT / "tests" / "data" / "contract" / "profile.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
ENTRY = {"setting": "metastatic", "drugs": ["letrozole"]}
LONG = "9" * 400


@pytest.fixture
def read(tmp_path):
    """Reads a profile that is given as a mapping or as JSON text."""

    def read(content):
        path = tmp_path / "profile.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return profiles.read(str(path))

    return read


def told(read, content):
    profile, problems = read(content)
    assert profile is None
    assert all(problem.blocking and problem.text.endswith(".") and problem.remedy.endswith(".") for problem in problems)
    return {problem.path: problem.text for problem in problems}


def with_tmb(number):
    return f'{{"schema": "nextline.profile/1", "disease": {{"tmb": {number}}}}}'


def test_a_whole_float_is_the_whole_number(read):
    profile, problems = read({**MINIMAL, "next_line": 2.0, "disease": {"tmb": 4.0, "er_percent": 0.5}})
    assert problems == []
    assert json.dumps(profile) == json.dumps({**MINIMAL, "next_line": 2, "disease": {"tmb": 4, "er_percent": 0.5}})


def test_a_whole_float_gives_the_answer_of_the_whole_number(read, engine):
    history = [{**ENTRY, "line": 1.0, "ended": "progression", "months": 20.0}]
    content = {**MINIMAL, "next_line": 2.0, "disease": {"er": "positive", "her2": "zero"}, "history": history}
    whole = json.loads(json.dumps(content).replace(".0", ""))
    assert engine.ask(read(content)[0]) == engine.ask(read(whole)[0])
    assert engine.ask(read(whole)[0])["line"] == 2


@pytest.mark.parametrize("number", [LONG, "9" * 4000, "10001", "1e300", "1e400"])
def test_a_number_beyond_all_patients_is_told_with_its_place(read, number):
    assert list(told(read, with_tmb(number))) == ["/disease/tmb"]
    assert len(told(read, with_tmb(number))["/disease/tmb"]) < 200


def test_a_number_that_is_infinite_for_the_machine_is_named_as_it_stands(read):
    content = '{"schema": "nextline.profile/1", "disease": {"er_percent": -1e400, "grade": 1e400}}'
    texts = told(read, content)
    assert "-1e400" in texts["/disease/er_percent"]
    assert "1e400" in texts["/disease/grade"]


@pytest.mark.parametrize("name", ["months", "months_since_end"])
def test_months_end_after_a_hundred_years(read, name):
    assert read({**MINIMAL, "history": [{**ENTRY, name: MONTHS}]})[1] == []
    assert list(told(read, {**MINIMAL, "history": [ENTRY, {**ENTRY, name: MONTHS + 1}]})) == [f"/history/1/{name}"]


@pytest.mark.parametrize(
    ("path", "content", "most"),
    [
        ("/history", lambda n: {"history": [ENTRY] * n}, 100),
        ("/history/0/drugs", lambda n: {"history": [{**ENTRY, "drugs": ["x"] * n}]}, 20),
        ("/patient/medications", lambda n: {"patient": {"medications": ["x"] * n}}, 200),
        ("/patient/allergies", lambda n: {"patient": {"allergies": ["x"] * n}}, 200),
        ("/disease/sites", lambda n: {"disease": {"sites": ["bone"] * n}}, 50),
        ("/disease/her2_earlier", lambda n: {"disease": {"her2_earlier": [{"ihc": "1+"}] * n}}, 50),
        ("/access/unavailable", lambda n: {"access": {"unavailable": ["x"] * n}}, 500),
    ],
)
def test_a_list_has_a_bound(read, path, content, most):
    assert read({**MINIMAL, **content(most)})[1] == []
    texts = told(read, {**MINIMAL, **content(most + 1)})
    assert list(texts) == [path]
    assert str(most + 1) in texts[path]


def test_bounds_are_told_together_with_everything_else(read):
    history = [{**ENTRY, "ended": "x"}, *[ENTRY] * 100]
    texts = told(read, {**MINIMAL, "disease": {"tmb": 99999, "er": 1}, "history": history})
    assert texts.keys() == {"/disease/tmb", "/disease/er", "/history", "/history/0/ended"}


def test_of_very_many_problems_the_first_are_told_and_the_others_counted(read):
    profile, problems = read({**MINIMAL, "patient": {f"member{number}": 1 for number in range(5000)}})
    assert profile is None
    assert len(problems) == profiles.MOST_PROBLEMS + 1
    assert problems[-1].text.startswith(f"{5000 - profiles.MOST_PROBLEMS} more problems")


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ('{"schema": "nextline.profile/1", "\\ud800": 1}', "/\\ud800"),
        ('{"schema": "nextline.profile/1", "patient": {"allergies": ["x", "\\udc80"]}}', "/patient/allergies/1"),
        ('{"schema": "nextline.profile/1", "disease": {"er": "\\ud800"}}', "/disease/er"),
    ],
)
def test_half_a_character_is_told_with_its_place(read, content, path):
    assert list(told(read, content)) == [path]
    json.dumps([problem.to_plain() for problem in read(content)[1]], ensure_ascii=False).encode()


def test_a_whole_character_written_in_halves_is_text(read):
    assert read('{"schema": "nextline.profile/1", "patient": {"allergies": ["\\ud83d\\ude00"]}}')[1] == []


@pytest.mark.parametrize("depth", [30, 900, 100_000])
def test_deep_nesting_is_refused(depth):
    raw = ('{"a":' + "[" * depth + "]" * depth + "}").encode()
    with pytest.raises(Unreadable, match="nested"):
        tidy(parse(raw))


def test_a_member_that_stands_twice_among_very_many_is_named_at_once():
    members = ",".join(f'"a{number}":1' for number in range(60_000))
    with pytest.raises(Unreadable, match="'a59999' stands twice"):  # by a search of a list it took a minute
        parse(f'{{{members},"a59999":1}}'.encode())


def test_each_place_gets_one_problem_with_its_own_name(read):
    content = {
        **MINIMAL,
        "schema_": 1,
        "disease": {"tmb": "x", "grade": True, "sites": ["toe"]},
        "patient": {"one": 1, "5": 1, "conditions": {"ilds": 1}, "labs": None},
        "biomarkers": {"many": "x", "ESR1": {"result": "positive", "plain": 1}},
        "history": [{**ENTRY, "toxicity": {"event": "x", "many": 1}}],
    }
    texts = told(read, content)
    assert texts.keys() == {
        "/schema_",
        "/disease/grade",
        "/disease/tmb",
        "/disease/sites/0",
        "/patient/conditions/ilds",
        "/patient/labs",
        "/patient/one",
        "/patient/5",
        "/biomarkers/many",
        "/biomarkers/ESR1/plain",
        "/history/0/toxicity/many",
    }
    for path, text in texts.items():
        name = path.rpartition("/")[2]
        assert f"'{'sites' if name == '0' else name}'" in text
    assert "a condition" in texts["/patient/conditions/ilds"]
    assert "a biomarker" in texts["/biomarkers/many"]


@pytest.mark.parametrize("name", ["conditions", "labs", "ild_detail"])
def test_a_part_of_the_patient_is_an_object_or_left_out(name):
    content = {**MINIMAL, "patient": {name: None}}
    assert not VALIDATOR.is_valid(content)
    assert [problem.path for problem in profiles.validate(content)] == [f"/patient/{name}"]


class Maker:
    """Random documents along a JSON Schema: mostly right, with wrong values, members and lengths strewn in."""

    WRONG = (None, True, 0, 1, 1.0, 2.5, -1, "x", "", [], {}, [None], 1e9, "positive", "12", "y" * 81, {"one": 1})

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def make(self, schema, depth=0):
        pick = self.chance.choice
        if self.chance.random() < 0.04 and depth:
            return pick(self.WRONG)
        if "oneOf" in schema:
            return self.make(pick(schema["oneOf"]), depth)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return pick(schema["enum"])
        kind = schema["type"]
        return getattr(self, pick(kind) if isinstance(kind, list) else kind)(schema, depth)

    def object(self, schema, depth):
        rate = 0.25 if depth else 0.6
        required = schema.get("required", ())
        made = {
            name: self.make(inner, depth + 1)
            for name, inner in schema.get("properties", {}).items()
            if self.chance.random() < (0.98 if name in required else rate)
        }
        if "propertyNames" in schema:
            names = self.chance.sample([*schema["propertyNames"]["enum"], "XYZ", "many", "[key]"], 3)
            made |= {name: self.make(schema["additionalProperties"], depth + 1) for name in names}
        return made | ({self.chance.choice(("zzz", "one", "schema_")): 1} if self.chance.random() < 0.01 else {})

    def array(self, schema, depth):
        return [self.make(schema["items"], depth + 1) for _ in range(self.chance.choice((0, 1, 1, 2, 3, 11)))]

    def number(self, schema, _):
        low, high = schema.get("minimum", 0), schema.get("maximum", 100)
        return self.chance.choice((low, high, (low + high) // 2, float(low), low - 1, high + 1, (low + high) / 2))

    integer = number

    def string(self, schema, _):
        longest = schema.get("maxLength", 5)
        return self.chance.choice(("a", "letrozole", "2024-05", "2024-13", "a" * longest, "a" * (longest + 1), ""))

    def boolean(self, *_):
        return self.chance.random() < 0.5

    def null(self, *_):
        return None


def test_the_model_accepts_what_the_schema_accepts_in_random_documents():
    maker = Maker(20261125)
    found = {True: 0, False: 0}
    for _ in range(1500):
        document = maker.make(SCHEMA)
        right = VALIDATOR.is_valid(document)
        assert (profiles.validate(document) == []) == right, document
        found[right] += 1
    assert min(found.values()) > 100, found
