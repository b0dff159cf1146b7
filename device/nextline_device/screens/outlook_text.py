"""Resistance, figures by line, and studies that may be running, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..figures import KINDS, Digits, marks, result_line
from ..tongue import _
from .charts import bar
from .cited import DEEP, Reader
from .rows import INDENT, Page, Row, cut, page_of, row, wrapped
from .view import View

Record = Mapping[str, Any]
_UNITS = {"percent": "%", "months": " months", "weeks": " weeks"}
_PERCENT = 100.0
_CELLS = 24
_MOST_REFERENCES = 3


def page(view: View) -> Page:
    """Mechanisms, charts with the limits of their cohorts, studies."""
    return _Outlook(view).page()


class _Outlook:
    def __init__(self, view: View) -> None:
        self._view, self._width = view, view.width
        self._answer: Mapping[str, Any] = view.answer or {}
        self._reader = Reader(view.store, view.width)

    def page(self) -> Page:
        """All parts."""
        return page_of(
            (
                ("head", [row(f" {_('For talking about what may come; no forecast for this patient.')}", "strong")]),
                ("mechanisms", list(self._mechanisms())),
                ("figures", list(self._figures())),
                ("trials", list(self._trials())),
            )
        )

    def _text(self, text: str, indent: str = " ", hang: str = INDENT, **more: Any) -> list[Row]:
        return wrapped(text, self._width, indent, hang, **more)

    def _mechanisms(self) -> Iterator[Row]:
        yield row(f" {_('RESISTANCE: what the therapies and findings so far may have led to')}", "head")
        if not self._answer["mechanisms"]:
            yield from self._text(_("Nothing is known of it for what was entered; that does not say there is none."))
        for mechanism in self._answer["mechanisms"]:
            yield from self._text(f"• {mechanism['text']}")
            if mechanism.get("options"):
                names = ", ".join(map(self._view.regimen, mechanism["options"]))
                yield from self._text(_("bears on: {options}").format(options=names), INDENT, DEEP)
            yield from self._text(self._references(mechanism["references"]), INDENT, DEEP)

    def _references(self, identifiers: list[str]) -> str:
        """References and sources in short; a source's own references stand behind it."""
        told = list(dict.fromkeys(_short(kind, record) for kind, record in self._reader.records(identifiers)))
        more = len(told) - _MOST_REFERENCES
        places = "; ".join(told[:_MOST_REFERENCES]) + (_(" and {number} more").format(number=more) if more > 0 else "")
        return _("sources: {places}").format(places=places)

    def _figures(self) -> Iterator[Row]:
        yield row(f" {_('OUTLOOK: what was seen in the cohorts named, and in nobody else')}", "head")
        if not self._answer["outlook"]:
            yield from self._text(_("No figure is held for this subtype and line."))
        most = self._scales()
        said = None
        for cited in self._answer["outlook"]:
            if cited.get("text") and cited["text"] != said:
                said = cited["text"]
                yield Row()
                yield from self._text(said, " ", " ", tone="strong")
            found = self._reader.record(cited["result"] or cited["statement"])
            if found:
                yield from self._result(found[1], most) if found[0] == "results" else self._statement(found[1])

    def _scales(self) -> dict[tuple[str, str], float]:
        """The greatest value of each endpoint and unit, which bars share as their scale; of a share, the whole."""
        most: dict[tuple[str, str], float] = {}
        for cited in self._answer["outlook"]:
            found = self._reader.record(cited["result"]) if cited["result"] else None
            for value in (found[1].get("value"), found[1].get("comparator_value")) if found else ():
                if value is not None:
                    key = _scale(found[1]) if found else ("", "")
                    most[key] = _PERCENT if key[1] == "percent" else max(most.get(key, 0), float(value))
        return most

    def _result(self, result: Record, most: Mapping[tuple[str, str], float]) -> Iterator[Row]:
        yield from self._text(f"• {result_line(result)}")
        say, unit = Digits(result.get("as_printed")), _UNITS.get(str(result.get("unit")), "")
        cells = min(_CELLS, self._width // 3)
        room = self._width - len(DEEP) - cells - 17
        for value, who in (("value", "arm"), ("comparator_value", "comparator")):
            if result.get(value) is not None and unit:
                drawn = bar(float(result[value]), most[_scale(result)], cells)
                told = f"{_('about ') if result.get('approximate') else ''}{say(result[value])}{unit}"
                yield row(f"{DEEP}{drawn:<{cells}} {told:<15} {cut(str(result.get(who) or ''), room)}")
        yield from self._text(_limits(self._reader, result), INDENT, DEEP)
        yield from self._reader.source(result)

    def _statement(self, record: Record) -> Iterator[Row]:
        yield from self._text(f"• {record.get('text') or record.get('indication')}")
        yield from self._reader.source(record)

    def _trials(self) -> Iterator[Row]:
        if self._answer["trials"]:
            yield row(f" {_('STUDIES THAT MAY BE RUNNING, whose known criteria fit')}", "head")
        for trial in self._answer["trials"]:
            name = f"{trial['name']} ({trial['nct'] or _('no registry number')})"
            dated = _("as of {day}").format(day=trial["status_date"]) if trial["status_date"] else _("undated")
            yield from self._text(f"• {name}, {trial['status']}, {dated}", tone="strong")
            yield from self._text(trial["text"], INDENT, INDENT)
            if trial["needs"]:
                needs = ", ".join(need["text"] for need in trial["needs"])
                yield from self._text(_("needs: {facts}").format(facts=needs), INDENT, DEEP)


def _short(kind: str, record: Record) -> str:
    if kind == "references":
        return str(record["citation"]).partition(".")[0]
    return f"{record['title']} ({KINDS.get(record['kind'], record['kind'])}, {record['date'] or _('no date')})"


def _scale(result: Record) -> tuple[str, str]:
    return str(result["endpoint"]), str(result.get("unit"))


def _limits(reader: Reader, result: Record) -> str:
    """Whom a figure was seen in, and what weakens it."""
    found = reader.record(str(result["study"]))
    study = found[1] if found else {}
    parts = (
        str(result.get("population") or study.get("population") or _("population not told")),
        _("line: {line}").format(line=result["line"]) if result.get("line") else "",
        f"n {result['n']}" if result.get("n") is not None else "",
        str(study.get("design") or "").replace("_", " "),
        *marks(result),
    )
    return _("cohort: {limits}").format(limits="; ".join(part for part in parts if part))
