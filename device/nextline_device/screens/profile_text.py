"""The profile screen as rows: the fields in columns, the question with its answers, and what the answer is so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..form.check import bounds
from ..form.fields import KEYS, Field
from ..form.machine import Form
from ..form.presets import offered
from ..form.wording import shown
from .rows import Row, Span, cut, ends, flow, mixed, row
from .view import situation

PANEL_HEIGHT = 5
CRISIS = "disease.visceral_crisis"
_LABEL = 16
_NARROWEST_PAIR = 60
_HINTS: Mapping[str, str] = {
    "number": "Type a number between {bounds}, then Enter.",
    "text": "Type it, as {example}; then Enter.",
    "gene": "F2: single results with specimen, variant and month.",
    "many": "Each key puts a site in or takes it out; n says none; Enter goes on.",
    "list": "1 opens the list. Enter goes past it.",
    "group": "Enter opens these fields; so does the number of a row.",
    "entry": "Enter or the number opens the entry, x removes it, + adds one, - goes back.",
    "add": "Enter adds one, - goes back.",
}


def title(form: Form, width: int) -> Row:
    """Where in the form one is, and how much is known."""
    known, total = form.answered
    where = " > ".join(level.title for level in form.levels)
    return row(ends(f" {where}", f"{known} of {total} known ", width), "bar")


def columns(form: Form, width: int, height: int) -> int:
    """How many columns the fields stand in."""
    return 2 if len(form.fields) > height and width >= _NARROWEST_PAIR else 1


def rows_a_column(form: Form, width: int, height: int) -> int:
    """How many fields stand in one column."""
    return -(-len(form.fields) // columns(form, width, height))


def grid(form: Form, width: int, height: int) -> list[Row]:
    """The fields with their values, the one under the cursor marked and in reverse video."""
    count = columns(form, width, height)
    deep = rows_a_column(form, width, height)
    room = width // count
    fields = form.fields
    return [
        Row(tuple(span for at in range(line, len(fields), deep) for span in _cell(form, at, room)))
        for line in range(deep)
    ]


def _cell(form: Form, place: int, width: int) -> tuple[Span, ...]:
    field, here = form.fields[place], place == form.level.cursor
    text = "→" if field.kind == "group" else form.value(field)
    number = f"{place + 1} " if form.numbered and place < len(KEYS) else ""
    label = f"{'>' if here else ' '} {cut(number + field.label, _LABEL):<{_LABEL}} "
    value = f"{cut(text, width - len(label) - 1):<{width - len(label)}}"
    if here:
        return (Span(label + value, "bar"),)
    return (Span(label), Span(value, "plain" if text == "?" else "strong"))


def panel(form: Form, width: int) -> list[Row]:
    """The question under the cursor: wording and present value, answers, and a message or a hint."""
    field = form.field
    now = form.value(field)
    asked = f"Which therapy was line {form.line_due}?" if field.kind == "therapies" and form.line_due else field.full
    head = ends(f" {asked}", f"now: {now} " if now not in ("", "?") else "", width)
    middle = [row(f" {line}") for line in _ANSWERS.get(field.kind, _choices)(form, field, width - 2)]
    note = row(cut(f" ! {form.message}", width), "alert") if form.message else row(cut(f" {_hint(form, field)}", width))
    return [row("─" * width), row(head, "strong"), *middle[:2], *[Row()] * (2 - len(middle)), note]


def _hint(form: Form, field: Field) -> str:
    if field.kind == "names":
        return "Up, down pick; Enter takes it." if form.draft else "Letters type a drug, brand or class. Enter goes on."
    if field.kind == "therapies":
        typed = "Letters type another; + adds early therapy; " if form.line_due else ""
        return f"{typed}F2 opens the list; Enter goes on."
    if field.path == CRISIS:
        return "F2: five questions that help to judge."
    hint = _HINTS.get(field.kind, "")
    if field.details:
        hint = hint or "F2: details."
    return hint.format(bounds=bounds(field) if field.kind == "number" else "", example=field.example or "text")


def _unknown(field: Field) -> str:
    if field.required:
        return ""
    return "? unknown" if field.zero_answers or field.kind == "text" else "0 unknown"


def _choices(form: Form, field: Field, width: int) -> Sequence[str]:
    return flow([*(field.summary or (f"{c.key} {c.label}" for c in field.choices)), _unknown(field)], width, 2)


def _boxes(form: Form, field: Field, width: int) -> Sequence[str]:
    held = form.session.get(form.path) or ()
    items = (f"{c.key} [{'x' if c.value in held else ' '}] {c.label}" for c in field.choices)
    return flow([*items, "n none", "0 unknown"], width, 2)


def _draft(form: Form, field: Field, width: int) -> Sequence[str]:
    return (cut(f"{form.draft}_", width), _unknown(field))


def _names(form: Form, field: Field, width: int) -> Sequence[str]:
    if form.draft:
        items = (f"{'>' if n == form.pick else ' '} {s.shown}" for n, s in enumerate(form.suggestions))
        return (f"{form.draft}_", *flow(items, width, 1))
    regimens = form.regimens
    if regimens is None:
        return ("_", "1 none  0 unknown")
    return flow([*(f"{n} {preset.label}" for n, preset in enumerate(regimens, 1)), "0 unknown"], width, 2)


def _therapies(form: Form, field: Field, width: int) -> Sequence[str]:
    if form.line_due:
        regimens = offered(form.subtype, early=False)
        return flow([*(f"{n} {preset.label}" for n, preset in enumerate(regimens, 1)), "0 unknown"], width, 2)
    none = [] if form.session.get("history") else ["1 none so far"]
    skip = "0 no more" if form.session.get("history") else "0 unknown"
    return flow([*none, "2 add one for early disease", "3 add a metastatic line", skip], width, 2)


def _nothing(form: Form, field: Field, width: int) -> Sequence[str]:
    return [shown(form.session, field, form.path)] if field.kind == "entry" else []


_ANSWERS: Mapping[str, Callable[[Form, Field, int], Sequence[str]]] = {
    "many": _boxes,
    "number": _draft,
    "text": _draft,
    "names": _names,
    "therapies": _therapies,
    "list": lambda *_: ("1 open  0 unknown",),
    "group": lambda _, field, width: flow((f"{member.label}," for member in field.fields), width, 2, " "),
    "entry": _nothing,
    "add": _nothing,
}


def strip(answer: Mapping[str, Any] | None, fault: str, late: bool, line_due: int | None, width: int) -> list[Row]:
    """The answer in two lines: subtype, line and counts; then what is urgent or wrong, else the first option."""
    if fault:
        return [row(cut(f" NO ANSWER: {fault}", width), "alert"), Row()]
    if answer is None:
        return [row(" The answer will stand here."), Row()]
    counts = [sum(option["status"] == status for option in answer["options"]) for status in ("applies", "possible")]
    head = f" {situation(answer)}: {counts[0]} apply, {counts[1]} possible"
    second = _first(answer, width)
    if line_due and any(problem.get("code") == "next_line" for problem in answer["problems"]):
        second = row(f" The therapy of line {line_due} is still to be told.")  # not wrong, only not finished
    return [row(ends(head, "working … " if late else "", width), "head"), second]


def _first(answer: Mapping[str, Any], width: int) -> Row:
    blocking = [problem for problem in answer["problems"] if problem["blocking"]]
    if blocking:
        return row(cut(f" CONTRADICTION: {blocking[0]['text']}", width), "alert")
    urgent = next((flag["text"] for flag in answer["flags"] if flag["severity"] == "urgent"), None)
    if urgent:
        return row(cut(f" URGENT: {urgent}", width), "alert")
    if not answer["options"]:
        return row(" No option can be told yet.")
    first = answer["options"][0]
    cautions = len(first["cautions"])
    note = f", {cautions} caution{'s' if cautions > 1 else ''}" if cautions else ""
    standing = f" ({first['band']}, {first['status']}{note})"
    return mixed(" First: ", (cut(first["regimen"], width - 8 - len(standing)), "strong"), standing)
