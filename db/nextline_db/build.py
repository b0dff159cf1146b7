"""``python -m nextline_db.build``: from the curated files to the store, refusing what is not fit."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .compile import compile_store
from .gather import gather
from .problems import CurationError


def build(db: Path, out: Path) -> str:
    """Builds the store from the project's ``db`` folder and returns its digest.

    Raises :class:`CurationError` with every fault of any file.
    """
    found = gather(db)
    if found.problems or found.edition is None:
        raise CurationError(list(found.problems))
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_suffix(".draft")
    digest = compile_store(found, found.edition, draft)
    draft.replace(out)
    return digest


def main(arguments: list[str] | None = None) -> int:
    """Builds; prints the digest, or every fault and exit status 1."""
    parser = argparse.ArgumentParser(prog="python -m nextline_db.build", description=__doc__)
    parser.add_argument("--db", type=Path, default=Path("db"), help="the project's db folder")
    parser.add_argument("--out", type=Path, default=Path("db/nextline_db/evidence.sqlite"), help="the store to write")
    options = parser.parse_args(arguments)
    try:
        digest = build(options.db, options.out)
    except CurationError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.problems)} faults; no store was written", file=sys.stderr)
        return 1
    print(f"{options.out}: {options.out.stat().st_size} bytes, sha256 {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
