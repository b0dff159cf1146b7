"""The options screen as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nextline_core.consistency import Problem
from nextline_core.rulebook import Rulebook
from nextline_core.vocabulary import VOCABULARY

from . import tests_text
from .rows import INDENT, Page, Row, cut, mixed, page_of, row, wrapped

Answer = Mapping[str, Any]
DECIDES = "Options to weigh, never orders. A clinician decides."
BANDS = {
    "preferred": "PREFERRED: a guideline or label names it here",
    "consider": "TO CONSIDER: eligible; another is usually favoured, or a major caution stands",
    "later": "LATER: eligible; usually kept for a later line",
    "investigational": "INVESTIGATIONAL: no approval for this use",
    "unavailable": "CANNOT BE HAD HERE",
    "supportive": "ALWAYS",
}
_STATUS = {"applies": "APPLIES", "possible": "POSSIBLE"}


def page(
    answer: Answer, book: Rulebook, width: int, ruled_out: bool, marked: Iterable[int] = (), more: Iterable[str] = ()
) -> Page:
    """Everything that an answer says, options first; or the contradictions, where there are any.

    ``marked`` are the ranks of options that are marked for comparing, ``more`` the keys that the footer does not tell.
    """
    blocking = [problem for problem in answer["problems"] if problem["blocking"]]
    if blocking:
        return page_of([("problems", _contradictions(blocking, width))])
    return page_of(
        (
            ("head", _head(answer, width, more)),
            *((band, _band(answer, band, book, width, frozenset(marked))) for band in BANDS),
            ("tests", _tests(answer, width)),
            ("unknown", _unknown(answer, width)),
            ("flags", _flags(answer, ("info",), "TO KNOW", width)),
            ("problems", _remarks(answer["problems"], width)),
            ("ruled_out", _ruled_out(answer["ruled_out"], width, ruled_out)),
        )
    )


def _head(answer: Answer, width: int, more: Iterable[str]) -> Iterator[Row]:
    yield row(cut(f" {DECIDES}", width), "strong")
    keys = "  ".join(more)
    yield from wrapped(f"more: {keys}", width, " ", INDENT) if keys else ()
    yield from _flags(answer, ("urgent", "warning"), "", width)
    if not answer["options"]:
        yield from wrapped(
            "No option can be told: too little is known. The tests below say what to find out.", width, " "
        )


def _flags(answer: Answer, severities: tuple[str, ...], heading: str, width: int) -> Iterator[Row]:
    found = [flag for flag in answer["flags"] if flag["severity"] in severities]
    if found and heading:
        yield row(f" {heading}", "head")
    for flag in found:
        urgent = flag["severity"] == "urgent"
        mark = "- " if flag["severity"] == "info" else f"! {flag['severity'].upper()}: "
        yield from wrapped(mark + flag["text"], width, " ", INDENT, "alert" if urgent else "plain")


def _band(answer: Answer, band: str, book: Rulebook, width: int, marked: frozenset[int]) -> Iterator[Row]:
    options = [option for option in answer["options"] if option["band"] == band]
    if options:
        yield row(cut(f" {BANDS[band]}", width), "head")
    for option in options:
        yield from _option(option, book, width, "*" if option["rank"] in marked else " ")


def _option(option: Answer, book: Rulebook, width: int, mark: str) -> Iterator[Row]:
    key = str(option["rank"])
    room = max(20, width * 45 // 100)
    level = "=" if option["tied_with"] else " "
    name = cut(option["regimen"], room)
    status = cut(_STATUS[option["status"]] + _needs(option), width - room - 8)
    yield mixed(f" {mark}{option['rank']:>2}{level} ", (f"{name:<{room}}", "strong"), f"  {status}", key=key)
    count = len(option["cautions"])
    cautions = f"  {count} caution{'s' if count > 1 else ''}" if count else ""
    yield row(f"      {cut(reason(option, book), width - 7 - len(cautions))}{cautions}", key=key)


def _needs(option: Answer) -> str:
    labels = labels_of(need["fact"] for need in option["needs"])
    return f", needs {', '.join(labels)}" if labels else ""


def labels_of(facts: Iterable[str]) -> list[str]:
    """The wording of facts, each once."""
    return list(dict.fromkeys(VOCABULARY[fact].label if fact in VOCABULARY else fact for fact in facts))


def sentences(option: Answer, book: Rulebook) -> list[str]:
    """The rules that placed the option, read aloud; the one of its band first."""
    wanted = set(option["rules"])
    rules = [rule for rule in book.rules if rule.id in wanted]
    rules.sort(key=lambda rule: rule.body.get("band") != option["band"])
    return [rule.sentence for rule in rules]


def reason(option: Answer, book: Rulebook) -> str:
    """Why the option stands where it stands, in one sentence; for one that cannot be had, what that costs."""
    found = sentences(option, book)
    return str(option["lost"] or (found[0] if found else ""))


def _ruled_out(rows: list[Answer], width: int, shown: bool) -> Iterator[Row]:
    if not rows:
        return
    yield row(f" RULED OUT by what is known: {len(rows)} (r {'hides' if shown else 'shows'} them)", "head")
    for entry in rows if shown else ():
        because = "; ".join(fact["text"] for fact in entry["because"])
        yield from wrapped(f"x {entry['regimen']}: {because}", width, " ", INDENT)


def _tests(answer: Answer, width: int) -> Iterator[Row]:
    found = tests_text.facts(answer)
    if found:
        yield row(cut(" TESTS THAT WOULD CHANGE THE ANSWER, the one that changes most first (t: how)", width), "head")
        yield from wrapped(", ".join(found), width, INDENT)


def _unknown(answer: Answer, width: int) -> Iterator[Row]:
    deciding = labels_of(need["fact"] for option in answer["options"] for need in option["needs"])
    presumed = labels_of(
        caution["code"].removeprefix("not_known:")
        for option in answer["options"]
        for caution in option["cautions"]
        if caution["code"].startswith("not_known:")
    )
    if deciding or presumed:
        yield row(" NOT KNOWN", "head")
    if deciding:
        yield from wrapped(f"decides: {', '.join(deciding)}", width, " - ", INDENT)
    if presumed:
        yield from wrapped(f"taken as ordinary, to be checked: {', '.join(presumed)}", width, " - ", INDENT)


def _remarks(problems: list[Answer], width: int) -> Iterator[Row]:
    if problems:
        yield row(" REMARKS ON THE PROFILE", "head")
    for problem in problems:
        yield from wrapped(f"- {Problem(**problem).sentence()}", width, " ", INDENT)


def _contradictions(problems: list[Answer], width: int) -> Iterator[Row]:
    yield from wrapped("NO OPTIONS: the profile contradicts itself.", width, " ", tone="alert")
    for problem in problems:
        yield Row()
        yield row(f" {problem['path'] or '/'}", "strong")
        yield from wrapped(problem["text"], width, INDENT)
        yield from wrapped(f"→ {problem.get('remedy', '')}", width, INDENT, INDENT + "  ")
    yield Row()
    yield row(" - goes back to the profile.")
