"""The history of therapies against itself, against the stated line and against the disease."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import Catalogue
from ..facts.lines import count_lines
from ..profile import Profile, Therapy, at, history
from . import times
from .problem import Problem


def problems(profile: Profile, catalogue: Catalogue) -> Iterator[Problem]:
    """Every contradiction that involves ``history``, and names in it that nobody knows (warnings)."""
    therapies = history(profile) or ()
    yield from _line(profile)
    for therapy in therapies:
        yield from _entry(profile, therapy)
        yield from _names(therapy, catalogue)
    yield from _order(therapies)
    yield from times.problems(therapies)


def _line(profile: Profile) -> Iterator[Problem]:
    lines = count_lines(profile)
    stated, override = profile.get("next_line"), profile.get("line_override")
    if override is not None:
        if lines.counted not in (None, override):
            yield Problem(
                "/line_override",
                "line_override",
                f"By the history the next line is {lines.counted}; the override {override} is used instead.",
                "Check that the override is meant.",
                override,
                blocking=False,
            )
        if stated is not None and stated != override:
            yield Problem(
                "/next_line",
                "line_override",
                f"Next line {stated} is replaced by the override {override}.",
                "Leave one of them out.",
                stated,
                blocking=False,
            )
    elif stated is not None and lines.counted is not None and stated != lines.counted:
        used = max(lines.used, default=0)
        yield Problem(
            "/next_line",
            "next_line",
            f"Next line {stated} does not agree with the history, "
            f"by which it is {lines.counted} ({_lines(used)} used up).",
            "Correct the line or the history; or give line_override to keep your own count.",
            stated,
        )
    elif stated is not None and lines.counted is None and lines.used and stated <= max(lines.used):
        yield Problem(
            "/next_line",
            "next_line",
            f"Next line {stated} was already given and has ended.",
            "Correct the line or the history.",
            stated,
        )


def _lines(used: int) -> str:
    return "no metastatic line" if used == 0 else "1 metastatic line" if used == 1 else f"{used} metastatic lines"


def _entry(profile: Profile, therapy: Therapy) -> Iterator[Problem]:
    place = f"/history/{therapy.index}"
    if not therapy.metastatic:
        if therapy.line is not None:
            yield Problem(
                f"{place}/line",
                "line_of_early_therapy",
                f"A line number belongs to metastatic therapy, but this entry is {therapy.setting}.",
                "Leave the line out or correct the setting.",
                therapy.line,
            )
        if at(profile, "disease.de_novo"):
            yield Problem(
                f"{place}/setting",
                "de_novo",
                f"The disease was metastatic at first diagnosis, yet this therapy is {therapy.setting}.",
                "Correct disease.de_novo or the setting.",
                therapy.setting,
            )
    if therapy.ended == "ongoing" and therapy.months_since_end:
        yield Problem(
            f"{place}/months_since_end",
            "ongoing",
            f"A therapy that is ongoing cannot have ended {therapy.months_since_end:g} months ago.",
            "Correct one of them.",
            therapy.months_since_end,
        )


def _names(therapy: Therapy, catalogue: Catalogue) -> Iterator[Problem]:
    for index, name in enumerate(therapy.drugs):
        if not any(part.drug or part.drug_class for part in catalogue.parts(name)):
            yield Problem(
                f"/history/{therapy.index}/drugs/{index}",
                "unnamed_drug",
                f"'{name}' is not a drug or class that this tool knows; it is kept, "
                "and every class it might belong to counts as not known.",
                "Check the spelling, or enter the generic name or the class.",
                name,
                blocking=False,
            )


def _order(therapies: tuple[Therapy, ...]) -> Iterator[Problem]:
    last = 0
    for therapy in therapies:
        if not therapy.metastatic or therapy.line is None:
            continue
        if therapy.line < last:
            yield Problem(
                f"/history/{therapy.index}/line",
                "line_order",
                f"Line {therapy.line} stands after line {last}; the history runs from the oldest to the newest.",
                "Put the entries in order.",
                therapy.line,
            )
        if therapy.line > last + 1:
            yield Problem(
                f"/history/{therapy.index}/line",
                "line_missing",
                f"Line {therapy.line} is entered, but line {last + 1} is not: what it held counts as not known.",
                "Enter the missing line, with the class alone if the drugs are not known.",
                therapy.line,
                blocking=False,
            )
        last = max(last, therapy.line)
