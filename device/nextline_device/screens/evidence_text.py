"""The evidence of one option as rows: why it stands there, and every cited record with source, fit and conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nextline_core.rulebook import Rulebook
from nextline_db.store import Store

from ..figures import marks, result_line
from .charts import shares
from .cited import DEEP, Reader
from .harms_text import harms
from .options_text import BANDS, DECIDES, labels_of, sentences
from .rows import INDENT, Page, Row, page_of, row, wrapped

Record = Mapping[str, Any]
_VERIFIED = {
    "source_text": "checked against the source's text",
    "abstract": "checked against the abstract",
    "label": "checked against the label",
    "news": "seen in news only",
    "unverified": "not verified",
}
_ROLES = {"supports": "", "against": "AGAINST: ", "context": "context: "}


def page(option: Record, book: Rulebook, store: Store, width: int) -> Page:
    """The whole text of an option."""
    return _Evidence(option, book, store, width).page()


def conflicts(option: Record, book: Rulebook, store: Store) -> list[str]:
    """The conflicts that touch what is cited, in the order of their numbers in the badges."""
    evidence = _Evidence(option, book, store, 80)
    evidence.page()
    return evidence.conflicts


class _Evidence:
    """Collects what is cited, each record read once, and the conflicts that are met on the way."""

    def __init__(self, option: Record, book: Rulebook, store: Store, width: int) -> None:
        self._option, self._book, self._store, self._width = option, book, store, width
        cited = {i for row in option["evidence"] for i in (_cited_id(row), row["study"]) if i}
        self._reader = Reader(store, width, cited.union(*(caution["bases"] for caution in option["cautions"])))
        self.conflicts: list[str] = []

    def page(self) -> Page:
        """All parts, in order."""
        read = self._reader.record
        cited = [(citation, found) for citation in self._option["evidence"] if (found := read(_cited_id(citation)))]
        studies: dict[str, list[tuple[Record, Record]]] = {}
        for citation, (kind, record) in cited:
            if kind == "results":
                studies.setdefault(str(record["study"]), []).append((citation, record))
        texts = [(citation, record) for citation, (kind, record) in cited if kind != "results"]
        parts: list[tuple[str, Iterable[Row]]] = [("why", list(self._why())), ("cautions", list(self._cautions()))]
        parts += [(f"study:{study}", list(self._study(study, results))) for study, results in studies.items()]
        parts += [(f"harms:{study}", list(self._harms(study))) for study in self._harm_studies(studies, cited)]
        parts += [("texts", list(self._texts(texts))), ("conflicts", list(self._all_conflicts()))]
        return page_of(parts)

    def _text(self, text: str, indent: str = " ", hang: str = INDENT, **more: Any) -> list[Row]:
        return wrapped(text, self._width, indent, hang, **more)

    def _why(self) -> Iterator[Row]:
        option = self._option
        yield row(f" {DECIDES}", "strong")
        status = "APPLIES" if option["status"] == "applies" else "POSSIBLE: something decides that is not known"
        yield from self._text(f"{BANDS[option['band']]}. {status}.", tone="head")
        yield from self._text(f"Drugs: {', '.join(option['drugs'])}. Given: {self._book.options[option['id']].given}.")
        for sentence in sentences(option, self._book):
            yield from self._text(f"- {sentence}")
        if option["why"]:
            yield from self._text(f"because: {'; '.join(fact['text'] for fact in option['why'])}")
        if option["needs"]:
            yield from self._text(
                f"needs: {', '.join(labels_of(need['fact'] for need in option['needs']))}", tone="strong"
            )
        if option["lost"]:
            yield from self._text(f"lost: {option['lost']}")
        for factor in option["factors"]:
            yield from self._text(f"{factor['name']}: {factor['text']}")
        if option["tied_with"]:
            level = ", ".join(self._book.options[other].regimen for other in option["tied_with"])
            yield from self._text(f"level with: {level}")

    def _cautions(self) -> Iterator[Row]:
        cautions = self._option["cautions"]
        yield row(" CAUTIONS" if cautions else " NO CAUTION is known for this patient", "head")
        for caution in sorted(cautions, key=lambda caution: caution["severity"] != "major"):
            word = "MAJOR" if caution["severity"] == "major" else "watch"
            yield from self._text(f"! {word}: {caution['text']}")
            yield from self._reader.sources(
                record for _kind, record in self._reader.records(caution.get("bases") or ())
            )

    def _study(self, study: str, results: list[tuple[Record, Record]]) -> Iterator[Row]:
        found = self._reader.record(study)
        about = found[1] if found else {}
        yield from self._text(headline(about, study), tone="head")
        for label, key in (("who", "population"), ("earlier CDK4/6 inhibitor", "prior_cdk46i")):
            if about.get(key):
                yield from self._text(f"{label}: {about[key]}")
        for citation, result in results:
            yield from self._result(citation, result)

    def _result(self, citation: Record, result: Record) -> Iterator[Row]:
        badge = self._badge(result)
        yield from self._text(
            f"• {_ROLES[citation.get('role', 'supports')]}{result_line(result)}{badge}", tone="strong"
        )
        for text in _particulars(result):
            yield from self._text(text, INDENT, DEEP)
        yield from self._reader.source(result)
        for reference in citation["references"]:
            found = self._reader.record(reference)
            if found and found[0] == "references":
                identifier = found[1].get("doi") or found[1].get("pmid")
                yield from self._text(
                    f"reference: {found[1]['citation']}{f' {identifier}' if identifier else ''}", INDENT, DEEP
                )
        yield from self._fit(citation.get("fit"))

    def _fit(self, fit: Record | None) -> Iterator[Row]:
        if not fit or not any(fit.values()):
            return
        counts = [len(fit[part]) for part in ("met", "unmet", "unknown")]
        drawn = f"{shares(*counts)} {counts[0]} of {sum(counts)} stated criteria met"
        yield from self._text(f"fit to this patient: {drawn}", INDENT, DEEP)
        if fit["unmet"]:
            yield from self._text(f"NOT met: {'; '.join(fact['text'] for fact in fit['unmet'])}", INDENT, DEEP)
        if fit["unknown"]:
            labels = labels_of(fact["fact"] for fact in fit["unknown"])
            yield from self._text(f"not known: {', '.join(labels)}", INDENT, DEEP)

    def _badge(self, record: Record) -> str:
        """``[SOURCES DISAGREE 1, 2]``: numbers of the conflicts below."""
        numbers = []
        for identifier in dict.fromkeys(record.get("conflicts") or ()):
            if identifier not in self.conflicts:
                self.conflicts.append(identifier)
            numbers.append(str(self.conflicts.index(identifier) + 1))
        return f" [SOURCES DISAGREE {', '.join(numbers)}]" if numbers else ""

    def _harm_studies(self, studies: Iterable[str], cited: Iterable[tuple[Record, tuple[str, Record]]]) -> list[str]:
        others = (str(record["study"]) for _, (kind, record) in cited if kind == "adverse_events")
        return list(dict.fromkeys((*studies, *others)))

    def _harms(self, study: str) -> Iterator[Row]:
        events = self._store.of_study("adverse_events", study)
        if events:
            badge = self._badge({"conflicts": [c for event in events for c in event.get("conflicts") or ()]})
            yield from self._text(
                f"HARMS in {self._reader.name(study)}, any grade and grade 3 or more apart{badge}", tone="head"
            )
            yield from harms(events, self._width)
            yield from self._reader.sources({**event, "lines": None} for event in events)

    def _texts(self, texts: list[tuple[Record, Record]]) -> Iterator[Row]:
        if texts:
            yield row(" GUIDELINES, LABELS AND STATEMENTS", "head")
        for citation, record in texts:
            text = (
                record.get("text")
                or record.get("indication")
                or record.get("as_printed")
                or record.get("gene_or_pathway")
            )
            agency = f"{record['agency']}: " if record.get("agency") else ""
            yield from self._text(f"• {_ROLES[citation.get('role', 'supports')]}{agency}{text}{self._badge(record)}")
            yield from self._reader.source(record)

    def _all_conflicts(self) -> Iterator[Row]:
        if self.conflicts:
            yield row(" WHERE SOURCES DISAGREE: its number opens all sides", "head")
        for number, identifier in enumerate(self.conflicts, 1):
            found = self._reader.record(identifier)
            if found:
                yield from self._text(f"{number}. {found[1]['title']}", tone="strong")
                if found[1].get("shown_as"):
                    yield from self._text(f"shown: {found[1]['shown_as']}", INDENT, DEEP)


def _cited_id(citation: Record) -> str:
    return str(citation["result"] or citation["statement"])


def headline(study: Record, identifier: str) -> str:
    """Name, phase, design, size and registry number of a study, as far as they are held."""
    parts = (
        f"phase {study['phase']}" if study.get("phase") else "",
        str(study.get("design") or "").replace("_", " "),
        f"{study['n']} patients" if study.get("n") else "",
        str(study.get("nct") or ""),
    )
    return ", ".join((str(study.get("name", identifier)), *(part for part in parts if part)))


def _particulars(result: Record) -> Iterator[str]:
    if result.get("population") and result.get("subgroup"):  # without a subgroup the figure itself names them
        yield f"patients: {result['population']}"
    if result.get("line"):
        yield f"line: {result['line']}"
    counts = [
        f"{label} {result[key]}"
        for label, key in (
            ("n", "n"),
            ("comparator n", "comparator_n"),
            ("events", "events"),
            ("margin", "margin"),
            ("follow-up months", "follow_up_months"),
        )
        if result.get(key) is not None
    ]
    words = [*counts, *marks(result), _VERIFIED.get(str(result.get("verification")), "")]
    yield "; ".join(word for word in words if word)
    if result.get("as_printed"):
        yield f"as printed: {result['as_printed']}"
