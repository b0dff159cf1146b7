"""Hormone receptors, HER2 class and subtype from whichever of the receptor fields are known.

HER2 class follows ASCO-CAP reading as the contract words it: 3+ or ISH-positive is positive, 2+ with negative ISH
and 1+ are low, 0+ is ultralow, 0 is zero. "Negative" alone is known not to be positive, and nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..profile import Profile
from ..values import Members, OneOf, Value
from ..vocabulary import HER2_CLASSES

_ALL = frozenset(HER2_CLASSES)
_NEGATIVE = frozenset(("zero", "ultralow", "low"))
_BY_IHC = {
    "3+": frozenset(("positive",)),
    "2+": frozenset(("low", "positive")),
    "1+": frozenset(("low",)),
    "0+": frozenset(("ultralow",)),
    "0": frozenset(("zero",)),
}


def facts(profile: Profile) -> dict[str, Value]:
    """``hr``, ``her2_class``, ``her2_ever`` and ``subtype`` as far as they are known."""
    disease = profile.get("disease") or {}
    found: dict[str, Value] = {}
    hr = hormone_receptors(disease)
    if hr:
        found["hr"] = hr
    her2 = her2_possible(disease)
    if her2 != _ALL:
        found["her2_class"] = _value(her2)
    found["her2_ever"] = _ever(disease, her2)
    subtype = _subtypes(hr, her2)
    if len(subtype) < 4:
        found["subtype"] = _value(subtype)
    return found


def hormone_receptors(disease: Mapping[str, Any]) -> str | None:
    """Positive where either receptor is (1 percent or more), negative where both are, else ``None``."""
    if disease.get("hr") is not None:
        return str(disease["hr"])
    er, pr = receptor(disease, "er"), receptor(disease, "pr")
    if "positive" in (er, pr):
        return "positive"
    return "negative" if er == pr == "negative" else None


def receptor(disease: Mapping[str, Any], name: str) -> str | None:
    """``er`` or ``pr`` as stated, or from its percentage (positive from 1 percent)."""
    stated, percent = disease.get(name), disease.get(f"{name}_percent")
    if stated is not None:
        return str(stated)
    return None if percent is None else "positive" if percent >= 1 else "negative"


def by_staining(ihc: str | None, ish: str | None) -> frozenset[str]:
    """The HER2 classes that an IHC score and an ISH result leave open."""
    if ish == "positive":
        return frozenset(("positive",))
    classes = _BY_IHC.get(ihc or "", _ALL)
    return classes & _NEGATIVE if ish == "negative" and ihc != "3+" else classes


def her2_possible(disease: Mapping[str, Any]) -> frozenset[str]:
    """The HER2 classes that are still possible; all four where nothing is known."""
    stated = disease.get("her2")
    classes = _ALL if stated is None else _NEGATIVE if stated == "negative" else frozenset((stated,))
    both = classes & by_staining(disease.get("her2_ihc"), disease.get("her2_ish"))
    return both or classes


def _ever(disease: Mapping[str, Any], now: frozenset[str]) -> Members:
    readings = [now, *(by_staining(r.get("ihc"), r.get("ish")) for r in disease.get("her2_earlier") or ())]
    present = frozenset(next(iter(r)) for r in readings if len(r) == 1)
    return Members(present, frozenset().union(*readings) - present, open=disease.get("her2_earlier") is None)


def _subtypes(hr: str | None, her2: frozenset[str]) -> frozenset[str]:
    possible = set()
    for receptors in ("positive", "negative") if hr is None else (hr,):
        if "positive" in her2:
            possible.add("HR+/HER2+" if receptors == "positive" else "HR-/HER2+")
        if her2 & _NEGATIVE:
            possible.add("HR+/HER2-" if receptors == "positive" else "TNBC")
    return frozenset(possible)


def _value(possible: frozenset[str]) -> Value:
    return next(iter(possible)) if len(possible) == 1 else OneOf(possible)
