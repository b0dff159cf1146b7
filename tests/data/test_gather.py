"""What a curator can get wrong in any file: refused by the build and by the check alike, with file, line and remedy."""

import pytest
from data import small

from nextline_db import build, check
from nextline_db.problems import CurationError


@pytest.fixture
def db(tmp_path):
    return small.write(tmp_path / "db")


def test_small_files_without_a_fault_build(db, tmp_path, capsys):
    assert small.said(db) == []
    assert len(build.build(db, tmp_path / "x.sqlite")) == 64
    assert check.main(["--db", str(db)]) == 0
    assert "2 results" in capsys.readouterr().out


HEAD, TRIAL = "evidence/head.yaml", "evidence/trial.yaml"
CLASSES, OPTIONS, RULES = "vocabulary/medication_classes.yaml", "options/options.yaml", "rules/rules.yaml"
# file, what stands there, what is written instead, place and words of the fault
SPOILT = [
    (HEAD, "", "- a\n", "evidence/head.yaml:14: not readable as YAML"),
    (TRIAL, "fact: line, op", "fact: lines, op", "asks for the fact 'lines', which does not exist"),
    (TRIAL, "op: at_least", "op: has", "'has' does not fit the fact 'line'"),
    (HEAD, "brands: [Femara]", "brands: [Pilulib]", "evidence/head.yaml:12: pilulib: the name 'pilulib'"),
    (HEAD, "id: letrozole, name: letrozole", "id: letrozole, name: Inhibitor", "'Inhibitor' is taken"),
    (HEAD, "name: endocrine therapy}", "name: e, broader: [aromatase_inhibitor]}", "broader than itself"),
    (HEAD, "file: s900.txt}", "file: s901.txt}", "evidence/head.yaml:2: s900: its file is 's901.txt'"),
    (HEAD, 'date: "2024"', 'date: "2024-13"', "evidence/head.yaml:2: s900: date: Value error, month must"),
    (HEAD, 'date: "2024"', 'date: "2025-02-30"', "evidence/head.yaml:2: s900: date: Value error, day"),
    (TRIAL, "lines: [2, 2]\n    record_status", "lines: [02, 2]\n    record_status", "lines"),
    ("edition.yaml", "2026-11-20", "2026-13-45", "edition.yaml:2: date: Value error, month must be in 1..12"),
    ("edition.yaml", "180", "never", "edition.yaml:3: stale_after_days"),
    (CLASSES, "medication_classes:", "classes:", "vocabulary/medication_classes.yaml:"),
    (HEAD, 'phase: "III"', 'phase: "III", status_date: "2026-02"', "trial: says that its status is of 2026-02, but"),
    (CLASSES, "[warfarin]", "[warfarin, heparin]", "no rule asks for the typed word 'heparin'"),
    (RULES, "has: warfarin}", "has: warfarine}", "rules/rules.yaml:37: told: 'warfarine' is neither a drug"),
    (CLASSES, "examples", "example", "medication_classes.yaml:3: medication_classes.strong"),
    (CLASSES, "source: web", "source: wed", "names 'wed', which is not among the sources"),
    ("vocabulary/regimens.yaml", "letrozole", "letrozol", "vocabulary/regimens.yaml:2: PL: names 'letrozol'"),
    (OPTIONS, "drugs: [pilulib], given", "drugs: [pilula], given", "options/options.yaml:2: pill: names"),
    (OPTIONS, "backbone: [letrozole]", "backbone: [care]", "options/options.yaml:3: pair: 'care' is its"),
    (RULES, "later, when: {fact: line,", "later, when: {fact: lines,", "rules/rules.yaml:2: later: asks for the fact"),
    (RULES, "later, when: {fact: line,", "later, when: {facts: line,", "rules/rules.yaml:2: later: not a condition"),
    (RULES, "later, when: {fact: line, at_least: 2}", "later, when: {see: later}", "later: named conditions see each"),
    (RULES, "id: pair.first", "id: trial.mpfs", "trial.mpfs: this id is taken by one of the results"),
    (RULES, "[page.pill, {id: trial", "[{id: page.pill, role: context}, {id: trial", "no record supports this offer"),
    (RULES, "id: pair.first", "id: later", "later: this id is taken by one of the conditions"),
    (
        RULES,
        "when: {see: later}",
        "when: {fact: line, is: 2}",
        "rules/rules.yaml:2: later: nothing sees this condition",
    ),
    (
        HEAD,
        'phase: "III"',
        'phase: "III", status: ongoing, status_date: "2086-02"',
        "trial: status_date: 2086-02 lies after 2026-11-25",
    ),
    (
        HEAD,
        'date: "2024"',
        'date: "2024", accessed: "2023-12-31"',
        "s900: was read on 2023-12-31, and published on 2024",
    ),
    (RULES, "option: pair", "option: pill", "options/options.yaml:3: pair: no rule offers it"),
    (RULES, "on $name.", "on $nam.", "again: 'The disease grew on $nam.'"),
    (RULES, "trial.mpfs.older, role: context", "trial.mpfs.older", "which is superseded (cite 'trial.mpfs'"),
    (RULES, "positive: {biomarkers.ESR1", "positive: {biomarkers.ESRI", "outcome 'positive': asks for the fact"),
    (RULES, "positive: {biomarkers.ESR1: positive", "positive: {biomarkers.ESR1: yes", "is never 'yes'"),
    (RULES, "negative: {biomarkers.ESR1: negative", "negative: {line: 1", "does not tell 'biomarkers.ESR1'"),
    (RULES, "    fact: biomarkers.ESR1", "    fact: biomarkerz.ESR1", "'biomarkerz.ESR1' is no member of a profile"),
    (RULES, "if_unknown: {severity: info", "if_unknown: {severity: major", "flag.if_unknown.severity"),
    (RULES, "    drugs: [letrozole]", "    drugs: [letrozol]", "its companion 'letrozol' is neither a drug"),
    (RULES, "targets: {drugs: [pilulib]}", "targets: {drugs: [care]}", "its targets hold no option"),
    (RULES, "targets: {drugs: [pilulib]}", "targets: {drugs: [pilul]}", "speaks of the drug 'pilul'"),
    (RULES, "conditions:", "condition:", "rules/rules.yaml:2: 'condition' is none of options, conditions"),
    (
        "readings/first.tsv",
        "trial.mpfs\t2026",
        "trial.mpfs 2026",
        "readings/first.tsv:2: trial.mpfs 2026-11-25: a row has",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), SPOILT, ids=lambda part: str(part)[:40])
