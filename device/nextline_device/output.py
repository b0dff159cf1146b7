"""Standard output: the one place that writes answers, as lines of text or as JSON."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from typing import Any

# what a terminal obeys, and what hides or turns round the text beside it; a line feed is seen to by ``shown``
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


class OutputError(Exception):
    """The answer could not be written; the text says why and what to do."""


def shown(text: str) -> str:
    """The text on one line, its unseen characters written as in JSON (``\\u001b``): a name from a file can neither
    steer the terminal nor look like a line of the program's own."""
    return _escaped(text).replace("\n", "\\n")


def _escaped(text: str) -> str:
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def lines(texts: Iterable[str]) -> None:
    """Writes lines of text. What the terminal's own encoding lacks is written by its name."""
    text = "".join(f"{shown(text)}\n" for text in texts)
    _write(text, getattr(sys.stdout, "encoding", None) or "utf-8")


def as_json(value: Any, indent: int | None = None) -> None:
    """Writes a value as JSON in UTF-8, whatever the terminal's encoding."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    _write(f"{_escaped(text)}\n", "utf-8")


def _write(text: str, encoding: str) -> None:
    if sys.stdout is None:
        raise OutputError("The answer could not be written: standard output is closed. Leave it open.")
    try:
        sys.stdout.buffer.write(text.encode(encoding, "namereplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(
            f"The answer could not be written: {error.strerror}. Free some space, or write it elsewhere."
        ) from None


def discard() -> None:
    """Sends what is left unwritten to nowhere, so that the interpreter does not complain of it at its end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
