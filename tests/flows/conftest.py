"""The program as a user starts it, over the real store."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tempfile
import traceback

import pytest

from nextline_device import commands  # noqa: F401  loaded here, and so in every process that is split off
from nextline_device.__main__ import main
from nextline_device.boundary import profiles  # noqa: F401


@pytest.fixture
def nextline(store_path):
    """Runs the program with these arguments; output and complaints come as bytes, or with ``text=True`` as text.

    It runs in a process of its own that is split off from this one, so that its modules need not be loaded every
    time. How it starts from nothing is seen in ``test_streams`` and ``test_wheel``.
    """

    def run(*arguments, stdin=b"", store=None, text=False):
        given = [os.fsdecode(argument) for argument in arguments]
        with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            source.write(stdin)
            source.seek(0)
            child = os.fork()
            if child == 0:
                _become(given, str(store or store_path), (source, out, err))
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            written = [file.seek(0) or file.read() for file in (out, err)]
        return subprocess.CompletedProcess(given, status, *([w.decode() for w in written] if text else written))

    return run


def _become(arguments, store, files):
    """Runs the program in this process, which ends with it."""
    status = 1
    try:
        for descriptor, file in enumerate(files):
            os.dup2(file.fileno(), descriptor)
        modes = zip(("stdin", "stdout", "stderr"), "rww", strict=True)
        for descriptor, (name, mode) in enumerate(modes):
            setattr(sys, name, io.TextIOWrapper(io.FileIO(descriptor, mode, closefd=False), encoding="utf-8"))
        os.environ["NEXTLINE_STORE"] = store
        signal.alarm(60)
        status = main(arguments)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001  nothing may go on from here in two processes
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