def test_a_fault_is_named_with_its_place(db, name, old, new, said):
    small.spoil(db, name, old, new)
    found = small.said(db)
    assert any(said in fault for fault in found), found
    assert all(":" in fault and fault.endswith(")") for fault in found), "a remedy is lacking"


WHOLE = [
    ("evidence/x.yaml", b"hello\n", "evidence/x.yaml:1: holds a text, not lists by name"),
    ("evidence/x.yaml", b"- a\n", "evidence/x.yaml:1: holds a list, not lists by name"),
    ("rules/x.yaml", b"- a\n", "rules/x.yaml:1: holds a list, not lists by name"),
    ("evidence/x.yaml", b"results:\n", "evidence/x.yaml:1: 'results' holds no list"),
    ("evidence/x.yml", b"results: []\n", "evidence/x.yml: is not read: its name ends otherwise"),
    ("evidence/x.yaml", b"defaults: {sorce: web}\nresults: []\n", "x.yaml:1: the default 'sorce' is no member"),
    ("evidence/x.yaml", b"? [a]\n: 1\n", "evidence/x.yaml:1: a key is a list or a mapping"),
    ("evidence/x.yaml", b"a: &a [*a]\n", "evidence/x.yaml:1: an alias (*name) is used"),
    ("evidence/x.yaml", b"\na: \xff\n", "evidence/x.yaml:2: not UTF-8 at byte 4"),
    ("evidence/x.yaml", b"\na: \0\n", "evidence/x.yaml:2: not readable as YAML: a control character"),
    ("evidence/x.yaml", b"a: !!python/object:os.system x\n", "evidence/x.yaml:1: the tag '!!python/object:os.system'"),
    ("evidence/x.yaml", b"a: 1\n---\nb: 1\n", "evidence/x.yaml:2: not readable as YAML: but found another document"),
    ("evidence/x.yaml", b"a: " + b"[" * 60 + b"]" * 60, "evidence/x.yaml:1: nested more than 40 deep"),
    ("evidence/x.yaml", b"a: " + b"[" * 100_000, "evidence/x.yaml:1: not readable as YAML"),
    ("rules/x.yaml", b"a: nextline-sha256:0\n", "rules/x.yaml:1: holds 'nextline-sha256:'"),
    ("rules/x.yaml", b"rules: [\n", "rules/x.yaml:2: not readable as YAML"),
    ("edition.yaml", b"- a\n", "edition.yaml:1: Input should be"),
    ("evidence/founding/s900.json", b'{"source":\n', "evidence/founding/s900.json:2: not readable as JSON"),
    ("evidence/founding/s900.json", b"{}", "evidence/founding/s900.json: is no fingerprint"),
    ("readings/second.tsv", b"a\tb\n", "readings/second.tsv:1: b: a row has 2 columns"),
    ("readings/second.tsv", b"results\tx\t2026-02-30\t000000000000\n", "second.tsv:1: x: '2026-02-30' is no day"),
    ("readings/second.tsv", b"\xff", "readings/second.tsv: cannot be read as UTF-8"),
]


