"""The five founding sources as a committed fingerprint: the digest of each text and the numbers of each line.

The texts themselves are not part of the project. What is committed, ``db/evidence/founding/*.json``, is enough to
check on any machine that a number stands in the lines it cites; where the texts are at hand, clauses are checked
word for word too.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")
_SPACE = re.compile(r"\s+")


def numbers(text: str) -> list[str]:
    """The number tokens of ``text`` as printed: ``1,545``, ``0.39``, and both of ``DESTINY-Breast0462``'s digits."""
    return _NUMBER.findall(text)


def readings(token: str) -> set[float]:
    """The values that a printed token can stand for: ``1,545`` is 1545, ``4,6`` may also be the two numbers 4 and
    6."""
    values: set[float] = set()
    for text in (token.replace(",", ""), *re.split(r"[,]", token)):
        try:
            values.add(float(text.replace("·", ".")))
        except ValueError:
            values.update(float(part) for part in re.findall(r"\d+", text))
    return values


def squeeze(text: str) -> str:
    """White space collapsed to single spaces."""
    return _SPACE.sub(" ", text).strip()


@dataclass(frozen=True)
class Founding:
    """One founding text's fingerprint.

    ``tokens`` maps a 1-based line number to the numbers printed on it.
    """

    source: str
    file: str
    sha256: str
    line_count: int
    tokens: dict[int, tuple[str, ...]]

    def values(self, first: int, last: int) -> set[float]:
        """Every value printed on the lines ``first`` to ``last``."""
        return {v for n in range(first, last + 1) for token in self.tokens.get(n, ()) for v in readings(token)}


def fingerprint(source: str, path: Path) -> Founding:
    """Reads a founding text.

    A line ends with LF and nothing else, so that line numbers agree everywhere.
    """
    raw = path.read_bytes()
    lines = raw.decode("utf-8").split("\n")
    tokens = {n: tuple(found) for n, line in enumerate(lines, 1) if (found := numbers(line))}
    return Founding(source, path.name, hashlib.sha256(raw).hexdigest(), len(lines), tokens)


def save(founding: Founding, folder: Path) -> None:
    """Writes the fingerprint as ``<source>.json``, one line of the text a row."""
    head = {
        "source": founding.source,
        "file": founding.file,
        "sha256": founding.sha256,
        "line_count": founding.line_count,
    }
    rows = ",\n".join(f'  "{n}": {json.dumps(list(t), ensure_ascii=False)}' for n, t in founding.tokens.items())
    text = json.dumps(head, indent=1)[:-2] + ',\n "tokens": {\n' + rows + "\n }\n}\n"
    (folder / f"{founding.source}.json").write_text(text, encoding="utf-8")


def load(folder: Path) -> dict[str, Founding]:
    """All committed fingerprints by source id."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        tokens = {int(n): tuple(t) for n, t in data["tokens"].items()}
        found[data["source"]] = Founding(data["source"], data["file"], data["sha256"], data["line_count"], tokens)
    return found
