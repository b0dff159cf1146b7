"""The fields behind "more", and the forms within a therapy, a test result and the like."""

from __future__ import annotations

from .fields import SIGN, Field, choice, flag, group, keyed, number, numbered

METASTATIC = "metastatic"
EARLY = ("adjuvant", "neoadjuvant")
_IHC = ("0", "0+", "1+", "2+", "3+")
# The key is the score itself, so that a hurried hand cannot enter another score than the one it read.
IHC = keyed("0=0, no staining|u=0+ (ultralow)|1=1+|2=2+|3=3+", *_IHC)
RESULT = numbered(("mutated", "positive"), ("not found", "negative"), ("uncertain variant (VUS)", "vus"))
LOSS = numbered(("lost or mutated", "positive"), ("not found", "negative"), ("uncertain variant (VUS)", "vus"))
GRADE = keyed("1=1|2=2|3=3|4=4", 1, 2, 3, 4)
SAMPLE = numbered(("primary tumour", "primary"), ("metastasis", "metastasis"))

FINDING = (
    choice("result", "Result", RESULT, "What was found?"),
    choice("specimen", "Specimen", numbered(("tissue", "tissue"), ("ctDNA", "ctdna"), ("germline", "germline"))),
    Field("variant", "Variant", "text", "Variant, short or HGVS", example="p.D538G"),
    Field(
        "tested",
        "Month of test",
        "text",
        "Year and month of the test",
        pattern=r"\d{4}-(0[1-9]|1[0-2])",
        example="2026-05",
    ),
    choice("assay", "Assay", numbered(("NGS", "ngs"), ("PCR", "pcr"), ("IHC", "ihc"), ("other", "other"))),
)


def gene(name: str, label: str = "", question: str = "") -> Field:
    """A biomarker: found, not found or uncertain; F2 opens its single results."""
    path = f"biomarkers.{name}"
    results = Field(path, f"{name} results", "list", f"Test results of {name}", fields=FINDING, entry="result", most=10)
    choices = LOSS if name in ("PTEN", "CDKN2A", "RB1") else RESULT
    return Field(path, label or name, "gene", question or f"{name}: altered?", choices, details=results)


REACTION = (
    Field("event", "Reaction", "text", "What happened? (CTCAE term)", example="diarrhea"),
    choice("grade", "Grade", GRADE, "Worst CTCAE grade"),
)
THERAPY = (
    choice(
        "setting",
        "Setting",
        numbered(("adjuvant", "adjuvant"), ("neoadjuvant", "neoadjuvant"), ("metastatic", METASTATIC)),
        "For early disease (adjuvant, neoadjuvant) or metastatic?",
        required=True,
        clears=tuple((setting, "line") for setting in EARLY),
    ),
    number("line", "Metastatic line", 1, 20, question="Which metastatic line was it?", whole=True),
    Field("drugs", "Drugs", "names", "Which drugs or classes?", names="drugs", asked=(METASTATIC, *EARLY)),
    number("months", "Months given", 0, 600, "months", "How long was it given?", asked=(METASTATIC, *EARLY)),
    choice(
        "ended",
        "Why ended",
        numbered(
            ("progression", "progression"),
            ("toxicity", "toxicity"),
            ("completed", "completed"),
            ("planned switch", "planned_switch"),
            ("choice", "choice"),
            ("access", "access"),
            ("ongoing", "ongoing"),
        ),
        "Why did it end? (progression: also a relapse during it)",
        asked=(METASTATIC, *EARLY),
    ),
    number(
        "months_since_end", "Ended ago", 0, 600, "months", "How long ago did it end? 0 = now or ongoing", asked=EARLY
    ),
    choice(
        "best_response",
        "Best response",
        numbered(("CR complete", "CR"), ("PR partial", "PR"), ("SD stable", "SD"), ("PD progression", "PD")),
    ),
    flag("residual_disease", "Residual", "Residual disease at surgery after neoadjuvant therapy?"),
    Field("toxicity", "Reactions", "list", "Reactions to this therapy", fields=REACTION, entry="reaction", most=10),
)

