"""What the harm of a combination is laid to: the records behind it, and what it does to later options."""

from __future__ import annotations

import pytest

from clinical.asking import HER2_POSITIVE, HR_POSITIVE, TNBC, early, find, flag, given, profile, ruled_out
from nextline_core.vocabulary import HARMS


@pytest.fixture(scope="module")
def laying(engine):
    """The rules that lay a harm to drugs, by harm."""
    return {rule.body["lays"]["harm"]: rule for rule in engine.book.rules if "lays" in rule.body}


def test_every_harm_has_its_rule_and_is_asked_by_it(laying, engine):
    assert set(laying) == set(HARMS)
    assert [harm.id for harm in engine.book.catalogue.harms] == list(laying)


def test_every_drug_that_is_blamed_stands_in_a_record_of_that_harm(laying, engine, records):
    names = engine.book.catalogue.names
    for harm, rule in laying.items():
        cited = [records[identifier] for identifier in rule.cites]
        spoken_of = {row["drug"] for row in cited if "drug" in row}
        regimens = {part.strip() for row in cited for part in (row.get("regimen") or "").split("+")}
        spoken_of |= {drug for drug, name in names.items() if name in regimens}
        assert set(rule.body["lays"]["drugs"]) <= spoken_of, harm
        for drug_class in rule.body["lays"]["classes"]:
            assert engine.book.catalogue.members(drug_class) & spoken_of, (harm, drug_class)


def toxic(*drugs, **reactions):
    """A therapy for metastatic disease that ended now for toxicity."""
    told = [{"event": event.replace("_", " "), "grade": grade} for event, grade in reactions.items()]
    return given(*drugs, ended="toxicity", months=4, toxicity=told)


def said(option):
    """The cautions about earlier toxicity."""
    return [c for c in option["cautions"] if "toxicity" in c["text"] and ("ended" in c["text"] or "held" in c["text"])]


def test_neuropathy_on_a_taxane_leaves_the_antibodies_alone(engine):
    history = [toxic("docetaxel", "trastuzumab", "pertuzumab", peripheral_neuropathy=3)]
    answer = engine.ask(profile(HER2_POSITIVE, history=history, patient={"conditions": {}}))
    assert "taxane" in flag(answer, "harm_laid")["text"]
    for option in answer["options"]:
        if "trastuzumab" in option["drugs"] and "taxane" not in option["drugs"]:
            assert said(option) == [], option["id"]


def test_neutropenia_is_laid_to_the_cdk46_inhibitor_and_not_to_its_partner(engine):
    answer = engine.ask(profile(HR_POSITIVE, history=[toxic("letrozole", "palbociclib", neutropenia=3)]))
    assert said(find(answer, "aromatase inhibitor")) == []
    assert said(find(answer, "aromatase inhibitor", "ribociclib")) == []
    assert "palbociclib" in ruled_out(answer, "aromatase inhibitor", "palbociclib")["because"][0]["text"]


def test_one_caution_for_each_drug_that_may_be_to_blame(engine):
    history = [given("letrozole", "palbociclib"), toxic("capivasertib", "fulvestrant", fatigue=3)]
    answer = engine.ask(profile(HR_POSITIVE, history=history, biomarkers={"PIK3CA": "positive"}))
    again = find(answer, "capivasertib", "fulvestrant")
    assert again["band"] == "later"
    assert len(said(again)) == 1


def test_myocarditis_on_a_checkpoint_inhibitor_is_named_and_keeps_it_out(engine):
    chemotherapy = ("carboplatin", "paclitaxel", "pembrolizumab", "doxorubicin", "cyclophosphamide")
    reaction = [{"event": "myocarditis", "grade": 3}]
    before = early(*chemotherapy, months=5, since_end=20, ended="toxicity", setting="neoadjuvant", toxicity=reaction)
    answer = engine.ask(profile({**TNBC, "pd_l1_cps": 40}, history=[before]))
    assert flag(answer, "immune_myocarditis")["severity"] == "warning"
    assert ruled_out(answer, "pembrolizumab", "chemotherapy") is not None
    assert said(find(answer, "paclitaxel")) == []
