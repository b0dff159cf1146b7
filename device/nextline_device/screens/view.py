"""What a page is drawn from. Free of Textual, so that every screen can be had as plain text too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nextline_core.rulebook import Rulebook
from nextline_db.store import Store

from ..engine import Engine
from ..tongue import _


@dataclass(frozen=True)
class View:
    """The evidence, the patient's profile, the answer to it (``None`` before there is one), and the width in cells."""

    engine: Engine
    width: int
    profile: Mapping[str, Any]
    answer: Mapping[str, Any] | None = None

    @property
    def book(self) -> Rulebook:
        """The rules."""
        return self.engine.book

    @property
    def store(self) -> Store:
        """The evidence store."""
        return self.engine.store

    def regimen(self, option: str) -> str:
        """The name of an option."""
        return self.book.options[option].regimen


def situation(answer: Mapping[str, Any]) -> str:
    """``HR+/HER2-, line 2``."""
    subtype = answer["subtype"] if answer["subtype"] != "unknown" else _("subtype not known")
    return _("{subtype}, line {line}").format(subtype=subtype, line=answer["line"] or _("not known"))
