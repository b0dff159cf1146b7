"""The store: the same bytes from the same files, and nothing answered from a damaged one."""

import json
import os
import random
import sqlite3
import subprocess
import sys

import pytest

from conftest import ROOT
from nextline_db import sealed
from nextline_db.gather import gather
from nextline_db.load import KINDS
from nextline_db.store import StoreError, open_store


def test_a_build_of_another_process_with_other_hashes_is_byte_for_byte_the_same(store_path, tmp_path):
    subprocess.run(
        [sys.executable, "-m", "nextline_db.build", "--db", ROOT / "db", "--out", tmp_path / "again.sqlite"],
        env={**os.environ, "PYTHONHASHSEED": "20261125"},
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=120,
    )
    assert (tmp_path / "again.sqlite").read_bytes() == store_path.read_bytes()


def test_the_digest_is_inside_and_true(store_path):
    assert sealed.verify(store_path.read_bytes()) == open_store(store_path).proven.digest


def test_a_thousand_flipped_bytes_are_noticed(store_path):
    raw = bytearray(store_path.read_bytes())
    chance = random.Random(20261125)
    assert sealed.verify(raw)
    for _ in range(1000):
        place = chance.randrange(len(raw))
        bit = 1 << chance.randrange(8)
        raw[place] ^= bit
        assert sealed.verify(raw) is None
        raw[place] ^= bit


@pytest.mark.parametrize("damage", ["missing", "empty", "truncated", "garbage", "schema", "directory"])
def test_a_store_that_is_not_sound_is_refused_with_what_to_do(damage, store_path, tmp_path):
    path = tmp_path / "evidence.sqlite"
    raw = store_path.read_bytes()
    if damage == "directory":
        path.mkdir()
    elif damage == "schema":
        path.write_bytes(raw)
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
            connection.execute("UPDATE meta SET value = ? WHERE name = 'digest'", (sealed.PLACEHOLDER,))
        connection.close()
        sealed.seal(path)
    elif damage != "missing":
        path.write_bytes({"empty": b"", "truncated": raw[: len(raw) // 2], "garbage": b"not a store" * 1000}[damage])
    with pytest.raises(StoreError, match=r"(?i)install|build|check"):
        open_store(path)


def test_the_store_cannot_be_written(store_path):
    store = open_store(store_path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._connection.execute("DELETE FROM record")


def test_records_are_found_by_id_and_study(engine):
    kind, record = engine.store.record("emerald.mpfs.esr1m.s002")
    assert (kind, record["value"], record["comparator_value"], record["hr"], record["hr_ci"], record["p"]) == (
        "results",
        3.8,
        1.9,
        0.55,
        [0.39, 0.77],
        "0.0005",
    )
    assert record["id"] in {row["id"] for row in engine.store.of_study("results", "emerald")}
    assert engine.store.record("no-such-record") is None


def test_what_stands_behind_records_is_what_they_give_one_by_one(engine):
    store, book = engine.store, engine.book
    for option in ("elacestrant", "trastuzumab_deruxtecan"):
        cited = list(dict.fromkeys(i for number in book.offers[option] for i in book.rules[number].cites))
        studies = {book.citations[i].study for i in cited if book.citations[i].study}
        found = store.evidence([*cited, *studies])
        assert all(store.record(identifier) == held for identifier, held in found.items())
        records = [record for _, record in found.values()]
        named = [*cited, *studies, *(r.get("source") for r in records)]
        named += [i for r in records for member in ("references", "conflicts") for i in r.get(member) or ()]
        named += [side["source"] for r in records for side in r.get("sides") or ()]
        events = [row["id"] for study in studies for row in store.of_study("adverse_events", study)]
        assert events
        assert {i for i in (*named, *events) if i} == found.keys()
    assert store.evidence([]) == store.evidence(["no-such-record"]) == {}


def test_what_a_row_leaves_out_is_read_as_it_was_written(engine):
    curated = gather(ROOT / "db").corpus
    for kind in KINDS:
        written = {record.id: record.model_dump(mode="json", exclude={"note"}) for record in getattr(curated, kind)}
        read = {record["id"]: json.loads(json.dumps(record)) for record in engine.store.records(kind)}
        assert read.keys() == written.keys()
        for identifier, record in written.items():
            assert {name: read[identifier][name] for name in record} == record
