"""An answer as linear text: for pipes, for screen readers, and wherever there is no terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from nextline_core.catalogue import Catalogue
from nextline_core.consistency import Problem
from nextline_core.vocabulary import VOCABULARY
from nextline_db.store import Store

from .figures import event_line, marks, result_line, source_line
from .harms import harms

WIDTH = 100
BANDS = {
    "preferred": "PREFERRED: a guideline or label names it here, and nothing known speaks against it",
    "consider": "TO CONSIDER: eligible; another is usually favoured, or a major caution stands",
    "later": "LATER: eligible; usually kept for a later line",
    "investigational": "INVESTIGATIONAL: no approval for this use",
    "unavailable": "CANNOT BE HAD HERE",
    "supportive": "ALWAYS",
}
_MOST_EVENTS = 6
_CHANGED = {
    "disease.her2": "HER2",
    "history.-1.months": "months on the last therapy",
    "history.-1.ended": "the last therapy ended by",
}


def render(answer: Mapping[str, Any], store: Store, names: Catalogue) -> str:
    """The whole answer, wrapped to 100 columns, ending with a line feed."""
    return "\n".join(line for block in _blocks(answer, store, names) for line in block) + "\n"


def _blocks(answer: Mapping[str, Any], store: Store, names: Catalogue) -> Iterator[list[str]]:
    yield _head(answer)
    if answer["problems"]:
        yield ["", "PROBLEMS", *_items(Problem(**p).sentence() for p in answer["problems"])]
    if answer["flags"]:
        yield ["", "TO KNOW FIRST", *_items(f"{f['severity'].upper()}: {f['text']}" for f in answer["flags"])]
    band = None
    for option in answer["options"]:
        if option["band"] != band:
            band = option["band"]
            yield ["", BANDS[band]]
        yield _option(option, store, names)
    if answer["ruled_out"]:
        yield [
            "",
            "RULED OUT",
            *_items(f"{r['regimen']}: {'; '.join(b['text'] for b in r['because'])}" for r in answer["ruled_out"]),
        ]
    if answer["tests"]:
        yield ["", "WHAT TO FIND OUT NEXT, the one that changes most first", *_items(_test(t) for t in answer["tests"])]
    if answer.get("what_if"):
        yield [
            "",
            "WHAT WOULD CHANGE THE ANSWER, the most consequential first",
            *_items(_change(c) for c in answer["what_if"]),
        ]
    if answer["mechanisms"]:
        yield ["", "RESISTANCE", *_items(m["text"] for m in answer["mechanisms"])]
    if answer["outlook"]:
        yield [
            "",
            "WHAT THE FIGURES SAY, for the cohorts named and nobody else",
            *_items(_outlook(answer["outlook"], store)),
        ]
    if answer["trials"]:
        yield [
            "",
            "STUDIES THAT MAY BE RUNNING, whose known criteria fit",
            *_items(_trial(t) for t in answer["trials"]),
        ]
    if answer["conflicts"]:
        yield [
            "",
            "WHERE SOURCES DISAGREE",
            *_items(_conflict(identifier, store) for identifier in answer["conflicts"]),
        ]
    total, twice, signed = store.readings()
    yield ["", f"Evidence: {twice} of {total} clinical records read twice, {signed} signed by a clinician."]
    yield ["Options with reasons, never orders: a clinician decides."]


def _head(answer: Mapping[str, Any]) -> list[str]:
    line = f"line {answer['line']}" if answer["line"] else "line not known"
    return [
        f"{answer['subtype'] if answer['subtype'] != 'unknown' else 'Subtype not known'}, {line}",
        f"evidence {answer['evidence_version']}, literature reviewed up to {answer['evidence_date']}; "
        f"engine {answer['engine_version']}",
    ]


def _items(texts: Iterator[str] | Any) -> list[str]:
    return [
        line
        for text in texts
        for line in textwrap.wrap(text, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_long_words=False)
    ]


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent="      ", drop_whitespace=True, initial_indent="  ")


def _field(name: str, text: str) -> list[str]:
    return textwrap.wrap(
        f"{name}: {text}", WIDTH, initial_indent="      ", subsequent_indent="        ", break_long_words=False
    )


def _option(option: Mapping[str, Any], store: Store, names: Catalogue) -> list[str]:
    tie = f" (level with {', '.join(option['tied_with'])})" if option["tied_with"] else ""
    status = "applies" if option["status"] == "applies" else "POSSIBLE, something decides that is not known"
    lines = _wrap(f"  {option['rank']}. {option['regimen']}: {status}{tie}")
    for name, key in (("because", "why"), ("needs", "needs")):
        if option[key]:
            lines += _field(name, "; ".join(fact["text"] for fact in option[key]))
    if option["lost"]:
        lines += _field("lost", option["lost"])
    for caution in option["cautions"]:
        lines += _field("CAUTION" if caution["severity"] == "major" else "watch", caution["text"])
    for cited in option["evidence"]:
        for text in _cited(cited, store):
            lines += _field({"supports": "evidence", "against": "AGAINST", "context": "context"}[cited["role"]], text)
    lines += _harms(option, store, names)
    lines += _leaves(option)
    lines += [line for factor in option["factors"] for line in _field(factor["name"], factor["text"])]
    return lines


def _leaves(option: Mapping[str, Any]) -> list[str]:
    """What the choice burns and opens for later; what it merely keeps is many and says little."""
    found = option.get("leaves") or ()
    rows = {effect: [row["option"] for row in found if row["effect"] == effect] for effect in ("burns", "opens")}
    told = "; ".join(f"{effect} {', '.join(options)}" for effect, options in rows.items() if options)
    kept = sum(row["effect"] == "keeps" for row in found)
    return _field("if it fails", f"{told or 'burns and opens nothing'}; {kept} options still stand") if found else []


def _cited(cited: Mapping[str, Any], store: Store) -> Iterator[str]:
    found = store.record(cited["result"] or cited["statement"])
    if found is None:
        return
    kind, record = found
    source = store.record(record["source"])
    place = source_line(record, source[1]) if source else record["source"]
    if kind == "results":
        study = store.record(record["study"])
        note = "".join(f" [{mark}]" for mark in marks(record))
        yield f"{study[1]['name'] if study else record['study']}: {result_line(record)}{note}. {place}"
    elif kind == "adverse_events":
        yield f"{event_line(record)} ({record['regimen']}). {place}"
    else:
        yield f"{record.get('text') or record.get('indication') or record.get('gene_or_pathway')} {place}"


def _outlook(rows: list[Mapping[str, Any]], store: Store) -> Iterator[str]:
    """What is said of a group of figures, then the figures."""
    said = None
    for row in rows:
        if row["text"] != said:
            said = row["text"]
            yield said
        yield from _cited(row, store)


def _harms(option: Mapping[str, Any], store: Store, names: Catalogue) -> list[str]:
    """The harms that the cited studies report of this regimen, any grade and grade 3 or more apart."""
    studies = [c["study"] for c in option["evidence"] if c["study"]]
    found = harms(option["drugs"], studies, store, names)
    lines: list[str] = []
    for title, rows in (("harms, grade 3 or more", found.severe), ("harms, any grade", found.any_grade)):
        if rows:
            shown = ", ".join(f"{event_line(row)} ({row['study']})" for row in rows[:_MOST_EVENTS])
            lines += _field(title, shown)
    return lines


def _test(test: Mapping[str, Any]) -> str:
    deltas = test.get("outcomes") or [
        {"value": "if positive", **test["if_positive"]},
        {"value": "if negative", **test["if_negative"]},
    ]
    changes = "; ".join(f"{d['value']}: {_delta(d)}" for d in deltas)
    return f"{test['text']} {changes}."


def _trial(trial: Mapping[str, Any]) -> str:
    dated = f", as of {trial['status_date']}" if trial["status_date"] else ", undated"
    open_criteria = f" Not known: {', '.join(n['text'] for n in trial['needs'])}." if trial["needs"] else ""
    name = f"{trial['name']} ({trial['nct'] or 'no registry number'})"
    return f"{name}, status {trial['status']}{dated}: {trial['text']}{open_criteria}"


def _change(change: Mapping[str, Any]) -> str:
    fact = VOCABULARY.get(change["fact"])
    label = fact.label if fact else _CHANGED[change["fact"]]
    value = {True: "yes", False: "no"}.get(change["value"], change["value"])
    return f"{label} {value}: first {change['first'] or 'none'}; {_delta(change)}."


def _delta(delta: Mapping[str, Any]) -> str:
    parts = [
        f"opens {', '.join(delta['gained'])}" if delta["gained"] else "",
        f"closes {', '.join(delta['lost'])}" if delta["lost"] else "",
    ]
    return " and ".join(part for part in parts if part) or "changes nothing here"


def _conflict(identifier: str, store: Store) -> str:
    found = store.record(identifier)
    if found is None:
        return identifier
    record = found[1]
    return f"{record['title']}: {'; '.join(side['value'] for side in record['sides'])}. Shown: {record['shown_as']}"
