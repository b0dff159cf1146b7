"""The ledger of readings: a record counts as read only as it stands, and the build wants both readings."""

import shutil

import pytest
from data import small

from conftest import ROOT
from nextline_db import build, readings
from nextline_db.load import load
from nextline_db.problems import CurationError
from nextline_db.store import open_store
from nextline_db.validated import Faults


@pytest.fixture
def changed(corpus, tmp_path):
    """A copy of the curated files with one figure changed: the folder, the record's id, and its file."""
    shutil.copytree(ROOT / "db", tmp_path / "db", ignore=shutil.ignore_patterns("*.sqlite", "__pycache__"))
    result = next(r for r in corpus.results if r.hr is not None and r.record_status == "active")
    place = tmp_path / "db" / corpus.places["results", result.id].file
    text = place.read_text()
    start = text.index(f"id: {result.id}")
    place.write_text(text[:start] + text[start:].replace(f"hr: {result.hr}", "hr: 0.99", 1))
    return tmp_path / "db", result.id, place


def test_every_clinical_record_was_read_twice_as_it_stands(corpus):
    assert readings.check(corpus, readings.both(corpus, ROOT / "db", Faults())) == []


def test_a_changed_figure_voids_both_readings_and_no_store_is_built(changed, tmp_path):
    db, record, _ = changed
    corpus = load(db)
    assert next(r for r in corpus.results if r.id == record).hr == 0.99
    problems = readings.check(corpus, readings.both(corpus, db, Faults()))
    assert [problem.record for problem in problems] == [record]
    assert "first and second reading" in problems[0].text
    with pytest.raises(CurationError):
        build.build(db, tmp_path / "out.sqlite")
    assert not (tmp_path / "out.sqlite").exists()


def test_entering_a_file_reads_its_records_again_and_no_others(changed):
    db, record, place = changed
    name = str(place.relative_to(db / "evidence"))
    before = readings.load_ledger(db, "second")
    readings.enter(db, "second", "2026-12-01", [name])
    corpus = load(db)
    assert readings.valid(corpus, readings.load_ledger(db, "second"))["results", record] == "2026-12-01"
    assert [p.text for p in readings.check(corpus, readings.both(corpus, db, Faults()))] == [
        "lacks its first reading, or was changed since"
    ]
    after = readings.load_ledger(db, "second")
    others = {key for key in before if corpus.places[key].file != f"evidence/{name}"}
    assert {key: before[key] for key in others} == {key: after[key] for key in others}


def test_a_record_is_entered_by_its_id_and_no_other_with_it(tmp_path):
    db = small.write(tmp_path / "db")
    arguments = ["--db", str(db), "enter", "--pass", "first", "--date", "2026-12-01", "--record"]
    assert readings.main([*arguments, "trial.mpfs", "page.pill"]) == 0
    days = {identifier: entry.day for (_, identifier), entry in readings.load_ledger(db, "first").items()}
    assert days == {"trial.mpfs": "2026-12-01", "page.pill": "2026-12-01", "trial.mpfs.older": "2026-11-25"}
    assert {entry.day for entry in readings.load_ledger(db, "second").values()} == {"2026-11-25"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--date", "banana", "--record", "trial.mpfs"], "'banana' is no day; write it as 2026-11-25"),
        (["--date", "", "--record", "trial.mpfs"], "'' is no day"),
        (["--date", "2026-02-30", "--record", "trial.mpfs"], "'2026-02-30' is no day"),
        (["--date", "2026-02", "--record", "trial.mpfs"], "'2026-02' is no day"),
        (["--date", "2026-12-01", "--record", "trial.mpfz"], "no clinical records in trial.mpfz"),
        (["--date", "2026-12-01", "--record", "letrozole"], "no clinical records in letrozole"),
        (["--date", "2026-12-01", "--file", "nowhere.yaml"], "no clinical records in evidence/nowhere.yaml"),
        (["--date", "2026-12-01"], "name the records that were read, or a file"),
    ],
)
def test_what_cannot_be_entered_leaves_the_ledger_as_it_was(tmp_path, capsys, arguments, said):
    db = small.write(tmp_path / "db")
    before = (db / "readings" / "first.tsv").read_bytes()
    assert readings.main(["--db", str(db), "enter", "--pass", "first", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert (db / "readings" / "first.tsv").read_bytes() == before


def test_the_state_of_both_ledgers(tmp_path, capsys):
    db = small.write(tmp_path / "db")
    small.spoil(db, "evidence/trial.yaml", "The pill works.", "The pill works well.")
    assert readings.main(["--db", str(db), "state"]) == 0
    assert capsys.readouterr().out == "first: 2 of 3\nsecond: 2 of 3\n"


def test_an_answer_says_how_much_is_signed(store_path):
    from nextline_device.engine import start
    from nextline_device.plain import render

    engine = start(store_path)
    text = render(engine.ask({"schema": "nextline.profile/1"}), engine.store, engine.book)
    assert "clinical records read twice, 0 signed by a clinician." in text


def test_the_store_tells_how_much_was_read_and_signed(store_path, corpus):
    total, twice, signed = open_store(store_path).readings()
    assert (total, twice, signed) == (sum(kind in readings.CLINICAL for kind, _ in corpus.records()), total, 0)
