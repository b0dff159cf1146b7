"""Rules that the build refuses, and templates that it writes out."""

import textwrap

import pytest

from nextline_core.conditions import parse
from nextline_db import rulebase, rulecheck, satisfiable
from nextline_db.ladder import Ladder
from nextline_db.literals import Terms
from nextline_db.medicines import MedicationClass, Medicines
from nextline_db.validated import Faults

CITED = "emerald.mpfs.esr1m.s002"
OPTIONS = """\
options:
  - {id: pill, regimen: Pill, drugs: [elacestrant], given: tablets}
  - {id: pair, regimen: Pair, drugs: [fulvestrant, palbociclib], backbone: [fulvestrant], given: both}
  - {id: care, regimen: Care, drugs: [supportive_care], given: at home, supportive: true}
"""


MEDICINES = Medicines(
    medication_classes={
        "strong_cyp3a_inhibitor": MedicationClass(examples=["clarithromycin"], source="s", verification="label")
    }
)
OTHER = "rules:\n" + "".join(
    f"  - {{id: {option}, kind: offer, option: {option}, band: later, strength: opinion, sentence: s, "
    f"when: {{fact: line, is: 7}}, evidence: [{CITED}]}}\n"
    for option in ("pill", "pair", "care")
)


def read(tmp_path, corpus, rules):
    """The rule base of two small files beside the real evidence, and every fault in words."""
    for folder in ("options", "rules"):
        (tmp_path / folder).mkdir()
    (tmp_path / "options" / "o.yaml").write_text(OPTIONS)
    (tmp_path / "rules" / "other.yaml").write_text(OTHER)
    (tmp_path / "rules" / "r.yaml").write_text(textwrap.dedent(rules))
    faults = Faults()
    base = rulebase.read(tmp_path, corpus, faults)
    terms = Terms(Ladder(corpus), MEDICINES, faults.unread)
    return base, [str(problem) for problem in {*faults.problems, *rulecheck.check(base, corpus, terms)}]


def offer(**changes):
    members = {
        "id": "r1",
        "kind": "offer",
        "option": "pill",
        "band": "preferred",
        "strength": "phase3",
        "sentence": "It is an option.",
        "when": "{fact: line, at_least: 2}",
        "evidence": f"[{CITED}]",
    } | changes
    return "rules:\n  - {" + ", ".join(f"{k}: {v}" for k, v in members.items() if v is not None) + "}\n"


def test_a_good_rule_is_taken(tmp_path, corpus):
    base, said = read(tmp_path, corpus, offer())
    (rule,) = (rule for rule in base.rules if rule.id == "r1")
    assert (rule.options, rule.evidence, said) == (("pill",), ((CITED, "supports"),), [])


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (offer(evidence="[]"), "evidence"),
        (offer(evidence="[nothing.of.the.kind]"), "cites 'nothing.of.the.kind'"),
        (offer(option="potion"), "the option 'potion'"),
        (offer(when="{fact: lines, at_least: 2}"), "the fact 'lines', which does not exist"),
        (offer(when="{fact: line, has: 2}"), "'has' does not fit"),
        (offer(when="{fact: biomarkers.ESR1, is: mutated}"), "is never 'mutated'"),
        (offer(when="{fact: prior.drugs, has: potion}"), "neither a drug nor a class"),
        (offer(when="{see: nowhere}"), "no condition is named 'nowhere'"),
        (offer(when="{all: [{fact: line, at_least: 3}, {fact: line, below: 2}]}"), "can never hold"),
        (
            offer(when="{all: [{fact: biomarkers.ESR1, is: positive}, {not: {fact: biomarkers.ESR1, is: positive}}]}"),
            "can never hold",
        ),
        (offer() + offer(id="r2").removeprefix("rules:\n"), "repeats the rule 'r1'"),
        (offer() + offer(when="{fact: line, is: 5}").removeprefix("rules:\n"), "this rule id is taken"),
        (offer(band="best"), "band"),
        (offer(when="{all: x}"), "'all' has no parts"),
        (offer(when="{not: [a]}"), "not a condition"),
        (offer(when="{fact: line, in: 2}"), "'in' of 'line' wants a list"),
        (offer(when="{fact: line, at_least: [1, 2]}"), "'at_least' of 'line' wants one value"),
        (offer(when="{fact: line, below: 1}"), "can never hold"),
        (offer(when="{fact: patient.ecog, above: 5}"), "'patient.ecog' is never 5; it runs from 0 to 4"),
        (offer(when="{fact: medication_classes, has: strong_cyp3a_inhibitr}"), "is no class of other medicines"),
        (offer(when="{fact: disease.sites, has: toe}"), "'disease.sites' never holds 'toe'"),
        (offer(when="{fact: her2_ever, has: lowe}"), "'her2_ever' never holds 'lowe'"),
        (offer(when="{fact: prior.classes, has: letrozole}"), "'letrozole' is no class"),
        (offer(when="{fact: prior.drugs, has: taxane}"), "'taxane' is no drug"),
        (offer(when="{fact: patient.medications, has: warfarine}"), "nor one of the typed words"),
        (offer(when="{fact: patient.medications, has: Folinic-Acid}"), "nor one of the typed words"),
        (offer(evidence="[embrace.mos.itt.x]"), "which is superseded (cite 'embrace.mos.updated.x'"),
        (offer(sentence="Given with $nam."), "unknown word"),
        (
            "rules:\n  - {id: x, kind: exclude, targets: {}, when: {fact: line, is: 1}, sentence: s, evidence: ["
            + CITED
            + "]}\n",
            "names no option",
        ),
    ],
)
def test_a_faulty_rule_is_refused_with_its_place(tmp_path, corpus, rules, said):
    _, found = read(tmp_path, corpus, rules)
    assert any(said in fault and fault.startswith("rules/r.yaml:") for fault in found), found


