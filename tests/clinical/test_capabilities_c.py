"""Section C of the capabilities: the evidence behind each option."""

from __future__ import annotations

import re

import pytest

from clinical.asking import (
    HR_LOW,
    HR_POSITIVE,
    ONCOGENES,
    TNBC,
    after_first_line,
    cited,
    find,
    given,
    negative,
    profile,
)
from nextline_device.figures import KINDS, result_line
from nextline_device.screens.harms_text import harms

NO_TARGET = negative(*ONCOGENES)
ESR1 = after_first_line({**NO_TARGET, "ESR1": "positive"})
PIK3CA = after_first_line({**NO_TARGET, "PIK3CA": "positive"})
HER2_LOW = profile(HR_LOW, history=[given("letrozole", "palbociclib"), given("capecitabine")], biomarkers=NO_TARGET)


def rows(exported, kind, **wanted):
    """The records of a kind whose members are these."""
    return [row for row in exported[kind] if all(row.get(name) == value for name, value in wanted.items())]


# study, endpoint, source, and the figures as the source prints them
FIGURES = [
    ("postmonarch", "mPFS", "s002", "6.0 v 5.3 months, HR 0.73 (95% CI 0.57-0.95), p=0.02"),
    ("maintain", "mPFS", "s002", "5.29 v 2.76 months, HR 0.57 (95% CI 0.39-0.95), p=0.006"),
    ("pace", "mPFS", "s002", "4.6 v 4.8 months, HR 1.11 (95% CI 0.79-1.55), p=0.62"),
    ("emerald", "mPFS", "s002", "3.8 v 1.9 months, HR 0.55 (95% CI 0.39-0.77), p=0.0005"),
    ("sonia", "mPFS2", "s002", "31.0 v 26.8 months, HR 0.87 (95% CI 0.74-1.03), p=0.10"),
    ("solar-1", "mPFS", "s003", "11.0 v 5.7 months, HR 0.65 (95% CI 0.50-0.85), p<0.001"),
    ("everolimus-exemestane-retro-43", "mPFS", "s003", "3.6 v 4.2 months, HR 1.22 (95% CI 0.65-2.28), p=0.538"),
]


@pytest.mark.parametrize(("study", "endpoint", "source", "printed"), FIGURES, ids=[f[0] for f in FIGURES])
def test_cap_29_figures_stand_digit_for_digit(study, endpoint, source, printed, exported):
    """Value, comparator, hazard ratio, interval and p of each trial are worded with the digits of the source."""
    found = [result_line(row) for row in rows(exported, "results", study=study, endpoint=endpoint, source=source)]
    assert any(printed in line for line in found), found


def test_cap_29_an_option_shows_endpoint_comparator_ratio_interval_and_p(as_text):
    """The answer to an ESR1-mutated patient shows all five of EMERALD with elacestrant."""
    text = as_text(ESR1)
    assert (
        "EMERALD: median progression-free survival 3.8 (95% CI 2.2-7.3) v 1.9 (95% CI 1.9-2.1) months, HR 0.55" in text
    )
    assert "HR 0.55 (95% CI 0.39-0.77), p=0.0005 (elacestrant v fulvestrant or aromatase inhibitor; ESR1" in text


def test_cap_30_rates_at_a_time_stand_beside_medians(exported):
    """MAINTAIN's rates at 12 months, 24.6% and 7.4%, are shown with their time."""
    found = rows(exported, "results", study="maintain", endpoint="PFS_rate", source="s002")
    assert [row["timepoint_months"] for row in found] == [12]
    assert "progression-free at 12 months 24.6 v 7.4%" in result_line(found[0])


