"""What a curator can get wrong, each refused with file, line and record."""

import textwrap

import pytest
from data import small

from conftest import ROOT, outside
from nextline_db import checks, founding, load, yamlfile
from nextline_db.validated import Faults

HEAD = small.HEAD + "  - {id: some_class, name: some class}\n"
GOOD = {
    "id": "trial.mpfs",
    "study": "trial",
    "endpoint": "mPFS",
    "value": 3.8,
    "comparator_value": 1.9,
    "unit": "months",
    "hr": 0.55,
    "hr_ci": "[0.39, 0.77]",
    "source": "s900",
    "lines": "[2, 2]",
    "verification": "source_text",
}


def faults(tmp_path, body):
    """Everything the loader and the checks say about a corpus of two small files."""
    folder = tmp_path / "evidence"
    (folder / "founding").mkdir(parents=True)
    text = tmp_path / "s900.txt"
    text.write_text("Title\nPFS 3.8 v 1.9 months (HR 0.55, 95% CI 0.39 to 0.77)\nn was 1,545 or 130%\n")
    founding.save(founding.fingerprint("s900", text), folder / "founding")
    (folder / "head.yaml").write_text(HEAD)
    (folder / "body.yaml").write_text(textwrap.dedent(body))
    found = Faults()
    corpus = load.read(tmp_path, found)
    return [str(p) for p in {*found.problems, *checks.run(corpus)}]


def result(**changes):
    members = {k: v for k, v in (GOOD | changes).items() if v is not None}
    return "results:\n  - {" + ", ".join(f"{k}: {v}" for k, v in members.items()) + "}\n"


def test_a_good_record_passes(tmp_path):
    assert faults(tmp_path, result()) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (result(vale=3), "body.yaml:2: trial.mpfs: vale: Extra inputs are not permitted"),
        (result(value="'3.8'"), "value"),
        (result(unit="month"), "unit 'month' is not one of"),
        (
            result(value=130, comparator_value=None, unit="percent", hr=None, hr_ci=None, lines="[3, 3]"),
            "130 percent is out of range",
        ),
        (result(hr=0.9, lines="[2, 3]"), "does not hold hr 0.9"),
        (result(hr_ci="[0.77, 0.39]"), "runs from 0.77 down to 0.39"),
        (result(value=3.9), "not printed on s900 lines 2-2: 3.9"),
        (result(lines="[3, 3]"), "not printed on s900 lines 3-3"),
        (result(n=1545, lines="[2, 2]"), "1545"),
        (result(lines=None), "needs its lines"),
        (result(lines="[2, 99]"), "are not in s900"),
        (result(source="web"), "is no founding text, but lines are given"),
        (result(source="nowhere"), "source names 'nowhere'"),
        (result(study="other"), "study names 'other'"),
        (result(references="[r1]"), "references names 'r1'"),
        (result(conflicts="[c1]"), "conflicts names 'c1'"),
        (result() + result()[len("results:\n") :], "is taken by evidence/body.yaml:2"),
        ("drugs:\n  - {id: d, name: d, classes: [no_class]}\n", "classes names 'no_class'"),
        (
            "safety:\n  - {id: s, drug: nodrug, kind: caution, text: x, source: web, verification: news}\n",
            "drug names 'nodrug'",
        ),
        ("results:\n  - id: a\n    id: b\n", "body.yaml:3: the key 'id' stands twice"),
        ("results: [\n", "not readable as YAML"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, body, said):
    found = faults(tmp_path, body)
    assert any(said in fault for fault in found), found
    assert all(fault.startswith("evidence/") for fault in found)


def test_all_faults_are_told_at_once(tmp_path):
    assert len(faults(tmp_path, result(value=3.9, unit="month", study="other"))) == 3


def test_a_number_with_a_thousands_comma_is_found(tmp_path):
    assert (
        faults(
            tmp_path, result(value=None, comparator_value=None, unit=None, hr=None, hr_ci=None, n=1545, lines="[3, 3]")
        )
        == []
    )


def test_yaml_keeps_dates_and_no_as_typed(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("day: 2026-11-25\nanswer: no\nflag: true\n")
    assert yamlfile.read(path, tmp_path).data == {"day": "2026-11-25", "answer": "no", "flag": True}


TEXTS = outside("sources")


@pytest.mark.skipif(not TEXTS.exists(), reason="the founding texts are not at hand; their fingerprints are used")
@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda p: p.name[:3])
def test_the_fingerprints_are_those_of_the_texts(path):
    committed = founding.load(ROOT / "db" / "evidence" / "founding")["s" + path.name[:3]]
    assert founding.fingerprint(committed.source, path) == committed


@pytest.mark.skipif(not TEXTS.exists(), reason="the founding texts are not at hand; their fingerprints are used")
def test_printed_clauses_stand_in_the_cited_lines_word_for_word(corpus):
    texts = {f"s{p.name[:3]}": p.read_text(encoding="utf-8").split("\n") for p in TEXTS.glob("*.txt")}
    wrong = []
    for record in (*corpus.results, *corpus.adverse_events):
        if record.as_printed and record.source in texts:
            spans = [s for s in (record.lines, record.also_lines) if s]
            cited = " ".join(founding.squeeze(" ".join(texts[record.source][a - 1 : b])) for a, b in spans)
            if founding.squeeze(record.as_printed) not in cited:
                wrong.append(f"{record.id}: {record.as_printed}")
    assert wrong == []
