"""The program as a user starts it: a process of its own over the real store."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.fixture
def nextline(store_path):
    """Runs the program with these arguments; output and complaints come as bytes, or with ``text=True`` as text."""

    def run(*arguments, stdin=None, store=None, text=False):
        return subprocess.run(
            [sys.executable, "-m", "nextline_device", *map(os.fsencode, arguments)],
            input=stdin,
            capture_output=True,
            text=text,
            env={**os.environ, "NEXTLINE_STORE": str(store or store_path)},
            timeout=60,
            check=False,
        )

    return run