def test_cap_31_the_export_keeps_subgroup_and_whole_apart(exported):
    """EMERALD's mutated group, all patients, and those without a mutation are records of their own."""
    medians = rows(exported, "results", study="emerald", source="s003", endpoint="mPFS")
    assert {(row["value"], row["comparator_value"], row["hr"]) for row in medians} >= {
        (2.8, 1.9, 0.7),
        (3.8, 1.9, 0.55),
    }
    without = rows(exported, "results", study="emerald", source="s002", endpoint="PFS")
    assert [row["subgroup"] for row in without if "no ESR1" in row["subgroup"]]
    assert len({row["population"] for row in medians}) == len(medians)


def test_cap_31_the_elacestrant_page_shows_both_in_rows_of_their_own(engine, records):
    """The elacestrant option shows the mutated group and all patients (or those not mutated) as separate results."""
    shown = [records[i] for i in cited(find(engine.ask(ESR1), "elacestrant")) if records[i].get("study") == "emerald"]
    who = [f"{row['population']} {row['subgroup'] or ''}" for row in shown if row.get("hr")]
    assert any(re.search("ESR1 mut", text) for text in who)
    assert any(re.search("all randomised|overall population|no ESR1", text) for text in who)


@pytest.mark.parametrize(
    ("asked", "drugs", "study", "marked"),
    [
        (PIK3CA, ("alpelisib", "fulvestrant"), "SOLAR-1", "only about 20 patients"),
        (PIK3CA, ("everolimus", "exemestane"), "BOLERO-2", "none"),
    ],
    ids=["SOLAR-1", "BOLERO-2"],
)
def test_cap_32_few_or_no_patients_after_a_cdk46_inhibitor(asked, drugs, study, marked, page):
    """SOLAR-1 and BOLERO-2 are marked as trials with few or no patients after a CDK4/6 inhibitor."""
    block = page(asked, *drugs).split(f"{study}, phase III")[1]
    assert f"earlier CDK4/6 inhibitor: {marked}" in block[:600]


def test_cap_33_sonia_in_its_own_terms(exported, records):
    """SONIA: HR 0.87 (0.74-1.03), and the limit 1.35 within the margin 1.54, with the conflict that explains both."""
    ratio = rows(exported, "results", study="sonia", source="s002", hr=0.87)
    margin = rows(exported, "results", study="sonia", source="s002", margin=1.54)
    assert [(row["hr_ci"], row["p"]) for row in ratio] == [([0.74, 1.03], "0.10")]
    assert len(margin) == 1
    assert "1.35" in margin[0]["as_printed"]
    shared = set(ratio[0]["conflicts"]) & set(margin[0]["conflicts"])
    assert any("1.35" in records[identifier]["title"] for identifier in shared)


def test_cap_33_sonia_on_screen_does_not_claim_equality(page):
    """The option of an aromatase inhibitor alone says that SONIA was not designed to show equality."""
    shown = page(profile(HR_POSITIVE, history=[]), "aromatase inhibitor")
    assert "not designed as a non-inferiority trial" in shown
    assert "HR 0.82 (95% CI 0.71-0.94)" in shown  # the later analysis stands first


def test_cap_34_any_grade_and_grade_3_4_are_kept_apart(exported, engine):
    """Alpelisib: hyperglycemia 63.7% of any grade and 36.6% of grade 3-4, in columns of their own on the screen."""
    events = rows(exported, "adverse_events", study="solar-1", regimen="alpelisib + fulvestrant")
    own = [row for row in events if row["event"] == "hyperglycemia" and row["source"] == "s003"]
    assert {(row["grade"], row["percent"]) for row in own} == {("any", 63.7), ("3-4", 36.6)}
    heading, *lines = [row.text for row in harms(own, 120)]
    split = heading.index("grade 3-4")
    assert [("63.7%" in line[:split], "36.6%" in line[split:]) for line in lines] == [(True, True)]
    assert "36.6%" not in lines[0][:split]


