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
    StrictInt,
    StrictStr,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticKnownError

from nextline_core.vocabulary import BIOMARKERS, CONDITIONS, SITES

from .choices import one_of


def _whole(value: Any) -> Any:
    """JSON knows one kind of number, so 2.0 is a 2."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(value: Any) -> Any:
    """Any number, of however many digits; ``true`` is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticKnownError("float_type")
    return value


Number = Annotated[Any, BeforeValidator(_number)]
Percent = Annotated[Number, Field(ge=0, le=100)]
Whole = Annotated[StrictInt, BeforeValidator(_whole)]
Grade = Annotated[int, one_of((1, 2, 3, 4))]
Short = Annotated[StrictStr, StringConstraints(max_length=80)]
Flag = StrictBool | None
Sign = Literal["positive", "negative"] | None
Ihc = Literal["0", "0+", "1+", "2+", "3+"] | None
SiteOfDisease = Annotated[str, one_of(SITES)]
Condition = Annotated[str, one_of(CONDITIONS)]
Gene = Annotated[str, one_of(BIOMARKERS)]


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
    grade: Annotated[int, one_of((1, 2, 3))] | None = None
    pd_l1_cps: Percent | None = None
    pd_l1_ic_percent: Percent | None = None
    tmb: Annotated[Number, Field(ge=0)] | None = None
    msi: Literal["high", "stable"] | None = None
    de_novo: Flag = None
    visceral_crisis: Flag = None
    sites: list[SiteOfDisease] | None = None
    brain_metastases: Literal["none", "stable", "active_asymptomatic", "active_symptomatic"] | None = None


class IldDetail(_Closed):
    """Details of an interstitial lung disease."""

    active: Flag = None
    worst_grade: Grade | None = None
    cause: Literal["drug", "radiation", "other"] | None = None


class Labs(_Closed):
    """Laboratory values; ``x_uln`` are multiples of the upper limit of normal."""

    anc_per_mm3: Annotated[Number, Field(ge=0, le=100000)] | None = None
    platelets_per_mm3: Annotated[Number, Field(ge=0, le=2000000)] | None = None
    hemoglobin_g_dl: Annotated[Number, Field(ge=1, le=25)] | None = None
    bilirubin_x_uln: Annotated[Number, Field(ge=0, le=50)] | None = None
    ast_alt_x_uln: Annotated[Number, Field(ge=0, le=200)] | None = None
    creatinine_clearance_ml_min: Annotated[Number, Field(ge=0, le=250)] | None = None


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
    hba1c_percent: Annotated[Number, Field(ge=3, le=20)] | None = None
    fasting_glucose_mg_dl: Annotated[Number, Field(ge=20, le=1000)] | None = None
    lvef_baseline_percent: Annotated[Number, Field(ge=5, le=90)] | None = None
    heart_failure_nyha: Grade | None = None
    neuropathy_grade: Annotated[int, one_of((0, 1, 2, 3, 4))] | None = None
    ild_detail: IldDetail = IldDetail()
    anthracycline_mg_m2: Annotated[Number, Field(ge=0, le=2000)] | None = None
    lvef_percent: Annotated[Number, Field(ge=5, le=90)] | None = None
    qtcf_ms: Annotated[Number, Field(ge=250, le=750)] | None = None
    ugt1a1: Literal["*1/*1", "*1/*28", "*28/*28"] | None = None
    dpd: Literal["normal", "partial_deficiency", "complete_deficiency"] | None = None
    conditions: dict[Condition, Flag] = {}
    child_pugh: Literal["A", "B", "C"] | None = None
    labs: Labs = Labs()
    medications: list[Short] | None = None


class Finding(_Closed):
    """One test result of one gene."""

    result: Literal["positive", "negative", "vus"] | None
    specimen: Literal["tissue", "ctdna", "germline"] | None = None
    variant: Short | None = None
    tested: Annotated[StrictStr, StringConstraints(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")] | None = None
    assay: Literal["ngs", "pcr", "ihc", "other"] | None = None


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
    grade: Grade | None = None


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
    months: Annotated[Number, Field(ge=0)] | None = None
    months_since_end: Annotated[Number, Field(ge=0)] | None = None
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
