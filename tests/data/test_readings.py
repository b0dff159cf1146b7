"""The ledger of readings: a record counts as read only as it stands, and the build wants both readings."""

import shutil

import pytest

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


def test_a_file_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"no clinical records in evidence/nowhere\.yaml"):
        readings.enter(ROOT / "db", "first", "2026-12-01", ["nowhere.yaml"])


def test_an_answer_says_how_much_is_signed(store_path):
    from nextline_device.engine import start
    from nextline_device.plain import render

    engine = start(store_path)
    text = render(engine.ask({"schema": "nextline.profile/1"}), engine.store, engine.book.catalogue)
    assert "clinical records read twice, 0 signed by a clinician." in text


def test_the_store_tells_how_much_was_read_and_signed(store_path, corpus):
    total, twice, signed = open_store(store_path).readings()
    assert (total, twice, signed) == (sum(kind in readings.CLINICAL for kind, _ in corpus.records()), total, 0)
