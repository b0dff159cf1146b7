"""What all curated records share: strictness, and the place in a source where a claim stands."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def real_day(day: str) -> str:
    """``day`` as it is where the calendar has it; a year or a month alone stands for its first day."""
    date.fromisoformat((day + "-01-01")[:10])
    return day


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._+-]*$", max_length=100)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Day = Annotated[str, StringConstraints(pattern=r"^(19|20)\d{2}(-\d{2}(-\d{2})?)?$"), AfterValidator(real_day)]
WholeDay = Annotated[str, StringConstraints(pattern=r"^(19|20)\d{2}-\d{2}-\d{2}$"), AfterValidator(real_day)]
Printed = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Number = int | float
Pair = Annotated[tuple[Number | None, Number | None], Field(strict=False)]
Lines = Annotated[tuple[int, int], Field(strict=False)]


class Model(BaseModel):
    """A closed, immutable model: a member that is not listed is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Located(Model):
    """A record that stands somewhere in a source.

    ``lines`` are the first and last line, 1-based, of the source's text file, where a line ends with LF. They
    are required for the founding sources and absent for everything else. ``also_lines`` is a second place in
    the same source: a sentence cut in two by a table, or a number printed in the text and in a table.
    """

    id: Id
    source: Id
    lines: Lines | None = None
    also_lines: Lines | None = None
    references: list[Id] = []
    conflicts: list[Id] = []
    added: Day | None = None
    record_status: Literal["active", "superseded", "withdrawn"] = "active"
    superseded_by: Id | None = None
    note: Text | None = Field(None, description="for curators; not exported as evidence")
