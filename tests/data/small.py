"""A complete set of curated files, small enough to read here and to spoil one line at a time."""

from __future__ import annotations

from pathlib import Path

from nextline_core.vocabulary import BIOMARKERS
from nextline_db import founding, readings
from nextline_db.gather import gather

HEAD = """\
sources:
  - {id: s900, title: A source, kind: review, date: "2024", file: s900.txt}
  - {id: web, title: A page, kind: news, date: null, url: "https://example.org"}
studies:
  - {id: trial, name: TRIAL, nct: null, phase: "III"}
drug_classes:
"""
"""Two sources, a study and the beginning of the classes."""

FILES = {
    "edition.yaml": """\
version: "2026.11.1"
date: "2026-11-20"
stale_after_days: 180
""",
    "vocabulary/medication_classes.yaml": """\
medication_classes:
  strong_cyp3a_inhibitor:
    examples: [clarithromycin]
    source: web
    verification: label
typed_words: [warfarin]
""",
    "vocabulary/regimens.yaml": """\
regimens:
  - {names: [PL], drugs: [pilulib, letrozole]}
""",
    "vocabulary/codes/drugs.yaml": """\
sources:
  - {id: index, title: An index, url: "https://example.org/atc", accessed: "2026-11-25"}
drugs:
  - {drug: letrozole, system: atc, code: "L02BG04", read: [index]}
  - {drug: letrozole, system: rxnorm, code: "72965", read: [index]}
""",
    "vocabulary/codes/genes.yaml": """\
sources:
  - {id: list, title: A list, url: null, accessed: "2026-11-25"}
genes:
  - {symbol: ESR1, hgnc: "HGNC:3467", biomarkers: [ESR1], read: [list]}
  - {symbol: NTRK1, hgnc: "HGNC:8031", biomarkers: [NTRK], read: [list]}
  - {symbol: NTRK2, hgnc: "HGNC:8032", biomarkers: [NTRK], read: [list]}
"""
    f"no_gene: [{', '.join(name for name in BIOMARKERS if name not in ('ESR1', 'NTRK'))}]\n",
    "vocabulary/codes/adverse_events.yaml": "sources: []\nterms: []\n",
    "evidence/head.yaml": HEAD
    + """\
  - {id: endocrine_therapy, name: endocrine therapy}
  - {id: aromatase_inhibitor, name: aromatase inhibitor, broader: [endocrine_therapy]}
  - {id: inhibitor, name: inhibitor}
drugs:
  - {id: letrozole, name: letrozole, brands: [Femara], classes: [aromatase_inhibitor]}
  - {id: pilulib, name: pilulib, classes: [inhibitor]}
  - {id: care, name: supportive care, classes: [inhibitor]}
""",
    "evidence/trial.yaml": """\
results:
  - id: trial.mpfs
    study: trial
    endpoint: mPFS
    value: 3.8
    comparator_value: 1.9
    unit: months
    hr: 0.55
    hr_ci: [0.39, 0.77]
    criteria: [{fact: line, op: at_least, value: 2}]
    source: s900
    lines: [2, 2]
    verification: source_text
  - id: trial.mpfs.older
    study: trial
    endpoint: mPFS
    value: 3.8
    source: s900
    lines: [2, 2]
    record_status: superseded
    superseded_by: trial.mpfs
    verification: source_text
statements:
  - {id: page.pill, topic: strategy, text: The pill works., audience: both, source: web, verification: news}
""",
    "options/options.yaml": """\
options:
  - {id: pill, regimen: Pill, drugs: [pilulib], given: tablets}
  - {id: pair, regimen: Pair, drugs: [pilulib, letrozole], backbone: [letrozole], given: tablets}
""",
    "rules/rules.yaml": """\
conditions:
  - {id: later, when: {fact: line, at_least: 2}, sentence: From the second line.}
rules:
  - id: pill.later
    kind: offer
    option: pill
    band: preferred
    strength: phase3
    when: {see: later}
    sentence: The pill is an option from the second line.
    evidence: [trial.mpfs]
  - id: pair.first
    kind: offer
    option: pair
    band: consider
    strength: opinion
    when: {fact: line, is: 1}
    sentence: The pair is an option.
    evidence: [page.pill, {id: trial.mpfs.older, role: context}]
  - id: again
    kind: exclude
    targets: {all: true}
    each: key_drug
    when: {fact: "progressed.metastatic_$kind", has: $drug}
    sentence: The disease grew on $name.
    evidence: [page.pill]
  - id: ask
    kind: test
    fact: biomarkers.ESR1
    specimens: [ctdna]
    outcomes:
      positive: {biomarkers.ESR1: positive}
      negative: {biomarkers.ESR1: negative}
    when: {fact: biomarkers.ESR1, known: false}
    sentence: ESR1 is not known.
    evidence: [page.pill]
  - id: told
    kind: flag
    code: told
    severity: info
    when: {any: [{fact: disease.visceral_crisis, is: true}, {fact: patient.medications, has: warfarin}]}
    sentence: A crisis.
    evidence: [page.pill]
    if_unknown: {severity: info, text: Not known.}
  - id: with-food
    kind: companion
    code: food
    targets: {drugs: [pilulib]}
    drugs: [letrozole]
    when: {fact: patient.menopausal, is: pre}
    sentence: Together with letrozole.
    evidence: [page.pill]
""",
}
TEXT = "Title\nPFS 3.8 v 1.9 months (HR 0.55, 95% CI 0.39 to 0.77)\n"


def write(db: Path) -> Path:
    """Writes the files below ``db`` with both readings entered; returns ``db``."""
    for name, text in FILES.items():
        (db / name).parent.mkdir(parents=True, exist_ok=True)
        (db / name).write_text(text)
    source = db.parent / "s900.txt"
    source.write_text(TEXT)
    (db / "evidence" / "founding").mkdir()
    founding.save(founding.fingerprint("s900", source), db / "evidence" / "founding")
    for which in readings.PASSES:
        readings.enter(db, which, "2026-11-25", ["trial.yaml"])
    return db


def spoil(db: Path, name: str, old: str, new: str) -> None:
    """Replaces ``old``, which stands once in the file, by ``new``; an empty ``old`` adds ``new`` at the end."""
    path = db / name
    text = path.read_text()
    assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new) if old else text + new)


def said(db: Path) -> list[str]:
    """Every fault of the files, in words."""
    return [str(problem) for problem in gather(db).problems]
