"""The first page of the profile: twenty-five fields in the order in which they decide, and the way to the others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .fields import SIGN, Choice, Field, choice, flag, keyed, number, numbered
from .groups import IHC, ILD_DETAIL, MORE, THERAPY, gene

_NEGATIVE = MappingProxyType({"disease.her2": ("low", "ultralow", "zero")})
_ORDINALS = ("first", "second", "third")


def _subtype(key: str, label: str, hr: str, her2: str) -> Choice:
    also: Mapping[str, tuple[str, ...]] | None = _NEGATIVE if her2 == "negative" else None
    return Choice(key, label, {"disease.hr": hr, "disease.her2": her2}, also)


def _diabetes(key: str, label: str, first: bool, second: bool) -> Choice:
    names = ("patient.conditions.diabetes_type_1", "patient.conditions.diabetes_type_2")
    return Choice(key, label, dict(zip(names, (first, second), strict=True)))


MAIN = (
    Field(
        "disease",
        "HR / HER2",
        "pair",
        "Hormone receptors and HER2",
        (
            _subtype("1", "HR+ HER2-", "positive", "negative"),
            _subtype("2", "HR+ HER2+", "positive", "positive"),
            _subtype("3", "HR- HER2+", "negative", "positive"),
            _subtype("4", "HR- HER2- (TNBC)", "negative", "negative"),
        ),
    ),
    choice(
        "next_line",
        "Line to choose",
        numbered(
            *((f"{name} line", number) for number, name in enumerate(_ORDINALS, 1)),
            *((f"{number}th line", number) for number in range(4, 21)),
        ),
        "Which line of metastatic therapy is to be chosen?",
        summary=("1 first line", "2 second line", "3 third line", "4-9 fourth to ninth", "a-k tenth to twentieth"),
    ),
    Field("history", "Therapies so far", "therapies", fields=THERAPY, entry="therapy"),
    flag("disease.visceral_crisis", "Visceral crisis", "Visceral crisis (an organ about to fail)?"),
    gene("ESR1", question="ESR1 mutation (tissue or ctDNA)?"),
    gene("PIK3CA", question="PIK3CA mutation?"),
    gene("AKT1", question="AKT1 mutation?"),
    gene("PTEN", question="PTEN loss or mutation?"),
    gene("gBRCA1", question="Germline BRCA1 mutation?"),
    gene("gBRCA2", question="Germline BRCA2 mutation?"),
    gene("gPALB2", question="Germline PALB2 mutation?"),
    choice("disease.her2_ihc", "HER2 IHC", IHC, "HER2 staining (IHC), the newest"),
    choice("disease.her2_ish", "HER2 ISH", SIGN, "HER2 gene amplification (ISH), the newest"),
    number("disease.pd_l1_cps", "PD-L1 CPS", 0, 100, question="PD-L1 combined positive score"),
    Field(
        "disease.sites",
        "Sites",
        "many",
        "Sites of disease, all of them",
        numbered(
            ("bone", "bone"),
            ("liver", "liver"),
            ("lung", "lung"),
            ("pleura", "pleura"),
            ("brain", "brain"),
            ("leptomeninges", "leptomeninges"),
            ("lymph node", "lymph_node"),
            ("skin", "skin"),
            ("peritoneum", "peritoneum"),
            ("other", "other"),
        ),
    ),
    choice(
        "disease.brain_metastases",
        "Brain metastases",
        numbered(
            ("none", "none"),
            ("stable", "stable"),
            ("active, no symptoms", "active_asymptomatic"),
            ("active, symptoms", "active_symptomatic"),
        ),
    ),
    choice("patient.sex", "Sex", numbered(("female", "female"), ("male", "male"))),
    number("patient.age", "Age", 18, 120, "years", whole=True),
    choice(
        "patient.menopausal",
        "Menopause",
        numbered(("pre", "pre"), ("peri", "peri"), ("post", "post")),
        "Menopausal status",
    ),
    choice(
        "patient.ecog",
        "ECOG",
        keyed("0=fully active|1=light work|2=up half the day|3=in bed half the day|4=bedridden", 0, 1, 2, 3, 4),
        "ECOG performance status",
    ),
    flag("patient.frail", "Frail", "Frail by the clinic's own judgement?"),
    Field(
        "patient.conditions",
        "Diabetes",
        "pair",
        "Diabetes",
        (
            _diabetes("1", "type 1", True, False),
            _diabetes("2", "type 2", False, True),
            _diabetes("3", "none", False, False),
        ),
    ),
    flag("patient.conditions.ild", "ILD", "Interstitial lung disease or pneumonitis, ever?", details=ILD_DETAIL),
    number("patient.lvef_percent", "LVEF", 5, 90, "%", "Ejection fraction now"),
    number("patient.qtcf_ms", "QTcF", 250, 750, "ms"),
    MORE,
)
