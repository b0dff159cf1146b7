"""What the profile holds at a field, in the few words that a line of the form has room for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..session import Session
from .fields import Choice, Field

UNKNOWN = "?"


def shown(session: Session, field: Field, path: str) -> str:
    """The value at a field as words; ``?`` where it is not known, nothing where the field only leads to others."""
    return _SHOWN[field.kind](session, field, path)


def matching(session: Session, field: Field) -> Choice | None:
    """The answer of a pair that the profile holds, another way of saying the same included."""
    for choice in field.choices:
        also = choice.also or {}
        if all(session.get(path) in (value, *also.get(path, ())) for path, value in choice.value.items()):
            return choice
    return None


def label_of(field: Field, value: Any) -> str:
    """The wording of one value of a choice."""
    return next((choice.label for choice in field.choices if choice.value == value), str(value))


def _choice(session: Session, field: Field, path: str) -> str:
    value = session.get(path)
    if value is None:
        return UNKNOWN
    text = label_of(field, value)
    return (
        f"{value}: {text}" if any(c.key == "0" and c.value == 0 for c in field.choices) and text != str(value) else text
    )


def _pair(session: Session, field: Field, _: str) -> str:
    choice = matching(session, field)
    if choice:
        return choice.label
    known = any(session.get(path) is not None for path in field.choices[0].value)
    return "partly known" if known else UNKNOWN


def _many(session: Session, field: Field, path: str) -> str:
    values = session.get(path)
    return UNKNOWN if values is None else ", ".join(label_of(field, value) for value in values) or "none"


def _number(session: Session, field: Field, path: str) -> str:
    value = session.get(path)
    return UNKNOWN if value is None else f"{value} {field.unit}".replace(" %", "%").strip()


def _text(session: Session, _: Field, path: str) -> str:
    return session.get(path) or UNKNOWN


def _names(session: Session, _: Field, path: str) -> str:
    names = session.get(path)
    return UNKNOWN if names is None else " + ".join(map(short_name, names)) or "none"


def short_name(name: str) -> str:
    """Long class names in the short form that everybody uses."""
    return {"CDK4/6 inhibitor": "CDK4/6i", "aromatase inhibitor": "AI", "trastuzumab deruxtecan": "T-DXd"}.get(
        name, name
    )


def _gene(session: Session, field: Field, path: str) -> str:
    value = session.get(path)
    if isinstance(value, list):
        results = [label_of(field, finding["result"]) for finding in value if finding.get("result")]
        return f"{results[-1]} ({len(results)})" if results else UNKNOWN
    return UNKNOWN if value is None else label_of(field, value)


def _therapies(session: Session, _: Field, path: str) -> str:
    entries = session.get(path)
    if entries is None:
        return UNKNOWN
    return f"{len(entries)}: {therapy(entries[-1])}" if entries else "none"


def therapy(entry: Mapping[str, Any]) -> str:
    """``CDK4/6i + AI, 14 months, progression``."""
    months = entry.get("months")
    parts = (
        " + ".join(map(short_name, entry.get("drugs") or ())) or "no drug named yet",
        "" if months is None else f"{months} months",
        str(entry.get("ended") or "").replace("_", " "),
    )
    return ", ".join(part for part in parts if part)


def _list(session: Session, field: Field, path: str) -> str:
    entries = session.get(path)
    return UNKNOWN if not entries else f"{len(entries)} {field.entry}{'s' if len(entries) > 1 else ''}"


def _entry(session: Session, field: Field, path: str) -> str:
    entry = session.get(path) or {}
    if "drugs" in entry:
        return f"{entry.get('setting')}: {therapy(entry)}"
    members = (
        shown(session, member, f"{path}.{member.path}") for member in field.fields if entry.get(member.path) is not None
    )
    return ", ".join(members) or "nothing entered yet"


def _nothing(*_: Any) -> str:
    return ""


_SHOWN: Mapping[str, Callable[[Session, Field, str], str]] = {
    "choice": _choice,
    "pair": _pair,
    "many": _many,
    "number": _number,
    "text": _text,
    "names": _names,
    "gene": _gene,
    "therapies": _therapies,
    "list": _list,
    "group": _nothing,
    "entry": _entry,
    "add": _nothing,
}
