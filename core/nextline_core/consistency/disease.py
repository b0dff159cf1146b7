"""Receptors that disagree with their percentages or stainings, sites that disagree with brain metastases, and the
like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..facts import receptors
from ..facts.patient import NEURAL_SITES
from ..profile import Profile
from ..vocabulary import SUBTYPES
from .problem import Problem


def problems(profile: Profile) -> Iterator[Problem]:
    """Every contradiction within ``disease``."""
    disease = profile.get("disease") or {}
    yield from _percentages(disease)
    yield from _hormone_receptors(disease)
    yield from _her2(disease)
    yield from _sites(disease)
    for index, reading in enumerate(disease.get("her2_earlier") or ()):
        if reading.get("ihc") == "3+" and reading.get("ish") == "negative":
            yield _her2_problem(
                f"/disease/her2_earlier/{index}/ish",
                "her2_ihc_ish",
                "negative",
                "IHC 3+ is HER2-positive by definition; ISH negative cannot stand beside it.",
            )


def subtype(profile: Profile) -> str:
    """The subtype if the receptors leave exactly one, whatever else is wrong."""
    found = receptors.facts(profile).get("subtype")
    return str(found) if found in SUBTYPES else "unknown"


def _percentages(disease: Mapping[str, Any]) -> Iterator[Problem]:
    for name, receptor in (("er", "ER"), ("pr", "PR")):
        stated, percent = disease.get(name), disease.get(f"{name}_percent")
        if stated is None or percent is None or (percent >= 1) == (stated == "positive"):
            continue
        yield Problem(
            f"/disease/{name}_percent",
            f"{name}_percent",
            f"{receptor} {percent:g}% contradicts {receptor} {stated} (positive from 1%).",
            f"Correct the percentage or the {receptor} status; leave out what is not sure.",
            percent,
        )


def _hormone_receptors(disease: Mapping[str, Any]) -> Iterator[Problem]:
    stated = disease.get("hr")
    if stated is None:
        return
    derived = receptors.hormone_receptors({**disease, "hr": None})
    if derived is not None and derived != stated:
        parts = ", ".join(
            f"{label} {receptors.receptor(disease, name)}" for name, label in (("er", "ER"), ("pr", "PR"))
        )
        yield Problem(
            "/disease/hr",
            "hr",
            f"HR {stated} contradicts the single receptors ({parts}): HR is positive where either is.",
            "Correct hr, er or pr.",
            stated,
        )


def _her2(disease: Mapping[str, Any]) -> Iterator[Problem]:
    stated, ihc, ish = disease.get("her2"), disease.get("her2_ihc"), disease.get("her2_ish")
    if ihc == "3+" and ish == "negative":
        yield _her2_problem(
            "/disease/her2_ish",
            "her2_ihc_ish",
            ish,
            "IHC 3+ is HER2-positive by definition; ISH negative cannot stand beside it.",
        )
        return
    staining = receptors.by_staining(ihc, ish)
    classes = receptors.her2_possible({"her2": stated})
    if stated is not None and not classes & staining:
        seen = " and ".join(text for text in (f"IHC {ihc}" if ihc else "", f"ISH {ish}" if ish else "") if text)
        yield _her2_problem(
            "/disease/her2",
            "her2_class",
            stated,
            f"{seen} means HER2 {' or '.join(sorted(staining))}; it contradicts HER2 {stated}.",
        )
    if ish == "positive" and ihc in ("0", "0+", "1+"):
        yield Problem(
            "/disease/her2_ish",
            "her2_discordant",
            f"ISH positive with IHC {ihc} is unusual; it is read as HER2-positive.",
            "Ask the laboratory to confirm both.",
            ish,
            blocking=False,
        )


def _her2_problem(path: str, code: str, value: Any, text: str) -> Problem:
    return Problem(path, code, text, "Check the pathology report and correct the HER2 class, IHC or ISH.", value)


def _sites(disease: Mapping[str, Any]) -> Iterator[Problem]:
    sites, brain = disease.get("sites"), disease.get("brain_metastases")
    if sites is None or brain is None:
        return
    in_brain = bool(NEURAL_SITES & set(sites))
    if brain == "none" and "brain" in sites:
        yield Problem(
            "/disease/brain_metastases",
            "brain",
            "Brain metastases are said to be absent, but brain is among the sites.",
            "Correct one of them.",
            brain,
        )
    if brain != "none" and not in_brain:
        yield Problem(
            "/disease/sites",
            "brain",
            f"Brain metastases are {brain.replace('_', ' ')}, but brain is not among the sites "
            "(a given list is complete).",
            "Add brain to the sites, or correct brain_metastases.",
            sites,
        )
