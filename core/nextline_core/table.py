"""Packs condition trees into the flat arrays that the matchers read.

Runs when the evidence is built, not at the bedside. Every distinct literal (a condition or its negation) gets a bit.
A rule is a row of ``words`` 64-bit words holding the literals that must all hold, plus, where it has or-groups, a
small postfix program for the rest. Rules are sorted by their first word, which is kept for subtype and line, so that
a whole group is skipped with one test. All numbers are little-endian, on every machine.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .conditions import All, Atom, Literal, Tree, literals
from .errors import RuleError, TooManyLiterals

AND, OR, END = 0x8000, 0xC000, 0xFFFF
MAX_LITERALS = 64 * 32
_HEAD_FACTS = ("subtype", "line", "hr", "her2_class")


@dataclass(frozen=True)
class Table:
    """The packed rule base.

    ``order[k]`` is the rule number at sorted place k; ``program[start[k]-1:]`` its or-groups (0: none). Group g holds
    the places from ``group_start[g]`` up to the next one's; ``group_head[g]`` is their first word.
    """

    literals: tuple[Literal, ...]
    words: int
    count: int
    rows: bytes
    order: bytes
    start: bytes
    program: bytes
    group_start: bytes
    group_head: bytes

    def __post_init__(self) -> None:
        """Refuses arrays that do not fit each other, since the compiled matcher reads them unchecked."""
        sizes = {"rows": 8 * self.words * self.count, "order": 4 * self.count, "start": 4 * self.count}
        sizes["group_start"] = 4 * (len(self.group_head) // 8 + 1)
        fits = all(len(getattr(self, name)) == size for name, size in sizes.items())
        if not fits or len(self.literals) != 64 * self.words or len(self.program) % 2 or len(self.group_head) % 8:
            raise ValueError("the packed rule table is damaged")
        order, cuts = (struct.unpack(f"<{len(array) // 4}I", array) for array in (self.order, self.group_start))
        if (
            sorted(order) != list(range(self.count))
            or list(cuts) != sorted(cuts)
            or (cuts[0], cuts[-1]) != (0, self.count)
        ):
            raise ValueError("the packed rule table is damaged")

    def places(self) -> dict[Literal, int]:
        """The place of every literal."""
        return {literal: place for place, literal in enumerate(self.literals) if literal.atom.fact}

    def to_plain(self) -> dict[str, Any]:
        """As plain data for the store: bytes, numbers and literals as ``[fact, operator, wanted, positive]``."""
        plain = {
            name: getattr(self, name)
            for name in ("words", "count", "rows", "order", "start", "program", "group_start", "group_head")
        }
        plain["literals"] = [[lit.atom.fact, lit.atom.operator, lit.atom.wanted, lit.positive] for lit in self.literals]
        return plain


def from_plain(plain: Mapping[str, Any]) -> Table:
    """The inverse of :meth:`Table.to_plain`."""
    leaves = tuple(
        Literal(Atom(fact, operator, tuple(wanted) if isinstance(wanted, list) else wanted), bool(positive))
        for fact, operator, wanted, positive in plain["literals"]
    )
    return Table(
        leaves,
        **{
            name: plain[name]
            for name in ("words", "count", "rows", "order", "start", "program", "group_start", "group_head")
        },
    )


def pack(trees: Sequence[Tree], also: Sequence[Literal] = ()) -> Table:
    """Packs the trees; rule numbers are their places in ``trees``.

    Raises TooManyLiterals beyond the row's width.
    """
    places = _place_literals(trees, also)
    words = max(1, (max(places.values(), default=0) >> 6) + 1)
    if words * 64 > MAX_LITERALS:
        raise TooManyLiterals(f"{len(places)} distinct conditions; a row holds {MAX_LITERALS}")
    program: list[int] = []
    packed = [_pack_rule(tree, places, program) for tree in trees]
    order = sorted(range(len(trees)), key=lambda rule: (_words(packed[rule][0], words), rule))
    sorted_rows = [_words(packed[rule][0], words) for rule in order]
    cuts = [k for k, row in enumerate(sorted_rows) if k == 0 or row[0] != sorted_rows[k - 1][0]]
    leaves = [Literal(Atom("", "known", True))] * (words * 64)
    for literal, place in places.items():
        leaves[place] = literal
    return Table(
        literals=tuple(leaves),
        words=words,
        count=len(trees),
        rows=b"".join(struct.pack(f"<{words}Q", *row) for row in sorted_rows),
        order=struct.pack(f"<{len(order)}I", *order),
        start=struct.pack(f"<{len(order)}I", *(packed[rule][1] for rule in order)),
        program=struct.pack(f"<{len(program)}H", *program),
        group_start=struct.pack(f"<{len(cuts) + 1}I", *cuts, len(order)),
        group_head=struct.pack(f"<{len(cuts)}Q", *(sorted_rows[k][0] for k in cuts)),
    )


def _place_literals(trees: Sequence[Tree], also: Sequence[Literal]) -> dict[Literal, int]:
    """A bit for every literal: subtype and line in word 0, the others from word 1 on, by how often rules ask them."""
    counts: Counter[Literal] = Counter(literal for tree in trees for literal in literals(tree))
    counts.update(dict.fromkeys(also, 0))
    ranked = sorted(
        counts, key=lambda lit: (-counts[lit], lit.atom.fact, lit.atom.operator, str(lit.atom.wanted), lit.positive)
    )
    head = {
        literal: place for place, literal in enumerate([lit for lit in ranked if lit.atom.fact in _HEAD_FACTS][:64])
    }
    rest = [literal for literal in ranked if literal not in head]
    return head | {literal: 64 + place for place, literal in enumerate(rest)}


def _pack_rule(tree: Tree, places: Mapping[Literal, int], program: list[int]) -> tuple[int, int]:
    """The rule's row as one big integer, and where its program starts (offset + 1, or 0 where it has none)."""
    parts = _conjuncts(tree)
    row = 0
    for part in parts:
        if isinstance(part, Literal):
            row |= 1 << places[part]
    groups = [part for part in parts if not isinstance(part, Literal)]
    if not groups:
        return row, 0
    start = len(program) + 1
    for group in groups:
        _emit(group, places, program)
    if len(groups) > 1:
        program.append(AND + len(groups))
    program.append(END)
    return row, start


def _conjuncts(tree: Tree) -> list[Tree]:
    """The parts that must all hold, nested conjunctions opened up (which changes no truth value)."""
    if not isinstance(tree, All):
        return [tree]
    return [inner for part in tree.parts for inner in _conjuncts(part)]


def _emit(tree: Tree, places: Mapping[Literal, int], program: list[int]) -> None:
    if isinstance(tree, Literal):
        program.append(places[tree])
        return
    for part in tree.parts:
        _emit(part, places, program)
    if len(tree.parts) >= 0x3FFF:
        raise RuleError("an and/or group is too large")
    program.append((AND if isinstance(tree, All) else OR) + len(tree.parts))


def _words(row: int, words: int) -> tuple[int, ...]:
    return tuple((row >> (64 * word)) & 0xFFFF_FFFF_FFFF_FFFF for word in range(words))
