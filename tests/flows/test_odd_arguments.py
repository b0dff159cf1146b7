"""Command lines that are odd but possible: every one ends with its status and one sentence, never with a traceback."""

import json
import os
import shutil
import sqlite3
from datetime import date

import pytest

from conftest import ROOT
from nextline_db import sealed
from nextline_db.store import StoreError, open_store
from nextline_device.engine import start

EXAMPLE = ROOT / "device" / "examples" / "second-line-esr1.json"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("evidence", "show", "\udcff"), b"is not UTF-8"),
        (("search", "\udcff"), b"is not UTF-8"),
        (("explain", EXAMPLE, "\udcff"), b"is not UTF-8"),
        (("search", "x", "--limit", "9" * 20), b"from 1 to 1000"),
        (("search", "x", "--limit", "0"), b"from 1 to 1000"),
        (("ask", EXAMPLE, "--today", "2026-W48"), b"is no day"),
        (("ask", EXAMPLE, "--today", "20261125"), b"is no day"),
        (("ask", EXAMPLE, "--today", "2026-02-30"), b"is no day"),
        (("ask", EXAMPLE, "\x1b[2J", "--\x1b[2J"), b"\\u001b[2J"),
    ],
)
def test_an_argument_that_cannot_be_is_status_2(nextline, arguments, said):
    found = nextline(*arguments)
    assert (found.returncode, found.stdout) == (2, b"")
    assert said in found.stderr
    assert b"\x1b" not in found.stderr
    assert b"Traceback" not in found.stderr


@pytest.mark.parametrize(("day", "code"), [("2020-01-01", "evidence_age_unknown"), ("2031-01-01", "evidence_stale")])
def test_a_day_that_says_nothing_good_of_the_evidence_is_told_before_what_is_only_good_to_know(engine, day, code):
    flags = engine.ask(json.loads(EXAMPLE.read_text()), date.fromisoformat(day))["flags"]
    order = [("urgent", "warning", "info").index(flag["severity"]) for flag in flags]
    assert order == sorted(order)
    (told,) = [flag for flag in flags if flag["code"] == code]
    assert (told["severity"], day in told["text"], order[-1]) == ("warning", True, 2)


def test_the_version_goes_by_the_store_wherever_that_is_named(nextline, tmp_path):
    assert nextline("--version", "--store", tmp_path / "none").returncode == 3
    missing = nextline("--store", tmp_path / "none", "--version")
    assert (missing.returncode, missing.stderr.count(b"\n")) == (3, 1)
    assert missing.stdout.startswith(b"nextline 0.")


def test_a_store_of_any_name_is_opened(store_path, tmp_path):
    path = tmp_path / os.fsdecode(b"\xff?#%.sqlite")
    shutil.copy(store_path, path)
    assert start(path).store.proven.size == store_path.stat().st_size


def test_a_pipe_or_a_device_is_no_store(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(StoreError, match="not an evidence store"):
            open_store(path)


def test_a_file_larger_than_any_store_is_not_read(tmp_path):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(StoreError, match="not an evidence store"):
        open_store(tmp_path / "large")


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE engine",
        "DELETE FROM engine WHERE name = 'rules'",
        "UPDATE engine SET data = '[]' WHERE name = 'table'",
        "DELETE FROM meta WHERE name = 'version'",
        "UPDATE meta SET value = 'soon' WHERE name = 'stale_after_days'",
    ],
)
def test_an_incomplete_store_with_a_true_digest_is_status_3(nextline, store_path, tmp_path, change):
    path = tmp_path / "evidence.sqlite"
    shutil.copy(store_path, path)
    with sqlite3.connect(path) as connection:
        connection.execute(change)
        connection.execute("UPDATE meta SET value = ? WHERE name = 'digest'", (sealed.PLACEHOLDER,))
    connection.close()
    sealed.seal(path)
    found = nextline("ask", EXAMPLE, store=path)
    assert (found.returncode, found.stdout, found.stderr.count(b"\n")) == (3, b"", 1)


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, "x = " + "9" * 5000, "region = true"])
def test_a_site_file_beyond_all_bounds_is_status_2(nextline, tmp_path, text):
    (tmp_path / "site.toml").write_text(text)
    found = nextline("--site", tmp_path / "site.toml", "ask", EXAMPLE)
    assert (found.returncode, found.stdout, found.stderr.count(b"\n")) == (2, b"", 1)


def test_replay_takes_the_options_that_belong_to_the_stamp(nextline, tmp_path):
    (tmp_path / "site.toml").write_text('region = "EU"')
    options = ("--today", "2026-12-01", "--prefer", "tablets", "--what-if", "--site", tmp_path / "site.toml")
    asked = nextline("ask", EXAMPLE, "--format", "json", *options).stdout
    stamp = json.loads(asked)["stamp"]
    assert nextline("replay", stamp, EXAMPLE, *options).stdout == asked
    without = nextline("replay", stamp, EXAMPLE)
    assert (without.returncode, without.stdout) == (2, b"")
    assert b"--site, --today, --prefer and --what-if" in without.stderr


def test_explain_goes_by_the_site(nextline, tmp_path):
    (tmp_path / "site.toml").write_text('[formulary]\nunavailable = ["elacestrant"]')
    here = nextline("explain", EXAMPLE, "elacestrant", "--site", tmp_path / "site.toml")
    assert here.returncode == 0
    assert b"'unavailable'" in here.stdout
    assert b"'unavailable'" not in nextline("explain", EXAMPLE, "elacestrant").stdout
