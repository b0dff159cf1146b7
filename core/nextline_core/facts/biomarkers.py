"""One verdict per gene from one or several findings.

A positive finding stands, whatever an older or narrower test did not find. A variant of unknown significance is no
answer. A PCR that found nothing is no answer either for genes whose alterations it covers only in part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..profile import Profile
from ..values import Value
from ..vocabulary import BIOMARKERS

# Genes whose qualifying alterations are defined by sequencing: a hot-spot PCR covers them only in part.
_NEEDS_SEQUENCING = frozenset(BIOMARKERS) - {"BRAF"}


def facts(profile: Profile) -> dict[str, Value]:
    """``biomarkers.GENE`` for every gene with a verdict; a gene without an origin speaks for one where its specimen
    tells."""
    stated = profile.get("biomarkers") or {}
    verdicts = {gene: found for gene in BIOMARKERS if gene in stated and (found := verdict(gene, stated[gene]))}
    for gene in ("BRCA1", "BRCA2", "PALB2"):
        findings = [finding for finding in _listed(stated.get(gene)) if isinstance(finding, Mapping)]
        for origin, specimen in ((f"g{gene}", "germline"), (f"s{gene}", "tissue")):
            if origin not in verdicts and not (origin[0] == "s" and verdicts.get(gene) == "positive"):
                found = verdict(origin, [f for f in findings if f.get("specimen") == specimen]) if findings else None
                verdicts |= {origin: found} if found else {}
            if verdicts.get(origin) == "positive":
                verdicts[gene] = "positive"
    return {f"biomarkers.{gene}": value for gene, value in verdicts.items()}


def verdict(gene: str, finding: Any) -> str | None:
    """``positive``, ``negative`` or ``None`` (unknown) from one finding or a list of them."""
    if not isinstance(finding, list | tuple):
        return _one(gene, finding)
    results = {_one(gene, single) for single in finding}
    return "positive" if "positive" in results else "negative" if "negative" in results else None


def _one(gene: str, finding: Any) -> str | None:
    if isinstance(finding, Mapping):
        result = finding.get("result")
        if result == "negative" and finding.get("assay") == "pcr" and gene in _NEEDS_SEQUENCING:
            return None
        return result if result in ("positive", "negative") else None
    return finding if finding in ("positive", "negative") else None


def _listed(finding: Any) -> list[Any]:
    return list(finding) if isinstance(finding, list | tuple) else [finding]
