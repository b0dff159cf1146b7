"""Codes of drugs, genes and adverse events: what the check refuses, and what a search and the export make of them."""

import pytest
from data import small

from nextline_db import readings
from nextline_db.codes import read
from nextline_db.load import load
from nextline_db.validated import Faults
from nextline_device.export import export

DRUGS, GENES, EVENTS = (f"vocabulary/codes/{name}.yaml" for name in ("drugs", "genes", "adverse_events"))

HARMS = """\
defaults: {study: trial, regimen: Pill, source: web, verification: news}
adverse_events:
  - {id: trial.stools, event: loose stools, grade: "3", percent: 3.8}
  - {id: trial.any, event: any adverse event, grade: any, percent: 20}
"""
CODED = """\
sources:
  - {id: sheet, title: A sheet, url: null, accessed: "2026-11-25"}
terms:
  - term: Diarrhea
    meddra: "10012727"
    read: [sheet]
    events: [{name: loose stools, relation: close}]
no_term: [any adverse event]
"""


@pytest.fixture
def db(tmp_path):
    folder = small.write(tmp_path / "db")
    (folder / "evidence" / "harms.yaml").write_text(HARMS)
    (folder / EVENTS).write_text(CODED)
    for which in readings.PASSES:
        readings.enter(folder, which, "2026-11-25", ["harms.yaml"])
    return folder


def test_good_codes_pass_and_reach_their_drug_gene_and_event(db):
    assert small.said(db) == []
    corpus, faults = load(db), Faults()
    read(db, corpus, faults)
    assert {drug.id: drug.codes for drug in corpus.drugs if drug.codes} == {
        "letrozole": {"atc": "L02BG04", "rxnorm": "72965"}
    }
    assert [(gene.id, gene.symbols, gene.hgnc) for gene in corpus.genes] == [
        ("ESR1", ["ESR1"], ["HGNC:3467"]),
        ("NTRK", ["NTRK1", "NTRK2"], ["HGNC:8031", "HGNC:8032"]),
    ]
    events = {event.id: [(t.term, t.meddra, t.relation) for t in event.ctcae] for event in corpus.events}
    assert events == {"any adverse event": [], "loose stools": [("Diarrhea", "10012727", "close")]}


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        (DRUGS, '"72965"', '"7296x"', "drugs.yaml:5: letrozole: '7296x' is no code of rxnorm"),
        (DRUGS, '"72965"', '"072965"', "'072965' is no code of rxnorm"),
        (DRUGS, "L02BG04", "L02BG", "drugs.yaml:4: letrozole: 'L02BG' is no code of atc"),
        (DRUGS, "rxnorm, code", "ncit, code", "'72965' is no code of ncit"),
        (DRUGS, "rxnorm, code", "snomed, code", "system: Input should be"),
        (
            DRUGS,
            "drug: letrozole, system: rxnorm",
            "drug: letrozol, system: rxnorm",
            "letrozol: is not among the drugs",
        ),
        (
            DRUGS,
            "",
            '  - {drug: pilulib, system: rxnorm, code: "72965", read: [index]}\n',
            "drugs.yaml:6: the rxnorm code 72965 stands in line 5 already",
        ),
        (
            DRUGS,
            "",
            '  - {drug: letrozole, system: rxnorm, code: "1", read: [index]}\n',
            "the rxnorm code of letrozole stands in line 5 already",
        ),
        (DRUGS, '"72965", read: [index]', '"72965", read: [page]', "page: is not among the sources of this file"),
        (DRUGS, '"72965", read: [index]', '"72965", read: []', "read: List should have at least 1 item"),
        (GENES, "HGNC:3467", "3467", "String should match pattern"),
        (GENES, "HGNC:8032", "HGNC:8031", "genes.yaml:6: HGNC:8031 stands in line 5 already"),
        (GENES, "biomarkers: [ESR1]", "biomarkers: [ESR1, ESR2]", "ESR1: 'ESR2' is no biomarker of a profile"),
        (GENES, "no_gene: [PIK3CA, ", "no_gene: [", "PIK3CA: this biomarker has no code, and is not named in no_gene"),
        (GENES, "no_gene: [", "no_gene: [ESR1, ", "ESR1: is no biomarker that lacks a code"),
        (EVENTS, "10012727", "1001272", "String should match pattern"),
        (EVENTS, "name: loose stools", "name: soft stools", "soft stools: is the name of no adverse event"),
        (EVENTS, "name: loose stools", "name: soft stools", "loose stools: this adverse event has no code"),
        (EVENTS, "relation: close", "relation: same", "relation: Input should be"),
        (EVENTS, "[any adverse event]", "[]", "any adverse event: this adverse event has no code"),
        (
            "evidence/head.yaml",
            "{id: pilulib, name: pilulib,",
            '{id: pilulib, name: pilulib, codes: {atc: "L01XX99"},',
            "the codes of a drug are written in vocabulary/codes/drugs.yaml",
        ),
    ],
)
def test_a_wrong_code_is_refused(db, name, old, new, fault):
    small.spoil(db, name, old, new)
    assert any(fault in text for text in small.said(db)), small.said(db)


@pytest.mark.parametrize("name", [DRUGS, GENES, EVENTS])
def test_a_missing_file_is_told(db, name):
    (db / name).unlink()
    assert any(name in text for text in small.said(db))


def test_an_event_that_cannot_be_read_is_no_fault_of_its_code(db):
    small.spoil(db, "evidence/harms.yaml", "event: loose stools", "evnt: loose stools")
    assert not any("vocabulary/codes" in text for text in small.said(db))


@pytest.mark.parametrize(
    ("code", "kind", "identifier"),
    [
        ("L01EF01", "drugs", "palbociclib"),
        ("1601374", "drugs", "palbociclib"),
        ("C49176", "drugs", "palbociclib"),
        ("HGNC:8975", "genes", "PIK3CA"),
        ("HGNC:8033", "genes", "NTRK"),
        ("10029366", "events", "neutropenia"),
    ],
)
def test_a_code_finds_what_it_is_of(engine, code, kind, identifier):
    hits = engine.store.search(code)
    assert (kind, identifier) in {(hit.kind, hit.id) for hit in hits}
    assert {hit.kind for hit in hits} == {kind}


def test_codes_are_exported_and_shown(engine):
    exported = export(engine.store)
    drugs = {drug["id"]: drug["codes"] for drug in exported["drugs"]}
    assert drugs["palbociclib"] == {"atc": "L01EF01", "ncit": "C49176", "rxnorm": "1601374"}
    assert {gene["id"]: gene["hgnc"] for gene in exported["genes"]}["BRCA1"] == ["HGNC:1100"]
    assert {row["event"] for row in exported["adverse_events"]} == {event["id"] for event in exported["events"]}
    kind, neutropenia = engine.store.record("neutropenia")
    assert kind == "events"
    assert neutropenia["ctcae"] == [{"term": "Neutrophil count decreased", "meddra": "10029366", "relation": "close"}]
