"""What a key means in a field of each kind.

An editor gets the form, the field, the key's name and its character; it returns whether the key was its own.
Keys that mean the same everywhere (Enter, arrows, back, unknown) are the form's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .check import LONGEST, read_number, read_text
from .fields import Choice, Field
from .presets import offered

if TYPE_CHECKING:
    from .machine import Form

Editor = Callable[["Form", Field, str, str], bool]


def _chosen(field: Field, char: str) -> Choice | None:
    return next((choice for choice in field.choices if choice.key == char), None) if char else None


def _not_a_choice(form: Form, field: Field, char: str) -> bool:
    """``0`` is unknown; any other character that is no answer is said to be none."""
    if char == "0":
        form.unknown()
    elif char.isalnum():
        form.message = f"{char} is no answer here; ? says unknown."
    else:
        return False
    return True


def choose(form: Form, field: Field, _: str, char: str) -> bool:
    """One answer of several: its key gives it and goes on."""
    choice = _chosen(field, char)
    if choice is None:
        return _not_a_choice(form, field, char)
    form.put(choice.value)
    form.advance()
    return True


def choose_pair(form: Form, field: Field, _: str, char: str) -> bool:
    """One answer that fills several members; a finer value that says the same is left standing."""
    choice = _chosen(field, char)
    if choice is None:
        return _not_a_choice(form, field, char)
    also = choice.also or {}
    for path, value in choice.value.items():
        if form.session.get(path) not in also.get(path, ()):
            form.session.set(path, value)
    form.advance()
    return True


def choose_gene(form: Form, field: Field, _: str, char: str) -> bool:
    """A result; where single results are listed, it is that of the last one."""
    choice = _chosen(field, char)
    if choice is None:
        return _not_a_choice(form, field, char)
    findings = form.session.get(form.path)
    form.session.set(
        f"{form.path}.{len(findings) - 1}.result" if isinstance(findings, list) and findings else form.path,
        choice.value,
    )
    form.advance()
    return True


def toggle(form: Form, field: Field, _: str, char: str) -> bool:
    """Several answers: each key puts its answer in or takes it out, ``n`` says that none is there."""
    if char == "n":
        form.put([])
        form.advance()
        return True
    choice = _chosen(field, char)
    if choice is None:
        return _not_a_choice(form, field, char)
    held = list(form.session.get(form.path) or ())
    held.remove(choice.value) if choice.value in held else held.append(choice.value)
    form.put([c.value for c in field.choices if c.value in held] or None)
    return True


def _typed(form: Form, name: str, char: str, allowed: Callable[[str], bool]) -> bool:
    """Adds to the draft or takes from it. An empty draft leaves Backspace to the form."""
    if name == "backspace" and form.draft:
        form.draft = form.draft[:-1]
    elif char and allowed(char) and len(form.draft) < LONGEST:
        form.draft += char
    else:
        return False
    form.pick = 0
    return True


def _commit(form: Form, value: Any, fault: str) -> bool:
    if fault:
        form.message = fault
    else:
        form.draft = ""
        form.put(value)
    return not fault


def enter_number(form: Form, field: Field, name: str, char: str) -> bool:
    """Digits and a point; checked on Enter."""
    if name == "enter" and form.draft:
        if _commit(form, *read_number(field, form.draft)):
            form.advance()
        return True
    if _typed(form, name, char, lambda c: c in "0123456789."):
        return True
    if char and (char.isalnum() or char == "," or (form.draft and char not in "?")):
        form.message = "Digits and a point only, as 12 or 5.6."
        return True
    return False


def enter_text(form: Form, field: Field, name: str, char: str) -> bool:
    """A short text; checked on Enter."""
    if name == "enter" and form.draft.strip():
        if _commit(form, *read_text(field, form.draft)):
            form.advance()
        return True
    return _typed(
        form, name, char, lambda c: c.isprintable() and c != "?" and (bool(form.draft) or c.isalnum() or c == "*")
    )


def enter_names(form: Form, field: Field, name: str, char: str) -> bool:
    """Names with suggestions: letters type, up and down pick, Enter takes the pick; digits give whole regimens."""
    if form.draft:
        return _complete(form, field, name, char)
    names = form.session.get(form.path)
    if name == "backspace" and names:
        form.put(names[:-1] or None)
        return True
    if char == "0":
        form.unknown()
        return True
    if char.isdigit():
        return _preset(form, char)
    return _typed(form, name, char, str.isalpha)


def _complete(form: Form, field: Field, name: str, char: str) -> bool:
    shown = form.suggestions
    if name == "enter":
        taken = shown[form.pick].name if shown and form.draft.strip() else ""
        form.draft, form.pick = "", 0
        names = form.session.get(form.path) or []
        if taken and taken not in names:
            form.put([*names, taken])
            if field.names == "drugs" and not form.index.known(taken):
                form.message = f"'{taken}' is not known here; it is kept as typed."
        return True
    if name in ("up", "down"):
        form.pick = max(0, min(len(shown) - 1, form.pick + (1 if name == "down" else -1)))
        return True
    return _typed(form, name, char, lambda c: c.isprintable() and c != "?")


def _preset(form: Form, char: str) -> bool:
    regimens = form.regimens
    if regimens is None:
        if char == "1":
            form.put([])
            form.advance()
        else:
            form.message = "Type a name; 1 says none, ? unknown."
    elif 0 < int(char) <= len(regimens):
        names = form.session.get(form.path) or []
        form.put([*names, *(n for n in regimens[int(char) - 1].names if n not in names)])
        form.advance()
    else:
        form.message = "No regimen stands behind this key; letters type a name."
    return True


def add_therapy(form: Form, field: Field, _: str, char: str) -> bool:
    """The history on the first page: regimens for the line that is still to be told, or what else can be added."""
    due = form.line_due
    if char == "+":
        form.begin("adjuvant")
    elif char == "0" and form.session.get("history"):
        form.advance()
    elif char == "0":
        form.unknown()
    elif due and (char.isalpha() or (char.isdigit() and int(char) <= len(offered(form.subtype, early=False)))):
        form.begin("metastatic")
        form.press("", char)
    elif char == "1" and not form.session.get("history"):
        form.put([])
        form.advance()
    elif char in ("2", "3"):
        form.begin("adjuvant" if char == "2" else "metastatic")
    else:
        return _not_a_choice(form, field, char)
    return True


def open_group(form: Form, field: Field, name: str, char: str) -> bool:
    """Enter opens what lies behind; among groups, so does the number of one."""
    if char.isdigit() and form.numbered and 0 < int(char) <= len(form.fields):
        form.move_to(int(char) - 1)
    elif name != "enter":
        return False
    form.details()
    return True


def open_list(form: Form, field: Field, _: str, char: str) -> bool:
    """1 opens the list, Enter goes past it."""
    if char == "1":
        form.details()
        return True
    return _not_a_choice(form, field, char)


def in_list(form: Form, field: Field, name: str, char: str) -> bool:
    """Rows of an open list: Enter opens or adds, a digit opens its entry, + adds, x removes."""
    if char == "+" or (field.kind == "add" and (name == "enter" or char == "1")):
        form.add()
    elif char == "x" and field.kind == "entry":
        form.remove()
    elif char.isdigit() and 0 < int(char) < len(form.fields):
        form.move_to(int(char) - 1)
        form.details()
    elif name == "enter":
        form.details()
    else:
        return False
    return True


EDITORS: Mapping[str, Editor] = {
    "choice": choose,
    "pair": choose_pair,
    "many": toggle,
    "number": enter_number,
    "text": enter_text,
    "names": enter_names,
    "gene": choose_gene,
    "therapies": add_therapy,
    "group": open_group,
    "list": open_list,
    "entry": in_list,
    "add": in_list,
}
