"""Chooses the matcher: the compiled one, or the plain Python one where none can be loaded.

The only caller of either.
"""

from __future__ import annotations

from typing import Protocol

from . import _match_py
from .table import Table

try:
    from ._match import Matcher as _Compiled
except ImportError:  # sources that were never built, or a wheel of another machine: slower, same answers
    _Compiled = None  # type: ignore[assignment,misc]

COMPILED: bool = _Compiled is not None


class Matcher(Protocol):
    """What both matchers offer; ``true`` and ``false`` come from :class:`nextline_core.encode.Encoder`."""

    def match(self, true: bytes, false: bytes) -> tuple[list[int], list[int]]:
        """Rule numbers that are met, and those that an unknown decides."""
        ...

    def deciding(self, rule: int, true: bytes, false: bytes) -> list[int]:
        """The literals that decide an undetermined rule."""
        ...


def matcher(table: Table, compiled: bool = COMPILED) -> Matcher:
    """A matcher over ``table``; ``compiled=False`` asks for the plain one."""
    return _Compiled(table) if compiled and _Compiled is not None else _match_py.Matcher(table)
