"""Exit statuses, and the one place that writes to standard error."""

from __future__ import annotations

import sys
from enum import IntEnum


class ExitCode(IntEnum):
    """What the exit status of every command means."""

    ANSWERED = 0
    INPUT = 2
    """The profile is invalid or contradicts itself, a file cannot be read, or the command line is wrong."""

    EVIDENCE = 3
    """The evidence store is missing, damaged or of another schema."""

    OUTPUT = 4
    """The answer could not be written: the disk is full, say."""

    INTERRUPTED = 130


def complain(*lines: str) -> None:
    """Writes lines to standard error, each behind the program's name."""
    for line in lines:
        print(f"nextline: {line}", file=sys.stderr)