RECEPTORS = group(
    "Receptors",
    "Receptors in detail",
    choice("disease.er", "ER", SIGN, "Estrogen receptor"),
    number("disease.er_percent", "ER stained", 0, 100, "%", "Estrogen receptor, cells stained"),
    choice("disease.pr", "PR", SIGN, "Progesterone receptor"),
    number("disease.pr_percent", "PR stained", 0, 100, "%", "Progesterone receptor, cells stained"),
    choice("disease.hr", "Hormone rec.", SIGN, "Hormone receptors, where only the sum is known"),
    choice(
        "disease.her2",
        "HER2 class",
        numbered(
            ("positive", "positive"),
            ("low", "low"),
            ("ultralow", "ultralow"),
            ("zero", "zero"),
            ("negative, no more known", "negative"),
        ),
    ),
    choice("disease.her2_ihc", "HER2 IHC", IHC, "HER2 staining (IHC), the newest"),
    choice("disease.her2_ish", "HER2 ISH", SIGN, "HER2 gene amplification (ISH), the newest"),
    choice("disease.her2_from", "HER2 sample", SAMPLE, "Sample of the newest HER2 result"),
    Field(
        "disease.her2_earlier",
        "HER2 earlier",
        "list",
        "Older HER2 readings",
        fields=(
            choice("ihc", "HER2 IHC", IHC, "HER2 staining (IHC)"),
            choice("ish", "HER2 ISH", SIGN, "HER2 gene amplification (ISH)"),
            choice("from", "Sample", SAMPLE),
        ),
        entry="reading",
    ),
)
TUMOUR = group(
    "Tumour",
    "Tumour and lines",
    choice("disease.grade", "Tumour grade", keyed("1=1|2=2|3=3", 1, 2, 3)),
    flag("disease.de_novo", "De novo", "Metastatic at first diagnosis?"),
    flag("disease.rebiopsied", "Rebiopsied", "Metastasis biopsied at or after the last progression?"),
    number("disease.pd_l1_cps", "PD-L1 CPS", 0, 100, question="PD-L1 combined positive score"),
    number("disease.pd_l1_ic_percent", "PD-L1 IC", 0, 100, "%", "PD-L1 immune-cell score"),
    number("disease.tmb", "TMB", 0, 10000, "mut/Mb", "Tumour mutational burden"),
    choice("disease.msi", "Microsatellites", numbered(("unstable (MSI-high)", "high"), ("stable", "stable"))),
    number("line_override", "Own line count", 1, 20, question="Line by your own count, against the rules", whole=True),
)
GENES = group(
    "Other genes",
    "Other genes",
    *(gene(name) for name in ("sBRCA1", "sBRCA2", "sPALB2", "BRCA1", "BRCA2", "PALB2", "ERBB2", "RB1", "CCNE1")),
    *(gene(name) for name in ("CDK6", "CDKN2A", "FGFR1", "TP53", "NTRK", "RET", "BRAF")),
    gene("HRD", "HRD", "Homologous recombination deficiency: found?"),
)
ILD_DETAIL = group(
    "ILD details",
    "Lung disease (ILD, pneumonitis) in detail",
    flag("patient.ild_detail.active", "Active now", "Symptoms, imaging or steroids now?"),
    choice("patient.ild_detail.worst_grade", "Worst grade", GRADE),
    choice(
        "patient.ild_detail.cause", "Cause", numbered(("drug", "drug"), ("radiation", "radiation"), ("other", "other"))
    ),
)
CONDITIONS = group(
    "Conditions",
    "Conditions of the patient",
    *(
        flag(f"patient.conditions.{name}", label, question)
        for name, label, question in (
            ("diabetes_type_1", "Diabetes type 1", ""),
            ("diabetes_type_2", "Diabetes type 2", ""),
            ("insulin_treated", "On insulin", "Treated with insulin?"),
            ("heart_failure", "Heart failure", ""),
            ("recent_myocardial_infarction", "Recent infarct", "Recent myocardial infarction?"),
            ("long_qt_syndrome", "Long QT", "Long-QT syndrome?"),
            ("electrolytes_uncorrected", "Electrolytes", "Electrolytes out of range and not corrected?"),
            ("hypertension_uncorrected", "Hypertension", "Hypertension that is not controlled?"),
            ("arterial_thrombosis", "Arterial clot", "Arterial thrombosis?"),
            ("vte_history", "Venous clot", "Venous thromboembolism, ever?"),
            ("autoimmune_disease_active", "Autoimmune", "Active autoimmune disease?"),
            ("immunosuppressed", "Immunosuppr.", "Immunosuppressed?"),
            ("organ_transplant", "Transplant", "Organ transplant?"),
            ("hepatitis_b", "Hepatitis B", ""),
            ("hepatitis_c", "Hepatitis C", ""),
            ("severe_hepatic_impairment", "Liver, severe", "Severe hepatic impairment?"),
            ("severe_renal_impairment", "Kidney, severe", "Severe renal impairment?"),
            ("neuropathy_grade_2_or_more", "Neuropathy 2+", "Neuropathy of grade 2 or more?"),
            ("pregnant", "Pregnant", ""),
        )
    ),
    flag("patient.breastfeeding", "Breastfeeding"),
    flag("patient.ovarian_suppression", "Suppression", "Ovarian (in men testicular) suppression now?"),
    ILD_DETAIL,
)
MEASURES = group(
    "Measurements",
    "Measurements",
    number("patient.lvef_percent", "LVEF", 5, 90, "%", "Ejection fraction now"),
    number("patient.lvef_baseline_percent", "LVEF before", 5, 90, "%", "Ejection fraction before treatment"),
    number("patient.qtcf_ms", "QTcF", 250, 750, "ms"),
    number("patient.hba1c_percent", "HbA1c", 3, 20, "%"),
    number("patient.fasting_glucose_mg_dl", "Fasting glucose", 20, 1000, "mg/dL"),
    choice("patient.heart_failure_nyha", "NYHA class", GRADE, "Heart failure, NYHA class"),
    choice(
        "patient.neuropathy_grade",
        "Neuropathy",
        keyed("0=none|1=1|2=2|3=3|4=4", 0, 1, 2, 3, 4),
        "Neuropathy, CTCAE grade",
    ),
    number("patient.anthracycline_mg_m2", "Anthracycline", 0, 2000, "mg/m2", "Anthracycline so far, as doxorubicin"),
    choice("patient.ugt1a1", "UGT1A1", numbered(("*1/*1", "*1/*1"), ("*1/*28", "*1/*28"), ("*28/*28", "*28/*28"))),
    choice(
        "patient.dpd",
        "DPD",
        numbered(("normal", "normal"), ("partial", "partial_deficiency"), ("complete", "complete_deficiency")),
        "DPD deficiency",
    ),
    choice("patient.child_pugh", "Child-Pugh", numbered(("A", "A"), ("B", "B"), ("C", "C"))),
)
LABS = group(
    "Laboratory",
    "Laboratory",
    number("patient.labs.anc_per_mm3", "Neutrophils", 0, 100000, "/mm3"),
    number("patient.labs.platelets_per_mm3", "Platelets", 0, 2000000, "/mm3"),
    number("patient.labs.hemoglobin_g_dl", "Hemoglobin", 1, 25, "g/dL"),
    number("patient.labs.bilirubin_x_uln", "Bilirubin", 0, 50, "x ULN"),
    number("patient.labs.ast_alt_x_uln", "AST or ALT", 0, 200, "x ULN", "The higher of AST and ALT"),
    number("patient.labs.creatinine_clearance_ml_min", "Creat. clearance", 0, 250, "mL/min", "Creatinine clearance"),
)
MEDICINES = group(
    "Medicines",
    "Medicines, allergies, access",
    Field("patient.medications", "Other medicines", "names", "All other medicines", names="medicines"),
    Field("patient.allergies", "Allergies", "names", "Severe allergies to drugs or excipients", names="drugs"),
    Field("access.unavailable", "Not to be had", "names", "Drugs that cannot be had here", names="drugs"),
)
MORE = group("More fields", "More fields", RECEPTORS, TUMOUR, GENES, CONDITIONS, MEASURES, LABS, MEDICINES)
