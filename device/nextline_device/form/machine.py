"""The form as a machine: fields, a cursor, a draft, and what a key does. It changes the session and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from nextline_core.consistency import subtype_of

from ..session import Session
from .editors import EDITORS
from .fields import Field
from .groups import METASTATIC, THERAPY
from .main import MAIN
from .names import NameIndex, Suggestion
from .presets import Preset, offered
from .wording import UNKNOWN, shown

LAST_FIELD = "This is the last field. F5 shows the options."
_DRUGS = next(place for place, field in enumerate(THERAPY) if field.path == "drugs")


@dataclass
class Level:
    """One form within another.

    ``listing`` is set where the rows are the entries of a list; a ``guided`` form stops at asked fields only.
    """

    title: str
    base: str
    fields: tuple[Field, ...] = ()
    listing: Field | None = None
    guided: bool = False
    cursor: int = 0


class Form:
    """Walks the fields of a session.

    ``draft`` is what is being typed, ``message`` what there is to say about the last key.
    """

    def __init__(self, session: Session, index: NameIndex, fields: tuple[Field, ...] = MAIN) -> None:
        self.session = session
        self.index = index
        self.levels = [Level("Profile", "", fields)]
        self.draft = ""
        self.pick = 0
        self.message = ""

    # What there is to see

    @property
    def level(self) -> Level:
        """The form that is open."""
        return self.levels[-1]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The rows of the open form."""
        listing = self.level.listing
        if listing is None:
            return self.level.fields
        entries = self.session.get(self.level.base) or ()
        rows = [Field(str(n), f"{listing.entry} {n + 1}", "entry", fields=listing.fields) for n in range(len(entries))]
        return (*rows, Field("", f"add a {listing.entry}", "add"))

    @property
    def field(self) -> Field:
        """The field under the cursor."""
        fields = self.fields
        return fields[min(self.level.cursor, len(fields) - 1)]

    @property
    def numbered(self) -> bool:
        """Whether the rows are opened by their number: groups, or entries of a list."""
        return self.level.listing is not None or all(field.kind == "group" for field in self.level.fields)

    @property
    def path(self) -> str:
        """Where the field under the cursor stands in the profile."""
        return self.path_of(self.field)

    def path_of(self, field: Field) -> str:
        """Where a field of the open form stands in the profile."""
        return f"{self.level.base}.{field.path}" if self.level.base else field.path

    def value(self, field: Field) -> str:
        """What the profile holds at a field of the open form, in words."""
        return shown(self.session, field, self.path_of(field))

    @property
    def answered(self) -> tuple[int, int]:
        """How many fields of the first page are known, and of how many."""
        first = self.levels[0].fields
        known = [
            shown(self.session, field, field.path) not in ("", UNKNOWN) for field in first if field.kind != "group"
        ]
        return sum(known), len(known)

    @property
    def subtype(self) -> str:
        """The subtype as far as the receptors tell it."""
        return subtype_of(self.session.profile())

    @property
    def suggestions(self) -> list[Suggestion]:
        """Names for what is being typed; the last is the word as it was typed."""
        typed = self.draft.strip()
        found = self.index.suggest(typed, self.field.names or "drugs")
        if any(suggestion.name.casefold() == typed.casefold() for suggestion in found):
            return found
        return [*found, Suggestion(typed, f"{typed} (as typed)")]

    @property
    def regimens(self) -> Sequence[Preset] | None:
        """The regimens behind the digits, ``None`` where the names are not those of a therapy."""
        if self.field.path != "drugs":
            return None
        return offered(self.subtype, self.session.get(f"{self.level.base}.setting") != METASTATIC)

    @property
    def line_due(self) -> int | None:
        """The earlier metastatic line whose therapy has not been told yet."""
        wanted = self.session.get("next_line")
        told = self._metastatic()
        return told + 1 if isinstance(wanted, int) and told < wanted - 1 else None

    def _metastatic(self) -> int:
        return sum(entry.get("setting") == METASTATIC for entry in self.session.get("history") or ())

    # Keys

    def press(self, name: str, char: str = "") -> None:
        """Does what a key means here. ``name`` as Textual calls it, ``char`` the character where it prints one."""
        self.message = ""
        if EDITORS[self.field.kind](self, self.field, name, char):
            return
        if name in _COMMON:
            _COMMON[name](self)
        elif char == "?":
            self.unknown()
        elif char == "-":
            self.back()

    def settle(self) -> bool:
        """Takes over what is still being typed; ``False``, with a message, where it is not right."""
        if self.draft:
            EDITORS[self.field.kind](self, self.field, "enter", "")
        return not self.draft

    def move(self, rows: int) -> None:
        """Moves the cursor; it stops at both ends."""
        self.move_to(self.level.cursor + rows)

    def move_to(self, row: int) -> None:
        """Puts the cursor on a row, if what is being typed can be taken over."""
        level = self.level
        if self.settle() and self.level is level:
            level.cursor = max(0, min(len(self.fields) - 1, row))

    def back(self) -> None:
        """The field before; from the first one out of the form."""
        if self.level.cursor:
            self.move(-1)
        else:
            self.leave()

    def leave(self) -> None:
        """Drops the draft, or else goes out of the form to the one it lies in."""
        if self.draft:
            self.draft, self.pick = "", 0
        elif len(self.levels) > 1:
            self._close()
        else:
            self.message = "This is the first page. F10 starts a new patient."

    def unknown(self) -> None:
        """Says that the field is not known, and goes on."""
        self.draft, self.pick = "", 0
        field = self.field
        if field.required:
            self.message = f"{field.label} is needed here; choose an answer."
            return
        if field.kind == "pair":
            for path in field.choices[0].value:
                self.session.clear(path)
        elif field.kind in ("therapies", "list") and self.session.get(self.path):
            self.message = "Entries stand here. F2 opens the list; x removes an entry."
            return
        elif field.kind not in ("group", "entry", "add"):
            self.session.clear(self.path)
        self.advance()

    def put(self, value: object) -> None:
        """Gives the field under the cursor a value."""
        self.session.set(self.path, value)
        for answer, neighbour in self.field.clears:
            if answer == value:
                self.session.clear(f"{self.level.base}.{neighbour}")

    def reach(self, path: str) -> bool:
        """Puts the cursor on the field of a path, wherever it lies; ``False`` where no field holds it."""
        way = _way(self.levels[0].fields, path)
        if way is None or not self.settle():
            return False
        del self.levels[1:]
        for place in way[:-1]:
            self.level.cursor = place
            self.details()
        self.level.cursor = way[-1]
        return True

    def advance(self) -> None:
        """The next field; from the last one out of the form, and on in the one it lies in."""
        level, fields = self.level, self.fields
        setting = str(self.session.get(f"{level.base}.setting"))
        for place in range(level.cursor + 1, len(fields)):
            if not level.guided or setting in fields[place].asked:
                level.cursor = place
                return
        if len(self.levels) > 1:
            self._close()
            if self.field.kind != "therapies" or not self.line_due:
                self._step()
        else:
            self.message = LAST_FIELD

    def _step(self) -> None:
        self.level.cursor = min(self.level.cursor + 1, len(self.fields) - 1)

    # Forms within the form

    def details(self) -> None:
        """Opens what lies behind the field under the cursor: a form, a list, or an entry of one."""
        field = self.field
        behind = field.details or field
        if not self.settle() or behind.kind not in ("group", "list", "therapies", "entry"):
            self.message = self.message or "Nothing more is asked here."
        elif behind.kind == "group":
            self.levels.append(Level(behind.question, self.level.base, behind.fields))
        elif behind.kind == "entry":
            self.levels.append(Level(field.label, self.path, behind.fields))
        else:
            self._open_list(behind)

    def _open_list(self, listing: Field) -> None:
        path = self.path_of(listing)
        held = self.session.get(path)
        if held is not None and not isinstance(held, list):  # a plain result becomes the first of several
            self.session.set(path, [held if isinstance(held, dict) else {"result": held}])
        self.levels.append(Level(listing.question or listing.label, path, listing=listing))
        if not held:
            self.add()

    def add(self) -> None:
        """Adds an entry to the open list and opens it."""
        base = self.level.base
        if base == "history":
            self.begin(METASTATIC, guided=False)
            return
        listing, place = self.level.listing, len(self.session.get(base) or ())
        if listing is None or place >= listing.most:
            self.message = "No more entries than these are kept."
            return
        self.level.cursor = place
        self.session.set(f"{base}.{place}", {})
        self.levels.append(Level(f"{listing.entry} {place + 1}", f"{base}.{place}", listing.fields))

    def remove(self) -> None:
        """Removes the entry under the cursor; a list that is empty then is unknown."""
        self.session.clear(self.path)
        self._forget_empty(self.level.base)
        self.move(0)

    def begin(self, setting: str, guided: bool = True) -> None:
        """Starts a therapy; one for early disease goes before the metastatic ones: oldest first."""
        entries = self.session.get("history") or []
        early = setting != METASTATIC
        place = len(entries) - self._metastatic() if early else len(entries)
        draft = {"setting": setting} if early else {"setting": setting, "line": self._metastatic() + 1}
        self.session.set("history", [*entries[:place], draft, *entries[place:]])
        title = "Therapy for early disease" if early else f"Line {draft['line']}"
        if self.level.listing is not None:
            self.level.cursor = place
        self.levels.append(Level(title, f"history.{place}", THERAPY, guided=guided, cursor=0 if early else _DRUGS))

    def _close(self) -> None:
        level = self.levels.pop()
        parent, _, last = level.base.rpartition(".")
        if last.isdigit() and not level.listing and self._is_draft(level.base, parent):
            self.session.clear(level.base)
            self._forget_empty(parent)
            self.message = "Nothing was named there, so the entry was not kept."
            if self.level.listing is not None and not self.session.get(parent):
                self.levels.pop()
        if level.listing is not None and level.listing.entry == "result":
            self._fold_findings(level.base)

    def _is_draft(self, path: str, parent: str) -> bool:
        entry = self.session.get(path)
        essential = "drugs" if parent == "history" else "event" if parent.endswith("toxicity") else ""
        return isinstance(entry, dict) and not (entry.get(essential) if essential else entry)

    def _forget_empty(self, path: str) -> None:
        if self.session.get(path) == []:
            self.session.clear(path)

    def _fold_findings(self, path: str) -> None:
        """One result without particulars is written as the plain result again."""
        findings = self.session.get(path)
        if isinstance(findings, list) and len(findings) == 1 and set(findings[0]) <= {"result"}:
            self.session.set(path, findings[0].get("result"))


def _way(fields: Sequence[Field], path: str) -> list[int] | None:
    """The rows to open, one within another, up to the field of a path."""
    for row, field in enumerate(fields):
        if field.kind == "group":
            within = _way(field.fields, path)
            if within is not None:
                return [row, *within]
        elif field.path == path:
            return [row]
    return None


_COMMON: Mapping[str, Callable[[Form], None]] = {
    "enter": Form.advance,
    "down": lambda form: form.move(1),
    "up": lambda form: form.move(-1),
    "home": lambda form: form.move_to(0),
    "end": lambda form: form.move_to(len(form.fields) - 1),
    "backspace": Form.back,
    "escape": Form.leave,
}
