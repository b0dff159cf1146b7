"""What changed between two stores, computed from them."""

import shutil

from conftest import ROOT
from nextline_db import build, diff
from nextline_db.store import open_store

BOOKKEEPING = {"first_reading": "2026-01-01"}


def test_added_changed_superseded_and_withdrawn_are_told_apart():
    old = [
        {"id": "a", "v": 1},
        {"id": "b", "v": 1},
        {"id": "c", "v": 1},
        {"id": "d", "record_status": "active"},
        {"id": "e", "record_status": "active"},
    ]
    new = [
        {"id": "a", "v": 1} | BOOKKEEPING,
        {"id": "b", "v": 2},
        {"id": "d", "record_status": "superseded"},
        {"id": "e", "record_status": "withdrawn"},
        {"id": "f"},
    ]
    found = diff.compare(old, new)
    assert (found.added, found.removed, found.changed) == (["f"], ["c"], {"b": ["v"]})
    assert (found.superseded, found.withdrawn) == (["d"], ["e"])


def test_a_store_differs_in_nothing_from_itself(store_path):
    store = open_store(store_path)
    lines = list(diff.report(store, store, diff.load_profiles([ROOT / "tests" / "clinical" / "examples"])))
    assert "no record or rule differs" in lines
    assert lines[-1] == "0 of 14 example patients change answer"


LATE = """\
rules:
  - id: late
    kind: offer
    option: elacestrant
    band: later
    strength: opinion
    when: {fact: line, is: 20}
    sentence: Very late.
    evidence: [emerald.mpfs.esr1m.s002]
"""


def test_a_changed_rule_names_the_patients_whose_answer_it_changes(store_path, tmp_path):
    """Elacestrant offered in the twentieth line alone: patients with an ESR1 mutation are named, and nobody else."""
    shutil.copytree(ROOT / "db", tmp_path / "db", ignore=shutil.ignore_patterns("*.sqlite", "__pycache__"))
    for path in (tmp_path / "db" / "rules").rglob("*.yaml"):
        path.write_text(path.read_text().replace("option: elacestrant", "option: pegylated_liposomal_doxorubicin"))
    (tmp_path / "db" / "rules" / "late.yaml").write_text(LATE)
    build.build(tmp_path / "db", tmp_path / "new.sqlite")
    old, new = open_store(store_path), open_store(tmp_path / "new.sqlite")
    profiles = diff.load_profiles([ROOT / "device" / "examples"])
    assert "rules" in diff.stores(old, new)
    lost = {change.profile for change in diff.answers(old, new, profiles) if "elacestrant" in change.lost}
    listed = {name for name, profile in profiles.items() if "elacestrant" in str(_ids(old, profile))}
    assert lost == listed
    assert set() != listed != set(profiles)


def _ids(store, profile):
    from nextline_core.answer import Edition, answer

    found = answer(profile, store.rulebook(), Edition(store.proven.version, store.proven.date))
    return [option["id"] for option in found["options"]]
