"""The language of the screens. English is the language of the code; other languages are catalogues beside it.

What the evidence says is not translated: a sentence of a source, a rule or a label stands as it was curated.
"""

from __future__ import annotations

from contextvars import ContextVar
from gettext import NullTranslations

_SPOKEN: ContextVar[NullTranslations] = ContextVar("spoken", default=NullTranslations())  # noqa: B039  never changed


def _(text: str) -> str:
    """The text in the language that is spoken; the English text where the catalogue lacks it."""
    return _SPOKEN.get().gettext(text) if text else ""
