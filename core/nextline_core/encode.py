"""From named facts to the two bit rows that a matcher reads: literals known to hold, and literals known not to."""

from __future__ import annotations

from collections.abc import Mapping

from .forms import Bits
from .table import Table
from .values import Value, negate

_MEMO_LIMIT = 4096


class Encoder:
    """Encodes facts against one table.

    Remembers what it worked out per value, since a what-if asks the same again and again.
    """

    def __init__(self, table: Table) -> None:
        self._bytes = table.words * 8
        self._by_fact: dict[str, list[int]] = {}
        self._asked_when_absent: list[str] = []
        for place, literal in enumerate(table.literals):
            if literal.atom.fact:
                self._by_fact.setdefault(literal.atom.fact, []).append(place)
                if literal.atom.operator == "known" and literal.atom.fact not in self._asked_when_absent:
                    self._asked_when_absent.append(literal.atom.fact)
        self._masks = {name: sum(1 << place for place in places) for name, places in self._by_fact.items()}
        self._table = table
        self._memo: dict[tuple[str, Value | None, type], tuple[int, int, bytes]] = {}

    def encode(self, facts: Mapping[str, Value]) -> Bits:
        """The literals that hold, and those that do not; one in neither is unknown."""
        return self.change(Bits(0, 0, self._bytes), {**facts, **self.absent(facts)})

    def forget(self) -> None:
        """Drops what was remembered of the values met so far; typed words are among them."""
        self._memo.clear()

    def change(self, base: Bits, changes: Mapping[str, Value | None]) -> Bits:
        """The bits of ``base`` with some facts changed; ``None`` makes a fact unknown."""
        true, false = base.true, base.false
        for name, value in changes.items():
            if name in self._by_fact:
                t, f, _ = self._bits(name, value)
                mine = self._masks[name]
                true, false = true & ~mine | t, false & ~mine | f
        return Bits(true, false, base.size)

    def patches(self, facts: Mapping[str, Value | None]) -> list[bytes]:
        """What the compiled ranker takes: of each fact three rows, its literals, those that hold, those that do not."""
        return [self._bits(name, value)[2] for name, value in facts.items() if name in self._by_fact]

    def absent(self, facts: Mapping[str, Value]) -> dict[str, None]:
        """The facts that are not there and of which a rule asks whether they are known."""
        return dict.fromkeys(name for name in self._asked_when_absent if name not in facts)

    def _bits(self, name: str, value: Value | None) -> tuple[int, int, bytes]:
        key = (name, value, type(value))  # True and 1 are equal, and are not the same answer
        found = self._memo.get(key)
        if found is None:
            if len(self._memo) >= _MEMO_LIMIT:
                self._memo.clear()
            true, false = self._work_out(name, value)
            patch = b"".join(bits.to_bytes(self._bytes, "little") for bits in (self._masks[name], true, false))
            found = self._memo[key] = true, false, patch
        return found

    def _work_out(self, name: str, value: Value | None) -> tuple[int, int]:
        true = false = 0
        facts = {} if value is None else {name: value}
        for place in self._by_fact[name]:
            literal = self._table.literals[place]
            truth = literal.atom.holds(facts)
            truth = truth if literal.positive else negate(truth)
            if truth is True:
                true |= 1 << place
            elif truth is False:
                false |= 1 << place
        return true, false
