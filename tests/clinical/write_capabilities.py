"""Writes ``CAPABILITIES.md``: every capability, the tests that prove it, and what is not there yet.

The tests are read, not run: their names hold the id, their docstrings say the check, and ``xfail`` marks say what is
missing. Run it as ``python tests/clinical/write_capabilities.py`` after adding or renaming one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
TARGET = HERE / "CAPABILITIES.md"
_NAME = re.compile(r"test_(cap_\d\d)_\w+")
_HEAD = """# What the founding documents ask, and what proves it

Written by `write_capabilities.py` from the names and docstrings of the tests; a test holds it current. **Proven**: each
test named here passes. **In part**: something is proven and something is missing, which the last column says.
**Elsewhere**: proven by a test of another folder. **Not yet**: what is missing is said.

| id | for | capability | checked by | state |
|---|---|---|---|---|
"""
_STATES = ("proven", "in part", "elsewhere", "not yet")


@dataclass(frozen=True)
class Found:
    """One test of a capability; ``missing`` holds the reasons of its xfail marks, ``whole`` if they mark all of it."""

    capability: str
    file: str
    name: str
    check: str
    missing: tuple[str, ...]
    whole: bool


def tests() -> Iterator[Found]:
    """Every test whose name holds the id of a capability, in the order of the files."""
    for path in sorted(HERE.glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (named := _NAME.fullmatch(node.name)):
                yield _found(named.group(1).upper().replace("_", "-"), path.name, node)


def _found(capability: str, file: str, node: ast.FunctionDef) -> Found:
    marks = [(mark, top) for top in node.decorator_list for mark in ast.walk(top) if _is_xfail(mark)]
    return Found(
        capability,
        file,
        node.name,
        (ast.get_docstring(node) or "").splitlines()[0],
        tuple(_reason(mark) for mark, _ in marks),
        any(mark is top for mark, top in marks),
    )


def _is_xfail(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "xfail"


def _reason(mark: ast.AST) -> str:
    assert isinstance(mark, ast.Call)
    return next(str(ast.literal_eval(word.value)) for word in mark.keywords if word.arg == "reason")


def listed(name: str) -> dict[str, dict[str, str]]:
    """One of the two lists beside this file."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def text() -> str:
    """The whole table."""
    found = list(tests())
    elsewhere = listed("capabilities_elsewhere.yaml")
    rows = [
        _row(identifier, about, [t for t in found if t.capability == identifier], elsewhere.get(identifier, {}))
        for identifier, about in listed("capabilities.yaml").items()
    ]
    states = [state for _, state in rows]
    counts = ", ".join(f"{states.count(s)} {s}" for s in _STATES)
    return f"{_HEAD}{''.join(row for row, _ in rows)}\n{len(rows)} capabilities: {counts}. {len(found)} tests.\n"


def _row(identifier: str, about: dict[str, str], own: list[Found], elsewhere: dict[str, str]) -> tuple[str, str]:
    proven = [t for t in own if not t.whole]
    missing = list(dict.fromkeys(reason for t in own for reason in t.missing))
    missing += [elsewhere["not_yet"]] if "not_yet" in elsewhere else []
    checks = [f"`{t.name}`: {t.check}" for t in own]
    checks += [f"`{elsewhere['proven']}`"] if "proven" in elsewhere else []
    state = _state(proven, missing, "proven" in elsewhere)
    said = f"**{state}**" + (f": {'; '.join(missing)}" if missing else "")
    cells = (identifier, about["for"], about["text"], "<br>".join(checks) or "-", said)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n", state


def _state(proven: list[Found], missing: list[str], elsewhere: bool) -> str:
    if not proven and not elsewhere:
        return "not yet"
    return "in part" if missing else "proven" if proven else "elsewhere"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
