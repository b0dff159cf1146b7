"""Two to four options side by side, as rows: a column for each, the same questions down the side."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from ..figures import Digits, marks
from ..harms import harms
from ..tongue import _
from .cited import Reader
from .font import console_text
from .options_text import labels_of
from .rows import Page, Row, Span, page_of, row, wrapped
from .view import View

Option = Mapping[str, Any]
Record = Mapping[str, Any]
MOST = 4
FEWEST = 2
_LABEL = 9
_GAP = "│ "
_MOST_HARMS = 4
_SURVIVAL = ("mOS", "OS", "OS_rate")
_UNITS = {"percent": "%", "months": " mo", "weeks": " wk"}


def page(view: View, ranks: Sequence[int]) -> Page:
    """The options of these ranks."""
    answer = view.answer or {"options": ()}
    options = [option for option in answer["options"] if option["rank"] in ranks]
    table = _Table(view, options)
    return page_of((("head", _head(view)), ("table", list(table.rows())), ("sources", list(table.sources()))))


def listed(view: View, ranks: Sequence[int]) -> Page:
    """The same one after another, for reading aloud: every question, and under it each option's answer."""
    answer = view.answer or {"options": ()}
    table = _Table(view, [option for option in answer["options"] if option["rank"] in ranks])
    return page_of((("head", _head(view)), ("list", list(table.listed())), ("sources", list(table.sources()))))


def _head(view: View) -> list[Row]:
    text = _("Figures come from different trials: they say what was seen there, and not which option is better.")
    return wrapped(text, view.width, " ", tone="strong")


class _Table:
    """The questions, each answered for every option."""

    def __init__(self, view: View, options: Sequence[Option]) -> None:
        self._view, self._options = view, options
        self._reader = Reader(view.store, view.width)
        self._used: dict[int, list[Record]] = {}
        self._room = (view.width - 1 - _LABEL) // max(1, len(options)) - len(_GAP)

    def rows(self) -> Iterator[Row]:
        """A line of names, then a block of lines for each question."""
        yield from self._block("", [f"{o['rank']} {o['regimen']}" for o in self._options], "strong")
        for label, told in self._questions():
            cells = [told(option) for option in self._options]
            if any(cells):
                yield row("─" * self._view.width)
                yield from self._block(label, cells)

    def listed(self) -> Iterator[Row]:
        """A heading for each question, a line for each option."""
        for label, told in self._questions():
            yield row(f" {label}", "head")
            for option in self._options:
                yield row(f" {option['regimen']}: {told(option) or '-'}")

    def _questions(self) -> Sequence[tuple[str, Callable[[Option], str]]]:
        return (
            (_("band"), lambda o: str(o["band"])),
            (_("standing"), _standing),
            (_("given"), lambda o: self._view.book.options[o["id"]].given),
            (_("strength"), lambda o: _factor(o, "strength")),
            (_("trial"), lambda o: self._lead(o, False)),
            (_("survival"), lambda o: self._lead(o, True)),
            (_("fit"), self._fit),
            (_("grade 3+"), self._harms),
            (_("major caution"), lambda o: "; ".join(c["text"] for c in o["cautions"] if c["severity"] == "major")),
            (_("to watch"), _watch),
            (_("disagree"), self._conflicts),
        )

    def _block(self, label: str, cells: Sequence[str], tone: str = "plain") -> Iterator[Row]:
        columns = [textwrap.wrap(console_text(cell), self._room) or ["-"] for cell in cells]
        names = textwrap.wrap(label, _LABEL)
        for name, *parts in zip_longest(names, *columns, fillvalue=""):
            text = _GAP.join(f"{part:<{self._room}}" for part in parts).rstrip()
            yield Row(
                (Span(f" {name:<{_LABEL}}", "head"), Span(_GAP + text, "strong" if tone == "strong" else "plain"))
            )

    def _lead(self, option: Option, survival: bool) -> str:
        """The first supporting result of the kind, with study and verdict marks."""
        for cited in option["evidence"]:
            found = self._reader.record(cited["result"]) if cited["result"] else None
            if found and (found[1]["endpoint"] in _SURVIVAL) is survival and (survival or cited["role"] == "supports"):
                self._used.setdefault(option["rank"], []).append(found[1])
                return f"{self._reader.name(str(found[1]['study']))}: {_short(found[1])}"
        return _("no figure cited") if survival else ""

    def _fit(self, option: Option) -> str:
        fit = next(
            (cited["fit"] for cited in option["evidence"] if cited.get("fit") and any(cited["fit"].values())), None
        )
        if not fit:
            return _("criteria not held")
        total = sum(map(len, fit.values()))
        told = [_("{met} of {total} met").format(met=len(fit["met"]), total=total)]
        if fit["unmet"]:
            told.append(_("NOT met: {facts}").format(facts="; ".join(fact["text"] for fact in fit["unmet"])))
        if fit["unknown"]:
            told.append(_("not known: {facts}").format(facts=", ".join(labels_of(f["fact"] for f in fit["unknown"]))))
        return ". ".join(told)

    def _harms(self, option: Option) -> str:
        studies = [cited["study"] for cited in option["evidence"] if cited["study"]]
        found = harms(option["drugs"], studies, self._view.store, self._view.book.catalogue).severe[:_MOST_HARMS]
        self._used.setdefault(option["rank"], []).extend(found)
        return "; ".join(f"{event['event']} {event['percent']}%" for event in found) or _("no figure held")

    def sources(self) -> Iterator[Row]:
        """Where the figures of each option stand."""
        yield row(f" {_('WHERE THE FIGURES STAND')}", "head")
        for option in self._options:
            yield row(f" {option['rank']} {option['regimen']}", "strong")
            yield from self._reader.sources(self._used.get(option["rank"], ()))

    def _conflicts(self, option: Option) -> str:
        held = [r for c in option["evidence"] if (r := self._reader.record(c["result"] or c["statement"]))]
        count = len({conflict for _kind, record in held for conflict in record.get("conflicts") or ()})
        return _("sources disagree on {number} point(s)").format(number=count) if count else ""


def _standing(option: Option) -> str:
    if option["status"] == "applies":
        return _("APPLIES")
    return _("POSSIBLE, needs {facts}").format(facts=", ".join(labels_of(need["fact"] for need in option["needs"])))


def _factor(option: Option, name: str) -> str:
    return next((str(factor["text"]) for factor in option["factors"] if factor["name"] == name), "")


def _watch(option: Option) -> str:
    count = sum(caution["severity"] != "major" for caution in option["cautions"])
    return _("{number} point(s)").format(number=count) if count else ""


def _short(result: Mapping[str, Any]) -> str:
    """``PFS 3.8 v 1.9 mo, HR 0.55 (0.39-0.77)``, with what weakens it."""
    say, unit = Digits(result.get("as_printed")), _UNITS.get(str(result.get("unit")), "")
    parts = [str(result["endpoint"]).replace("_", " ")]
    if result.get("value") is not None:
        versus = f" v {say(result['comparator_value'])}" if result.get("comparator_value") is not None else ""
        parts[0] += f" {say(result['value'])}{versus}{unit}"
    elif result.get("value_text"):
        parts[0] += f" {result['value_text']}"
    if result.get("hr") is not None:
        parts.append(f"HR {say(result['hr'])}" + (f" ({say.span(result['hr_ci'])})" if result.get("hr_ci") else ""))
    return ", ".join((*parts, *marks(result)))
