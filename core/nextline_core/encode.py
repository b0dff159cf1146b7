"""From named facts to the two bit rows that a matcher reads: literals known to hold, and literals known not to."""

from __future__ import annotations

from collections.abc import Mapping

from .forms import Bits
from .match import patched, remembered
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
        self._table = table
        self._nothing = Bits(bytes(self._bytes), bytes(self._bytes))
        self._memo: dict[str, dict[type, dict[Value | None, bytes]]] = {}
        self._remembered = 0

    def encode(self, facts: Mapping[str, Value]) -> Bits:
        """The literals that hold, and those that do not; one in neither is unknown."""
        return self.change(self._nothing, {**facts, **self.absent(facts)})

    def forget(self) -> None:
        """Drops what was remembered of the values met so far; typed words are among them."""
        self._memo, self._remembered = {}, 0

    def change(self, base: Bits, changes: Mapping[str, Value | None]) -> Bits:
        """The bits of ``base`` with some facts changed; ``None`` makes a fact unknown."""
        return Bits(*patched(base.true, base.false, self.patches(changes)))

    def patches(self, facts: Mapping[str, Value | None]) -> list[bytes]:
        """What each fact puts in place, where a rule asks it: see ``_match_py.patched``."""
        found, missing = remembered(self._memo, facts)
        return [*found, *(self._patch(name, value) for name, value in missing if name in self._by_fact)]

    def absent(self, facts: Mapping[str, Value]) -> dict[str, None]:
        """The facts that are not there and of which a rule asks whether they are known."""
        return dict.fromkeys(name for name in self._asked_when_absent if name not in facts)

    def _patch(self, name: str, value: Value | None) -> bytes:
        if self._remembered >= _MEMO_LIMIT:
            self.forget()
        rows = [0, 0, 0]
        facts = {} if value is None else {name: value}
        for place in self._by_fact[name]:
            literal = self._table.literals[place]
            truth = literal.atom.holds(facts)
            truth = truth if literal.positive else negate(truth)
            rows[0] |= 1 << place
            if truth is not None:
                rows[1 if truth else 2] |= 1 << place
        patch = b"".join(row.to_bytes(self._bytes, "little") for row in rows)
        # by type too: True and 1 are equal, and are not the same answer
        self._memo.setdefault(name, {}).setdefault(type(value), {})[value] = patch
        self._remembered += 1
        return patch
