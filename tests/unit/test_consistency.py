"""Profiles that contradict themselves, each with the place and a remedy."""

import pytest

from nextline_core import consistency

ONE_LINE = [{"setting": "metastatic", "line": 1, "drugs": ["letrozole"], "ended": "progression"}]

BLOCKING = {
    "HER2 IHC 3+ with class low": ({"disease": {"her2": "low", "her2_ihc": "3+"}}, "/disease/her2"),
    "HER2 positive with IHC 1+": ({"disease": {"her2": "positive", "her2_ihc": "1+"}}, "/disease/her2"),
    "HER2 zero with IHC 1+": ({"disease": {"her2": "zero", "her2_ihc": "1+"}}, "/disease/her2"),
    "IHC 3+ with ISH negative": ({"disease": {"her2_ihc": "3+", "her2_ish": "negative"}}, "/disease/her2_ish"),
    "HER2 low with ISH positive": (
        {"disease": {"her2": "low", "her2_ihc": "2+", "her2_ish": "positive"}},
        "/disease/her2",
    ),
    "ER negative at 80 percent": ({"disease": {"er": "negative", "er_percent": 80}}, "/disease/er_percent"),
    "TNBC with ER 80 percent": ({"disease": {"hr": "negative", "er_percent": 80, "her2": "zero"}}, "/disease/hr"),
    "HR negative with PR positive": (
        {"disease": {"hr": "negative", "er": "negative", "pr": "positive"}},
        "/disease/hr",
    ),
    "brain absent, yet a site": (
        {"disease": {"brain_metastases": "none", "sites": ["brain"]}},
        "/disease/brain_metastases",
    ),
    "brain stable, yet no site": ({"disease": {"brain_metastases": "stable", "sites": ["bone"]}}, "/disease/sites"),
    "line 1 after metastatic therapy": ({"next_line": 1, "history": ONE_LINE}, "/next_line"),
    "line 2 without any therapy": ({"next_line": 2, "history": []}, "/next_line"),
    "male and premenopausal": ({"patient": {"sex": "male", "menopausal": "pre"}}, "/patient/menopausal"),
    "male and pregnant": (
        {"patient": {"sex": "male", "conditions": {"pregnant": True}}},
        "/patient/conditions/pregnant",
    ),
    "pregnant and postmenopausal": (
        {"patient": {"menopausal": "post", "conditions": {"pregnant": True}}},
        "/patient/menopausal",
    ),
    "details of an absent ILD": (
        {"patient": {"ild_detail": {"worst_grade": 1}, "conditions": {"ild": False}}},
        "/patient/ild_detail",
    ),
    "pneumonitis with ILD absent": (
        {
            "patient": {"conditions": {"ild": False}},
            "history": [{**ONE_LINE[0], "toxicity": {"event": "Pneumonitis", "grade": 2}}],
        },
        "/patient/conditions/ild",
    ),
    "neuropathy grade 3, yet absent": (
        {"patient": {"neuropathy_grade": 3, "conditions": {"neuropathy_grade_2_or_more": False}}},
        "/patient/neuropathy_grade",
    ),
    "clearance 20, kidneys well": (
        {"patient": {"labs": {"creatinine_clearance_ml_min": 20}, "conditions": {"severe_renal_impairment": False}}},
        "/patient/labs/creatinine_clearance_ml_min",
    ),
    "Child-Pugh C, liver well": (
        {"patient": {"child_pugh": "C", "conditions": {"severe_hepatic_impairment": False}}},
        "/patient/child_pugh",
    ),
    "insulin without diabetes": (
        {"patient": {"conditions": {"insulin_treated": True, "diabetes_type_1": False, "diabetes_type_2": False}}},
        "/patient/conditions/insulin_treated",
    ),
    "de novo with adjuvant therapy": (
        {"disease": {"de_novo": True}, "history": [{"setting": "adjuvant", "drugs": ["tamoxifen"]}]},
        "/history/0/setting",
    ),
    "adjuvant with a line": (
        {"history": [{"setting": "adjuvant", "line": 1, "drugs": ["tamoxifen"]}]},
        "/history/0/line",
    ),
    "ongoing, ended 3 months ago": (
        {"history": [{**ONE_LINE[0], "ended": "ongoing", "months_since_end": 3}]},
        "/history/0/months_since_end",
    ),
    "clearance 90, kidneys severely ill": (
        {"patient": {"labs": {"creatinine_clearance_ml_min": 90}, "conditions": {"severe_renal_impairment": True}}},
        "/patient/labs/creatinine_clearance_ml_min",
    ),
    "Child-Pugh A, liver severely ill": (
        {"patient": {"child_pugh": "A", "conditions": {"severe_hepatic_impairment": True}}},
        "/patient/child_pugh",
    ),
    "diabetes of both types": (
        {"patient": {"conditions": {"diabetes_type_1": True, "diabetes_type_2": True}}},
        "/patient/conditions/diabetes_type_2",
    ),
    "lines out of order": ({"history": [{**ONE_LINE[0], "line": 2}, {**ONE_LINE[0], "line": 1}]}, "/history/1/line"),
}


