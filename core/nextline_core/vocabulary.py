"""The facts that rules may ask about: name, kind, wording, and what it means when one is unknown.

``decides`` tells the two sorts of unknown apart. Receptors, HER2 class, line, earlier therapies and the biomarkers
of an indication decide: while they are unknown an option that hangs on them is only *possible*. Menopause,
performance status, sites, conditions and measurements do not: an option then applies on the ``presumed`` ordinary
state, and the answer says that it is presumed and has to be checked. A fact without ``presumed`` can never carry an
option that way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Literal as Choice

from .site import LEVELS, REGIONS
from .values import Scalar

Kind = Choice["flag", "enum", "number", "set"]


@dataclass(frozen=True)
class Fact:
    """One entry of the vocabulary.

    ``values`` are those of an enumerated fact, or the members that a set can have where they are listed here. ``span``
    holds the least and the greatest number that a profile may give, both included; ``whole`` numbers have no others
    between them.
    """

    name: str
    kind: Kind
    label: str
    values: tuple[str, ...] = ()
    unit: str = ""
    decides: bool = False
    presumed: Scalar | None = None
    derived: bool = False
    span: tuple[float, float] = (0, inf)
    whole: bool = False


SUBTYPES = ("HR+/HER2-", "HR+/HER2+", "HR-/HER2+", "TNBC")
HER2_CLASSES = ("zero", "ultralow", "low", "positive")
BIOMARKERS = (
    "ESR1",
    "PIK3CA",
    "AKT1",
    "PTEN",
    "gBRCA1",
    "gBRCA2",
    "sBRCA1",
    "sBRCA2",
    "gPALB2",
    "ERBB2",
    "RB1",
    "CCNE1",
    "CDK6",
    "FGFR1",
    "TP53",
    "NTRK",
    "RET",
    "BRCA1",
    "BRCA2",
    "PALB2",
    "sPALB2",
    "BRAF",
    "CDKN2A",
    "HRD",
)
CONDITIONS = (
    "diabetes_type_1",
    "diabetes_type_2",
    "ild",
    "heart_failure",
    "autoimmune_disease_active",
    "immunosuppressed",
    "long_qt_syndrome",
    "recent_myocardial_infarction",
    "electrolytes_uncorrected",
    "hypertension_uncorrected",
    "insulin_treated",
    "organ_transplant",
    "hepatitis_b",
    "hepatitis_c",
    "arterial_thrombosis",
    "vte_history",
    "severe_hepatic_impairment",
    "severe_renal_impairment",
    "neuropathy_grade_2_or_more",
    "pregnant",
)
SITES = ("bone", "liver", "lung", "pleura", "brain", "leptomeninges", "lymph_node", "skin", "peritoneum", "other")
# members of a profile that are no facts by themselves: several of them tell one fact together
PROFILE_ONLY = ("disease.hr", "disease.her2", "disease.her2_ihc", "disease.her2_ish")
_CONDITION_LABELS = {
    "ild": "interstitial lung disease or pneumonitis, past or present",
    "vte_history": "earlier venous thromboembolism",
    "autoimmune_disease_active": "active autoimmune disease",
    "severe_renal_impairment": "severe renal impairment (creatinine clearance below 30 mL/min)",
    "neuropathy_grade_2_or_more": "neuropathy of grade 2 or more",
    "pregnant": "pregnancy",
}
_RESULTS = ("positive", "negative")
# sorts of harm that rules lay to drugs
HARMS = (
    "myocarditis",
    "immune",
    "lung",
    "heart",
    "nerves",
    "diarrhea",
    "glucose",
    "rash",
    "mouth",
    "hands_feet",
    "eyes",
    "liver",
    "platelets",
    "neutrophils",
    "anemia",
    "clots",
    "qt",
)
_HISTORY_SETS = (
    ("prior.", "earlier therapy"),
    ("prior.metastatic_", "earlier therapy for metastatic disease"),
    ("prior.early_", "therapy for early disease"),
    ("progressed.", "progression on earlier therapy"),
    ("progressed.metastatic_", "progression on metastatic therapy"),
    ("stopped_for_toxicity.", "therapy ended for toxicity"),
    ("harmed.", "reaction of grade 3 or 4 to earlier therapy"),
    ("last.", "last metastatic therapy"),
    ("current.", "therapy under way"),
)


def _disease() -> tuple[Fact, ...]:
    return (
        Fact("disease.er", "enum", "estrogen receptor", _RESULTS, decides=True),
        Fact("disease.er_percent", "number", "estrogen receptor", unit="%", decides=True, span=(0, 100)),
        Fact("disease.pr", "enum", "progesterone receptor", _RESULTS, decides=True),
        Fact("disease.pr_percent", "number", "progesterone receptor", unit="%", decides=True, span=(0, 100)),
        Fact("disease.her2_from", "enum", "sample of the HER2 result", ("primary", "metastasis"), decides=True),
        Fact("disease.rebiopsied", "flag", "biopsy of a metastasis since the last progression"),
        Fact("disease.grade", "number", "tumour grade", span=(1, 3), whole=True),
        Fact("disease.pd_l1_cps", "number", "PD-L1 combined positive score", decides=True, span=(0, 100)),
        Fact("disease.pd_l1_ic_percent", "number", "PD-L1 immune-cell score", unit="%", decides=True, span=(0, 100)),
        Fact("disease.tmb", "number", "tumour mutational burden", unit="mutations per megabase", decides=True),
        Fact("disease.msi", "enum", "microsatellite status", ("high", "stable"), decides=True),
        Fact("disease.de_novo", "flag", "metastatic at first diagnosis"),
        Fact("disease.visceral_crisis", "flag", "visceral crisis", presumed=False),
        Fact("disease.sites", "set", "sites of disease", SITES),
        Fact(
            "disease.brain_metastases",
            "enum",
            "brain metastases",
            ("none", "stable", "active_asymptomatic", "active_symptomatic"),
            presumed="none",
        ),
    )


def _patient() -> tuple[Fact, ...]:
    plain = (
        Fact("patient.sex", "enum", "sex", ("female", "male"), presumed="female"),
        Fact("patient.age", "number", "age", unit="years", span=(18, 120), whole=True),
        Fact("patient.menopausal", "enum", "menopausal status", ("pre", "peri", "post")),
        Fact("patient.ecog", "number", "ECOG performance status", presumed=1, span=(0, 4), whole=True),
        Fact("patient.frail", "flag", "frailty", presumed=False),
        Fact("patient.ovarian_suppression", "flag", "ovarian (in men testicular) suppression"),
        Fact("patient.breastfeeding", "flag", "breastfeeding"),
        Fact("patient.allergies", "set", "severe allergies"),
        Fact("patient.hba1c_percent", "number", "HbA1c", unit="%", span=(3, 20)),
        Fact("patient.fasting_glucose_mg_dl", "number", "fasting glucose", unit="mg/dL", span=(20, 1000)),
        Fact("patient.lvef_percent", "number", "left ventricular ejection fraction", unit="%", span=(5, 90)),
        Fact("patient.lvef_baseline_percent", "number", "ejection fraction before treatment", unit="%", span=(5, 90)),
        Fact("patient.heart_failure_nyha", "number", "heart failure, NYHA class", span=(1, 4), whole=True),
        Fact("patient.neuropathy_grade", "number", "neuropathy, CTCAE grade", span=(0, 4), whole=True),
        Fact("patient.ild_detail.active", "flag", "active interstitial lung disease"),
        Fact(
            "patient.ild_detail.worst_grade",
            "number",
            "interstitial lung disease, worst grade",
            span=(1, 4),
            whole=True,
        ),
        Fact(
            "patient.ild_detail.cause", "enum", "cause of the interstitial lung disease", ("drug", "radiation", "other")
        ),
        Fact(
            "patient.anthracycline_mg_m2",
            "number",
            "anthracycline so far, as doxorubicin",
            unit="mg/m2",
            span=(0, 2000),
        ),
        Fact("patient.qtcf_ms", "number", "QTcF", unit="ms", span=(250, 750)),
        Fact("patient.ugt1a1", "enum", "UGT1A1 genotype", ("*1/*1", "*1/*28", "*28/*28")),
        Fact("patient.dpd", "enum", "DPD status", ("normal", "partial_deficiency", "complete_deficiency")),
        Fact("patient.child_pugh", "enum", "Child-Pugh class", ("A", "B", "C")),
        Fact("patient.labs.anc_per_mm3", "number", "neutrophil count", unit="per mm3", span=(0, 100_000)),
        Fact("patient.labs.platelets_per_mm3", "number", "platelet count", unit="per mm3", span=(0, 2_000_000)),
        Fact("patient.labs.hemoglobin_g_dl", "number", "hemoglobin", unit="g/dL", span=(1, 25)),
        Fact("patient.labs.bilirubin_x_uln", "number", "bilirubin", unit="x ULN", span=(0, 50)),
        Fact("patient.labs.ast_alt_x_uln", "number", "AST or ALT", unit="x ULN", span=(0, 200)),
        Fact(
            "patient.labs.creatinine_clearance_ml_min", "number", "creatinine clearance", unit="mL/min", span=(0, 250)
        ),
        Fact("patient.medications", "set", "other medicines"),
    )
    conditions = tuple(
        Fact(f"patient.conditions.{name}", "flag", _CONDITION_LABELS.get(name, name.replace("_", " ")), presumed=False)
        for name in CONDITIONS
    )
    return plain + conditions


def _derived() -> tuple[Fact, ...]:
    sets = tuple(
        Fact(f"{prefix}{kind}", "set", label, decides=True, derived=True)
        for prefix, label in _HISTORY_SETS
        for kind in ("classes", "drugs")
    )
    months = "months"
    return (
        Fact("subtype", "enum", "subtype", SUBTYPES, decides=True, derived=True),
        Fact("hr", "enum", "hormone receptors", _RESULTS, decides=True, derived=True),
        Fact("her2_class", "enum", "HER2 class", HER2_CLASSES, decides=True, derived=True),
        Fact("her2_ever", "set", "HER2 classes found in any sample", HER2_CLASSES, decides=True, derived=True),
        Fact("line", "number", "next metastatic line", decides=True, derived=True, span=(1, inf), whole=True),
        Fact(
            "endocrine_lines",
            "number",
            "endocrine lines for metastatic disease",
            decides=True,
            derived=True,
            whole=True,
        ),
        Fact(
            "chemotherapy_lines",
            "number",
            "chemotherapy lines for metastatic disease",
            decides=True,
            derived=True,
            whole=True,
        ),
        Fact(
            "endocrine_resistance",
            "enum",
            "endocrine resistance (ESO-ESMO)",
            ("none", "secondary", "primary"),
            decides=True,
            derived=True,
        ),
        Fact(
            "months_on_cdk46_inhibitor",
            "number",
            "time on the last CDK4/6 inhibitor for metastatic disease",
            unit=months,
            decides=True,
            derived=True,
        ),
        Fact("first_line_months", "number", "time on first-line therapy", unit=months, decides=True, derived=True),
        Fact("last.months", "number", "time on the last metastatic therapy", unit=months, decides=True, derived=True),
        Fact(
            "last.ended",
            "enum",
            "why the last metastatic therapy ended",
            ("progression", "toxicity", "completed", "planned_switch", "choice", "access", "ongoing"),
            decides=True,
            derived=True,
        ),
        Fact(
            "last.response",
            "enum",
            "best response to the last metastatic therapy",
            ("CR", "PR", "SD", "PD"),
            decides=True,
            derived=True,
        ),
        Fact(
            "relapse.endocrine_months",
            "number",
            "from the end of endocrine therapy for early disease to relapse",
            unit=months,
            decides=True,
            derived=True,
        ),
        Fact(
            "relapse.cdk46_months",
            "number",
            "from the end of a CDK4/6 inhibitor for early disease to relapse",
            unit=months,
            decides=True,
            derived=True,
        ),
        Fact(
            "relapse.her2_months",
            "number",
            "from the end of HER2-targeted therapy for early disease to relapse",
            unit=months,
            decides=True,
            derived=True,
        ),
        Fact(
            "relapse.chemotherapy_months",
            "number",
            "from the end of chemotherapy for early disease to relapse",
            unit=months,
            decides=True,
            derived=True,
        ),
        Fact(
            "relapse.immunotherapy_months",
            "number",
            "from the end of an immune checkpoint inhibitor for early disease to relapse",
            unit=months,
            decides=True,
            derived=True,
        ),
        Fact(
            "relapse.on_endocrine",
            "flag",
            "relapse while on endocrine therapy for early disease",
            decides=True,
            derived=True,
        ),
        Fact("residual_disease", "flag", "residual disease after neoadjuvant therapy", decides=True, derived=True),
        Fact("unnamed_drug", "flag", "a drug in the history that this tool does not know", derived=True),
        Fact(
            "ild_grade",
            "number",
            "worst grade of interstitial lung disease, profile and history together",
            derived=True,
            span=(0, 4),
            whole=True,
        ),
        Fact(
            "lvef_drop_points",
            "number",
            "fall of the ejection fraction since baseline",
            unit="points",
            derived=True,
            span=(-85, 85),
        ),
        Fact("medication_classes", "set", "interaction classes of other medicines", derived=True),
        Fact("site.region", "enum", "region of the label", REGIONS, derived=True),
        Fact("site.level", "enum", "resource level of the site", LEVELS, derived=True),
        Fact("last.laid", "flag", "harm that ended the last metastatic therapy is laid to a drug of it", derived=True),
        Fact("laid", "set", "harm under earlier therapy that is laid to a drug", HARMS, derived=True),
        Fact("unavailable", "set", "drugs that cannot be had here", derived=True),
        *sets,
    )


def build() -> dict[str, Fact]:
    """The whole vocabulary by fact name."""
    genes = tuple(Fact(f"biomarkers.{gene}", "enum", _gene(gene), _RESULTS, decides=True) for gene in BIOMARKERS)
    return {fact.name: fact for fact in (*_disease(), *_patient(), *genes, *_derived())}


def _gene(name: str) -> str:
    if name[0] in "gs" and name[1:] in ("BRCA1", "BRCA2", "PALB2"):
        return f"{'germline' if name[0] == 'g' else 'somatic'} {name[1:]}"
    return name


VOCABULARY: Mapping[str, Fact] = build()
