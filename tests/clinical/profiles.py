"""Random patients: profiles of the contract that do not contradict themselves, with any part of them not known.

A patient is first drawn whole, and then only some members are told. What is told later comes from the same patient, so
that learning more never contradicts what was said.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from clinical.asking import SCHEMA
from nextline_core.vocabulary import BIOMARKERS, CONDITIONS

Profile = dict[str, Any]
# in a short list every value is drawn often; the limits of labels and rules lie between the values
MEASURES: dict[str, tuple[Any, ...]] = {
    "patient.age": (38, 62, 81),
    "patient.ecog": (0, 1, 2, 3, 4),
    "patient.frail": (False, True),
    "patient.hba1c_percent": (5.4, 6.6, 8.6),
    "patient.fasting_glucose_mg_dl": (95, 170),
    "patient.lvef_percent": (62, 48, 43, 36),
    "patient.qtcf_ms": (410, 455, 490),
    "patient.ugt1a1": ("*1/*1", "*1/*28", "*28/*28"),
    "patient.dpd": ("normal", "partial_deficiency", "complete_deficiency"),
    "patient.anthracycline_mg_m2": (0, 240, 560),
    "patient.labs.anc_per_mm3": (3200, 1200, 700),
    "patient.labs.platelets_per_mm3": (220000, 80000),
    "patient.labs.hemoglobin_g_dl": (12.5, 7.6),
    "patient.labs.bilirubin_x_uln": (0.8, 1.8, 5.5),
    "patient.labs.ast_alt_x_uln": (1, 4, 11),
    "disease.grade": (1, 2, 3),
    "disease.pd_l1_cps": (0, 12),
    "disease.pd_l1_ic_percent": (0, 3),
    "disease.tmb": (4, 12),
    "disease.msi": ("stable", "high"),
    "disease.visceral_crisis": (False, True),
    "disease.rebiopsied": (False, True),
    "disease.her2_from": ("primary", "metastasis"),
}
LISTS: dict[str, tuple[str, ...]] = {
    "patient.allergies": ("paclitaxel", "polysorbate 80", "trastuzumab", "carboplatin", "latex"),
    "patient.medications": ("clarithromycin", "warfarin", "omeprazole", "amiodarone 200 mg", "herbal tea"),
    "access.unavailable": ("trastuzumab deruxtecan", "capivasertib", "pembrolizumab"),
}
SITES = ("bone", "liver", "lung", "lymph_node", "skin")
EARLY = (
    ("doxorubicin", "cyclophosphamide", "paclitaxel"),
    ("letrozole",),
    ("tamoxifen",),
    ("anastrozole", "abemaciclib"),
    ("trastuzumab", "pertuzumab", "docetaxel"),
    ("trastuzumab emtansine",),
    ("pembrolizumab", "carboplatin", "paclitaxel"),
    ("capecitabine",),
)
METASTATIC = (
    ("letrozole", "palbociclib"),
    ("fulvestrant", "ribociclib"),
    ("letrozole",),
    ("elacestrant",),
    ("capivasertib", "fulvestrant"),
    ("everolimus", "exemestane"),
    ("capecitabine",),
    ("paclitaxel",),
    ("carboplatin", "gemcitabine"),
    ("trastuzumab deruxtecan",),
    ("sacituzumab govitecan",),
    ("pembrolizumab", "nab-paclitaxel"),
    ("olaparib",),
    ("docetaxel", "trastuzumab", "pertuzumab"),
    ("tucatinib", "trastuzumab", "capecitabine"),
    ("trastuzumab emtansine",),
    ("taxane",),
    ("CDK4/6 inhibitor", "aromatase inhibitor"),
    ("something new",),
)
ENDINGS = ("progression", "progression", "toxicity", "completed", "choice", "access")
LAST_ENDINGS = (*ENDINGS, "ongoing", "planned_switch")
ENTRY_MEMBERS = ("line", "months", "months_since_end", "best_response", "ended", "toxicity", "residual_disease")


@dataclass(frozen=True)
class Patient:
    """A patient known whole, and the members that can be told one by one."""

    whole: Profile

    def members(self) -> list[str]:
        """Dotted paths of everything that can be told."""
        return [path for path in _paths(self.whole) if path != "schema"]

    def told(self, members: Iterable[str]) -> Profile:
        """The profile in which only these members are told; a member of an entry is told with its entry."""
        shown: Profile = {"schema": SCHEMA}
        chosen = set(members)
        if "patient.ild_detail" in chosen:  # details of an illness tell the illness
            chosen.add("patient.conditions.ild")
        if any(path.startswith("history") for path in chosen):
            shown["history"] = [
                {n: v for n, v in entry.items() if n not in ENTRY_MEMBERS or f"history.{i}.{n}" in chosen}
                for i, entry in enumerate(self.whole["history"])
            ]
        for path in sorted(chosen):
            if not path.startswith("history"):
                _put(shown, path, _at(self.whole, path))
        return shown


def _paths(value: Any, path: str = "") -> Iterable[str]:
    for name, inner in value.items():
        here = f"{path}{name}"
        if name == "history":
            yield here
            yield from (f"{here}.{i}.{n}" for i, entry in enumerate(inner) for n in entry if n in ENTRY_MEMBERS)
        elif isinstance(inner, dict) and name != "ild_detail":
            yield from _paths(inner, f"{here}.")
        else:
            yield here


def _at(profile: Profile, path: str) -> Any:
    here: Any = profile
    for step in path.split("."):
        here = here[step]
    return copy.deepcopy(here)


def _put(profile: Profile, path: str, value: Any) -> None:
    *steps, last = path.split(".")
    here = profile
    for step in steps:
        here = here.setdefault(step, {})
    here[last] = value


@st.composite
def patients(draw: st.DrawFn) -> Patient:
    """Whole patients."""
    whole: Profile = {"schema": SCHEMA, "disease": draw(receptors()), "patient": {"conditions": {}, "labs": {}}}
    for path, values in MEASURES.items():
        _put(whole, path, draw(st.sampled_from(values)))
    for path, values in LISTS.items():
        _put(whole, path, draw(st.lists(st.sampled_from(values), max_size=2, unique=True)))
    positive = draw(st.sets(st.sampled_from(BIOMARKERS), max_size=3))
    whole["biomarkers"] = {gene: "positive" if gene in positive else "negative" for gene in BIOMARKERS}
    whole["history"] = draw(histories())
    _person(draw, whole)
    _spread(draw, whole)
    whole["next_line"] = _next_line(whole["history"])
    return Patient(whole)


@st.composite
def receptors(draw: st.DrawFn) -> Profile:
    """Hormone receptors and HER2 in all the ways they can be stated, agreeing with one another."""
    er, pr = draw(st.sampled_from((("positive", "negative"), ("positive", "positive"), ("negative", "negative"))))
    her2, ihc, ish = draw(
        st.sampled_from(
            (
                ("zero", "0", None), ("ultralow", "0+", None), ("low", "1+", None), ("low", "2+", "negative"),
                ("positive", "3+", None), ("positive", "2+", "positive"),
            )
        )
    )  # fmt: skip
    found = {
        "er": er,
        "pr": pr,
        "er_percent": 80 if er == "positive" else 0,
        "pr_percent": 20 if pr == "positive" else 0,
        "hr": "positive" if "positive" in (er, pr) else "negative",
        "her2": draw(st.sampled_from((her2, her2 if her2 == "positive" else "negative"))),
        "her2_ihc": ihc,
        "her2_earlier": draw(st.sampled_from(([], [{"ihc": "1+", "from": "primary"}], [{"ihc": "0"}]))),
    }
    return found if ish is None else {**found, "her2_ish": ish}


@st.composite
def histories(draw: st.DrawFn) -> list[Profile]:
    """Up to two therapies for early and three for metastatic disease, oldest first, in consecutive lines."""
    entries = [draw(_early()) for _ in range(draw(st.integers(0, 2)))]
    count = draw(st.integers(0, 3))
    for place in range(count):
        ended = draw(st.sampled_from(LAST_ENDINGS if place == count - 1 else ENDINGS))
        entries.append(
            {
                "setting": "metastatic",
                "line": place + 1,
                "drugs": list(draw(st.sampled_from(METASTATIC))),
                "months": draw(st.sampled_from((3, 5, 8, 14, 26))),
                "months_since_end": 0 if place == count - 1 else 12 * (count - place),
                "best_response": draw(st.sampled_from(("CR", "PR", "SD", "PD"))),
                "ended": ended,
                "toxicity": draw(_reactions()),
            }
        )
    return entries


@st.composite
def _early(draw: st.DrawFn) -> Profile:
    return {
        "setting": draw(st.sampled_from(("adjuvant", "neoadjuvant"))),
        "drugs": list(draw(st.sampled_from(EARLY))),
        "months": draw(st.sampled_from((5, 20, 60))),
        "months_since_end": draw(st.sampled_from((60, 90, 140))),
        "ended": draw(st.sampled_from(("completed", "completed", "progression", "toxicity"))),
        "residual_disease": draw(st.booleans()),
        "toxicity": draw(_reactions()),
    }


def _reactions() -> st.SearchStrategy[list[Profile]]:
    known = [("neutropenia", 4), ("rash", 2), ("pneumonitis", 2)]
    none: list[list[Profile]] = [[], [], []]
    return st.sampled_from(none + [[{"event": event, "grade": grade}] for event, grade in known])


def _person(draw: st.DrawFn, whole: Profile) -> None:
    """Sex, menopause, illnesses and what was measured of them, without contradiction."""
    person = whole["patient"]
    sick = draw(st.sets(st.sampled_from(CONDITIONS), max_size=3))
    lungs = any("pneumonitis" in r["event"] for entry in whole["history"] for r in entry["toxicity"])
    sick |= {"ild"} if lungs else set()
    person["sex"] = draw(st.sampled_from(("female", "female", "female", "male")))
    if person["sex"] == "male":
        sick.discard("pregnant")
    else:
        person["menopausal"] = draw(st.sampled_from(("pre", "peri") if "pregnant" in sick else ("pre", "peri", "post")))
        person["breastfeeding"] = person["menopausal"] == "pre" and draw(st.booleans())
    person["ovarian_suppression"] = draw(st.booleans())
    if "insulin_treated" in sick:
        sick.add("diabetes_type_2")
    person["conditions"] = {name: name in sick for name in CONDITIONS}
    person["neuropathy_grade"] = 2 if "neuropathy_grade_2_or_more" in sick else draw(st.sampled_from((0, 1)))
    if "heart_failure" in sick:
        person["heart_failure_nyha"] = draw(st.sampled_from((1, 3)))
    person["labs"]["creatinine_clearance_ml_min"] = (
        24 if "severe_renal_impairment" in sick else draw(st.sampled_from((90, 45)))
    )
    person["child_pugh"] = "C" if "severe_hepatic_impairment" in sick else draw(st.sampled_from(("A", "B")))
    if "ild" in sick:
        person["ild_detail"] = {
            "active": draw(st.booleans()),
            "worst_grade": 2 if lungs else draw(st.sampled_from((2, 3))),  # that of the reactions, where they tell it
            "cause": draw(st.sampled_from(("drug", "radiation", "other"))),
        }


def _spread(draw: st.DrawFn, whole: Profile) -> None:
    """Sites and brain metastases that agree, and whether the disease was metastatic from the beginning."""
    brain = draw(st.sampled_from(("none", "none", "stable", "active_asymptomatic", "active_symptomatic")))
    sites = draw(st.lists(st.sampled_from(SITES), max_size=3, unique=True))
    whole["disease"]["brain_metastases"] = brain
    whole["disease"]["sites"] = sites if brain == "none" else [*sites, "brain"]
    whole["disease"]["de_novo"] = not any(entry["setting"] != "metastatic" for entry in whole["history"])


def _next_line(history: list[Profile]) -> int:
    """The line after those that have ended; one that goes on is still the line to be chosen."""
    metastatic = [entry for entry in history if entry["setting"] == "metastatic"]
    if not metastatic:
        return 1
    return metastatic[-1]["line"] + (metastatic[-1]["ended"] not in ("ongoing", "planned_switch"))


CORE = ("disease.er", "disease.pr", "disease.her2_ihc", "disease.her2_ish", "history")


@st.composite
def partly_known(draw: st.DrawFn, most: int = 30) -> tuple[Patient, list[str]]:
    """A patient, and the members that are told of them; usually the receptors and the history among them."""
    patient = draw(patients())
    members = patient.members()
    entries = [path for path in members if path.startswith("history.")]
    told = [path for path in CORE if path in members] if draw(st.integers(0, 4)) else []
    told += entries if "history" in told and draw(st.integers(0, 3)) else []
    size = draw(st.integers(0, most))
    told += draw(st.lists(st.sampled_from(members), min_size=size, max_size=size, unique=True))
    return patient, list(dict.fromkeys(told))
