"""The therapies so far as a bar chart in text, oldest first, each with how its line was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..form.wording import short_name
from ..tongue import _
from .charts import BLOCK, bar
from .rows import INDENT, Page, Row, ends, page_of, row, wrapped
from .view import View

Entry = Mapping[str, Any]
_SETTINGS = {"adjuvant": "adjuvant", "neoadjuvant": "neoadjuvant", "metastatic": "metastatic"}
_STEPS = (1, 2, 3, 6, 12, 24, 48)


def page(view: View) -> Page:
    """The chart, and the line that is to be chosen."""
    return page_of((("head", list(_head(view))), ("entries", list(_entries(view))), ("now", list(_now(view)))))


def _cells(view: View) -> int:
    return view.width - len(INDENT) - 14


def _months_a_cell(view: View) -> int:
    longest = max((float(entry.get("months") or 0) for entry in view.profile.get("history") or ()), default=0)
    return next((step for step in _STEPS if longest / step <= _cells(view)), _STEPS[-1])


def _head(view: View) -> Iterator[Row]:
    history = view.profile.get("history")
    if history is None:
        yield from wrapped(_("The therapies so far are not known."), view.width, " ", tone="strong")
    elif not history:
        yield from wrapped(_("No therapy so far."), view.width, " ", tone="strong")
    else:
        text = _("Therapies, oldest first. One {block} stands for {months} month(s); ? where it is not known.")
        yield from wrapped(text.format(block=BLOCK, months=_months_a_cell(view)), view.width, " ")


def _entries(view: View) -> Iterator[Row]:
    counted = {found["entry"]: found for found in (view.answer or {}).get("line_count", ())}
    for place, entry in enumerate(view.profile.get("history") or ()):
        if place:
            yield Row()
        drugs = " + ".join(map(short_name, entry.get("drugs") or ())) or _("drugs not known")
        yield row(ends(f" {_what(entry)}: {drugs}", "", view.width), "strong")
        yield row(f"{INDENT}{_duration(view, entry)}")
        yield from wrapped(_particulars(entry), view.width, INDENT)
        if place in counted:
            yield from wrapped(_("count: {text}").format(text=counted[place]["text"]), view.width, INDENT)


def _what(entry: Entry) -> str:
    setting = str(entry.get("setting") or "")
    if setting == "metastatic":
        line = entry.get("line")
        return _("line {line}").format(line=line) if line else _("metastatic, line not told")
    return _(_SETTINGS.get(setting, "setting not known"))


def _duration(view: View, entry: Entry) -> str:
    months = entry.get("months")
    if months is None:
        return f"{'?' * 3} {_('duration not known')}"
    step = _months_a_cell(view)
    cells = -(-float(months) // step)
    return f"{bar(cells, cells, int(cells)) if cells else '│'} {_('{months} months').format(months=months)}"


def _particulars(entry: Entry) -> str:
    ended, since, response = entry.get("ended"), entry.get("months_since_end"), entry.get("best_response")
    parts = [
        _("ended: {why}").format(why=_(str(ended).replace("_", " "))) if ended else _("why it ended is not known"),
        _("{months} months ago").format(months=since) if since else "",
        _("best response {response}").format(response=response) if response else "",
    ]
    parts += [
        f"{reaction.get('event')}"
        + (_(" grade {grade}").format(grade=reaction["grade"]) if reaction.get("grade") else "")
        for reaction in entry.get("toxicity") or ()
    ]
    return "; ".join(part for part in parts if part)


def _now(view: View) -> Iterator[Row]:
    line = (view.answer or {}).get("line")
    text = (
        _("→ line {line} is to be chosen").format(line=line) if line else _("→ which line is to be chosen is not known")
    )
    yield row(f" {text}", "strong")
