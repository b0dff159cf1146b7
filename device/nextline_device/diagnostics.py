"""Exit statuses, and the one place that writes to standard error."""

from __future__ import annotations

import sys
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from types import TracebackType

from .output import shown


class ExitCode(IntEnum):
    """What the exit status of every command means."""

    ANSWERED = 0
    FAULT = 1
    """A fault in the program itself; the status that Python gives for one."""

    INPUT = 2
    """The profile is invalid or contradicts itself, a file cannot be read, or the command line is wrong."""

    EVIDENCE = 3
    """The evidence store is missing, damaged or of another schema."""

    OUTPUT = 4
    """The answer could not be written: the disk is full, say."""

    INTERRUPTED = 130


def complain(*lines: str) -> None:
    """Writes lines to standard error, each behind the program's name; does nothing where that is closed or full."""
    if sys.stderr is None:
        return
    with suppress(OSError):
        for line in lines:
            print(f"nextline: {shown(line)}", file=sys.stderr)


def fault(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    """Instead of a traceback: one sentence with the place. The error's own words could hold the patient's data."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f", {Path(trace.tb_frame.f_code.co_filename).name} line {trace.tb_lineno}" if trace else ""
    complain(f"A fault in the program ({kind.__name__}{place}). Report it with what 'nextline doctor' prints.")
