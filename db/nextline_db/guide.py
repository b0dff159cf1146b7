"""Writes the curators' field guide, ``db/EVIDENCE.md``, from the models, so that it cannot fall behind them."""

from __future__ import annotations

import inspect
import re
import sys
import types
import typing
from pathlib import Path

from pydantic.fields import FieldInfo

from .medicines import MedicationClass
from .models import codes, records, rules
from .models.base import Model
from .regimens import Regimen

_RECORDS: tuple[type[Model], ...] = (
    records.Source,
    records.Reference,
    records.Study,
    records.Mention,
    records.Result,
    records.AdverseEvent,
    records.Mechanism,
    records.Statement,
    records.Drug,
    records.DrugClass,
    records.Approval,
    records.Safety,
    records.Conflict,
    records.Criterion,
    records.Side,
)
_RULES: tuple[type[Model], ...] = (
    rules.Option,
    rules.Named,
    rules.Offer,
    rules.Hold,
    rules.Exclude,
    rules.Caution,
    rules.Companion,
    rules.Flag,
    rules.Test,
    rules.Mechanism,
    rules.Outlook,
    rules.Trial,
    rules.Targets,
    rules.Lays,
    rules.Cite,
    rules.Unknown,
    rules.FlagUnknown,
)
_VOCABULARY: tuple[type[Model], ...] = (
    MedicationClass,
    Regimen,
    codes.DrugCodes,
    codes.GeneCodes,
    codes.EventCodes,
    codes.CodeSource,
    codes.DrugCode,
    codes.GeneCode,
    codes.TermCode,
    codes.EventName,
)
_HEAD = Path(__file__).with_name("guide.md")


def text() -> str:
    """The whole guide as Markdown."""
    parts = [
        _HEAD.read_text(encoding="utf-8"),
        "\n## Evidence records\n",
        *map(_model, _RECORDS),
        "\n## Options and rules\n",
        *map(_model, _RULES),
        "\n## Vocabulary\n",
        *map(_model, _VOCABULARY),
    ]
    return "".join(parts)


def _model(model: type[Model]) -> str:
    rows = "".join(
        f"| `{field.alias or name}` | {_type(field.annotation)} | {_needed(field)} | {field.description or ''} |\n"
        for name, field in model.model_fields.items()
    )
    summary = re.sub(
        r":\w+:|``",
        lambda role: "`" if role[0] == "``" else "",
        " ".join(inspect.cleandoc(model.__doc__ or "").split()),
    )
    return f"\n### {model.__name__}\n\n{summary}\n\n| member | form | | |\n|---|---|---|---|\n{rows}"


def _needed(field: FieldInfo) -> str:
    return "required" if field.is_required() else ""


def _type(annotation: object) -> str:
    """A type in words."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _type(arguments[0])
    if origin is typing.Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(_type(a) for a in arguments if a is not type(None)))
    if annotation is typing.Any:
        return "anything"
    if origin is list:
        return f"list of {_type(arguments[0])}"
    if origin is tuple:
        return "[" + ", ".join(_type(a) for a in arguments) + "]"
    names = {str: "text", int: "number", float: "number", bool: "true or false", dict: "mapping"}
    return names.get(origin or annotation) or str(getattr(annotation, "__name__", "anything"))  # type: ignore[arg-type]


def main() -> int:
    """Writes ``db/EVIDENCE.md``."""
    Path("db/EVIDENCE.md").write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
