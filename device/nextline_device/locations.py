"""Every path that the program uses, in one place.

Nothing else looks at the environment or asks where it is installed.
"""

from __future__ import annotations

import os
from pathlib import Path

import nextline_db

STORE_VARIABLE = "NEXTLINE_STORE"


def store_path() -> Path:
    """The evidence store: the file that ``NEXTLINE_STORE`` names, or the one bundled with the program."""
    named = os.environ.get(STORE_VARIABLE)
    return Path(named) if named else Path(nextline_db.__file__).with_name("evidence.sqlite")
