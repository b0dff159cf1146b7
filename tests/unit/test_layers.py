"""What each layer loads at run time, seen from a fresh interpreter, and what the core calls, seen in its text."""

import ast
import re
import subprocess
import sys

import pytest

from conftest import ROOT

PACKAGES = ("core/nextline_core", "db/nextline_db", "device/nextline_device")
CORE = sorted((ROOT / "core" / "nextline_core").rglob("*.py"))
PURE = {
    "__future__",
    "array",
    "collections",
    "copy",
    "dataclasses",
    "functools",
    "hashlib",
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "struct",
    "typing",
}
IMPURE = {"open", "print", "input", "eval", "exec", "compile", "__import__", "breakpoint"}
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


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_the_core_is_pure(path):
    """It imports a few modules that compute, calls nothing that reads, writes or runs text, and caches no answers."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    imported = {alias.name.partition(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module.partition(".")[0] for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    names = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert imported <= PURE
    assert names & {"cache", "lru_cache"} == set()
    assert called & IMPURE == set()


def test_the_page_on_the_architecture_names_every_module_and_no_other():
    """A token in backticks that ends in .py or .pyx is a module's path, as far as it is needed; braces list several."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set()
    for before, several, after in re.findall(r"`([\w/]*)(?:\{([\w,]+)\})?(\w*\.pyx?)`", text):
        named |= {f"{before}{one}{after}" for one in (several or "").split(",")}
    modules = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py*")
        if path.suffix in (".py", ".pyx") and path.name != "__init__.py"
    }
    assert {path for path in modules if not any(f"/{path}".endswith(f"/{name}") for name in named)} == set()
    assert {
        name
        for name in named
        if not (ROOT / name).exists() and not any(f"/{path}".endswith(f"/{name}") for path in modules)
    } == set()
