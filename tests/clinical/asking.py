"""Profiles in one line, and what an answer says of a regimen.

Regimens are found by their drugs alone, as a judge from outside would; ovarian suppression beside them is ignored.
"""

from __future__ import annotations

SCHEMA = "nextline.profile/1"
HR_POSITIVE = {"er": "positive", "her2": "zero"}
HR_LOW = {"er": "positive", "her2": "low"}
TNBC = {"er": "negative", "pr": "negative", "her2": "zero"}
HER2_POSITIVE = {"er": "negative", "pr": "negative", "her2": "positive"}
TRIPLE_POSITIVE = {"er": "positive", "her2": "positive"}
ONCOGENES = ("ESR1", "PIK3CA", "AKT1", "PTEN", "gBRCA1", "gBRCA2", "sBRCA1", "sBRCA2", "gPALB2")
BANDS = ("preferred", "consider", "later", "investigational", "unavailable", "supportive")
CHEMOTHERAPY = frozenset(
    (
        "anthracycline",
        "capecitabine",
        "chemotherapy",
        "cyclophosphamide",
        "docetaxel",
        "eribulin",
        "gemcitabine",
        "ixabepilone",
        "nab-paclitaxel",
        "paclitaxel",
        "pegylated liposomal doxorubicin",
        "platinum",
        "vinorelbine",
    )
)
ENDOCRINE = frozenset(
    (
        "anastrozole",
        "aromatase inhibitor",
        "camizestrant",
        "elacestrant",
        "endocrine therapy",
        "exemestane",
        "fulvestrant",
        "giredestrant",
        "imlunestrant",
        "letrozole",
        "tamoxifen",
        "vepdegestrant",
    )
)
CONJUGATES = ("trastuzumab deruxtecan", "sacituzumab govitecan", "datopotamab deruxtecan")


def profile(disease, history=None, biomarkers=None, patient=None, **more):
    """A profile; what is left out is unknown."""
    parts = {"disease": disease, "history": history, "biomarkers": biomarkers, "patient": patient, **more}
    return {"schema": SCHEMA, **{name: part for name, part in parts.items() if part is not None}}


def given(*drugs, months=14, ended="progression", **more):
    """A therapy for metastatic disease that ended now, by progression unless said otherwise."""
    return {
        "setting": "metastatic",
        "drugs": list(drugs),
        "months": months,
        "months_since_end": 0,
        "ended": ended,
        **more,
    }


def early(*drugs, months=60, since_end=36, ended="completed", setting="adjuvant", **more):
    """A therapy for early disease that ended some months ago."""
    return {
        "setting": setting,
        "drugs": list(drugs),
        "months": months,
        "months_since_end": since_end,
        "ended": ended,
        **more,
    }


def negative(*genes):
    """These genes, tested and not altered."""
    return dict.fromkeys(genes, "negative")


FIRST_LINE = given("letrozole", "palbociclib")


def after_first_line(biomarkers=None, disease=HR_POSITIVE, **more):
    """HR+/HER2- disease that grew on letrozole with palbociclib after 14 months."""
    return profile(disease, history=[FIRST_LINE], biomarkers=biomarkers, **more)


def _same(row, drugs):
    return frozenset(row["drugs"]) - {"ovarian suppression"} == frozenset(drugs)


def find(answer, *drugs):
    """The option of exactly these drugs, or ``None``."""
    return next((option for option in answer["options"] if _same(option, drugs)), None)


def ruled_out(answer, *drugs):
    """The row of ``ruled_out`` of exactly these drugs, or ``None``."""
    return next((row for row in answer["ruled_out"] if _same(row, drugs)), None)


def rank(answer, *drugs):
    """The place of the regimen; past the end where it is not among the options."""
    option = find(answer, *drugs)
    return option["rank"] if option else len(answer["options"]) + 1


def applies(answer, *drugs):
    """Whether the regimen is offered on what is known."""
    option = find(answer, *drugs)
    return option is not None and option["status"] == "applies"


def is_chemotherapy(option):
    """Whether all its drugs are classical cytotoxics."""
    return bool(option["drugs"]) and set(option["drugs"]) <= CHEMOTHERAPY


def cited(option):
    """Ids of the records that an option, a flag, a test or a ruled-out row rests on."""
    rows = option.get("evidence", [])
    return [row["result"] or row["statement"] for row in rows] + option.get("bases", [])


def flag(answer, code):
    """The flag of a code, or ``None``."""
    return next((row for row in answer["flags"] if row["code"] == code), None)


def missing_test(answer, fact):
    """The row of ``tests`` for a fact, or ``None``."""
    return next((row for row in answer["tests"] if row["fact"] == fact), None)


def flat(text):
    """A text with single spaces, so that a sentence is found across its line breaks."""
    return " ".join(text.split())
