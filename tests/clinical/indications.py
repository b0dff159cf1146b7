"""From the words of a regulatory indication to profiles and regimens, by words alone.

The indications are a GPL data set that lies outside the project and is only read. Nothing here knows a single one:
drugs are found by the names of the catalogue, biomarkers and earlier therapy by the usual wording.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clinical.asking import HER2_POSITIVE, ONCOGENES, TNBC, TRIPLE_POSITIVE, early, given, negative, profile
from conftest import outside
from nextline_core.catalogue import Catalogue, Resolved, fold
from nextline_db.words import distance

SOURCE = outside("data", "moalmanac", "indications-breast-subset.json")
AGENCIES = {"fda": "FDA", "ema": "EMA", "hc": "Health Canada", "hse": "HSE (Ireland)", "hpra": "HPRA (Ireland)"}
_METASTATIC = re.compile(r"metasta|advanced|unresectable|inoperable", re.IGNORECASE)
_EARLY = re.compile(
    r"neo-?adjuvant (?:treatment|chemotherapy|therapy)|adjuvant treatment of|early[- ]stage|early (?:breast|invasive)"
    r"|invasive early|prostate",
    re.IGNORECASE,
)
_PARTNERS = re.compile(
    r"in combination with (.+?)"
    r"(?= as | for | in (?:adult|patient|women|post|pre)| is | are |,? who|,? follow| after |[.(]|$)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"initial|first[- ]line|not (?:previously )?(?:been )?(?:treated|received|have received)|have not", re.IGNORECASE
)
_PRIOR = re.compile(
    r"prior|previous|received|progress|failure|recurrence|relapse|following|been treated|completed", re.IGNORECASE
)


@dataclass(frozen=True)
class Indication:
    """What is kept of an indication while the tests run: who, when, and its words."""

    agency: str
    date: str
    therapy: str
    words: str
    biomarkers: str

    @property
    def first_sentence(self) -> str:
        """What comes after it are limits of use, and what holds for some of the patients only."""
        return re.split(r"\.\s+(?=[A-Z])", self.words)[0]


def _rows() -> list[dict[str, Any]]:
    return json.loads(SOURCE.read_text(encoding="utf-8")) if SOURCE.exists() else []


def count() -> int:
    """How many indications the file holds, those for early disease included."""
    return len(_rows())


def metastatic() -> list[Indication]:
    """The indications for metastatic breast cancer, as they stand in the file; none where there is no file."""
    return [
        Indication(
            AGENCIES[row["id"].split(":")[1].split(".")[0]],
            row["initial_approval_date"] or "",
            row["raw_therapeutics"] or "",
            row["indication"] or "",
            row["raw_biomarkers"] or "",
        )
        for row in _rows()
        if _METASTATIC.search(row["indication"] or "") and not _EARLY.search(row["indication"] or "")
    ]


def regimens(indication: Indication, names: Catalogue) -> list[frozenset[Resolved]]:
    """The regimens that it speaks of: the drug itself with each of its alternative partners."""
    base, _, rest = indication.therapy.partition("in combination")
    base_drugs = named(base.split(",")[0], names)
    clauses = _PARTNERS.findall(indication.first_sentence)
    clauses = clauses or ([rest] if rest else [", ".join(base.split(",")[1:])])
    found = [base_drugs | named(choice, names) for clause in clauses for choice in re.split(r"\bor\b", clause)]
    return list(dict.fromkeys(found))


def named(text: str, names: Catalogue) -> frozenset[Resolved]:
    """The drugs and classes that a text names, longest name first; a long word one or two letters off is mended."""
    left, found = f" {re.sub(r'[^a-z0-9+ ]', ' ', fold(text))} ", set()
    for name in sorted(names.lookup, key=len, reverse=True):
        wanted = f" {re.sub(r'[^a-z0-9+ ]', ' ', name)} "
        if len(name) > 2 and wanted in left:
            found.add(_plain(names.lookup[name]))
            left = left.replace(wanted, "  ")
    for word in left.split():
        near = [n for n in names.lookup if len(word) > 8 and distance(word, n, 2) <= 2]
        found |= {_plain(names.lookup[name]) for name in near}
    return frozenset(found)


def _plain(resolved: Resolved) -> Resolved:
    return Resolved("", resolved.drug, resolved.drug_class)


def same(regimen: frozenset[Resolved], drugs: list[str], names: Catalogue) -> bool:
    """Whether an option's drugs are this regimen; a class and its member count as the same."""
    left = [_plain(names.resolve(drug)) for drug in drugs if drug != "ovarian suppression"]
    if len(left) != len(regimen):
        return False
    for wanted in sorted(regimen, key=lambda r: r.drug is None):  # drugs first: a class takes what is left
        match = next((r for r in left if r == wanted), None) or next(
            (r for r in left if _related(r, wanted, names)), None
        )
        if match is None:
            return False
        left.remove(match)
    return True


def _related(one: Resolved, other: Resolved, names: Catalogue) -> bool:
    return one.drug_class in names.classes(other) or other.drug_class in names.classes(one)


# what the words say of the tumour: a pattern, the members that it sets, and those that say that it is known absent
Marker = tuple[str, dict[str, Any], dict[str, Any]]
Reading = tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]
_HORMONE = re.compile(r"(?<!factor )\b(?:HR|ER|receptor)\b[^.;]{0,8}[- ]?positive|\b(?:HR|ER) ?\+|hormone-dependent")
_GENES = {
    "ESR1": (r"ESR1", "ESR1"),
    "PIK3CA, AKT1 or PTEN": (r"PIK3CA|AKT1|PTEN", "PIK3CA"),
    "germline BRCA": (r"\bg?BRCA|germline breast cancer", "gBRCA2"),
}


