"""The store's search beside tantivy: 100,000 synthetic documents, ranked two-word queries, both engines in one run.

Both index the same folded words in two fields, weigh the names eight times the body, want both words, and give back
kind, id and title of the best twenty. Before anything is timed, both must find the same documents. The engines take
turns at every query; a query's time is the median of its rounds. Writes ``SEARCH.md``.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nextline_db import search
from nextline_db.words import simplified

SEED, DOCUMENTS, VOCABULARY, QUERIES, ROUNDS, BEST = 20261125, 100_000, 20_000, 300, 5, 20
REPORT = Path(__file__).with_name("SEARCH.md")
_TERMS = """
fulvestrant letrozole palbociclib ribociclib abemaciclib elacestrant capivasertib alpelisib everolimus olaparib
talazoparib trastuzumab pertuzumab tucatinib capecitabine paclitaxel eribulin sacituzumab pembrolizumab neutropenia
diarrhea hyperglycemia stomatitis pneumonitis nausea fatigue progression survival metastatic receptor
"""
CLINICAL = _TERMS.split()
ENGINES = ("store", "tantivy", "tantivy, hits alone")  # the last one reads no title: the least it can be asked for
Find = Callable[[str, int], list[tuple[str, str, str]]]


def corpus(documents: int) -> Iterator[search.Document]:
    """Documents of 15 to 40 words: rare and frequent ones as in any language, and clinical terms in 5 to 10 % of all.

    No word is the beginning of another, since the store's search takes each word for a beginning.
    """
    chance = random.Random(SEED)
    words = _vocabulary(chance)
    weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(words))))
    often = {term: chance.uniform(0.05, 0.10) for term in CLINICAL}
    for number in range(documents):
        clinical = [term for term, share in often.items() if chance.random() < share]
        drawn = chance.choices(words, cum_weights=weights, k=max(0, chance.randint(15, 40) - len(clinical)))
        text = [*clinical, *drawn]
        chance.shuffle(text)
        names, body = " ".join(text[:3]), " ".join(text[3:])
        yield search.Document("statements", f"d{number}", names, names, body)


def _vocabulary(chance: random.Random) -> list[str]:
    syllables = [a + b for a in "bdfghklmnprstvz" for b in "aeiou"]
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        found["".join(chance.choices(syllables, k=4))] = None
    return list(found)


def queries(documents: Sequence[search.Document]) -> dict[str, list[str]]:
    """Pairs of words that stand together in some document, by sort; each sort as often."""
    chance = random.Random(SEED + 1)
    found: dict[str, dict[str, None]] = {"two clinical terms": {}, "a term and a word": {}, "two words": {}}
    while any(len(some) < QUERIES for some in found.values()):
        document = chance.choice(documents)
        text = list(dict.fromkeys(f"{document.names} {document.body}".split()))
        pair = sorted(chance.sample(text, 2)) if len(text) > 1 else []
        some = list(found.values())[2 - sum(word in CLINICAL for word in pair)]
        if len(some) < QUERIES:
            some[" ".join(pair)] = None
    return {sort: list(some) for sort, some in found.items()}


def ours(documents: Sequence[search.Document], folder: Path) -> Find:
    """The store's search, opened as a device opens a store."""
    path = folder / "store.sqlite"
    connection = sqlite3.connect(path)
    search.write(connection, documents)
    connection.commit()
    connection.close()
    opened = search.Search(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True))
    return lambda words, limit: [(hit.kind, hit.id, hit.title) for hit in opened.find(words, limit)]


