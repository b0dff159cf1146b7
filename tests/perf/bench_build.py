"""How long the evidence store takes to build: user seconds of the processor, the median of three builds.

A clock on the wall would measure the machine's other work too. Prints a table; exit status 1 beyond the limit.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS, LIMIT = 3, 20.0


def seconds(out: Path) -> float:
    """User seconds of one build in a process of its own, as `make evidence` runs it."""
    before = os.times().children_user
    command = [sys.executable, "-m", "nextline_db.build", "--db", ROOT / "db", "--out", out]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return os.times().children_user - before


def main() -> int:
    """Builds, and prints."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "evidence.sqlite"
        taken = [seconds(out) for _ in range(RUNS)]
        size = out.stat().st_size
    median = statistics.median(taken)
    print(
        f"build of the store: {', '.join(f'{t:.2f}' for t in taken)} s user; median {median:.2f} s, limit {LIMIT:.0f} s"
    )
    print(f"the store: {size / 1e6:.2f} MB, limit 8 MB")
    return 0 if median <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
