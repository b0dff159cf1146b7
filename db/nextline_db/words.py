"""Words as they are searched for: case, accents, British and American spelling, hyphens and Greek letters made
one."""

from __future__ import annotations

import re
import unicodedata

_TOKEN = re.compile(r"[a-z0-9]+(?:[./+][a-z0-9]+)*")
_SPELLINGS = (
    ("oea", "ea"),
    ("oe", "e"),
    ("ae", "e"),
    ("our", "or"),
    ("isation", "ization"),
    ("ise", "ize"),
    ("ph", "f"),
)
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "α": "alpha", "β": "beta", "κ": "kappa", "γ": "gamma", "–": "-", "‑": "-"}
)


def simplified(text: str) -> str:
    """``Diarrhoea`` and ``diarrhea`` become one, as do ``T-DXd`` and ``tdxd``'s parts; the same on both sides of a
    search."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_spelling(token) for token in _TOKEN.findall(plain))


def _spelling(token: str) -> str:
    for british, american in _SPELLINGS:
        token = token.replace(british, american)
    return token


def distance(one: str, other: str, limit: int) -> int:
    """Edit distance with neighbouring letters swapped counted once; ``limit + 1`` as soon as it must be more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row, older = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
