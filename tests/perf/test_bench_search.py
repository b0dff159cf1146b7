"""The benchmark of the search: a corpus that is the same everywhere, on which both engines find the same."""

import itertools

import bench_search
import pytest


@pytest.fixture(scope="module")
def documents():
    return list(bench_search.corpus(2000))


def test_the_corpus_is_reproducible_and_as_announced(documents):
    assert documents[:50] == list(itertools.islice(bench_search.corpus(2000), 50))
    lengths = [len(f"{d.names} {d.body}".split()) for d in documents]
    assert (min(lengths), max(lengths)) == (15, 40)


def test_no_word_is_the_beginning_of_another(documents):
    words = sorted({word for d in documents for word in f"{d.names} {d.body}".split()})
    assert not [one for one, other in itertools.pairwise(words) if other.startswith(one)]


def test_both_engines_find_the_same(documents, tmp_path):
    pytest.importorskip("tantivy", reason="only the extra 'bench' has tantivy")
    asked = [words for some in bench_search.queries(documents).values() for words in some[:30]]
    ours, (theirs, _) = bench_search.ours(documents, tmp_path), bench_search.theirs(documents, tmp_path)
    assert bench_search.disagreements(ours, theirs, asked, len(documents)) == []
    assert all(ours(words, 5) for words in asked)
