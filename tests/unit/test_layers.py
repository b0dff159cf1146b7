"""What each layer loads at run time, seen from a fresh interpreter."""

import subprocess
import sys

import pytest

HEAVY = ("textual", "rich", "pydantic", "sqlite_utils", "yaml", "sqlite3", "asyncio", "socket")


def loaded_by(statement):
    code = f"import sys\n{statement}\nprint(*sorted(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import nextline_core, nextline_core.answer, nextline_core.match", HEAVY),
        ("import nextline_db.store", ("textual", "rich", "pydantic", "sqlite_utils", "yaml")),
        (
            "import nextline_device.engine, nextline_device.__main__",
            ("textual", "rich", "pydantic", "sqlite_utils", "yaml"),
        ),
        ("import nextline_device.boundary.profiles", ("textual", "sqlite_utils", "yaml")),
    ],
)
def test_nothing_heavy_is_loaded(statement, forbidden):
    assert loaded_by(statement) & set(forbidden) == set()


def test_answering_opens_no_socket(store_path):
    """With every socket forbidden, a question is still answered: nothing in the program needs the network."""
    code = f"""
import socket
def refuse(*_, **__): raise AssertionError("a socket was asked for")
socket.socket.__init__ = refuse
socket.create_connection = refuse
from pathlib import Path
from nextline_device.engine import start
assert start(Path({str(store_path)!r})).ask({{"schema": "nextline.profile/1"}})["schema"] == "nextline.answer/1"
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
