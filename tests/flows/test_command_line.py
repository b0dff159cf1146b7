"""The program as a user starts it: a process, its output, its complaints and its exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

EXAMPLE = ROOT / "device" / "examples" / "second-line-esr1.json"
MINIMAL = {"schema": "nextline.profile/1"}


@pytest.fixture
def file(tmp_path):
    def write(content, name="profile.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def test_answers_as_text(nextline):
    done = nextline("ask", EXAMPLE)
    text = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert "HR+/HER2-, line 2" in text
    assert "Elacestrant" in text
    assert "HR 0.55" in text
    assert "a clinician decides" in text


def test_answers_as_json_from_standard_input(nextline):
    done = nextline("ask", "-", "--format", "json", stdin=EXAMPLE.read_bytes())
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["schema"], answer["subtype"], answer["line"]) == (
        0,
        "nextline.answer/1",
        "HR+/HER2-",
        2,
    )


def test_several_files_give_json_lines_in_their_order_and_the_highest_status(nextline, file, tmp_path):
    bad = file({"schema": "nextline.profile/1", "disease": {"her2": "low", "her2_ihc": "3+"}})
    done = nextline("ask", EXAMPLE, bad, tmp_path / "missing.json", EXAMPLE, "--format", "json")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [bool(a["problems"]) for a in answers] == [False, True, True, False]
    assert answers[0] == answers[3]
    assert done.returncode == 2


def test_the_same_question_gives_the_same_bytes(nextline):
    assert nextline("ask", EXAMPLE, "--format", "json").stdout == nextline("ask", EXAMPLE, "--format", "json").stdout


BAD = {
    "wrong JSON": (b'{"schema": "nextline.profile/1",', "not JSON"),
    "an empty file": (b"", "empty"),
    "10 MB": (b" " * 10_000_000 + b"{}", "larger than 1 MB"),
    "a list": (b"[]", "not a list"),
    "not UTF-8": (b"\xff\xfe\x00", "UTF-8"),
    "a member twice": (b'{"schema": "nextline.profile/1", "next_line": 1, "next_line": 2}', "stands twice"),
    "not a number": (b'{"schema": "nextline.profile/1", "next_line": NaN}', "NaN"),
    "nested too deeply": (b"[" * 100_000, "nested"),
    "an unknown member": ({**MINIMAL, "patient": {"name": "x"}}, "'name' is not a member"),
    "no schema": ({}, "'schema' is missing"),
    "number out of range": ({**MINIMAL, "disease": {"er_percent": 180}}, "/disease/er_percent"),
    "HER2 IHC 3+ with class low": ({**MINIMAL, "disease": {"her2": "low", "her2_ihc": "3+"}}, "IHC 3+"),
    "line 1 with prior metastatic therapy": (
        {
            **MINIMAL,
            "next_line": 1,
            "history": [{"setting": "metastatic", "drugs": ["letrozole"], "ended": "progression"}],
        },
        "/next_line",
    ),
    "male and premenopausal": ({**MINIMAL, "patient": {"sex": "male", "menopausal": "pre"}}, "premenopausal"),
    "TNBC with ER 80 percent": (
        {**MINIMAL, "disease": {"hr": "negative", "her2": "zero", "er_percent": 80}},
        "/disease/hr",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_a_clear_sentence_and_status_2(case, nextline, file):
    content, said = BAD[case]
    path = file(content)
    done = nextline("ask", path)
    complaint = done.stderr.decode()
    assert done.returncode == 2
    assert said in complaint
    assert "Traceback" not in complaint
    assert done.stdout == b""


def test_bad_input_gets_its_problems_and_no_options_as_json(nextline, file):
    paths = [file(content, f"{place}.json") for place, (content, _) in enumerate(BAD.values())]
    answers = [json.loads(line) for line in nextline("ask", *paths, "--format", "json").stdout.splitlines()]
    for case, answer in zip(BAD, answers, strict=True):
        assert answer["options"] == [], case
        assert any(p["blocking"] and p["remedy"] for p in answer["problems"]), case


def test_all_problems_are_told_at_once(nextline, file):
    path = file({**MINIMAL, "disease": {"er_percent": 180, "her2": "lo"}, "patient": {"ecog": 9, "nmae": "x"}})
    complaint = nextline("ask", path).stderr.decode()
    assert complaint.count("nextline: ") == 4
    for place in ("/disease/er_percent", "/disease/her2", "/patient/ecog", "/patient/nmae"):
        assert place in complaint


@pytest.mark.parametrize("name", [".", "no-such-file.json"])
def test_what_cannot_be_read_is_status_2(name, nextline):
    done = nextline("ask", name)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_drug_nobody_knows_is_kept_and_flagged(nextline, file):
    path = file(
        {
            **MINIMAL,
            "disease": {"er": "positive", "her2": "zero"},
            "history": [{"setting": "metastatic", "drugs": ["miraculumab"], "ended": "progression"}],
        }
    )
    done = nextline("ask", path, "--format", "json")
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert [(p["path"], p["blocking"]) for p in answer["problems"]] == [("/history/0/drugs/0", False)]
    assert "miraculumab" in answer["problems"][0]["text"]


@pytest.mark.parametrize("damage", ["missing", "flipped", "other"])
def test_a_store_that_is_not_sound_is_status_3(damage, nextline, store_path, tmp_path):
    path = tmp_path / "evidence.sqlite"
    raw = bytearray(store_path.read_bytes())
    raw[len(raw) // 2] ^= 1
    if damage != "missing":
        path.write_bytes(raw if damage == "flipped" else b"something else")
    for arguments in (("ask", EXAMPLE), ("evidence", "export"), ("doctor",)):
        done = nextline(*arguments, store=path)
        assert (done.returncode, done.stdout) == (3, b"")
        assert b"nextline: " in done.stderr
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("ask",), ("answer",), ("ask", EXAMPLE, "--format", "xml"), ("evidence",)])
def test_usage_errors_are_status_2(arguments, nextline):
    done = nextline(*arguments)
    assert done.returncode == 2
    assert b"usage: nextline" in done.stderr


def test_evidence_can_be_exported_and_shown(nextline):
    exported = json.loads(nextline("evidence", "export").stdout)
    assert exported["schema"] == "nextline.evidence/1"
    shown = json.loads(nextline("evidence", "show", "emerald.mpfs.esr1m.s002").stdout)
    assert shown["record"]["hr"] == 0.55
    assert shown["source"]["kind"] == "patient_guide"
    nothing = nextline("evidence", "show", "nothing")
    assert (nothing.returncode, nothing.stdout) == (2, b"")


def test_doctor_and_version(nextline):
    report = nextline("doctor")
    assert report.returncode == 0
    assert b"self-test: passed" in report.stdout
    assert nextline("--version").stdout.startswith(b"nextline 0.")


def test_without_a_terminal_the_screen_is_not_opened(nextline):
    done = nextline()
    assert done.returncode == 2
    assert b"no terminal" in done.stderr


def test_nothing_is_written_anywhere(nextline, tmp_path, monkeypatch):
    """Answering leaves no file behind: not in the working folder, not in the home folder, not in the temporary one."""
    for name in ("home", "tmp", "work"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path / "work")
    assert nextline("ask", EXAMPLE).returncode == 0
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_status_4_and_said_in_one_sentence(store_path):
    with Path("/dev/full").open("wb") as full:
        found = subprocess.run(
            [sys.executable, "-m", "nextline_device", "ask", str(EXAMPLE)],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "NEXTLINE_STORE": str(store_path)},
            timeout=60,
        )
    assert (found.returncode, found.stderr.count(b"\n")) == (4, 1)
    assert b"could not be written" in found.stderr


def test_closed_input_is_status_2(store_path):
    found = subprocess.run(
        ["sh", "-c", '"$0" -m nextline_device ask - <&-', sys.executable],
        capture_output=True,
        env={**os.environ, "NEXTLINE_STORE": str(store_path)},
        timeout=60,
    )
    assert (found.returncode, found.stderr) == (
        2,
        b"nextline: -: /: Standard input is closed. Name a JSON file, or send one in.\n",
    )
