"""Finds rules that say more than the records they cite: a number that none of them holds, a strength of evidence that
no cited study has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from .load import CITABLE, Corpus
from .problems import Problem
from .rulebase import RuleBase, Written

# Names with digits (trials, genes, steps of a scale) and the count of the patient's own lines are no figures.
_NAMES = re.compile(
    r"lines used up for metastatic disease: \d+|CDK4/6|\*\d+/\*\d+|\bsource \d+( of \d{4})?"
    r"|\b(?:ASCO|NCCN|ESMO|EMA|MONARCH|Study|SONIA|ECOG|grade|line|performance status of|Child-Pugh|day|week)s?"
    r" \d+(?:(?:,| or| to| and) \d+)*"
    r"|[A-Za-z](?:\w|-(?=\w))*?\d[\w/-]*",
    re.IGNORECASE,
)
_ABOUT_THE_RECORD = {"id", "source", "lines", "also_lines", "references", "conflicts", "added", "superseded_by", "note"}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


def check(base: RuleBase, corpus: Corpus) -> Iterator[Problem]:
    """Each rule beside what it cites."""
    records = {record.id: record for kind, record in corpus.records() if kind in CITABLE}
    studies = {study.id: study for study in corpus.studies}
    for rule in base.rules:
        if corpus.unread:  # what could not be read cannot be missed
            return
        for text, remedy in (*_numbers(rule, records, studies), *_strength(rule, records, studies)):
            yield Problem(rule.place.file, rule.place.line, rule.rule.id, text, remedy)


def figures(text: str) -> set[str]:
    """The numbers that a sentence states, without those in names."""
    return set(_NUMBER.findall(_NAMES.sub(" ", _THOUSANDS.sub("", text))))


def _numbers(rule: Written, records: Mapping[str, Any], studies: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    unknown = rule.body.get("if_unknown") or {}
    said = figures(rule.sentence) | figures(unknown.get("text", ""))
    cited = [records[name] for name, _ in rule.evidence if name in records]
    about = [studies[record.study] for record in cited if getattr(record, "study", None) in studies]
    held = {number for record in (*cited, *about) for number in _held(record)}
    missing = sorted(number for number in said if float(number) not in held)
    if missing and rule.kind != "trial":
        yield f"says {', '.join(missing)}, which no record it cites holds", "cite the record, or take the number out"


def _held(record: Any) -> Set[float]:
    told = record.model_dump_json(exclude=_ABOUT_THE_RECORD)
    return {float(number) for number in _NUMBER.findall(_THOUSANDS.sub("", told))}


def _strength(rule: Written, records: Mapping[str, Any], studies: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A strength that names a phase needs a supporting result of a study of that phase; one that names survival, a
    survival result in the option's favour."""
    strength = str(rule.body.get("strength") or "")
    if not strength.startswith("phase"):
        return
    wanted = "III" if strength.startswith("phase3") else "II"
    results = [records[name] for name, role in rule.evidence if role == "supports" and hasattr(records.get(name), "hr")]
    fitting = [result for result in results if wanted in (studies[result.study].phase or "")]
    if not fitting:
        yield f"its strength is {strength}, but it cites no result of such a study", "cite one, or lower the strength"
    elif strength == "phase3_survival" and not any(_longer_survival(result) for result in fitting):
        yield "its strength is phase3_survival, but no survival result it cites is positive", "cite one, or lower it"


def _longer_survival(result: Any) -> bool:
    return "OS" in result.endpoint and result.verdict == "positive"