def test_cap_35_lung_disease_stands_with_tdxd(exported, page):
    """T-DXd: interstitial lung disease in 12.1%, and 3.5, 6.5, 1.3 and 0.8% by grade, next to the option."""
    grades = {
        row["grade"]: (row["n"], row["percent"])
        for row in rows(exported, "adverse_events", study="destiny-breast04", source="s003")
        if row["event"] == "interstitial lung disease"
    }
    assert grades == {"any": (45, 12.1), "1": (13, 3.5), "2": (24, 6.5), "3": (5, 1.3), "5": (3, 0.8)}
    shown = page(HER2_LOW, "trastuzumab deruxtecan")
    for figure in ("12.1%", "3.5%", "6.5%", "1.3%", "0.8%"):
        assert figure in shown


@pytest.mark.parametrize("word", ["VERONICA", "venetoclax"])
def test_cap_36_negative_trials_are_found_and_marked(word, engine, records):
    """VERONICA is found by its name and by its drug, and marked as a negative result."""
    found = {hit.id for hit in engine.store.search(word, 20)}
    results = [records[identifier] for identifier in found if records[identifier].get("study") == "veronica"]
    assert results
    assert {row["verdict"] for row in results if "verdict" in row} == {"negative"}


def test_cap_37_overall_survival_of_the_cdk46_inhibitors_pair_by_pair(exported):
    """Seven pairs of trial and drug: overall survival longer in four, not in three."""
    verdicts = {
        row["study"]: row["verdict"] for row in rows(exported, "results", source="s002", endpoint="OS")
        if row["study"].startswith(("mon", "paloma"))
    }  # fmt: skip
    benefit = {"monaleesa-2", "monaleesa-3", "monaleesa-7", "monarch-2"}
    assert {study for study, verdict in verdicts.items() if verdict == "positive"} == benefit
    assert {study for study, verdict in verdicts.items() if verdict == "negative"} == {
        "monarch-3", "paloma-2", "paloma-3"
    }  # fmt: skip


def test_cap_38_real_world_data_are_labelled_beside_the_trials(exported, page):
    """The comparison of 9,146 patients is a real-world study by its record, and says so beside the trials."""
    assert [s["design"] for s in exported["studies"] if s["n"] == 9146] == ["real_world"]
    shown = page(profile(HR_POSITIVE, history=[]), "ribociclib", "aromatase inhibitor")
    block = shown[shown.index("US real-world comparison") :][:600]
    assert "real world, 9146 patients" in block
    assert "n 9146" in block


def test_cap_39_every_number_has_a_reference(exported):
    """Every result and every harm has a source in the export, and the DOI of source 000 stands exactly."""
    known = {row["id"] for kind in ("sources", "references") for row in exported[kind]}
    for kind in ("results", "adverse_events"):
        for row in exported[kind]:
            assert row["source"] in known, row["id"]
            assert set(row["references"]) <= known, row["id"]
    dois = {row["doi"] for row in exported["references"]}
    assert "10.1200/JCO.2023.41.16_suppl.e18871" in dois
    assert "10.1016/j.canep.2015.09.010" in dois
    assert "10.1634/theoncologist.2015-0002" in dois


@pytest.mark.parametrize("asked", [ESR1, PIK3CA, HER2_LOW, profile(TNBC, history=[])], ids=range(4))
def test_cap_39_every_cited_record_names_where_it_stands(asked, engine, records):
    """Whatever an option cites carries at least one reference that the export holds."""
    evidence = [row for option in engine.ask(asked)["options"] for row in option["evidence"]]
    assert evidence
    for row in evidence:
        assert row["references"]
        assert all(reference in records for reference in row["references"])


def test_cap_40_caveats_stand_with_the_ratio(page):
    """The page of elacestrant shows the doubt about the size of its benefit together with the hazard ratio."""
    shown = page(ESR1, "elacestrant")
    assert "HR 0.55 (95% CI 0.39-0.77)" in shown
    assert "the control arm was not the best choice" in shown
    assert "no overall-survival benefit" in shown


def test_cap_40_every_source_kind_is_put_into_words(exported):
    """Each kind of source that a record rests on has a wording of its own, so that none is shown bare."""
    assert {row["kind"] for row in exported["sources"]} <= set(KINDS)
