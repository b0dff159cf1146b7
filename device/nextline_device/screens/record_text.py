"""Pages of the library: a drug, trial, gene, adverse event or option, and whatever else the search finds.

Rows with a key of the form ``kind:id`` lead to another page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from nextline_core.rulebook import Rule

from ..figures import marks, result_line
from ..tongue import _
from . import conflict_text, rule_text
from .cited import DEEP, Reader, Record
from .evidence_text import headline
from .harms_text import harms
from .library_text import GENES, event_rows
from .rows import INDENT, Page, Row, ends, page_of, row, wrapped
from .view import View

_MOST_RULES = 60


def page(view: View, kind: str, identifier: str) -> Page:
    """The page of one entry of the library."""
    return _PAGES.get(kind, _plain)(view, identifier)


def _link(view: View, kind: str, identifier: str, title: str, note: str = "") -> Row:
    return row(ends(f"   {title}", note, view.width), key=f"{kind}:{identifier}")


def _texts(view: View, reader: Reader, records: Iterable[Record]) -> Iterator[Row]:
    for record in records:
        prefix = f"{record['agency']} {record['date'] or ''}: " if record.get("agency") else ""
        prefix += f"{str(record['kind']).replace('_', ' ')}: " if record.get("drug") else ""
        text = str(record.get("text") or record.get("indication") or "")
        yield from wrapped(f"• {prefix}{text}", view.width, " ", INDENT)
        yield from reader.source(record)


def _part(title: str, rows: Iterable[Row]) -> list[Row]:
    found = list(rows)
    return [row(f" {title}", "head"), *found] if found else []


def _drug(view: View, identifier: str) -> Page:
    reader = Reader(view.store, view.width)
    found = reader.record(identifier)
    drug: Record = found[1] if found else {"name": identifier}
    name = str(drug["name"])
    about = wrapped(name, view.width, " ", tone="strong")
    for label, value in (
        (_("brands"), ", ".join(drug.get("brands") or ())),
        (_("also called"), ", ".join(drug.get("synonyms") or ())),
        (_("classes"), ", ".join(map(view.book.name, drug.get("classes") or ()))),
        (_("target"), drug.get("target")),
        (_("payload"), drug.get("payload")),
        (_("route"), drug.get("route")),
    ):
        if value:
            about += wrapped(f"{label}: {value}", view.width, " ", INDENT)
    options = [o for o in view.book.options.values() if identifier in o.drugs]
    approvals = [r for r in view.store.records("approvals") if identifier in r["drugs"]]
    safety = [r for r in view.store.records("safety") if r["drug"] == identifier]
    studies = dict.fromkeys(
        r["study"] for r in view.store.records("results") if name.casefold() in str(r["arm"]).casefold()
    )
    return page_of(
        (
            ("about", [*about, *reader.source(drug)] if drug.get("source") else about),
            ("options", _part(_("OPTIONS WITH IT"), (_link(view, "option", o.id, o.regimen) for o in options))),
            ("trials", _part(_("TRIALS OF IT"), (_link(view, "studies", s, reader.name(s)) for s in studies))),
            ("approvals", _part(_("APPROVALS"), _texts(view, reader, approvals))),
            ("safety", _part(_("SAFETY"), _texts(view, reader, safety))),
        )
    )


def _study(view: View, identifier: str) -> Page:
    reader = Reader(view.store, view.width)
    found = reader.record(identifier)
    study: Record = found[1] if found else {}
    about = wrapped(headline(study, identifier), view.width, " ", INDENT, "strong")
    for label, key in (
        (_("who"), "population"),
        (_("earlier CDK4/6 inhibitor"), "prior_cdk46i"),
        (_("status"), "status"),
    ):
        if study.get(key):
            dated = f" ({study['status_date']})" if key == "status" and study.get("status_date") else ""
            about += wrapped(f"{label}: {study[key]}{dated}", view.width, " ", INDENT)
    results = view.store.of_study("results", identifier)
    events = view.store.of_study("adverse_events", identifier)
    touched = dict.fromkeys(c for record in (*results, *events) for c in record.get("conflicts") or ())
    harm_rows = [*harms(events, view.width), *reader.sources({**event, "lines": None} for event in events)]
    return page_of(
        (
            ("about", about),
            ("results", _part(_("RESULTS"), _results(view, reader, results))),
            ("harms", _part(_("HARMS, any grade and grade 3 or more apart"), harm_rows if events else ())),
            ("conflicts", _part(_("WHERE SOURCES DISAGREE"), _conflicts(view, reader, touched))),
        )
    )


def _results(view: View, reader: Reader, results: Iterable[Record]) -> Iterator[Row]:
    for result in results:
        yield from wrapped(f"• {result_line(result)}", view.width, " ", INDENT, "strong")
        told = [str(result[key]) for key in ("population", "line") if result.get(key)] + marks(result)
        if told:
            yield from wrapped("; ".join(told), view.width, INDENT, DEEP)
        yield from reader.source(result)


def _conflicts(view: View, reader: Reader, identifiers: Iterable[str]) -> Iterator[Row]:
    for identifier in identifiers:
        found = reader.record(identifier)
        if found:
            yield _link(view, "conflicts", identifier, str(found[1]["title"]))


def _gene(view: View, gene: str) -> Page:
    reader = Reader(view.store, view.width)
    mechanisms = [
        m for m in view.store.records("mechanisms") if gene.casefold() in str(m["gene_or_pathway"]).casefold()
    ]
    bare = gene.removeprefix("g").removeprefix("s") if gene in GENES else gene
    said = [s for s in view.store.records("statements") if bare in str(s["text"])]
    rules = [r for r in view.book.rules if _asks(view, r, f"biomarkers.{gene}")]
    return page_of(
        (
            ("about", wrapped(gene, view.width, " ", tone="strong")),
            ("mechanisms", _part(_("RESISTANCE"), _mechanisms(view, reader, mechanisms))),
            ("rules", _part(_("RULES THAT ASK FOR IT"), _rules(view, rules))),
            ("statements", _part(_("WHAT IS SAID OF IT"), _texts(view, reader, said))),
        )
    )


def _asks(view: View, rule: Rule, fact: str) -> bool:
    forms = [rule.form]
    while forms:
        form = forms.pop()
        if isinstance(form, int):
            if view.book.table.literals[form].atom.fact == fact:
                return True
        else:
            forms += form[1:]
    return False


def _mechanisms(view: View, reader: Reader, records: Iterable[Record]) -> Iterator[Row]:
    for record in records:
        yield from wrapped(f"• {rule_text.said(reader, 'mechanisms', record)}", view.width, " ", INDENT)
        if record.get("share_percent") is not None:
            yield from wrapped(_("share: {share}%").format(share=record["share_percent"]), view.width, INDENT)
        yield from reader.source(record)


def _rules(view: View, rules: list[Rule]) -> Iterator[Row]:
    for rule in rules[:_MOST_RULES]:
        yield _link(view, "rule", rule.id, f"{_(rule_text.KINDS[rule.kind])}: {rule.sentence}")
    if len(rules) > _MOST_RULES:
        yield row(f"{INDENT}{_('and {number} more').format(number=len(rules) - _MOST_RULES)}")


def _event(view: View, event: str) -> Page:
    reader = Reader(view.store, view.width)
    rows = sorted(event_rows(view.store, event), key=lambda r: (str(r["regimen"]).casefold(), str(r["grade"])))
    head = wrapped(_("Figures come from different trials and grades, and are not for comparing."), view.width, " ")
    told = [
        line
        for record in rows
        for line in (
            *wrapped(
                f"• {record['regimen']} ({reader.name(str(record['study']))}): {_figure(record)}",
                view.width,
                " ",
                INDENT,
            ),
            *reader.source(record),
        )
    ]
    return page_of((("about", [*wrapped(event, view.width, " ", tone="strong"), *head]), ("rows", told)))


def _figure(record: Record) -> str:
    grade = (
        _("any grade")
        if record["grade"] == "any"
        else _("grade {grade}").format(grade=str(record["grade"]).replace("_", " "))
    )
    figure = (
        f"{record['percent']}%"
        if record["percent"] is not None
        else f"n={record['n']}"
        if record["n"]
        else _("reported")
    )
    versus = f" v {record['comparator_percent']}%" if record.get("comparator_percent") is not None else ""
    return f"{grade} {figure}{versus}"


def _option(view: View, identifier: str) -> Page:
    option = view.book.options[identifier]
    about = wrapped(option.regimen, view.width, " ", tone="strong")
    about += wrapped(_("given: {how}").format(how=option.given), view.width, " ", INDENT) if option.given else []
    reader = Reader(view.store, view.width)
    drugs = [d for d in option.drugs if (found := reader.record(d)) and found[0] == "drugs"]
    rules = [view.book.rules[number] for number in (*view.book.offers[identifier], *view.book.about[identifier])]
    return page_of(
        (
            ("about", about),
            ("drugs", _part(_("DRUGS"), (_link(view, "drugs", d, view.book.name(d)) for d in drugs))),
            ("rules", _part(_("RULES ABOUT IT: Enter reads one aloud"), _rules(view, rules))),
        )
    )


def _rule(view: View, identifier: str) -> Page:
    rule = next((rule for rule in view.book.rules if rule.id == identifier), None)
    return rule_text.page(view, rule) if rule else page_of(())


def _plain(view: View, identifier: str) -> Page:
    """Any other record: what it says and where."""
    reader = Reader(view.store, view.width)
    found = reader.record(identifier)
    if not found:
        return page_of((("none", [row(f" {_('No record has this id.')}")]),))
    kind, record = found
    rows = wrapped(rule_text.said(reader, kind, record), view.width, " ", tone="strong")
    for label, key in ((_("condition"), "condition"), (_("as printed"), "as_printed"), (_("checked"), "verification")):
        if record.get(key):
            rows += wrapped(f"{label}: {str(record[key]).replace('_', ' ')}", view.width, " ", INDENT)
    rows += reader.source(record, " ") if record.get("source") else []
    return page_of((("record", rows), ("conflicts", list(_conflicts(view, reader, record.get("conflicts") or ())))))


_PAGES: Mapping[str, Callable[[View, str], Page]] = {
    "drugs": _drug,
    "studies": _study,
    "genes": _gene,
    "events": _event,
    "option": _option,
    "rule": _rule,
    "conflicts": conflict_text.page,
}
