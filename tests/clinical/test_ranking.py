"""The compiled ranker orders as the plain reading of the rules does, from scratch and after changes."""

import json

import pytest

from conftest import ROOT
from nextline_core.answer import situation
from nextline_core.order import changed
from nextline_core.site import Site
from nextline_core.values import Members
from nextline_core.vocabulary import BIOMARKERS

PROFILES = sorted((ROOT / "tests/clinical/examples").glob("*.json"))
CHANGES = [
    *({f"biomarkers.{gene}": value} for gene in BIOMARKERS for value in ("positive", "negative", None)),
    *({"subtype": subtype} for subtype in ("HR+/HER2-", "HR-/HER2+", "TNBC", None)),
    *({"line": line, "chemotherapy_lines": line - 1} for line in (1, 2, 3)),
    {"line": None, "patient.ecog": 3},
    {"patient.conditions.ild": True, "disease.visceral_crisis": True},
    {"prior.drugs": Members(frozenset(("trastuzumab", "capecitabine")))},
    {"unavailable": Members(frozenset(("palbociclib", "fulvestrant")))},
]


@pytest.fixture(scope="module")
def plain(engine):
    return engine.store.rulebook(compiled=False)


def stands(order):
    return {option: (key, order.offer(option)) for option, key in order.keys.items()}


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_compiled_and_plain_rank_alike(path, engine, plain):
    profile = json.loads(path.read_text())["profile"]
    for site, prefer in ((Site(), ()), (Site(unavailable=("olaparib", "trastuzumab")), ("tablets", "keep-hair"))):
        quick, slow = (situation(profile, book, site, prefer).order for book in (engine.book, plain))
        assert (quick.ids, stands(quick), quick.matched) == (slow.ids, stands(slow), slow.matched)
        assert quick.standings == slow.standings
    for change in CHANGES[:: 1 if path == PROFILES[0] else 7]:
        there, again = changed(engine.book, quick, change), changed(plain, slow, change)
        assert (there.ids, stands(there), there.matched) == (again.ids, stands(again), again.matched), change
        both, now = set(slow.ids) & set(again.ids), [o for o in again.ids if again.applies(o)]
        assert there.since(quick) == (
            [o for o in now if not slow.applies(o)],
            sorted(set(slow.ids) - set(again.ids)),
            sum(slow.standings[o].band != again.standings[o].band for o in both),
            next(iter(now), None),
        )
        assert again.since(slow) == there.since(quick)
        assert all(there.band(o) == standing.band for o, standing in again.standings.items())
