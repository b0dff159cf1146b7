"""Validates what stands in a YAML file, entry by entry, so that one fault hides no other; each has its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from . import yamlfile
from .problems import CurationError, Problem

_ID = re.compile(r"(?:^|[\s{,])id:\s*[\"']?([a-z0-9][a-z0-9._+-]*)", re.MULTILINE)
M = TypeVar("M", bound=BaseModel)


@dataclass
class Faults:
    """The problems met so far, and the ids of entries that are written but could not be read.

    What only names such an id has no fault of its own.
    """

    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


def files(db: Path, folder: str, faults: Faults) -> Iterator[yamlfile.YamlFile]:
    """Every YAML file below ``db/folder``, in order of name; those that cannot be read are told."""
    if not (db / folder).is_dir():
        faults.problems.append(Problem(folder, 0, "", "there is no such folder", "name the project's db folder"))
    for path in sorted((db / folder).rglob("*.y*ml")):
        try:
            if path.suffix != ".yaml":
                name = path.relative_to(db).as_posix()
                raise CurationError([Problem(name, 0, "", "is not read: its name ends otherwise", "end it in .yaml")])
            yield yamlfile.read(path, db)
        except CurationError as error:
            faults.problems.extend(error.problems)
            if path.is_file():
                faults.unread.update(_ID.findall(path.read_text(encoding="utf-8", errors="replace")))


def entries(
    file: yamlfile.YamlFile, kinds: Mapping[str, TypeAdapter[Any]], faults: Faults
) -> Iterator[tuple[str, int, Any]]:
    """Every sound entry of the file's lists, as (list, place in it, entry); an empty file has none."""
    data = {} if file.data is None else file.data
    if not isinstance(data, dict):
        text = f"holds {'a list' if isinstance(data, list) else 'a text'}, not lists by name"
        faults.problems.append(Problem(file.name, 1, "", text, f"begin with a name: {', '.join(kinds)}"))
        return
    for name, rows in data.items():
        if name not in kinds:
            text = f"'{name}' is none of {', '.join(kinds)}"
            faults.problems.append(
                Problem(file.name, file.line(name), "", text, "correct the name, or the indentation")
            )
        elif not isinstance(rows, list):
            text = f"'{name}' holds no list"
            faults.problems.append(
                Problem(file.name, file.line(name), "", text, "write its entries below it, each with -")
            )
        else:
            for index, row in enumerate(rows):
                entry = checked(kinds[name], row, file, faults.problems, (name, index))
                if entry is not None:
                    yield name, index, entry
                elif isinstance(row, dict):
                    faults.unread.add(str(row.get("id")))


def validate(model: type[M], data: Any, file: yamlfile.YamlFile, problems: list[Problem]) -> M | None:
    """Validates a whole file against one model; faults are added to ``problems`` with file and line."""
    found: M | None = checked(TypeAdapter(model), data, file, problems, ())
    return found


def checked(
    adapter: TypeAdapter[Any], data: Any, file: yamlfile.YamlFile, problems: list[Problem], at: tuple[str | int, ...]
) -> Any:
    """Validates what stands at a path of the file, or tells what is wrong with it."""
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            path = tuple(step for step in fault["loc"] if isinstance(step, str | int))
            member = ".".join(map(str, path))
            text = f"{member}: {fault['msg']}{_got(fault)}" if member else f"{fault['msg']}{_got(fault)}"
            problems.append(Problem(file.name, file.line(*at, *path), _name(data), text, _remedy(fault)))
        return None


def _name(data: Any) -> str:
    return str(data.get("id", "")) if isinstance(data, dict) else ""


def _got(fault: Any) -> str:
    value = fault.get("input")
    return "" if isinstance(value, dict | list) or value is None else f", not {value!r}"


def _remedy(fault: Any) -> str:
    return {
        "missing": "add it",
        "extra_forbidden": "correct the name, or take it out",
        "union_tag_invalid": "correct the kind",
        "union_tag_not_found": "add its kind",
    }.get(fault["type"], "see the field guide, db/EVIDENCE.md")
