"""The matcher in plain Python: the oracle of the compiled one, and its stand-in where none was built."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from .table import AND, END, OR, Table
from .values import Truth, Value

_SIZE_MASK = 0x3FFF


class Matcher:
    """Evaluates all rules of one table against one patient, in strong Kleene logic."""

    def __init__(self, table: Table) -> None:
        self._words, self._count = table.words, table.count
        row = struct.Struct(f"<{table.words}Q")
        self._rows = [sum(word << (64 * i) for i, word in enumerate(words)) for words in row.iter_unpack(table.rows)]
        self._order = struct.unpack(f"<{table.count}I", table.order)
        self._start = struct.unpack(f"<{table.count}I", table.start)
        self._program = struct.unpack(f"<{len(table.program) // 2}H", table.program)
        self._place = {rule: k for k, rule in enumerate(self._order)}

    def match(self, true: bytes, false: bytes) -> tuple[list[int], list[int]]:
        """``(met, undetermined)`` rule numbers, ascending.

        ``true``/``false``: literal bits, ``words * 8`` bytes each.
        """
        t, f = int.from_bytes(self._checked(true), "little"), int.from_bytes(self._checked(false), "little")
        met: list[int] = []
        undetermined: list[int] = []
        for k in range(self._count):
            row = self._rows[k]
            if row & f:
                continue
            known = row & t == row
            if self._start[k]:
                group = self._run(self._start[k] - 1, t, f)
                if group is False:
                    continue
                known = known and group is True
            (met if known else undetermined).append(self._order[k])
        return sorted(met), sorted(undetermined)

    def deciding(self, rule: int, true: bytes, false: bytes) -> list[int]:
        """The unknown literals that decide an undetermined rule, ascending; empty where it is not undetermined."""
        t, f = int.from_bytes(self._checked(true), "little"), int.from_bytes(self._checked(false), "little")
        if rule not in self._place:
            raise IndexError(f"no rule {rule}")
        k = self._place[rule]
        row = self._rows[k]
        group, inner = self._run_deciding(self._start[k] - 1, t, f) if self._start[k] else (True, 0)
        if row & f or group is False:
            return []
        bits = (row & ~t) | inner
        return [place for place in range(self._words * 64) if bits >> place & 1]

    def _checked(self, bits: bytes) -> bytes:
        if len(bits) != self._words * 8:
            raise ValueError(f"{len(bits)} bytes of literal bits where {self._words * 8} are due")
        return bits

    def _run(self, at: int, t: int, f: int) -> bool | None:
        return self._run_deciding(at, t, f)[0]

    def _run_deciding(self, at: int, t: int, f: int) -> tuple[bool | None, int]:
        """Value of a postfix program, and the unknown literals reached through unknown nodes only."""
        stack: list[tuple[bool | None, int]] = []
        while (code := self._program[at]) != END:
            at += 1
            if code < AND:
                value = True if t >> code & 1 else False if f >> code & 1 else None
                stack.append((value, 1 << code if value is None else 0))
                continue
            size = code & _SIZE_MASK
            parts = stack[len(stack) - size :]
            del stack[len(stack) - size :]
            values = [value for value, _ in parts]
            ends = code >= OR
            value = ends if ends in values else None if None in values else not ends
            stack.append((value, _union(parts) if value is None else 0))
        return stack[-1]


def _union(parts: list[tuple[bool | None, int]]) -> int:
    """The literals of the unknown parts."""
    bits = 0
    for value, part in parts:
        bits |= part if value is None else 0
    return bits


def truths(true: bytes, false: bytes) -> tuple[Truth, ...]:
    """Of each literal whether it holds; ``None``: not known."""
    t, f = int.from_bytes(true, "little"), int.from_bytes(false, "little")
    return tuple(True if t >> place & 1 else False if f >> place & 1 else None for place in range(8 * len(true)))


def patched(true: bytes, false: bytes, patches: list[bytes]) -> tuple[bytes, bytes]:
    """The two rows with the literals of some facts put in place.

    A patch holds three rows: its literals, those that hold, those that do not.
    """
    size = len(true)
    t, f = int.from_bytes(true, "little"), int.from_bytes(false, "little")
    for patch in patches:
        if len(patch) != 3 * size:
            raise ValueError("literals of another rulebook")
        mine, on, off = (int.from_bytes(patch[k * size : (k + 1) * size], "little") for k in range(3))
        t, f = t & ~mine | on, f & ~mine | off
    return t.to_bytes(size, "little"), f.to_bytes(size, "little")


def remembered(
    memo: Mapping[str, Mapping[type, Mapping[Value | None, bytes]]], facts: Mapping[str, Value | None]
) -> tuple[list[bytes], list[tuple[str, Value | None]]]:
    """Of facts what is remembered, and those of which nothing is: ``memo`` by name, then type, then value."""
    found: list[bytes] = []
    missing: list[tuple[str, Value | None]] = []
    for name, value in facts.items():
        patch = memo.get(name, {}).get(type(value), {}).get(value)
        if patch is None:
            missing.append((name, value))
        else:
            found.append(patch)
    return found, missing
