"""Section H of the capabilities: running trials, how old a statement is, and honesty about what is not known."""

from __future__ import annotations

import re
from datetime import date

import pytest
import yaml
from flows.steps import Step, drive

from clinical.asking import (
    HER2_POSITIVE,
    HR_LOW,
    HR_POSITIVE,
    ONCOGENES,
    TNBC,
    after_first_line,
    find,
    given,
    negative,
    profile,
)
from conftest import ROOT
from nextline_device.figures import KINDS, marks, result_line, source_line

NO_TARGET = negative(*ONCOGENES)
SHORT_FIRST_LINE = profile(HR_POSITIVE, history=[given("letrozole", "palbociclib", months=4)])


@pytest.mark.parametrize(("study", "nct"), [("finer", "NCT04650581"), ("taktic", "NCT03959891")])
def test_cap_76_trials_named_as_running_keep_number_and_date(study, nct, exported):
    """FINER and TAKTIC stand with their NCT number, and with the status that the source gave at its date."""
    found = next(row for row in exported["studies"] if row["id"] == study)
    assert found["nct"] == nct
    said = [mention for mention in found["mentions"] if mention["status"] == "still ongoing"]
    dates = {row["id"]: row["date"] for row in exported["sources"]}
    assert said
    assert all(re.match(r"20\d\d", dates[mention["source"]]) for mention in said)


def test_cap_76_trials_that_fit_are_listed_with_their_status(engine, exported, as_text):
    """After a CDK4/6 inhibitor FINER and TAKTIC are listed with NCT number, and every status as the export dates it."""
    asked = after_first_line({**NO_TARGET, "ESR1": "positive"})
    listed = {row["study"]: row for row in engine.ask(asked)["trials"]}
    known = {row["id"]: row for row in exported["studies"]}
    assert {"finer", "taktic", "adela"} <= set(listed)
    for study, row in listed.items():
        assert (row["status"], row["status_date"]) == (known[study]["status"], known[study]["status_date"])
        assert row["status"] != "ongoing" or row["status_date"]
    text = as_text(asked)
    for name, nct in (("FINER", "NCT04650581"), ("TAKTIC", "NCT03959891"), ("ADELA", "NCT06382948")):
        assert re.search(rf"{name}[^-]{{0,40}}{nct}", text), name


@pytest.mark.parametrize(
    "asked",
    [after_first_line(NO_TARGET), profile(TNBC, history=[given("capecitabine")]), profile(HR_POSITIVE, history=[])],
    ids=["ESR1 not mutated", "TNBC", "first line"],
)
def test_cap_76_a_trial_whose_criteria_are_known_not_to_fit_is_not_listed(asked, engine):
    """ADELA, for ESR1-mutated disease after a CDK4/6 inhibitor, is not listed where that is known not to be so."""
    assert "adela" not in {row["study"] for row in engine.ask(asked)["trials"]}


def test_cap_77_every_record_is_dated(exported):
    """Every clinical record carries the day it was added, and every status but `reported` a date of its own."""
    for kind in ("results", "adverse_events", "statements", "approvals", "safety", "mechanisms"):
        for row in exported[kind]:
            assert re.fullmatch(r"20\d\d-\d\d-\d\d", row["added"]), row["id"]
    for row in exported["approvals"]:
        assert row["date"] or row["status"] != "approved" or row["verification"], row["id"]


def test_cap_77_every_source_is_dated_or_was_read_on_a_day(engine):
    """Every source has the date of its publication or the day it was read; the two AI answers print none."""
    sources = engine.store.records("sources")
    assert {row["kind"] for row in sources if not row["date"] and not row["accessed"]} <= {"ai_answer"}
    assert source_line({"lines": None}, {"title": "T", "kind": "ai_answer", "date": None}).endswith("no date)")


@pytest.mark.parametrize(("days", "stale"), [(0, False), (180, False), (181, True), (900, True)])
def test_cap_77_an_old_store_is_marked(days, stale, engine):
    """An answer asked for on a day more than 180 days after the review of the literature says so."""
    reviewed = date.fromisoformat(engine.edition.date)
    answer = engine.ask(after_first_line(), date.fromordinal(reviewed.toordinal() + days))
    said = [row["text"] for row in answer["flags"] if row["code"] == "evidence_stale"]
    assert bool(said) == stale
    assert not stale or (engine.edition.date in said[0] and str(days) in said[0])


