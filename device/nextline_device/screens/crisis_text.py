"""Five questions on organs that help to judge whether there is a visceral crisis. They lead to a referral, never to a
drug."""

from __future__ import annotations

from collections.abc import Sequence

from ..tongue import _
from .rows import Page, Row, page_of, row, wrapped

Answers = Sequence[bool | None]
QUESTIONS = (
    ("Liver", "Is the liver failing fast because of the cancer (jaundice, rising bilirubin, confusion, bleeding)?"),
    ("Lungs", "Breathless at rest or quickly worse, from spread in the lungs or fluid that comes back?"),
    ("Bone marrow", "Are blood counts falling because the cancer fills the bone marrow?"),
    ("Brain, spine", "New confusion, fits, weakness, or signs of pressure on brain or spinal cord?"),
    ("Heart, kidneys", "Fluid around the heart, or kidneys failing because the cancer blocks the urine?"),
)
_SAID = {True: "YES", False: "no", None: "?"}


def crisis(answers: Answers) -> bool | None:
    """Whether the answers speak for a crisis; ``None`` while one that might is missing."""
    return True if True in answers else None if None in answers else False


def page(answers: Answers, width: int, telephone: str | None) -> Page:
    """The questions with their answers, and what follows."""
    rows: list[Row] = []
    for place, ((organ, question), answer) in enumerate(zip(QUESTIONS, answers, strict=True)):
        key = str(place)
        rows.append(row(f"   {_(organ)}: {_(_SAID[answer])}", "strong", key))
        rows += wrapped(_(question), width, "     ", key=key)
    return page_of(
        (("head", _head(width)), ("questions", rows), ("verdict", _verdict(crisis(answers), width, telephone)))
    )


def _head(width: int) -> list[Row]:
    text = _(
        "An aid for asking, not a definition: no source of this store defines a visceral crisis. A clinician judges."
    )
    return wrapped(text, width, " ")


def _verdict(found: bool | None, width: int, telephone: str | None) -> list[Row]:
    if found:
        text = _("URGENT: REFER. An organ may be about to fail; an oncologist or the emergency service judges.")
        call = [_("Telephone: {number}").format(number=telephone)] if telephone else []
        rows = [row for line in (text, *call) for row in wrapped(line, width, " ", tone="alert")]
        return [*rows, *wrapped(_("Enter enters 'visceral crisis: yes' in the profile."), width, " ")]
    if found is None:
        return wrapped(_("Not all is known yet; what is not known is not taken for no."), width, " ", tone="strong")
    text = _("Nothing here points to a crisis. Enter enters 'visceral crisis: no' in the profile.")
    return wrapped(text, width, " ", tone="strong")