@pytest.mark.parametrize(("name", "raw", "said"), WHOLE, ids=lambda part: str(part)[:40])
def test_a_file_of_another_kind_ends_in_a_sentence(db, name, raw, said):
    (db / name).write_bytes(raw)
    found = small.said(db)
    assert any(said in fault for fault in found), found


@pytest.mark.parametrize("name", ["edition.yaml", "vocabulary/medication_classes.yaml", "vocabulary/regimens.yaml"])
def test_a_missing_file_is_told(db, name):
    (db / name).unlink()
    assert f"{name}: does not exist (write it)" in small.said(db)


def test_a_folder_that_is_no_project_is_told(tmp_path, capsys):
    assert check.main(["--db", str(tmp_path / "nowhere")]) == 1
    assert "evidence: there is no such folder (name the project's db folder)" in capsys.readouterr().out


def test_everything_is_told_at_once_and_nothing_follows_from_it(db, tmp_path):
    """A fault in the evidence, the rules, the readings and the edition: four faults, and none that only follows."""
    small.spoil(db, "evidence/trial.yaml", "topic: strategy", "topic: tactics")
    small.spoil(db, "rules/rules.yaml", "band: preferred", "band: best")
    small.spoil(db, "edition.yaml", "2026-11-20", "2026-11-31")
    small.spoil(db, "readings/first.tsv", "trial.mpfs.older\t2026-11-25", "trial.mpfs.older\tbanana")
    with pytest.raises(CurationError) as refused:
        build.build(db, tmp_path / "x.sqlite")
    assert [f"{p.file}:{p.line}" for p in refused.value.problems] == [
        "edition.yaml:2",
        "evidence/trial.yaml:24",
        "readings/first.tsv:3",
        "rules/rules.yaml:7",
    ]
    assert not (tmp_path / "x.sqlite").exists()


def test_classes_of_medicines_that_cannot_be_read_make_no_fault_of_a_rule(db):
    small.spoil(db, RULES, "when: {fact: line, is: 1}", "when: {fact: medication_classes, has: strong_cyp3a_inhibitor}")
    assert small.said(db) == []
    small.spoil(db, CLASSES, "examples", "example")
    assert {fault.partition(":")[0] for fault in small.said(db)} == {CLASSES}


def test_what_names_a_file_that_cannot_be_read_has_no_fault_of_its_own(db):
    small.spoil(db, "evidence/head.yaml", "studies:", "studies: [")
    assert {fault.partition(":")[0] for fault in small.said(db)} == {"evidence/head.yaml"}


def test_a_fault_of_a_named_condition_is_told_once(db):
    """Not with the rule that sees it."""
    small.spoil(db, "rules/rules.yaml", "later, when: {fact: line,", "later, when: {fact: lines,")
    assert len(small.said(db)) == 1


def test_a_record_that_was_read_and_is_gone_is_missed(db):
    text = (db / "evidence/trial.yaml").read_text()
    (db / "evidence/trial.yaml").write_text(text[: text.index("statements:")])
    assert any("page.pill: the record was read, and is no longer among the statements" in f for f in small.said(db))