def test_cap_77_the_newest_drugs_carry_the_date_of_their_approval(page):
    """Imlunestrant and vepdegestrant, newer than the founding sources, show when they were approved."""
    asked = after_first_line({**NO_TARGET, "ESR1": "positive"})
    assert "25 September 2025" in page(asked, "imlunestrant")
    assert "1 May 2026" in page(asked, "vepdegestrant")


def test_cap_78_a_disagreement_shows_both_sides(engine, records, as_text, page):
    """Where sources disagree the answer lists the conflict with every side, and the record carries a badge."""
    asked = after_first_line(NO_TARGET)
    answer = engine.ask(asked)
    assert answer["conflicts"]
    for identifier in answer["conflicts"]:
        assert len(records[identifier]["sides"]) >= 1
        assert all(side["value"] for side in records[identifier]["sides"])
    text = as_text(asked)
    assert "WHERE SOURCES DISAGREE" in text
    assert "[SOURCES DISAGREE 1" in page(asked, "ribociclib", "fulvestrant")
    assert "MAINTAIN: HR 0.57 with CI 0.39-0.95 does not give p=0.006" in text


def test_cap_78_every_conflict_links_records_that_link_back(exported, records):
    """Each side of a conflict that names a record names one that exists, and most of these carry the conflict."""
    linked = 0
    for conflict in exported["conflicts"]:
        for side in conflict["sides"]:
            if side["record"] and side["record"] in records:
                linked += conflict["id"] in (records[side["record"]].get("conflicts") or ())
    assert linked > 300
    held = {c for kind in ("results", "statements", "adverse_events", "mechanisms") for r in exported[kind]
            for c in r["conflicts"]}  # fmt: skip
    assert held <= {conflict["id"] for conflict in exported["conflicts"]}


def test_cap_79_the_level_of_evidence_is_marked(exported, page):
    """The 58 ER-negative patients of DESTINY-Breast04 are marked exploratory, in the export and on the page."""
    found = [r for r in exported["results"] if r["study"] == "destiny-breast04" and r["n"] == 58]
    assert {r["endpoint"] for r in found} == {"PFS", "OS"}
    for row in found:
        assert row["exploratory"] is True
        assert "exploratory" in marks(row)
    low = profile({**TNBC, "her2": "low"}, history=[given("carboplatin", "gemcitabine"), given("capecitabine")])
    assert "exploratory" in page(low, "trastuzumab deruxtecan")


def test_cap_79_phase_and_design_stand_with_each_study(page):
    """The page of an option says phase and design of its studies."""
    shown = page(after_first_line(NO_TARGET), "ribociclib", "fulvestrant")
    assert "MAINTAIN, phase II, randomised" in shown
    assert "PACE, phase II, randomised" in shown


def test_cap_79_mechanisms_shown_in_the_laboratory_are_said_to_be(engine):
    """Resistance to a CDK4/6 inhibitor is told as mostly shown in the laboratory, with no marker proven."""
    said = [row["text"] for row in engine.ask(after_first_line())["mechanisms"]]
    assert any("laboratory" in text and "no marker is proven" in text for text in said)


def test_cap_80_a_figure_that_the_source_lacks_is_not_shown(exported, as_text):
    """The odds ratio 0.39 stands without p, and the answer says that the p value is not legible in the source."""
    found = next(r for r in exported["results"] if r["odds_ratio"] == 0.39)
    assert "OR 0.39 (95% CI 0.24-0.62)" in result_line(found)
    assert not re.search(r"\bp ?[<=>]", result_line(found))
    assert "the p value is not legible in the source" in as_text(SHORT_FIRST_LINE)


def test_cap_80_a_result_without_a_figure_says_so(exported):
    """A result of which the source gives words only holds no number."""
    without = [r for r in exported["results"] if "no figure given" in (r["value_text"] or "")]
    assert len(without) >= 4
    for row in without:
        assert (row["value"], row["hr"], row["p"]) == (None, None, None)


def unbroken(text):
    """A text in which a line break behind a hyphen leaves no trace."""
    return text.replace("- ", "-")


