"""Which metastatic line comes next, entry by entry, by stated rules.

An entry for metastatic disease that ended by progression, toxicity, choice, access or completion uses up its line.
One that is ongoing, or whose induction ended in a planned switch to maintenance, does not: the line to be chosen is
still that one. Entries that bear the same line number are one line, and its last entry decides. An ending that is
not known leaves the line as the profile states it; an entry without a number after one may be the same line or the
next.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ..profile import Profile, Therapy, history
from ..values import Between

ENDINGS_THAT_USE_UP = ("progression", "toxicity", "choice", "access", "completed")
Rule = Literal["early_disease", "ended", "followed", "not_ended", "same_line", "ending_unknown", "perhaps_followed"]
_TEXTS: dict[str, str] = {
    "early_disease": "given for early disease: no metastatic line",
    "ended": "ended by {ended}: line {line} is used up",
    "followed": "a later line was given: line {line} is used up",
    "not_ended": "{ended}: line {line} is not used up, and is the line to be chosen",
    "same_line": "part of line {line}: a later entry of the same line decides",
    "perhaps_followed": "why line {line} ended is not known, and the next entry without a line may belong to it",
    "ending_unknown": "why line {line} ended is not known: the line stays as the profile states it",
}


@dataclass(frozen=True)
class Row:
    """What one entry of the history means for the count."""

    entry: int
    line: int | None
    counts: bool
    rule: Rule
    text: str


@dataclass(frozen=True)
class LineCount:
    """``line`` is the next metastatic line, a range where it is not sure, ``None`` where nothing is known.

    ``counted`` is what the history alone says, ``None`` where it does not tell; ``line_of`` gives each metastatic
    entry its line; ``used`` are the lines surely used up, ``perhaps_used`` those of which the ending is not known.
    """

    line: int | Between | None
    counted: int | None
    rows: tuple[Row, ...]
    line_of: dict[int, int]
    used: frozenset[int]
    perhaps_used: frozenset[int] = frozenset()
    unsure: int = 0
    """How many entries may belong to the line before them, so that there may be as many lines less."""

    @property
    def missing(self) -> int:
        """How many lines before the last one entered have no entry: what they held is not known."""
        numbers = set(self.line_of.values())
        return max(numbers, default=0) - len(numbers)


def count_lines(profile: Profile) -> LineCount:
    """Counts the lines of a profile; ``line_override`` replaces the count."""
    therapies = history(profile)
    stated, override = profile.get("next_line"), profile.get("line_override")
    if therapies is None:
        return LineCount(override or stated, None, (), {}, frozenset())
    line_of = _numbered(therapies)
    joints = _joints(therapies)
    rows = tuple(_row(therapy, line_of, joints) for therapy in therapies)
    last = max(line_of.values(), default=0)
    begun = frozenset(row.line for row in rows if row.line and (row.counts or row.rule == "perhaps_followed"))
    used = frozenset(sorted(begun)[: len(begun) - len(joints)])
    perhaps, told = begun - used, override or stated
    if not joints and not any(row.rule == "ending_unknown" for row in rows):
        counted = last if last and last not in used else last + 1
        return LineCount(override or counted, counted, rows, line_of, used)
    if any(row.rule == "ending_unknown" for row in rows):
        perhaps |= {last}
    if told is None:
        least = last if last not in begun else last + 1
        most = last + 1 if last in begun | perhaps else last
        return LineCount(Between(least - len(joints), most), None, rows, line_of, used, perhaps, len(joints))
    if not joints and told > last:
        return LineCount(told, None, rows, line_of, used | perhaps)
    return LineCount(told, None, rows, line_of, used, perhaps if joints else frozenset(), len(joints))


def _joints(therapies: tuple[Therapy, ...]) -> frozenset[int]:
    """Metastatic entries whose ending is not told and after which one without a line number stands."""
    metastatic = [therapy for therapy in therapies if therapy.metastatic]
    return frozenset(
        before.index for before, after in pairwise(metastatic) if before.ended is None and after.line is None
    )


def _numbered(therapies: tuple[Therapy, ...]) -> dict[int, int]:
    """Line numbers as stated; an entry without one follows the entry before it."""
    numbers: dict[int, int] = {}
    last, last_ended = 0, True
    for therapy in therapies:
        if not therapy.metastatic:
            continue
        number = therapy.line or (last + 1 if last_ended else last)
        numbers[therapy.index] = number
        last, last_ended = number, therapy.ended not in ("planned_switch", "ongoing")
    return numbers


def _row(therapy: Therapy, line_of: dict[int, int], joints: frozenset[int]) -> Row:
    line = line_of.get(therapy.index)
    rule: Rule
    if line is None:
        rule = "early_disease"
    elif any(other > therapy.index and number == line for other, number in line_of.items()):
        rule = "same_line"
    elif therapy.ended in ENDINGS_THAT_USE_UP:
        rule = "ended"
    elif therapy.index in joints:
        rule = "perhaps_followed"
    elif line < max(line_of.values()):
        rule = "followed"
    else:
        rule = "not_ended" if therapy.ended else "ending_unknown"
    ended = "planned switch to maintenance" if therapy.ended == "planned_switch" else therapy.ended
    return Row(therapy.index, line, rule in ("ended", "followed"), rule, _TEXTS[rule].format(ended=ended, line=line))
