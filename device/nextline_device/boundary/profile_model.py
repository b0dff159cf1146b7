"""The profile as it comes in from outside: a pydantic model of ``nextline.profile/1``, closed and strict.

A member that is absent or null is unknown. A member that is not listed is an error, so that no name or record number
slips in.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    StringConstraints,
    Tag,
)


def _whole(value: Any) -> Any:
    """JSON knows one kind of number, so 2.0 is a 2; but ``true`` is not a 1."""
    if isinstance(value, bool):
        return str(value).lower()
    return int(value) if isinstance(value, float) and value.is_integer() else value


Number = Annotated[StrictInt | StrictFloat, BeforeValidator(_whole)]
Percent = Annotated[Number, Field(ge=0, le=100)]
Whole = Annotated[StrictInt, BeforeValidator(_whole)]
Short = Annotated[StrictStr, StringConstraints(max_length=80)]
Flag = StrictBool | None
Sign = Literal["positive", "negative"] | None
Ihc = Literal["0", "0+", "1+", "2+", "3+"] | None


def _in(low: float, high: float | None = None) -> Any:
    return Annotated[Number, Field(ge=low, le=high) if high is not None else Field(ge=low)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EarlierHer2(_Closed):
    """An older HER2 reading."""

    ihc: Ihc = None
    ish: Sign = None
    from_: Literal["primary", "metastasis"] | None = Field(None, alias="from")


class Disease(_Closed):
    """The tumour."""

    er: Sign = None
    er_percent: Percent | None = None
    pr: Sign = None
    pr_percent: Percent | None = None
    hr: Sign = None
    her2: Literal["positive", "low", "ultralow", "zero", "negative"] | None = None
    her2_ihc: Ihc = None
    her2_ish: Sign = None
    her2_from: Literal["primary", "metastasis"] | None = None
    her2_earlier: list[EarlierHer2] | None = None
    rebiopsied: Flag = None
    grade: Annotated[Literal[1, 2, 3], BeforeValidator(_whole)] | None = None
    pd_l1_cps: _in(0, 100) | None = None  # type: ignore[valid-type]
    pd_l1_ic_percent: _in(0, 100) | None = None  # type: ignore[valid-type]
    tmb: _in(0) | None = None  # type: ignore[valid-type]
    msi: Literal["high", "stable"] | None = None
    de_novo: Flag = None
    visceral_crisis: Flag = None
    sites: (
        list[
            Literal[
                "bone", "liver", "lung", "pleura", "brain", "leptomeninges", "lymph_node", "skin", "peritoneum", "other"
            ]
        ]
        | None
    ) = None
    brain_metastases: Literal["none", "stable", "active_asymptomatic", "active_symptomatic"] | None = None


class IldDetail(_Closed):
    """Details of an interstitial lung disease."""

    active: Flag = None
    worst_grade: Annotated[Literal[1, 2, 3, 4], BeforeValidator(_whole)] | None = None
    cause: Literal["drug", "radiation", "other"] | None = None


class Conditions(_Closed):
    """Present, absent, or unknown."""

    diabetes_type_1: Flag = None
    diabetes_type_2: Flag = None
    ild: Flag = None
    heart_failure: Flag = None
    autoimmune_disease_active: Flag = None
    immunosuppressed: Flag = None
    long_qt_syndrome: Flag = None
    recent_myocardial_infarction: Flag = None
    electrolytes_uncorrected: Flag = None
    hypertension_uncorrected: Flag = None
    insulin_treated: Flag = None
    organ_transplant: Flag = None
    hepatitis_b: Flag = None
    hepatitis_c: Flag = None
    arterial_thrombosis: Flag = None
    vte_history: Flag = None
    severe_hepatic_impairment: Flag = None
    severe_renal_impairment: Flag = None
    neuropathy_grade_2_or_more: Flag = None
    pregnant: Flag = None


class Labs(_Closed):
    """Laboratory values; ``x_uln`` are multiples of the upper limit of normal."""

    anc_per_mm3: _in(0, 100000) | None = None  # type: ignore[valid-type]
    platelets_per_mm3: _in(0, 2000000) | None = None  # type: ignore[valid-type]
    hemoglobin_g_dl: _in(1, 25) | None = None  # type: ignore[valid-type]
    bilirubin_x_uln: _in(0, 50) | None = None  # type: ignore[valid-type]
    ast_alt_x_uln: _in(0, 200) | None = None  # type: ignore[valid-type]
    creatinine_clearance_ml_min: _in(0, 250) | None = None  # type: ignore[valid-type]


class Patient(_Closed):
    """The person; no name, no birth date, no record number."""

    sex: Literal["female", "male"] | None = None
    age: Annotated[Whole, Field(ge=18, le=120)] | None = None
    menopausal: Literal["pre", "peri", "post"] | None = None
    ecog: Annotated[Whole, Field(ge=0, le=4)] | None = None
    frail: Flag = None
    ovarian_suppression: Flag = None
    breastfeeding: Flag = None
    allergies: list[Short] | None = None
    hba1c_percent: _in(3, 20) | None = None  # type: ignore[valid-type]
    fasting_glucose_mg_dl: _in(20, 1000) | None = None  # type: ignore[valid-type]
    lvef_baseline_percent: _in(5, 90) | None = None  # type: ignore[valid-type]
    heart_failure_nyha: Annotated[Literal[1, 2, 3, 4], BeforeValidator(_whole)] | None = None
    neuropathy_grade: Annotated[Literal[0, 1, 2, 3, 4], BeforeValidator(_whole)] | None = None
    ild_detail: IldDetail | None = None
    anthracycline_mg_m2: _in(0, 2000) | None = None  # type: ignore[valid-type]
    lvef_percent: _in(5, 90) | None = None  # type: ignore[valid-type]
    qtcf_ms: _in(250, 750) | None = None  # type: ignore[valid-type]
    ugt1a1: Literal["*1/*1", "*1/*28", "*28/*28"] | None = None
    dpd: Literal["normal", "partial_deficiency", "complete_deficiency"] | None = None
    conditions: Conditions | None = None
    child_pugh: Literal["A", "B", "C"] | None = None
    labs: Labs | None = None
    medications: list[Short] | None = None


class Finding(_Closed):
    """One test result of one gene."""

    result: Literal["positive", "negative", "vus"] | None
    specimen: Literal["tissue", "ctdna", "germline"] | None = None
    variant: Short | None = None
    tested: Annotated[StrictStr, StringConstraints(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")] | None = None
    assay: Literal["ngs", "pcr", "ihc", "other"] | None = None


Gene = Literal[
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
]


def _shape(value: Any) -> str:
    return "many" if isinstance(value, list) else "one" if isinstance(value, dict) else "plain"


Findings = Annotated[
    Annotated[Literal["positive", "negative", "vus"] | None, Tag("plain")]
    | Annotated[Finding, Tag("one")]
    | Annotated[list[Finding], Field(min_length=1, max_length=10), Tag("many")],
    Discriminator(_shape),
]


class Reaction(_Closed):
    """A reaction to a therapy."""

    event: Short
    grade: Annotated[Literal[1, 2, 3, 4], BeforeValidator(_whole)] | None = None


Reactions = Annotated[
    Annotated[None, Tag("plain")]
    | Annotated[Reaction, Tag("one")]
    | Annotated[list[Reaction], Field(max_length=10), Tag("many")],
    Discriminator(_shape),
]


class Entry(_Closed):
    """One systemic therapy."""

    setting: Literal["neoadjuvant", "adjuvant", "metastatic"]
    line: Annotated[Whole, Field(ge=1, le=20)] | None = None
    drugs: Annotated[list[Short], Field(min_length=1)]
    months: _in(0) | None = None  # type: ignore[valid-type]
    months_since_end: _in(0) | None = None  # type: ignore[valid-type]
    best_response: Literal["CR", "PR", "SD", "PD"] | None = None
    ended: Literal["progression", "toxicity", "completed", "planned_switch", "choice", "access", "ongoing"] | None = (
        None
    )
    residual_disease: Flag = None
    toxicity: Reactions = None


class Access(_Closed):
    """What this clinic cannot give."""

    unavailable: list[Short] | None = None


class ProfileModel(_Closed):
    """The whole profile."""

    schema_: Literal["nextline.profile/1"] = Field(alias="schema")
    next_line: Annotated[Whole, Field(ge=1, le=20)] | None = None
    line_override: Annotated[Whole, Field(ge=1, le=20)] | None = None
    disease: Disease = Disease()
    patient: Patient = Patient()
    biomarkers: dict[Gene, Findings] = {}
    history: list[Entry] | None = None
    access: Access = Access()
