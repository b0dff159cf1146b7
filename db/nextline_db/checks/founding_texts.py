"""Every founding source has its fingerprint, and every fingerprint its source."""

from __future__ import annotations

from ..load import Corpus
from ..problems import Problem

_WRITE = "write it: python -m nextline_db.founding TEXT --source ID"


def check(corpus: Corpus) -> list[Problem]:
    """Sources with a file but no fingerprint of it, and fingerprints of no source."""
    problems = []
    for source in corpus.sources:
        text = corpus.founding.get(source.id)
        if source.file and source.id not in corpus.unread and text is None:
            problems.append(corpus.problem("sources", source.id, f"'{source.file}' has no fingerprint", _WRITE))
        elif text is not None and source.file != text.file:
            fault = f"its file is '{source.file}', the fingerprint is of '{text.file}'"
            problems.append(corpus.problem("sources", source.id, fault, "correct the file, or write the fingerprint"))
    known = {source.id for source in corpus.sources} | corpus.unread
    for name in sorted(set(corpus.founding) - known):
        file = f"evidence/founding/{name}.json"
        problems.append(Problem(file, 0, name, "is the fingerprint of no source", "add the source, or take it out"))
    return problems
