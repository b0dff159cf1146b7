"""Counts the instructions that a workload costs the device: its own Python, run here under qemu-user with a plugin.

The count is exact and repeats to the instruction, on any machine and however busy it is; what the kernel does for the
program (reading files, for one) is not in it. A workload is counted twice, run a few times and more times: the
difference holds no start-up.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SYSROOT, SITE = ROOT / ".cache/arm64", ROOT / ".cache/arm64-site"
STORE = ROOT / "db/nextline_db/evidence.sqlite"
CASE = ROOT / "device/examples/second-line-esr1.json"
WARM, FEW, MORE = 2, 1, 4  # the second run of a workload costs within half a percent of the tenth


def missing(site: Path = SITE) -> str | None:
    """What counting lacks here, in words; ``None`` where it lacks nothing."""
    tools = subprocess.run([ROOT / "build/budget-tools.sh"], capture_output=True, text=True, check=False)
    if tools.returncode:
        return tools.stderr.strip()
    lacking = [str(path) for path in (SYSROOT, site) if not path.exists()]
    return f"{' and '.join(lacking)} not built yet; 'make budget' builds them" if lacking else None


def stale() -> str | None:
    """That the unpacked wheel is older than the code, in words; ``None`` where it is not."""
    built = SITE.stat().st_mtime
    code = (path for layer in ("core", "db", "device") for path in (ROOT / layer).glob("nextline_*/**/*.py"))
    return (
        "the ARM wheel is older than the code; 'make budget' builds it"
        if any(path.stat().st_mtime > built for path in code)
        else None
    )


class Guest:
    """Runs workloads in the device's Python.

    Use as a context: plugin, counter and a copy of the store live in a scratch folder.
    """

    def __init__(self, store: Path = STORE, case: Path = CASE, site: Path = SITE) -> None:
        self._store, self._case = store, case
        self._modules = f"{site.resolve()}:{HERE}"

    def __enter__(self) -> Guest:
        self._scratch = Path(tempfile.mkdtemp(prefix="budget-"))
        self._plugin, self._counter = self._scratch / "insn.so", self._scratch / "counter"
        command = ["gcc", "-O2", "-fPIC", "-shared", "-o", self._plugin, ROOT / "build/qemu/insn.c"]
        subprocess.run(command, check=True)
        # A path costs instructions by its depth: the store is read from the same depth on every machine.
        self._arguments = [shutil.copy(self._store, self._scratch), str(self._case.resolve())]
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._scratch)

    def cost(self, workload: str) -> int:
        """Instructions of one run of a workload, warm."""
        return round((self.total(workload, MORE) - self.total(workload, FEW)) / (MORE - FEW))

    def total(self, workload: str, count: int) -> int:
        """Instructions of a whole process that runs a workload so many times."""
        self._run("run", workload, WARM, count)
        return int.from_bytes(self._counter.read_bytes(), "little")

    def profile(self, workload: str) -> list[dict[str, Any]]:
        """Functions with ``calls``, ``own`` instructions and ``share`` with all they call, the dearest first."""
        rows: list[dict[str, Any]] = json.loads(self._run("profile", workload, WARM, 1, self._counter))
        return sorted(rows, key=lambda row: -row["own"])

    def _run(self, mode: str, workload: str, *more: object) -> str:
        self._counter.write_bytes(bytes(8))
        environment = {**os.environ, "PLUGIN": f"{self._plugin},counter={self._counter}", "MODULES": self._modules}
        command = [ROOT / "build/arm64-python.sh", SYSROOT, HERE / "guest.py", mode, workload, *self._arguments]
        done = subprocess.run(
            [*map(str, command), *map(str, more)], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{workload} failed under QEMU:\n{done.stderr}")
        return done.stdout