@pytest.mark.parametrize("case", BLOCKING)
def test_a_contradiction_blocks_and_names_its_place(case, names):
    profile, path = BLOCKING[case]
    found = [p for p in consistency.problems(profile, names) if p.blocking]
    assert [p.path for p in found] == [path]
    assert found[0].text.endswith(".")
    assert found[0].remedy.endswith(".")


FINE = [
    {},
    {"disease": {"er": "positive", "er_percent": 1, "pr": "negative", "pr_percent": 0, "hr": "positive"}},
    {"disease": {"her2": "negative", "her2_ihc": "1+"}},
    {"disease": {"her2": "positive", "her2_ihc": "2+", "her2_ish": "positive"}},
    {"disease": {"brain_metastases": "stable", "sites": ["brain", "bone"]}},
    {"next_line": 1, "history": [{**ONE_LINE[0], "ended": "planned_switch"}]},
    {"next_line": 3, "history": [*ONE_LINE, {**ONE_LINE[0], "line": 2, "ended": None}]},
    {"patient": {"sex": "male", "conditions": {"pregnant": False}}},
    {"patient": {"neuropathy_grade": 1, "conditions": {"neuropathy_grade_2_or_more": False}}},
]


@pytest.mark.parametrize("profile", FINE)
def test_what_fits_together_is_left_alone(profile, names):
    assert consistency.problems(profile, names) == []


def test_all_contradictions_are_told_at_once(names):
    profile = {
        "next_line": 1,
        "disease": {"her2": "low", "her2_ihc": "3+", "er": "negative", "er_percent": 5},
        "history": ONE_LINE,
    }
    assert {p.path for p in consistency.problems(profile, names)} == {
        "/next_line",
        "/disease/her2",
        "/disease/er_percent",
    }


def test_an_override_warns_and_a_strange_drug_is_kept(names):
    found = consistency.problems({"line_override": 4, "history": [{**ONE_LINE[0], "drugs": ["miraculumab"]}]}, names)
    assert {(p.code, p.blocking) for p in found} == {("line_override", False), ("unnamed_drug", False)}
    assert "miraculumab" in next(p.text for p in found if p.code == "unnamed_drug")
    assert "override" in next(p.text for p in found if p.code == "line_override")


def _entry(setting="metastatic", **members):
    return {"setting": setting, "drugs": ["letrozole"], "ended": "progression", **members}


UNLIKELY = {
    "adjuvant therapy that ended after metastatic therapy began": (
        [_entry("adjuvant", months_since_end=5), _entry(line=1, months=20, months_since_end=0)],
        ("/history/0/months_since_end", "time_order"),
    ),
    "lines that overlap": (
        [_entry(line=1, months=14, months_since_end=2), _entry(line=2, months=10, months_since_end=0)],
        ("/history/1/months_since_end", "lines_overlap"),
    ),
    "a later line that ended first": (
        [_entry(line=1, months_since_end=2), _entry(line=2, months_since_end=4)],
        ("/history/1/months_since_end", "time_order"),
    ),
    "adjuvant therapy under way beside metastatic therapy": (
        [_entry("adjuvant", ended="ongoing"), _entry(line=1)],
        ("/history/0/ended", "ongoing"),
    ),
    "a line that is missing": ([_entry(line=1), _entry(line=3)], ("/history/1/line", "line_missing")),
}


@pytest.mark.parametrize("case", UNLIKELY)
def test_unlikely_times_are_warned_of(case, names):
    history, expected = UNLIKELY[case]
    found = consistency.problems({"history": history}, names)
    assert [((p.path, p.code), p.blocking) for p in found] == [(expected, False)]


def test_times_that_meet_within_a_month_are_fine(names):
    history = [_entry(line=1, months=14, months_since_end=10), _entry(line=2, months=10.5, months_since_end=0)]
    assert consistency.problems({"history": history}, names) == []


def test_a_name_that_cannot_be_left_out_is_told(names):
    found = consistency.problems({"access": {"unavailable": ["letrozole", "letrozol"]}}, names)
    assert [(p.path, p.code, p.blocking) for p in found] == [("/access/unavailable/1", "unnamed_drug", False)]


@pytest.mark.parametrize(
    ("biomarkers", "path"),
    [
        ({"gBRCA1": "positive", "BRCA1": "negative"}, "/biomarkers/BRCA1"),
        (
            {"gBRCA1": "negative", "BRCA1": {"result": "positive", "specimen": "germline"}},
            "/biomarkers/gBRCA1",
        ),
        ({"gBRCA1": "negative", "BRCA1": "positive"}, None),
        ({"gBRCA1": "positive", "BRCA1": "positive", "gPALB2": "negative"}, None),
    ],
)
def test_findings_in_one_gene_that_do_not_go_together_are_told(biomarkers, path, names):
    found = consistency.problems({"biomarkers": biomarkers}, names)
    assert [p.path for p in found] == ([path] if path else [])
    assert not any(p.blocking for p in found)
