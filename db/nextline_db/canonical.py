"""Sets to fixed bytes what SQLite leaves to its own version or to chance, so that the same rows give the same file.

Two things differ between two libraries that wrote the same rows: the version in the file's header, and the unused
space within pages, which keeps what stood in memory. Nothing here changes a row, and SQLite never reads either of
them in a file that it opens to read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_LEAVES, _INNER = (10, 13), (2, 5)  # first byte of a page that holds rows; every other sort of page begins with 0
_FILE_HEADER = 100
_CHANGES, _VALID_FOR = 24, 92  # change counter, and the counter for which the header's sizes are true
_OLDEST = 3_034_000  # the oldest SQLite that can read the store: the first with trigram indexes


def canonical(raw: bytes) -> bytes:
    """The bytes of a finished SQLite file with those two things fixed."""
    size = struct.unpack_from(">H", raw, 16)[0]
    fixed = bytearray(raw)
    struct.pack_into(">I", fixed, _CHANGES, 1)
    struct.pack_into(">II", fixed, _VALID_FOR, 1, _OLDEST)
    for first, last in _unused(raw, size):
        fixed[first:last] = bytes(last - first)
    return bytes(fixed)


def _unused(raw: bytes, size: int) -> Iterator[tuple[int, int]]:
    """First and last (not included) place of the gap in each page, between the list of its cells and the cells."""
    for page in range(0, len(raw), size):
        head = page + (_FILE_HEADER if page == 0 else 0)
        if raw[head] in (*_LEAVES, *_INNER):
            cells, content = struct.unpack_from(">HH", raw, head + 3)
            yield head + (8 if raw[head] in _LEAVES else 12) + 2 * cells, page + content
