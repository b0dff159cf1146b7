"""What can be asked beside the answer: what would change it, why an option stands, the same again, another site."""

import functools
import json
from datetime import date

import pytest

from conftest import ROOT
from nextline_core.whatif import with_value

EXAMPLE = ROOT / "device" / "examples" / "second-line-esr1.json"
PROFILE = json.loads(EXAMPLE.read_text())


@pytest.fixture
def told(nextline):
    """Runs the program and gives its output as text."""
    return functools.partial(nextline, text=True)


def first(answer):
    return next(
        (
            o["id"]
            for o in answer["options"]
            if o["status"] == "applies" and o["band"] not in ("unavailable", "supportive")
        ),
        None,
    )


def test_every_announced_change_is_the_answer_to_the_changed_profile(engine):
    rows = engine.ask(PROFILE, what_if=True)["what_if"]
    assert len(rows) > 5
    before = {o["id"] for o in engine.ask(PROFILE)["options"]}
    for row in rows:
        after = engine.ask(with_value(PROFILE, row["fact"], row["value"]))
        assert first(after) == row["first"], row
        assert sorted(before - {o["id"] for o in after["options"]}) == row["lost"], row


def test_the_most_consequential_change_leads(engine):
    answer = engine.ask(PROFILE, what_if=True)
    changes_first = [row["first"] != first(answer) for row in answer["what_if"]]
    assert changes_first == sorted(changes_first, reverse=True)


def test_what_a_test_gains_and_loses_is_what_its_result_does(engine):
    answer = engine.ask(PROFILE)
    row = next(t for t in answer["tests"] if t["fact"] == "biomarkers.PIK3CA")
    before = {o["id"]: o["status"] for o in answer["options"]}
    for result, delta in (("positive", row["if_positive"]), ("negative", row["if_negative"])):
        after = engine.ask(with_value(PROFILE, "biomarkers.PIK3CA", result))
        now = {o["id"]: o["status"] for o in after["options"]}
        assert delta["first"] == first(after)
        assert sorted(set(before) - set(now)) == delta["lost"]
        applied = [o for o in now if now[o] == "applies" and before.get(o) != "applies"]
        assert sorted(applied) == sorted(delta["gained"])


def test_look_ahead_is_the_answer_after_the_option_failed(engine):
    option = engine.ask(PROFILE)["options"][0]
    after = json.loads(json.dumps(PROFILE))
    after["next_line"] = 3
    after["history"].append(
        {"setting": "metastatic", "line": 2, "drugs": option["drugs"], "months_since_end": 0, "ended": "progression"}
    )
    now = {o["id"]: o["status"] for o in engine.ask(after)["options"]}
    assert option["leaves"]
    for edge in option["leaves"]:
        assert (edge["option"] in now) == (edge["effect"] != "burns"), edge
        assert edge["bases"]
    assert option["id"] not in now


def test_explain_names_what_held_failed_and_is_not_known(told):
    text = told("explain", EXAMPLE, "capivasertib_fulvestrant").stdout
    assert "it is possible" in text
    assert "PIK3CA is positive (not known)" in text
    assert "carried by capitello-291" in text
    wrong = told("explain", EXAMPLE, "elacestrent")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "elacestrant" in wrong.stderr


def test_a_stamp_replays_to_the_same_bytes_or_says_what_is_missing(told, tmp_path):
    asked = told("ask", EXAMPLE, "--format", "json").stdout
    stamp = json.loads(asked)["stamp"]
    assert told("replay", stamp, EXAMPLE).stdout == asked
    other = tmp_path / "other.json"
    other.write_text(json.dumps(with_value(PROFILE, "patient.ecog", 2)))
    assert "another profile" in told("replay", stamp, other).stderr
    version, digest, engine_version, rest = stamp.split(":", 3)
    newer = told("replay", f"2031.1.1:{digest}:{engine_version}:{rest}", EXAMPLE)
    assert (newer.returncode, "needs evidence 2031.1.1" in newer.stderr) == (3, True)
    assert "needs engine 9.9" in told("replay", f"{version}:{digest}:9.9:{rest}", EXAMPLE).stderr
    assert told("replay", "nonsense", EXAMPLE).returncode == 2


def test_without_a_day_nothing_depends_on_the_clock_and_with_one_old_evidence_is_told(engine):
    assert engine.ask(PROFILE)["as_of"] is None
    soon, late = engine.ask(PROFILE, date(2026, 12, 1)), engine.ask(PROFILE, date(2028, 1, 1))
    assert soon["as_of"] == "2026-12-01"
    assert [a for a in soon["flags"] if a["code"] == "evidence_stale"] == []
    (stale,) = [a for a in late["flags"] if a["code"] == "evidence_stale"]
    assert "2026-11-20" in stale["text"]


SITE = """
region = "US"
[formulary]
unavailable = ["Orserdu"]
[tests."biomarkers.PIK3CA"]
days = 10
cost = "120 EUR"
"""


def test_a_site_moves_what_it_lacks_below_and_changes_no_other_band(told, tmp_path):
    site = tmp_path / "site.toml"
    site.write_text(SITE)
    here = json.loads(told("ask", EXAMPLE, "--site", site, "--format", "json").stdout)
    anywhere = json.loads(told("ask", EXAMPLE, "--format", "json").stdout)
    bands = [{o["id"]: o["band"] for o in answer["options"]} for answer in (here, anywhere)]
    assert {o for o in bands[0] if bands[0][o] != bands[1][o]} == {"elacestrant"}
    lost = next(o for o in here["options"] if o["id"] == "elacestrant")
    assert (lost["band"], "preferred" in lost["lost"]) == ("unavailable", True)
    assert any("10 days, 120 EUR" in t["text"] for t in here["tests"])
    assert here["site_digest"]
    assert anywhere["site_digest"] is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("region = 'Mars'", "region"),
        ("[formulary]\nunavailable = ['elacestrent']", "'elacestrent' is no drug"),
        ("[tests.'biomarkers.ESRI']\ndays = 3", "is no member of a profile"),
        ("telephone = '<script>'", "telephone"),
        ("colour = 'red'", "colour"),
        ("not toml", "is not TOML"),
    ],
)
def test_a_faulty_site_file_is_refused(told, tmp_path, text, said):
    site = tmp_path / "site.toml"
    site.write_text(text)
    done = told("ask", EXAMPLE, "--site", site)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_preferences_reorder_inside_a_band_only(engine):
    plain, wished = engine.ask(PROFILE), engine.ask(PROFILE, prefer=("tablets",))
    assert {o["id"]: o["band"] for o in plain["options"]} == {o["id"]: o["band"] for o in wished["options"]}
    assert [o["id"] for o in plain["options"]] != [o["id"] for o in wished["options"]]
    assert all(
        any(f["name"] == "access" and "inside a band" in f["text"] for f in o["factors"]) for o in wished["options"]
    )
