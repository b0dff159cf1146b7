"""The whole way of one question: profile -> facts -> rules -> ranked options -> the answer object of the contract.

The answer is a plain mapping in the shape of ``nextline.answer/1``; see ``consistency`` for profiles that contradict
themselves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from . import __version__, ahead, consistency
from .citing import SEVERITIES, Citing
from .consistency import Problem
from .facts import Known
from .lookahead import leaves
from .order import Order, order
from .profile import Profile, digest
from .rulebook import Rulebook
from .site import ANYWHERE, Site
from .values import Value
from .vocabulary import SUBTYPES
from .whatif import what_if

SCHEMA = "nextline.answer/1"


@dataclass(frozen=True)
class Edition:
    """The edition of the evidence: version and the day up to which the literature was reviewed."""

    version: str
    date: str
    stale_after_days: int = 180
    digest: str = ""


@dataclass(frozen=True)
class Age:
    """The day for which ages were asked, and how many days the edition is old then."""

    today: str
    days: int


@dataclass(frozen=True)
class Situation:
    """One profile worked through: what is known, and the options in order by what the rules say of that."""

    known: Known
    order: Order


def situation(profile: Profile, book: Rulebook, site: Site = ANYWHERE, prefer: tuple[str, ...] = ()) -> Situation:
    """Facts, matched rules and ordered options of a valid profile."""
    known = Known(profile, book.catalogue, site)
    return Situation(known, order(book, known.facts, prefer))


@dataclass(frozen=True)
class Asked:
    """What is asked beside the profile.

    The age of the evidence, the changes that would change the answer, the site, and what the patient prefers
    (see :data:`nextline_core.rank.PREFERENCES`).
    """

    age: Age | None = None
    what_if: bool = False
    site: Site = ANYWHERE
    prefer: tuple[str, ...] = ()


def answer(profile: Profile, book: Rulebook, edition: Edition, ask: Asked = Asked()) -> dict[str, Any]:
    """The answer object.

    A profile that contradicts itself gets its problems and no options.
    """
    problems = consistency.problems(profile, book.catalogue)
    if any(problem.blocking for problem in problems):
        return refusal(problems, edition, digest(profile), consistency.subtype_of(profile))
    here = situation(profile, book, ask.site, ask.prefer)
    citing = Citing(book, here.order)
    facts = here.order.facts
    line = facts.get("line")
    result = _frame(edition, digest(profile))
    result.update(
        site_digest=ask.site.digest,
        as_of=ask.age.today if ask.age else None,
        subtype=_subtype(facts),
        line=line if isinstance(line, int) else None,
        problems=[problem.to_plain() for problem in problems],
        options=citing.options(),
        ruled_out=citing.ruled_out(),
        tests=ahead.missing_tests(book, here.order, ask.site),
        flags=sorted([*citing.flags(), *_stale(edition, ask.age)], key=lambda f: SEVERITIES.index(f["severity"])),
        outlook=citing.outlook(),
        mechanisms=citing.mechanisms(),
        trials=citing.trials(),
        line_count=[
            {"entry": r.entry, "line": r.line, "counts": r.counts, "rule": r.rule, "text": r.text}
            for r in here.known.lines.rows
        ],
    )
    for row in result["options"]:
        if row["band"] == "preferred" and row["status"] == "applies":
            row["leaves"] = leaves(here.known, book, here.order, row["id"])
    result["conflicts"] = sorted(citing.conflicts)
    if ask.what_if:
        result["what_if"] = what_if(here.known, book, here.order)
    return result


def stamp(found: Mapping[str, Any], edition: Edition) -> str:
    """What an answer is replayed and checked by: evidence, its digest, engine, profile, the answer's own digest.

    Put on an answer where it leaves the program: it costs more than the answer.
    """
    text = json.dumps(found, sort_keys=True, ensure_ascii=False)
    own = hashlib.sha256(text.encode("utf-8")).hexdigest()
    parts = (edition.version, edition.digest[:12], __version__, str(found["profile_digest"])[:12], own[:12])
    return ":".join(parts)


def _stale(edition: Edition, age: Age | None) -> list[dict[str, Any]]:
    if age is None or 0 <= age.days <= edition.stale_after_days:
        return []
    if age.days < 0:
        text = (
            f"The day given, {age.today}, lies before {edition.date}, up to which the literature was reviewed; "
            "check it, or the clock. How old the evidence is cannot be told."
        )
        return [{"code": "evidence_age_unknown", "severity": "warning", "text": text, "bases": []}]
    text = (
        f"The literature was reviewed up to {edition.date}, {age.days} days before {age.today}; "
        f"after {edition.stale_after_days} days an answer may lack newer evidence and approvals."
    )
    return [{"code": "evidence_stale", "severity": "warning", "text": text, "bases": []}]


def refusal(
    problems: Iterable[Problem], edition: Edition, profile_digest: str | None, subtype: str = "unknown"
) -> dict[str, Any]:
    """An answer object without options, for a profile that cannot be answered."""
    result = _frame(edition, profile_digest)
    result.update(subtype=subtype, line=None, problems=[problem.to_plain() for problem in problems])
    return result


def _frame(edition: Edition, profile_digest: str | None) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "evidence_version": edition.version,
        "evidence_date": edition.date,
        "engine_version": __version__,
        "profile_digest": profile_digest,
        "site_digest": None,
        "as_of": None,
        "subtype": "unknown",
        "line": None,
        "problems": [],
        "options": [],
        "ruled_out": [],
        "tests": [],
        "flags": [],
        "outlook": [],
        "mechanisms": [],
        "trials": [],
        "line_count": [],
        "conflicts": [],
    }


def _subtype(facts: Mapping[str, Value]) -> str:
    subtype = facts.get("subtype")
    return str(subtype) if subtype in SUBTYPES else "unknown"