def theirs(documents: Sequence[search.Document], folder: Path) -> tuple[Find, Find]:
    """tantivy: one segment, the default tokenizer, the words folded as the store folds them.

    Gives two: one that reads kind, id and title of what is found, and one that stops at the hits.
    """
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("kind", "id", "title"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("names", "body"):
        builder.add_text_field(name, stored=False)
    (folder / "tantivy").mkdir()
    index = tantivy.Index(builder.build(), path=str(folder / "tantivy"))
    writer = index.writer(heap_size=500_000_000, num_threads=1)
    for d in documents:
        writer.add_document(
            tantivy.Document(kind=d.kind, id=d.id, title=d.title, names=simplified(d.names), body=simplified(d.body))
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def hits(words: str, limit: int) -> list[Any]:
        query = index.parse_query(
            simplified(words), ["names", "body"], field_boosts={"names": 8.0}, conjunction_by_default=True
        )
        return [address for _, address in searcher.search(query, limit, count=False).hits]

    def find(words: str, limit: int) -> list[tuple[str, str, str]]:
        found = map(searcher.doc, hits(words, limit))
        return [(d.get_first("kind"), d.get_first("id"), d.get_first("title")) for d in found]

    return find, hits


def disagreements(one: Find, other: Find, asked: Sequence[str], limit: int) -> list[str]:
    """The queries for which the engines do not find the same documents."""
    return [words for words in asked if set(one(words, limit)) != set(other(words, limit))]


def timed(engines: Sequence[Callable[[str, int], list[Any]]], asked: Sequence[str]) -> list[list[float]]:
    """Microseconds of each query, by engine: the median of its rounds."""
    taken: list[list[list[float]]] = [[[] for _ in asked] for _ in engines]
    for turn in range(ROUNDS):
        for place, words in enumerate(asked):
            for k in range(len(engines)):
                engine = (k + turn + place) % len(engines)  # neither always goes first
                before = time.perf_counter_ns()
                engines[engine](words, BEST)
                taken[engine][place].append((time.perf_counter_ns() - before) / 1000)
    return [[statistics.median(rounds) for rounds in queries_] for queries_ in taken]


def table(times: Mapping[str, Sequence[Sequence[float]]]) -> list[str]:
    """The figures as a Markdown table."""
    lines = ["| queries | engine | p50 us | p99 us | store / engine, p50 | p99 |", "|---|---|---|---|---|---|"]
    for sort, engines in times.items():
        store = [_at(engines[0], share) for share in (0.5, 0.99)]
        for name, taken in zip(ENGINES, engines, strict=True):
            figures = [_at(taken, share) for share in (0.5, 0.99)]
            ratios = [f"{one / other:.1f}" for one, other in zip(store, figures, strict=True)]
            shown = [f"{figure:,.0f}" for figure in figures]
            lines.append(f"| {sort} ({len(taken)}) | {name} | {' | '.join([*shown, *ratios])} |")
    return lines


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def report(lines: Sequence[str], index: Sequence[tuple[float, float]], checked: int) -> str:
    """The whole of ``SEARCH.md``."""
    (own, own_time), (other, other_time) = index
    return _PAGE.format(
        day=date.today(),
        versions=f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, tantivy {version('tantivy')}",
        machine=platform.machine(),
        size=f"{DOCUMENTS:,} documents of 15 to 40 words, {VOCABULARY:,} words and {len(CLINICAL)} clinical terms",
        table="\n".join(lines),
        index=f"{own / 1e6:.1f} MB (store, with the words for mending) and {other / 1e6:.1f} MB (tantivy)",
        built=f"{own_time:.1f} s and {other_time:.1f} s",
        checked=checked,
    )


_PAGE = """# Search: the store beside tantivy

Written by `tests/perf/bench_search.py` on {day}: {versions}, {machine}; warm, one thread.
Times move with the machine and its load: trust the ratios.

{size}, each of these in 5 to 10 % of the documents.
Both index the same folded words in two fields, weigh the names eight times the body, want both words of a query, and
give back kind, id and title of the best twenty; "hits alone" leaves out the reading of these three. The engines take
turns at every query, and a query's time is the median of its rounds. The words of a query stand together in some
document.

{table}

Equal hit sets on {checked} of {checked} queries, checked before anything was timed.
Index: {index}, built in {built} of processor time.

The store's search scores every document that has both words before it keeps twenty, so its time grows with the number
of matches. What it has for it: each word may be the beginning of one, mistyped words are mended, and it needs nothing
beyond the SQLite that is there already. The real store holds some thousand records, not a hundred thousand.
"""


def main(arguments: list[str] | None = None) -> int:
    """Builds, checks, times, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=REPORT)
    options = parser.parse_args(arguments)
    try:
        import tantivy  # noqa: F401
    except ImportError:
        print("Missing: tantivy. Install it with: .venv/bin/pip install --editable '.[bench]'", file=sys.stderr)
        return 2
    documents = list(corpus(DOCUMENTS))
    asked = queries(documents)
    everything = [words for some in asked.values() for words in some]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        found, index = [], []
        for make, files in ((ours, "store.sqlite"), (theirs, "tantivy/*")):
            before = time.process_time()
            found.append(make(documents, folder))
            index.append((sum(f.stat().st_size for f in folder.glob(files)), time.process_time() - before))
        own, (other, hits) = found
        differing = disagreements(own, other, everything, DOCUMENTS)
        if differing:
            print(f"disagrees on {len(differing)} of {len(everything)} queries: {differing[:5]}", file=sys.stderr)
            return 1
        gc.collect()
        gc.freeze()
        times = {sort: timed((own, other, hits), some) for sort, some in asked.items()}
    times["all"] = [[t for engines in times.values() for t in engines[k]] for k in range(len(ENGINES))]
    lines = table(times)
    print("\n".join(lines))
    options.out.write_text(report(lines, index, len(everything)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
