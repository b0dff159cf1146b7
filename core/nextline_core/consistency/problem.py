"""One problem of a profile, and how the contract writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """``path`` is a JSON Pointer, ``value`` what stands there, ``remedy`` what to do about it."""

    path: str
    code: str
    text: str
    remedy: str
    value: Any = None
    blocking: bool = True

    def to_plain(self) -> dict[str, Any]:
        """As a row of ``problems``."""
        return {
            "path": self.path,
            "code": self.code,
            "value": self.value,
            "text": self.text,
            "remedy": self.remedy,
            "blocking": self.blocking,
        }

    def sentence(self) -> str:
        """One line for people: place, fault, remedy."""
        return f"{self.path or '/'}: {self.text} {self.remedy}"
