"""The language of the screens: English is the only one so far. A string that a catalogue may translate goes through
``_``; what the evidence says does not, for a sentence of a source, a rule or a label stands as it was curated.
"""

from __future__ import annotations

from contextvars import ContextVar
from gettext import NullTranslations

_SPOKEN: ContextVar[NullTranslations] = ContextVar("spoken", default=NullTranslations())  # noqa: B039  never changed


def _(text: str) -> str:
    """The text in the language that is spoken; the English text where the catalogue lacks it."""
    return _SPOKEN.get().gettext(text) if text else ""
