"""Reads one YAML file into plain values, and remembers on which line each of them stands.

Differences from plain YAML, all meant to keep a curator's figures as typed: dates stay text, only ``true`` and
``false`` are booleans (``no`` is text, not a No), only plain decimal numbers are numbers (``010`` is not an 8, ``1:30``
not a 90), and a key written twice is an error instead of the last one winning. Aliases, tags and deep nesting, which
nobody needs here, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from . import sealed
from .problems import CurationError, Problem

_BOOL = re.compile(r"^(?:true|false)$")
_INT = re.compile(r"^-?(?:0|[1-9][0-9]{0,15})$")
_FLOAT = re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$")
_TAG = "tag:yaml.org,2002:"
_OWN = {"timestamp", "bool", "int", "float", "merge", "value"}  # resolved otherwise than YAML does, or not at all
_PLAIN = {_TAG + name for name in ("null", "bool", "int", "float", "str", "seq", "map")}
_DEPTH = 40


class _Loader(yaml.CSafeLoader):
    pass


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag.removeprefix(_TAG) not in _OWN]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_TAG + "bool", _BOOL, list("tf"))
_Loader.add_implicit_resolver(_TAG + "int", _INT, list("-0123456789"))
_Loader.add_implicit_resolver(_TAG + "float", _FLOAT, list("-0123456789"))


class YamlFile:
    """The content of one file (``data``) and its node tree, for line numbers."""

    def __init__(self, name: str, data: Any, node: yaml.Node | None) -> None:
        self.name = name
        self.data = data
        self._node = node

    def line(self, *path: str | int) -> int:
        """The 1-based line of the value at ``path`` (keys and indexes), or of its nearest ancestor.

        Steps that the file does not have are passed over: validation adds some of its own.
        """
        node = self._node
        for step in path:
            node = _child(node, step) or node
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

    Raises :class:`CurationError`, whatever is wrong with the file.
    """
    name = path.relative_to(root).as_posix()
    text = _text(path, name)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if problems := sorted(_unwanted(name, node)):
            raise CurationError(problems)
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _refused(name, mark.line + 1 if mark else 0, f"not readable as YAML: {error.problem}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _refused(name, line, "not readable as YAML: a control character", "take it out") from None
    except (ValueError, RecursionError) as error:
        raise _refused(name, 0, f"not readable as YAML: {error}") from None
    finally:
        loader.dispose()
    return YamlFile(name, data, node)


def _refused(name: str, line: int, text: str, remedy: str = "check indentation and quotes") -> CurationError:
    return CurationError([Problem(name, line, "", text, remedy)])


def _text(path: Path, name: str) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _refused(name, 0, "does not exist", "write it") from None
    except OSError as error:
        raise _refused(name, 0, f"cannot be read: {error.strerror}", "check the file") from None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(name, line, f"not UTF-8 at byte {error.start}", "save the file as UTF-8") from None
    marker = sealed.MARKER.decode()
    if marker in text:
        line = text.count("\n", 0, text.index(marker)) + 1
        raise _refused(name, line, f"holds '{marker}', which marks the digest of the store", "word it otherwise")
    return text


def _unwanted(name: str, root: yaml.Node | None) -> Iterator[Problem]:
    """What YAML allows and this project does not."""
    todo, met = [(root, 0)], set()
    while todo:
        node, depth = todo.pop()
        if node is None:
            continue
        line = node.start_mark.line + 1
        if id(node) in met:
            yield Problem(name, line, "", "an alias (*name) is used", "write the value out")
            continue
        met.add(id(node))
        if depth > _DEPTH:
            yield Problem(name, line, "", f"nested more than {_DEPTH} deep", "write it simpler")
        elif node.tag not in _PLAIN or not _fits(node):
            yield Problem(name, line, "", f"the tag '{node.tag.replace(_TAG, '!!')}' is used", "write a plain value")
        elif isinstance(node, yaml.MappingNode):
            yield from _keys(name, node)
            todo.extend((value, depth + 1) for _, value in node.value)
        elif isinstance(node, yaml.SequenceNode):
            todo.extend((value, depth + 1) for value in node.value)


def _fits(node: yaml.Node) -> bool:
    """Whether a number or boolean that a tag asks for is one."""
    pattern = {_TAG + "int": _INT, _TAG + "float": _FLOAT, _TAG + "bool": _BOOL}.get(node.tag)
    return pattern is None or pattern.match(str(node.value)) is not None


def _keys(name: str, node: yaml.MappingNode) -> Iterator[Problem]:
    seen: set[str] = set()
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            yield Problem(name, line, "", "a key is a list or a mapping", "write a plain key")
        elif key.value in seen:
            yield Problem(name, line, "", f"the key '{key.value}' stands twice", "keep one of them")
        else:
            seen.add(key.value)
