"""The characters that the console font has (Terminus and its kin, 256 glyphs), and what stands in for others.

A bare Linux console draws a box or a diamond for a character outside its font, so every line goes through
:func:`console_text` on its way to the screen. Evidence texts keep their characters everywhere else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

DRAWN = "─│┌┐└┘├┤┬┴┼═║╭╮╰╯█▲▼▶←→↑↓≤≥±×–—…•"
_ASCII = "".join(map(chr, range(32, 127)))
_LATIN = "".join(map(chr, (*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x100))))
GLYPHS = frozenset(_ASCII + _LATIN + DRAWN)
_INSTEAD: Mapping[str, str] = MappingProxyType(
    {
        "α": "alpha", "β": "beta", "γ": "gamma", "κ": "kappa", "μ": "u", "µ": "u", "●": "•", "·": "•", "‑": "-",
        "‐": "-", "−": "-", "‒": "–", "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "≈": "~",
        "≠": "/=", "÷": "/", "®": "(R)", "©": "(C)", "™": "(TM)", "°": " degrees", "²": "2", "³": "3", "½": "1/2",
        "¼": "1/4", "✓": "x", "\t": " ", "\n": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": "",
    }
)  # fmt: skip


def console_text(text: str) -> str:
    """The text in characters that the console font has; ``?`` where nothing else stands for one."""
    return text if GLYPHS.issuperset(text) else "".join(map(_glyph, text))


def _glyph(char: str) -> str:
    if char in GLYPHS:
        return char
    if char in _INSTEAD:
        return _INSTEAD[char]
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if c in GLYPHS)
    return plain or "?"
