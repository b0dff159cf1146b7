"""The program's real output against the three schemas of the contract, and the profile model against its schema."""

import json
from pathlib import Path

import jsonschema
import pytest

from conftest import outside
from nextline_device.boundary import profiles
from nextline_device.export import export

HERE = Path(__file__).parent
SCHEMAS = {
    name: json.loads((HERE / "contract" / f"{name}.schema.json").read_text())
    for name in ("profile", "answer", "evidence")
}
ORIGINALS = outside("contract")
EXAMPLES = sorted((HERE.parent / "clinical" / "examples").glob("*.json"))
ODD = [
    {},
    {"schema": "nextline.profile/1"},
    {"schema": "nextline.profile/2"},
    {"schema": "nextline.profile/1", "name": "x"},
    {"schema": "nextline.profile/1", "patient": {"ecog": 5}},
    {"schema": "nextline.profile/1", "patient": {"ecog": 2.0}},
    {"schema": "nextline.profile/1", "patient": {"ecog": True}},
    {"schema": "nextline.profile/1", "patient": {"neuropathy_grade": True}},
    {"schema": "nextline.profile/1", "patient": {"neuropathy_grade": 1.0}},
    {"schema": "nextline.profile/1", "patient": {"frail": 1}},
    {"schema": "nextline.profile/1", "patient": None},
    {"schema": "nextline.profile/1", "disease": {"tmb": -1}},
    {"schema": "nextline.profile/1", "disease": {"her2_earlier": [{"ihc": None, "from": "primary"}]}},
    {"schema": "nextline.profile/1", "disease": {"sites": ["bone", "toe"]}},
    {"schema": "nextline.profile/1", "biomarkers": {"ESR1": {"result": None}}},
    {"schema": "nextline.profile/1", "biomarkers": {"ESR1": {"specimen": "tissue"}}},
    {"schema": "nextline.profile/1", "biomarkers": {"ESR1": [{"result": "vus", "tested": "2024-13"}]}},
    {"schema": "nextline.profile/1", "biomarkers": {"ESR1": []}},
    {"schema": "nextline.profile/1", "biomarkers": {"XYZ": "positive"}},
    {"schema": "nextline.profile/1", "history": [{"setting": "metastatic", "drugs": []}]},
    {"schema": "nextline.profile/1", "history": [{"setting": "metastatic", "drugs": ["x" * 81]}]},
    {
        "schema": "nextline.profile/1",
        "history": [{"setting": "adjuvant", "drugs": ["x"], "toxicity": [{"event": "rash", "grade": 3}], "months": 0}],
    },
    {"schema": "nextline.profile/1", "history": [{"setting": "adjuvant", "drugs": ["x"], "toxicity": [{"grade": 3}]}]},
    {"schema": "nextline.profile/1", "access": {"unavailable": None}},
    {"schema": "nextline.profile/1", "next_line": 0},
]


@pytest.mark.skipif(not ORIGINALS.exists(), reason="the contract itself is not at hand; its copy is used")
def test_the_copies_of_the_schemas_are_true():
    assert {name: json.loads((ORIGINALS / f"{name}.schema.json").read_text()) for name in SCHEMAS} == SCHEMAS


def profile_of(path):
    return json.loads(path.read_text())["profile"]


@pytest.mark.parametrize("profile", [*map(profile_of, EXAMPLES), *ODD], ids=lambda p: str(p)[:60])
def test_the_profile_model_accepts_what_the_schema_accepts(profile):
    by_schema = jsonschema.Draft202012Validator(SCHEMAS["profile"]).is_valid(profile)
    assert (profiles.validate(profile) == []) == by_schema


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_answers_fit_the_contract(path, engine):
    answer = engine.ask(profile_of(path))
    jsonschema.validate(answer, SCHEMAS["answer"])
    assert [o["rank"] for o in answer["options"]] == list(range(1, len(answer["options"]) + 1))
    for option in answer["options"]:
        assert (option["needs"] == []) == (option["status"] == "applies")
    assert sum(flag["severity"] == "urgent" for flag in answer["flags"]) <= 1


@pytest.fixture(scope="module")
def exported(engine):
    return export(engine.store)


def test_the_export_fits_the_contract(exported):
    jsonschema.validate(exported, SCHEMAS["evidence"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_id_an_answer_cites_is_in_the_export(path, engine, exported):
    known = {kind: {row["id"] for row in exported[kind]} for kind in exported if isinstance(exported[kind], list)}
    claims = (
        known["results"]
        | known["adverse_events"]
        | known["statements"]
        | known["approvals"]
        | known["safety"]
        | known["mechanisms"]
    )
    answer = engine.ask(profile_of(path))
    cited = [c for option in answer["options"] for c in option["evidence"]] + answer["outlook"]
    assert {c["result"] for c in cited if c["result"]} <= known["results"]
    assert {c["statement"] for c in cited if c["statement"]} <= claims
    assert {c["study"] for c in cited if c["study"]} <= known["studies"]
    assert {r for c in cited for r in c["references"]} <= known["references"] | known["sources"]
    bases = [b for o in answer["options"] for c in o["cautions"] for b in c["bases"]]
    bases += [b for part in ("flags", "tests", "ruled_out") for row in answer[part] for b in row["bases"]]
    assert set(bases) <= claims
    assert set(answer["conflicts"]) <= known["conflicts"]
    assert {r for o in answer["options"] for r in o["rules"]} <= known["rules"]


def test_the_same_question_gives_the_same_bytes(engine, store_path):
    from nextline_device.engine import start

    for path in EXAMPLES:
        profile = profile_of(path)
        assert json.dumps(engine.ask(profile)) == json.dumps(start(store_path).ask(profile))
