"""Regimens offered by one key where a therapy is entered, by subtype and setting. The names are of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HR_POSITIVE = "HR+/HER2-"
TRIPLE_NEGATIVE = "TNBC"
HER2_POSITIVE = ("HR+/HER2+", "HR-/HER2+")
MOST = 8
"""Keys 1 to 8; letters type any other name."""


@dataclass(frozen=True)
class Preset:
    """One regimen: what is shown, what goes into the history, and where it is offered."""

    label: str
    names: tuple[str, ...]
    subtypes: tuple[str, ...]
    early: bool = False


_CDK = "CDK4/6 inhibitor"
_AI = "aromatase inhibitor"
_ANY = (HR_POSITIVE, *HER2_POSITIVE, TRIPLE_NEGATIVE, "unknown")
PRESETS = (
    Preset("CDK4/6i + AI", (_CDK, _AI), (HR_POSITIVE, "unknown")),
    Preset("CDK4/6i + fulvestrant", (_CDK, "fulvestrant"), (HR_POSITIVE,)),
    Preset("AI", (_AI,), (HR_POSITIVE,)),
    Preset("fulvestrant", ("fulvestrant",), (HR_POSITIVE,)),
    Preset("everolimus + exemestane", ("everolimus", "exemestane"), (HR_POSITIVE,)),
    Preset("taxane + trastuzumab + pertuzumab", ("taxane", "trastuzumab", "pertuzumab"), (*HER2_POSITIVE, "unknown")),
    Preset("T-DXd", ("trastuzumab deruxtecan",), (HR_POSITIVE, *HER2_POSITIVE, TRIPLE_NEGATIVE)),
    Preset("T-DM1", ("trastuzumab emtansine",), HER2_POSITIVE),
    Preset("tucatinib + trastuzumab + capecitabine", ("tucatinib", "trastuzumab", "capecitabine"), HER2_POSITIVE),
    Preset("AI", (_AI,), ("HR+/HER2+",)),
    Preset("chemotherapy + pembrolizumab", ("chemotherapy", "pembrolizumab"), (TRIPLE_NEGATIVE, "unknown")),
    Preset("taxane", ("taxane",), (TRIPLE_NEGATIVE, HR_POSITIVE)),
    Preset("SG", ("sacituzumab govitecan",), (TRIPLE_NEGATIVE,)),
    Preset("platinum", ("platinum",), (TRIPLE_NEGATIVE,)),
    Preset("capecitabine", ("capecitabine",), (TRIPLE_NEGATIVE, *HER2_POSITIVE, HR_POSITIVE)),
    Preset("chemotherapy", ("chemotherapy",), ("unknown",)),
    Preset("endocrine therapy", ("endocrine therapy",), ("unknown",)),
    Preset("tamoxifen", ("tamoxifen",), (HR_POSITIVE, "HR+/HER2+", "unknown"), early=True),
    Preset("AI", (_AI,), (HR_POSITIVE, "HR+/HER2+", "unknown"), early=True),
    Preset("abemaciclib + AI", ("abemaciclib", _AI), (HR_POSITIVE,), early=True),
    Preset("ribociclib + AI", ("ribociclib", _AI), (HR_POSITIVE,), early=True),
    Preset("anthracycline + taxane", ("anthracycline", "taxane"), _ANY, early=True),
    Preset("taxane + trastuzumab", ("taxane", "trastuzumab"), (*HER2_POSITIVE, "unknown"), early=True),
    Preset("trastuzumab + pertuzumab", ("trastuzumab", "pertuzumab"), HER2_POSITIVE, early=True),
    Preset("T-DM1", ("trastuzumab emtansine",), HER2_POSITIVE, early=True),
    Preset("pembrolizumab + chemotherapy", ("pembrolizumab", "chemotherapy"), (TRIPLE_NEGATIVE,), early=True),
    Preset("capecitabine", ("capecitabine",), (TRIPLE_NEGATIVE,), early=True),
)


def offered(subtype: str, early: bool) -> Sequence[Preset]:
    """The regimens to offer, most usual first, at most :data:`MOST`."""
    return [preset for preset in PRESETS if subtype in preset.subtypes and preset.early == early][:MOST]
