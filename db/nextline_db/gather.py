"""Reads everything that curators wrote and everything that is wrong with it, for the build and for the check alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import checks, claims, codes, editions, load, medicines, readings, regimens, rulebase, rulecheck
from .checks import coded_terms
from .editions import Edition
from .ladder import Ladder
from .literals import Terms
from .load import Corpus
from .medicines import Medicines
from .problems import Problem
from .rulebase import RuleBase
from .validated import Faults


@dataclass(frozen=True)
class Gathered:
    """What a store is built from. It is fit for that where there are no ``problems``, and then has an edition."""

    corpus: Corpus
    base: RuleBase
    medicines: Medicines | None
    regimens: Mapping[str, list[str]]
    read: readings.Both
    edition: Edition | None
    problems: tuple[Problem, ...]


def gather(db: Path) -> Gathered:
    """Reads the project's ``db`` folder; a fault in one file hides no fault in another."""
    faults = Faults()
    corpus = load.read(db, faults)
    coded = codes.read(db, corpus, faults)
    other = medicines.read(db, corpus, faults)
    names = regimens.read(db, corpus, faults)
    base = rulebase.read(db, corpus, faults)
    edition = editions.read(db, faults)
    read = readings.both(corpus, db, faults)
    terms = Terms(Ladder(corpus), other, faults.unread)
    problems = {
        *faults.problems,
        *checks.run(corpus),
        *coded_terms.check(corpus, coded),
        *readings.check(corpus, read),
        *rulecheck.check(base, corpus, terms),
        *claims.check(base, corpus),
    }
    if edition:
        problems.update(editions.check(corpus, edition, [day for days in read for day in days.values()]))
    return Gathered(corpus, base, other, names, read, edition, tuple(sorted(problems)))