def markers(words: str) -> list[Marker]:
    """The biomarkers beside the receptors that the indication names."""
    found: list[Marker] = []
    for name, (pattern, gene) in _GENES.items():
        if re.search(pattern, words):
            found.append((name, {"biomarkers": {gene: "positive"}}, {"biomarkers": negative(*ONCOGENES)}))
    if re.search(r"CPS", words):
        found.append(("PD-L1 CPS", {"pd_l1_cps": 15}, {"pd_l1_cps": 0}))
    elif re.search(r"PD-L1", words):
        found.append(("PD-L1 on immune cells", {"pd_l1_ic_percent": 5}, {"pd_l1_ic_percent": 0}))
    return found


def tumours(words: str) -> Iterator[Reading]:
    """The receptor readings that the words allow, each with the readings in which a named receptor is known absent."""
    hr = bool(_HORMONE.search(words))
    if re.search(r"triple[- ]negative|TNBC", words, re.IGNORECASE):
        yield TNBC, [("triple-negative", {**TNBC, "her2": "positive"})]
    elif re.search(r"HER2[- ]{0,2}positive|over ?-?express|ErbB2", words, re.IGNORECASE):
        yield TRIPLE_POSITIVE, [("HER2", {"er": "positive", "her2": "zero", "her2_earlier": []})]
        if not hr:
            yield HER2_POSITIVE, [("HER2", {**TNBC, "her2_earlier": []})]
    else:
        yield from _her2_negative(words, hr)


def _her2_negative(words: str, hr: bool) -> Iterator[Reading]:
    low = re.search(r"HER2[- ]low", words)
    her2 = "low" if low else "zero"
    absent = [("HER2-low", {"her2": "zero", "her2_earlier": []})] if low else []
    if re.search(r"HER2[^.;]{0,30}[- ]negative|HER2-", words) and not low:
        absent.append(("HER2-negative", {"her2": "positive"}))
    positive = {"er": "positive", "her2": her2}
    readings = [positive] if hr else [positive, {**TNBC, "her2": her2}]
    for reading in readings:
        rows = [(name, {**reading, **change}) for name, change in absent]
        if hr:
            rows.append(("hormone receptors", {**TNBC, "her2": her2}))
        yield reading, rows


_TAXANE_PAIR = ("docetaxel", "trastuzumab", "pertuzumab")
_AC_T = early("doxorubicin", "cyclophosphamide", "paclitaxel", months=5, since_end=30, setting="neoadjuvant")
_PRETREATED: dict[str, list[list[dict[str, Any]]]] = {
    "HR+": [
        [given("letrozole")],
        [given("letrozole", "palbociclib")],
        [given("tamoxifen")],
        [early("letrozole", months=30, since_end=0, ended="progression")],
        [_AC_T, given("letrozole", "palbociclib"), given("capecitabine")],
        [given("letrozole", "palbociclib"), given("paclitaxel"), given("capecitabine")],
    ],
    "TNBC": [
        [_AC_T, given("carboplatin", "gemcitabine")],
        [_AC_T],
        [given("paclitaxel"), given("capecitabine")],
    ],
    "HER2+": [
        [given(*_TAXANE_PAIR)],
        [given(*_TAXANE_PAIR), given("trastuzumab deruxtecan")],
        [_AC_T, given(*_TAXANE_PAIR), given("trastuzumab emtansine")],
        [given(*_TAXANE_PAIR), given("trastuzumab deruxtecan"), given("trastuzumab", "vinorelbine")],
        [given(*_TAXANE_PAIR, months=6, ended="planned_switch", best_response="PR")],
    ],
}  # fmt: skip


def candidates(indication: Indication) -> Iterator[tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]]:
    """Profiles that the words describe, each with the same profile where one named biomarker is known absent."""
    tumour = f"{indication.first_sentence} {indication.biomarkers}"
    found = markers(tumour)
    present = [marker[1] for marker in found]
    for reading, receptors in tumours(tumour):
        for history in _histories(indication.words, reading):
            absent = [(name, _profile(other, history, present)) for name, other in receptors]
            for marker in found:
                settings = [other[2] if other is marker else other[1] for other in found]
                absent.append((marker[0], _profile(reading, history, settings)))
            yield _profile(reading, history, present), absent


def _histories(words: str, reading: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """No therapy yet where the words speak of a first one, the usual earlier therapies where they speak of these."""
    group = "HER2+" if reading["her2"] == "positive" else "HR+" if reading["er"] == "positive" else "TNBC"
    first, prior = _FIRST.search(words), _PRIOR.search(words)
    untreated: list[list[dict[str, Any]]] = [[]] if first or not prior else []
    return untreated + (_PRETREATED[group] if prior or not first else [])


def _profile(reading: dict[str, Any], history: list[dict[str, Any]], settings: list[dict[str, Any]]) -> dict[str, Any]:
    genes = {gene: value for s in settings for gene, value in s.get("biomarkers", {}).items()}
    disease = {**reading, **{n: v for s in settings for n, v in s.items() if n != "biomarkers"}}
    patient = {"sex": "female", "menopausal": "post", "ecog": 1, "frail": False}
    return profile(disease, history=history, biomarkers=genes or None, patient=patient)
