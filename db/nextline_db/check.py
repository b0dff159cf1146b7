"""``python -m nextline_db.check``: is everything that curators wrote fit to build a store?"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from .gather import gather


def main(arguments: list[str] | None = None) -> int:
    """Prints every fault (exit status 1) or the counts by kind (exit status 0)."""
    parser = argparse.ArgumentParser(prog="python -m nextline_db.check", description=__doc__)
    parser.add_argument("--db", type=Path, default=Path("db"), help="the project's db folder")
    parser.add_argument("--only", default="", help="show only faults of files whose name holds this")
    options = parser.parse_args(arguments)
    found = gather(options.db)
    shown = [p for p in found.problems if options.only in p.file]
    for problem in shown:
        print(problem)
    if found.problems:
        print(f"{len(found.problems)} faults, {len(shown)} shown", file=sys.stderr)
        return 1
    counts = Counter(kind for kind, _ in found.corpus.records()) + Counter(rules=len(found.base.rules))
    print(", ".join(f"{count} {kind}" for kind, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
