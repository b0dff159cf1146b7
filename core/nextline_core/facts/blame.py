"""Which drugs the harm of earlier therapies is laid to.

A drug that was given alone is to blame. In a combination a reaction is laid to the part that is known to cause its
sort (see :class:`nextline_core.catalogue.Harm`); where several parts are, any of them may be to blame; where none is
known, or no reaction is told, all of them. A part that is not to blame for what happened is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..catalogue import Catalogue, Harm, Resolved
from ..profile import Therapy, Toxicity
from ..values import Members, Value
from .given import Given, sets


@dataclass(frozen=True)
class Blame:
    """The parts of an entry that are surely and perhaps to blame, and the ids of the harms that are laid to one."""

    surely: frozenset[Resolved]
    perhaps: frozenset[Resolved]
    harms: frozenset[str]


def harm(therapies: Sequence[Therapy], given: dict[int, Given], opened: bool) -> dict[str, Value]:
    """``harmed.`` by a reaction of grade 3 or 4, ``stopped_for_toxicity.``, ``laid``: the sorts of harm that are laid
    to a drug, and ``last.laid``: whether the harm that ended the last metastatic therapy is."""
    severe: list[tuple[Given, bool | None]] = []
    stopped: list[tuple[Given, bool | None]] = []
    laid: set[str] = set()
    perhaps_laid: set[str] = set()
    last_laid: dict[str, Value] = {}
    last = next((therapy for therapy in reversed(therapies) if therapy.metastatic), None)
    for therapy in therapies:
        here = given[therapy.index]
        worst, one = _worst(therapy.toxicity or ())
        ended = None if therapy.ended is None else therapy.ended == "toxicity"
        grave = [r for r in therapy.toxicity or () if r.grade is not None and r.grade >= 3]
        ungraded = [r for r in therapy.toxicity or () if r.grade is None]
        if therapy.toxicity is None:
            severe.append((here, None))
        for rows, reactions, sure in ((severe, grave, True), (severe, ungraded, None), (stopped, worst, ended)):
            if sure is False or (rows is severe and not reactions):
                continue
            found = blame(here, reactions)
            known = sure and (rows is severe or one or here.alone)
            rows += [(here.only(found.surely), True if known else None), (here.only(found.perhaps), None)]
            (laid if known else perhaps_laid).update(found.harms)
            if rows is stopped and sure and therapy is last and therapy.toxicity is not None:
                last_laid["last.laid"] = bool(known) and not found.perhaps
    told = all(therapy.toxicity is not None for therapy in therapies)
    return {
        **last_laid,
        **sets("harmed.", severe, opened),
        **sets("stopped_for_toxicity.", stopped, opened),
        "laid": Members(frozenset(laid), frozenset(perhaps_laid - laid), opened or not told),
    }


def _worst(reactions: Sequence[Toxicity]) -> tuple[list[Toxicity], bool]:
    """Those for which a therapy may have ended, and whether it surely ended for them: the gravest, and any of which
    the grade is not known."""
    grades = [r.grade for r in reactions if r.grade is not None]
    found = [r for r in reactions if r.grade is None or r.grade == max(grades)]
    return found, len(found) == 1 or all(r.grade is not None for r in found)


def blame(given: Given, reactions: Iterable[Toxicity]) -> Blame:
    """Lays each reaction to parts of the entry."""
    surely: set[Resolved] = set()
    perhaps: set[Resolved] = set()
    harms: set[str] = set()
    reactions = list(reactions)
    for reaction in reactions:
        cause, suspects = _suspects(given, reaction)
        if cause and (len(suspects) == 1 or cause.together):
            surely.update(suspects)
            harms.add(cause.id)
        else:
            perhaps.update(suspects or given.parts)
    if given.alone:
        return Blame(frozenset(given.parts), frozenset(), frozenset(harms))
    if not reactions:
        return Blame(frozenset(), frozenset(given.parts), frozenset())
    unknown = {part for part in given.parts if not part.drug and not part.drug_class}
    return Blame(frozenset(surely), frozenset((perhaps | unknown) - surely), frozenset(harms))


def _suspects(given: Given, reaction: Toxicity) -> tuple[Harm | None, list[Resolved]]:
    """The first sort of harm that the reaction belongs to and that a part is known to cause, and those parts."""
    for cause in given.catalogue.harms:
        if cause.fits(reaction.event):
            suspects = [part for part in given.parts if _causes(cause, part, given.catalogue)]
            if suspects:
                return cause, suspects
    return None, []


def _causes(cause: Harm, part: Resolved, catalogue: Catalogue) -> bool:
    """Whether the drug, or a drug of the class that stands for it, is known to cause the harm."""
    named = {part.drug} if part.drug else catalogue.members(part.drug_class) if part.drug_class else set()
    return bool(cause.causes & (named | catalogue.classes(part)))
