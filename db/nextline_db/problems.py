"""What is wrong with a curated file, said so that a curator can mend it: file, line, record, fault, remedy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault.

    ``line`` is 1-based; 0 where the fault belongs to no single line.
    """

    file: str
    line: int
    record: str
    text: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        tail = f" ({self.remedy})" if self.remedy else ""
        return f"{where}: {self.record}: {self.text}{tail}" if self.record else f"{where}: {self.text}{tail}"


class CurationError(Exception):
    """The curated files are not fit to build a store; carries every problem found, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(p) for p in self.problems))
