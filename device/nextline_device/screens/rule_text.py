"""A rule read aloud: what it does, for which options, where it holds, and what carries it."""

from __future__ import annotations

from collections.abc import Iterator

from nextline_core.forms import Form
from nextline_core.rulebook import STRENGTHS, Rule
from nextline_core.wording import condition

from ..figures import event_line, result_line
from ..tongue import _
from .cited import DEEP, Reader, Record
from .rows import INDENT, Page, Row, page_of, row, wrapped
from .view import View

KINDS = {
    "offer": "offers an option",
    "hold": "keeps an option for later",
    "exclude": "rules an option out",
    "caution": "cautions",
    "companion": "adds a drug",
    "flag": "says what there is to know",
    "test": "names a test",
    "mechanism": "names a way of resistance",
    "outlook": "gives figures",
    "trial": "names a study",
}


def page(view: View, rule: Rule) -> Page:
    """The whole rule."""
    return page_of(
        (("head", _head(view, rule)), ("when", list(_when(view, rule))), ("carried", list(_carried(view, rule))))
    )


def _head(view: View, rule: Rule) -> list[Row]:
    rows = [row(f" {_('This rule {does}.').format(does=_(KINDS[rule.kind]))}", "head")]
    rows += wrapped(rule.sentence, view.width, " ", tone="strong")
    if rule.options:
        names = ", ".join(map(view.regimen, rule.options))
        rows += wrapped(_("options: {options}").format(options=names), view.width, " ", INDENT)
    band, strength = rule.body.get("band"), rule.body.get("strength")
    if band:
        rows += wrapped(_("band: {band}").format(band=band), view.width, " ", INDENT)
    if strength:
        rows += wrapped(_("strength: {strength}").format(strength=STRENGTHS[strength]), view.width, " ", INDENT)
    return rows


def _when(view: View, rule: Rule) -> Iterator[Row]:
    yield row(f" {_('IT HOLDS WHERE')}", "head")
    yield from _spoken(view, rule.form, 0)
    yield from wrapped(_("What is not known neither holds nor fails: the rule then waits."), view.width, " ")


def _spoken(view: View, form: Form, depth: int) -> Iterator[Row]:
    """A condition tree in words, one step of indent a level."""
    indent = INDENT + "  " * min(depth, 8)
    if isinstance(form, int):
        text = condition(view.book.table.literals[form], view.book.catalogue.names)
        yield from wrapped(f"- {text}", view.width, indent, indent + "  ")
        return
    yield from wrapped(_("all of these:") if form[0] else _("at least one of these:"), view.width, indent)
    for part in form[1:]:
        yield from _spoken(view, part, depth + 1)


def _carried(view: View, rule: Rule) -> Iterator[Row]:
    reader = Reader(view.store, view.width)
    yield row(f" {_('IT IS CARRIED BY')}", "head")
    for identifier, role in rule.evidence:
        found = reader.record(identifier)
        if found:
            against = {"against": _("AGAINST: "), "context": _("context: ")}.get(role, "")
            yield from wrapped(f"• {against}{said(reader, *found)}", view.width, " ", INDENT)
            if found[1].get("source"):
                yield from wrapped(_("source: {place}").format(place=reader.place(found[1])), view.width, INDENT, DEEP)


def said(reader: Reader, kind: str, record: Record) -> str:
    """What a record says, in one line."""
    if kind == "results":
        return f"{reader.name(str(record['study']))}: {result_line(record)}"
    if kind == "adverse_events":
        return f"{event_line(record)} ({record['regimen']})"
    if kind == "mechanisms":
        to = _("resistance to {therapy}").format(therapy=record["resistance_to"])
        return f"{record['gene_or_pathway']} {record['alteration']}: {to} ({record['evidence_kind']})"
    if kind == "studies":
        return f"{record['name']}: {record.get('population') or ''}"
    text = record.get("text") or record.get("indication") or record.get("title")
    return str(text or record.get("name") or record["id"])
