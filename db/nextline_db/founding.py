"""``python -m nextline_db.founding TEXT --source ID``: writes the fingerprint of a founding source, which is the digest
of its text and the numbers of each line.

The texts themselves are not part of the project. What is committed, ``db/evidence/founding/*.json``, is enough to
check on any machine that a number stands in the lines it cites; where the texts are at hand, clauses are checked
word for word too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from .problems import CurationError, Problem

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
    """All committed fingerprints by source id.

    Raises :class:`CurationError`.
    """
    found, problems = {}, []
    for path in sorted(folder.glob("*.json")):
        try:
            founding = _read(path)
        except json.JSONDecodeError as error:
            problems.append(_problem(path, error.lineno, f"not readable as JSON: {error.msg}"))
        except (OSError, UnicodeDecodeError):
            problems.append(_problem(path, 0, "cannot be read as UTF-8"))
        except (KeyError, TypeError, ValueError, AttributeError):
            problems.append(
                _problem(path, 0, "is no fingerprint: it needs source, file, sha256, line_count and tokens")
            )
        else:
            found[founding.source] = founding
    if problems:
        raise CurationError(problems)
    return found


def _read(path: Path) -> Founding:
    data = json.loads(path.read_text(encoding="utf-8"))
    tokens = {int(n): tuple(map(str, t)) for n, t in data["tokens"].items()}
    return Founding(str(data["source"]), str(data["file"]), str(data["sha256"]), int(data["line_count"]), tokens)


def _problem(path: Path, line: int, text: str) -> Problem:
    return Problem(f"evidence/founding/{path.name}", line, "", text, "write it again: python -m nextline_db.founding")


def main(arguments: list[str] | None = None) -> int:
    """Writes the fingerprint of one text; exit status 1 where the text cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m nextline_db.founding", description=__doc__)
    parser.add_argument("text", type=Path, help="the founding text, UTF-8, lines ending with LF")
    parser.add_argument("--source", required=True, help="id of its source record, whose `file` is the text's name")
    parser.add_argument("--db", type=Path, default=Path("db"), help="the project's db folder")
    options = parser.parse_args(arguments)
    try:
        founding = fingerprint(options.source, options.text)
        save(founding, options.db / "evidence" / "founding")
    except UnicodeDecodeError as error:
        print(f"{options.text} is not UTF-8 at byte {error.start}; save it as UTF-8", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    print(f"{founding.source}: {founding.line_count} lines, sha256 {founding.sha256}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
