"""The digest of the store, kept inside the store.

The file holds a marker followed by 64 hex digits: the SHA-256 of the whole file with those digits set to zero. One
reading of the file proves every byte of it, the digest's own included, and warms the cache on the way.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from .canonical import canonical

MARKER = b"nextline-sha256:"
_ZEROS = b"0" * 64
PLACEHOLDER = (MARKER + _ZEROS).decode()


def seal(path: Path) -> str:
    """Puts the digest of the file, made canonical, in place; returns it.

    The placeholder must stand in the file exactly once.
    """
    raw = canonical(path.read_bytes())
    if raw.count(MARKER) != 1:
        raise ValueError(f"{path.name} holds the digest's marker {raw.count(MARKER)} times, not once")
    digest = hashlib.sha256(raw).hexdigest()
    path.write_bytes(raw.replace(MARKER + _ZEROS, MARKER + digest.encode()))
    return digest


def verify(raw: bytes | bytearray) -> str | None:
    """The digest of a sealed file's bytes if it is true, else ``None``."""
    at = raw.find(MARKER)
    if at < 0:
        return None
    start, end = at + len(MARKER), at + len(MARKER) + 64
    view = memoryview(raw)
    digest = hashlib.sha256(view[:start])
    digest.update(_ZEROS)
    digest.update(view[end:])
    return digest.hexdigest() if digest.hexdigest().encode() == view[start:end] else None
