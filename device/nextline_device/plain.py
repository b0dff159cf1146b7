"""An answer as linear text: for pipes, for screen readers, and wherever there is no terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from nextline_core.consistency import Problem
from nextline_core.rulebook import Rulebook
from nextline_core.vocabulary import VOCABULARY
from nextline_db.store import Store

from .figures import event_line, marks, result_line, source_line
from .harms import harms

Row: TypeAlias = Mapping[str, Any]
WIDTH = 100
BANDS = {
    "preferred": "PREFERRED: a guideline or label names it here, and nothing known speaks against it",
    "consider": "TO CONSIDER: eligible; another is usually favoured, or a major caution stands",
    "later": "LATER: eligible; usually kept for a later line",
    "investigational": "INVESTIGATIONAL: no approval for this use",
    "unavailable": "CANNOT BE HAD HERE",
    "supportive": "ALWAYS",
}
_BARRED = "RULED OUT: a rule speaks against it in this patient"
_ELSEWHERE = "NOT OFFERED NOW: a known fact does not fit its place in treatment"
_MOST_EVENTS = 6
_CHANGED = {
    "disease.her2": "HER2",
    "history.-1.months": "months on the last therapy",
    "history.-1.ended": "the last therapy ended by",
}


def render(answer: Mapping[str, Any], store: Store, book: Rulebook) -> str:
    """The whole answer, wrapped to 100 columns, ending with a line feed."""
    return "\n".join(line for block in _blocks(answer, store, book) for line in block) + "\n"


def _blocks(answer: Mapping[str, Any], store: Store, book: Rulebook) -> Iterator[list[str]]:
    yield _head(answer)
    yield _section("PROBLEMS", (Problem(**p).sentence() for p in answer["problems"]))
    yield _section("TO KNOW FIRST", (f"{f['severity'].upper()}: {f['text']}" for f in answer["flags"]))
    band = None
    for option in answer["options"]:
        if option["band"] != band:
            band = option["band"]
            yield ["", BANDS[band]]
        yield _option(option, store, book)
    yield from _ruled_out(answer["ruled_out"], book)
    yield _section("WHAT TO FIND OUT NEXT, the one that changes most first", map(_test, answer["tests"]))
    what_if = map(_change, answer.get("what_if") or ())
    yield _section("WHAT WOULD CHANGE THE ANSWER, the most consequential first", what_if)
    yield _section("RESISTANCE", (m["text"] for m in answer["mechanisms"]))
    outlook = _outlook(answer["outlook"], store)
    yield _section("WHAT THE FIGURES SAY, for the cohorts named and nobody else", outlook)
    yield _section("STUDIES THAT MAY BE RUNNING, whose known criteria fit", map(_trial, answer["trials"]))
    yield _section("WHERE SOURCES DISAGREE", (_conflict(identifier, store) for identifier in answer["conflicts"]))
    total, twice, signed = store.readings()
    yield ["", f"Evidence: {twice} of {total} clinical records read twice, {signed} signed by a clinician."]
    yield ["Options with reasons, never orders: a clinician decides."]


def _section(title: str, texts: Iterable[str]) -> list[str]:
    """A heading with its items; nothing where there are none."""
    items = _items(texts)
    return ["", title, *items] if items else []


def _head(answer: Mapping[str, Any]) -> list[str]:
    line = f"line {answer['line']}" if answer["line"] else "line not known"
    return [
        f"{answer['subtype'] if answer['subtype'] != 'unknown' else 'Subtype not known'}, {line}",
        f"evidence {answer['evidence_version']}, literature reviewed up to {answer['evidence_date']}; "
        f"engine {answer['engine_version']}",
    ]


def _items(texts: Iterable[str]) -> list[str]:
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


def _ruled_out(rows: list[Row], book: Rulebook) -> Iterator[list[str]]:
    """What a rule excludes, then what no rule offers here."""
    excluding = {rule.id for rule in book.rules if rule.kind == "exclude"}
    for title, apart in ((_BARRED, False), (_ELSEWHERE, True)):
        found = [row for row in rows if excluding.isdisjoint(row["rules"]) is apart]
        if found:
            yield ["", title, *_items(f"{r['regimen']}: {'; '.join(b['text'] for b in r['because'])}" for r in found)]


def _option(option: Row, store: Store, book: Rulebook) -> list[str]:
    tie = f" (level with {', '.join(option['tied_with'])})" if option["tied_with"] else ""
    status = "applies" if option["status"] == "applies" else "POSSIBLE, something decides that is not known"
    lines = _wrap(f"  {option['rank']}. {option['regimen']}: {status}{tie}")
    lines += _field("why", next(rule.sentence for rule in book.rules if rule.id == option["rules"][0]))
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
    lines += _harms(option, store, book)
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
        unlike = "; ".join(fact["text"] for fact in cited["fit"]["unmet"])
        apart = f" Unlike its patients here: {unlike}." if unlike else ""
        yield f"{study[1]['name'] if study else record['study']}: {result_line(record)}{note}.{apart} {place}"
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


def _harms(option: Row, store: Store, book: Rulebook) -> list[str]:
    """The harms that the cited studies report of this regimen, any grade and grade 3 or more apart."""
    studies = [c["study"] for c in option["evidence"] if c["study"]]
    found = harms(option["drugs"], studies, store, book.catalogue)
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
