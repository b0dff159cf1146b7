"""Chooses the matcher: the compiled one, or the plain Python one where none can be loaded.

The only caller of either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeAlias

from . import _match_py
from .table import Table
from .values import Truth, Value

try:
    from . import _match
except ImportError:  # sources that were never built, or a wheel of another machine: slower, same answers
    _match = None  # type: ignore[assignment]

NO, UNKNOWN, YES = range(3)  # the value of a rule; the compiled ranker knows these numbers
_Facts: TypeAlias = Mapping[str, Value | None]
_Memo: TypeAlias = Mapping[str, Mapping[type, Mapping[Value | None, bytes]]]
COMPILED: bool = _match is not None


class Matcher(Protocol):
    """What both matchers offer; ``true`` and ``false`` come from :class:`nextline_core.encode.Encoder`."""

    def match(self, true: bytes, false: bytes) -> tuple[list[int], list[int]]:
        """Rule numbers that are met, and those that an unknown decides."""
        ...

    def deciding(self, rule: int, true: bytes, false: bytes) -> list[int]:
        """The literals that decide an undetermined rule."""
        ...


class Ranks(Protocol):
    """The options as they stand for one patient; an option goes by its place in the order of ids."""

    def rows(self) -> list[int]:
        """A number for each option that stands, the best first: ``rank.packed``, and its place in 16 bits."""
        ...

    def offer(self, place: int) -> int:
        """The rule that carries an option that stands."""
        ...

    def standing(self, place: int) -> tuple[list[int], list[int], list[int]]:
        """Of an option that stands: its offers, the one that carries it first; the rules about it that hold; and those
        that are open and tell so."""
        ...

    def since(self, before: Any) -> tuple[list[int], list[int], int, int | None]:
        """Against the ranks before a change, by place: options that apply and did not, best first; those that stand no
        more; how many stand in another band; and the first that applies. What cannot be had, and best supportive
        care, do not count as applying."""
        ...

    def values(self) -> tuple[bytes, bytes]:
        """Of each rule its value by what is known alone, and with what is presumed: see ``NO, UNKNOWN, YES``."""
        ...

    def bits(self) -> tuple[bytes, bytes, bytes, bytes]:
        """Literals that hold and that do not, by what is known alone and then with what is presumed."""
        ...


class ChangingRanks(Ranks, Protocol):
    """Ranks of which those for a few other facts can be had at once."""

    def changed(self, known: list[bytes], presumed: list[bytes]) -> ChangingRanks:
        """The same with some facts changed; see :class:`Ranker`."""
        ...


class Ranker(Protocol):
    """The compiled ranker: settles and orders all options."""

    def rank(self, known: list[bytes], presumed: list[bytes], wishes: bytes, lacking: bytes) -> ChangingRanks:
        """``known``: the facts, as ``Encoder.patches`` gives them; ``presumed``: those that are presumed.

        ``wishes``: by option, how many preferences it does not meet. ``lacking``: by option and then by rule, whether
        it needs, or adds, a drug that is not to be had.
        """
        ...


def ranker(matcher: Matcher, settling: Any) -> Ranker | None:
    """The ranker over a compiled matcher; ``None`` for the plain one."""
    return _match.Ranker(matcher, settling) if COMPILED and isinstance(matcher, _match.Matcher) else None


def matcher(table: Table, compiled: bool = COMPILED) -> Matcher:
    """A matcher over ``table``; ``compiled=False`` asks for the plain one."""
    return _match.Matcher(table) if compiled and COMPILED else _match_py.Matcher(table)


# The rest of what both have.
_module = _match if COMPILED else _match_py
truths: Callable[[bytes, bytes], tuple[Truth, ...]] = _module.truths
patched: Callable[[bytes, bytes, list[bytes]], tuple[bytes, bytes]] = _module.patched
remembered: Callable[[_Memo, _Facts], tuple[list[bytes], list[tuple[str, Value | None]]]] = _module.remembered