def test_templates_are_written_once_per_drug(tmp_path, corpus):
    rules = f"""\
    rules:
      - id: reuse
        kind: exclude
        targets: {{all: true}}
        each: key_drug
        when: {{fact: "progressed.metastatic_$kind", has: $drug}}
        sentence: The disease grew on $name.
        evidence: [{CITED}]
    """
    written = {rule.id: rule for rule in read(tmp_path, corpus, rules)[0].rules if rule.kind == "exclude"}
    assert set(written) == {"reuse.pill.elacestrant", "reuse.pair.palbociclib"}
    assert written["reuse.pair.palbociclib"].when == {"fact": "progressed.metastatic_drugs", "has": "palbociclib"}
    assert written["reuse.pair.palbociclib"].sentence == "The disease grew on palbociclib."


@pytest.mark.parametrize(
    ("written", "possible"),
    [
        ({"any": [{"fact": "line", "is": 1}, {"fact": "line", "is": 2}]}, True),
        ({"all": [{"fact": "line", "is": 1}, {"fact": "line", "is": 2}]}, False),
        ({"all": [{"fact": "patient.qtcf_ms", "at_least": 450}, {"fact": "patient.qtcf_ms", "below": 450.5}]}, True),
        ({"all": [{"fact": "biomarkers.ESR1", "known": False}, {"fact": "biomarkers.ESR1", "is": "positive"}]}, False),
        (
            {
                "all": [
                    {"fact": "prior.classes", "has": "taxane"},
                    {"not": {"fact": "prior.classes", "has": "platinum"}},
                ]
            },
            True,
        ),
        (
            {"all": [{"fact": "prior.classes", "has": "taxane"}, {"not": {"fact": "prior.classes", "has": "taxane"}}]},
            False,
        ),
        ({"fact": "line", "below": 1}, False),
        ({"all": [{"fact": "line", "above": 1}, {"fact": "line", "below": 2}]}, False),
        ({"all": [{"fact": "last.months", "above": 1}, {"fact": "last.months", "below": 2}]}, True),
        ({"any": [{"fact": "patient.age", "below": 18}, {"fact": "patient.ecog", "above": 4}]}, False),
        ({"all": [{"fact": "subtype", "is": "TNBC"}, {"fact": "hr", "is": "positive"}]}, False),
        ({"all": [{"fact": "subtype", "is": "TNBC"}, {"fact": "her2_class", "is": "low"}]}, True),
        ({"all": [{"fact": "subtype", "is": "HR+/HER2-"}, {"fact": "her2_class", "is": "positive"}]}, False),
        (
            {"all": [{"fact": "disease.er", "is": "positive"}, {"fact": "subtype", "is": "HR-/HER2+"}]},
            False,
        ),
        (
            {"all": [{"fact": "disease.er", "is": "negative"}, {"fact": "subtype", "is": "HR+/HER2+"}]},
            True,
        ),  # PR may be positive
        (
            {
                "all": [
                    {"fact": "her2_class", "known": False},
                    {"fact": "her2_class", "in": ["zero", "ultralow", "low"]},
                ]
            },
            True,
        ),
        ({"all": [{"fact": "her2_class", "known": False}, {"fact": "subtype", "is": "TNBC"}]}, True),
        ({"all": [{"fact": "subtype", "known": False}, {"fact": "hr", "known": True}]}, True),
        ({"all": [{"fact": "line", "known": False}, {"fact": "line", "at_least": 2}]}, True),
        ({"all": [{"fact": "line", "known": False}, {"fact": "line", "is": 2}]}, False),
    ],
)
def test_what_can_hold(written, possible):
    assert satisfiable.can_hold(parse(written, {}.__getitem__)) is possible
