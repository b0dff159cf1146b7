"""Reads one YAML file into plain values, and remembers on which line each of them stands.

Differences from plain YAML, all meant to keep a curator's figures as typed: dates stay text, only ``true`` and
``false`` are booleans (``no`` is text, not a No), and a key written twice is an error instead of the last one
winning.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from .problems import CurationError, Problem

_BOOL = re.compile(r"^(?:true|false)$")


class _Loader(yaml.CSafeLoader):
    pass


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in pairs if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
    ]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", _BOOL, list("tf"))


class YamlFile:
    """The content of one file (``data``) and its node tree, for line numbers."""

    def __init__(self, name: str, data: Any, node: yaml.Node | None) -> None:
        self.name = name
        self.data = data
        self._node = node

    def line(self, *path: str | int) -> int:
        """The 1-based line of the value at ``path`` (keys and indexes), or of its nearest ancestor."""
        node = self._node
        for step in path:
            below = _child(node, step)
            if below is None:
                break
            node = below
        return node.start_mark.line + 1 if node is not None else 0


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def read(path: Path, root: Path) -> YamlFile:
    """Reads ``path``; its name in messages is relative to ``root``.

    Raises :class:`CurationError`.
    """
    name = path.relative_to(root).as_posix()
    loader = _Loader(path.read_bytes())
    try:
        node = loader.get_single_node()
        twice = _repeated_keys(name, node)
        if twice:
            raise CurationError(twice)
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 0
        raise CurationError(
            [Problem(name, line, "", f"not readable as YAML: {error.problem}", "check indentation and quotes")]
        ) from None
    finally:
        loader.dispose()
    return YamlFile(name, data, node)


def _repeated_keys(name: str, node: yaml.Node | None) -> list[Problem]:
    problems: list[Problem] = []
    todo = [node]
    while todo:
        here = todo.pop()
        if isinstance(here, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in here.value:
                if key.value in seen:
                    problems.append(
                        Problem(
                            name, key.start_mark.line + 1, "", f"the key '{key.value}' stands twice", "keep one of them"
                        )
                    )
                seen.add(key.value)
                todo.append(value)
        elif isinstance(here, yaml.SequenceNode):
            todo.extend(here.value)
    return problems