@pytest.mark.parametrize(
    "asked",
    [after_first_line(), profile(TNBC, history=[]), profile(HER2_POSITIVE, history=[])],
    ids=["HR+", "TNBC", "HER2+"],
)
def test_cap_81_each_claim_says_who_speaks(asked, engine, records, as_text):
    """Beside each cited record the text names the kind of its source: guideline, review, manufacturer, AI answer."""
    text = unbroken(as_text(asked))
    for option in engine.ask(asked)["options"]:
        for row in option["evidence"]:
            source = records[records[row["result"] or row["statement"]]["source"]]
            said = f"{source['title']} ({KINDS[source['kind']]}, {source['date'] or 'no date'})"
            assert unbroken(said) in text


def test_cap_81_manufacturer_and_ai_answer_are_called_so(exported, as_text):
    """Source 004 is called a manufacturer's page, sources 000 and 001 an answer of an AI system."""
    kinds = {row["id"]: row["kind"] for row in exported["sources"]}
    assert (kinds["s004"], kinds["s000"], kinds["s001"]) == ("manufacturer", "ai_answer", "ai_answer")
    text = as_text(profile(HR_POSITIVE, history=[given("letrozole", "palbociclib"), given("capecitabine")]))
    assert "manufacturer's page" in text
    assert "answer of an AI system" in text


ORDERS = re.compile(r"\b(must|has to be given|give the|start with|switch to \w+ now|you should|we recommend)\b", re.I)


def test_cap_82_rules_speak_of_options_and_never_order(exported):
    """No sentence that offers a regimen orders it."""
    offers = [rule["sentence"] for rule in exported["rules"] if rule["kind"] in ("offer", "hold")]
    assert len(offers) > 300
    assert [sentence for sentence in offers if ORDERS.search(sentence)] == []
    assert ORDERS.search("You should give the drug")  # the pattern does find an order


@pytest.mark.parametrize(
    "asked",
    [after_first_line(), profile(TNBC, history=[]), profile(HR_LOW), profile(HER2_POSITIVE, history=[])],
    ids=["HR+", "TNBC", "history unknown", "HER2+"],
)
def test_cap_82_every_answer_leaves_the_decision_to_a_clinician(asked, as_text, page, engine):
    """Text and page say that options are to weigh and a clinician decides; best supportive care is always there."""
    assert as_text(asked).endswith("Options with reasons, never orders: a clinician decides.")
    answer = engine.ask(asked)
    assert "A clinician decides." in page(asked, *answer["options"][0]["drugs"])
    assert answer["options"][-1]["band"] == "supportive"


def test_cap_82_brain_metastases_go_to_a_team(engine):
    """With active brain metastases the answer speaks of a multidisciplinary team."""
    answer = engine.ask(profile({**HER2_POSITIVE, "brain_metastases": "active_symptomatic"}, history=[]))
    assert any("multidisciplinary team" in row["text"] for row in answer["flags"])


def test_cap_83_version_and_date_stand_on_every_answer(engine, as_text):
    """Version and date of the evidence stand in the answer and at the head of its text, as the edition states them."""
    edition = yaml.safe_load((ROOT / "db" / "edition.yaml").read_text())
    asked = after_first_line()
    answer = engine.ask(asked)
    assert (answer["evidence_version"], answer["evidence_date"]) == (edition["version"], str(edition["date"]))
    head = as_text(asked)[:200]
    assert f"evidence {edition['version']}, literature reviewed up to {edition['date']}" in head


def test_cap_83_version_and_date_stand_on_the_first_screen(engine):
    """The first screen shows version and date of the evidence before anything is entered."""
    proven = engine.store.proven
    drive(engine, [Step([], [f"evidence {proven.version}", f"literature reviewed up to {proven.date}"])])


def test_cap_83_another_store_answers_without_a_network(store_path, tmp_path):
    """A store copied to another place answers as it is: renewing the evidence is renewing one file."""
    from nextline_device.engine import start

    copy = tmp_path / "other.sqlite"
    copy.write_bytes(store_path.read_bytes())
    asked = after_first_line({**NO_TARGET, "ESR1": "positive"})
    assert (
        find(start(copy).ask(asked), "elacestrant")["rank"] == find(start(store_path).ask(asked), "elacestrant")["rank"]
    )
