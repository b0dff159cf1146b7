"""Members that have one of a few values, as pydantic types."""

from __future__ import annotations

from typing import Any

from pydantic import BeforeValidator
from pydantic_core import PydanticKnownError


def one_of(values: tuple[str | int, ...]) -> BeforeValidator:
    """Exactly one of ``values``, which the core lists; JSON's 2.0 is a 2, but ``true`` is no 1."""
    *some, last = map(repr, values)
    expected = f"{', '.join(some)} or {last}"

    def check(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, str | int | float) or value not in values:
            raise PydanticKnownError("literal_error", {"expected": expected})
        return value

    return BeforeValidator(check)
