"""YAML text to plain data that remembers on which line everything stands.

Reads the YAML 1.2 core schema, so that ``no``, ``on`` and ``07:30`` stay text;
unquoted ``2026-01-31`` is a date. Keys are always text. Duplicate keys, unknown
tags, control characters and documents that explode by aliases are mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rooms.registry.mistakes import Mistake, RegistryError, shown

MAX_CHARACTERS: Final = 1_000_000
_MAX_NODES = 200_000  # after expanding aliases
_MAX_DEPTH = 40
_TAG = "tag:yaml.org,2002:"
_PLAIN = re.compile(r"[\w-]{1,64}")
_UNUSABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

Path = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """SafeLoader's reader and parser, with the resolvers of YAML 1.2 and ISO dates."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _name, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("timestamp", r"\d{4}-\d\d-\d\d", "0123456789"),
    ("int", r"[-+]?\d{1,18}", "-+0123456789"),
    ("float", r"[-+]?(\.\d+|\d+\.\d*)([eE][-+]?\d{1,2})?", "-+.0123456789"),
    ("float", r"[-+]?\d+[eE][-+]?\d{1,2}", "-+0123456789"),
    ("merge", r"<<", "<"),
):
    _matcher = re.compile(rf"(?:{_pattern})\Z", re.ASCII)
    _Loader.add_implicit_resolver(_TAG + _name, _matcher, list(_first))

_SCALARS: Final[Mapping[str, Callable[[str], Any]]] = {
    "str": str,
    "merge": str,
    "int": int,
    "float": float,
    "timestamp": date.fromisoformat,
    "null": lambda _: None,
    "bool": lambda word: {"true": True, "false": False}.get(word.lower(), word),
}


@dataclass(frozen=True, slots=True)
class Document:
    """Parsed data and where it stands: ``marks`` of values, ``keys`` of keys, by path."""

    file: str
    data: Any = None
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)  # scalars as they stand in the file

    def mistake(
        self, path: Path, key: str, /, *, at_key: bool = False, suggestion: str = "", **values: Any
    ) -> Mistake:
        """A mistake at ``path``; where that is missing, at what should contain it."""
        where = path
        line, column = (self.keys if at_key else self.marks).get(where, (0, 0))
        while not line and where:
            where = where[:-1]
            line, column = self.keys.get(where) or self.marks.get(where, (0, 0))
        return Mistake(self.file, line, column, dotted(path), key, values, suggestion)


def dotted(path: Path) -> str:
    """``("devices", 3, "room")`` -> ``devices[3].room``."""
    out = ""
    for part in path:
        plain = isinstance(part, str) and _PLAIN.fullmatch(part)
        out += f".{part}" if plain else f"[{shown(part)}]"
    return out.removeprefix(".")


def read_document(text: str, file: str) -> Document:
    """Compose and build; raises ``RegistryError`` with every mistake found."""
    if len(text) > MAX_CHARACTERS:
        raise RegistryError([Mistake(file, 0, 0, "", "too_large", {"limit": "1 MB"})])
    loader: _Loader | None = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        raise RegistryError([_syntax(error, file, text)]) from None
    except RecursionError:
        raise RegistryError([Mistake(file, 1, 1, "", "too_deep", {})]) from None
    finally:
        if loader is not None:
            loader.dispose()
    if node is None:
        raise RegistryError([Mistake(file, 0, 0, "", "empty", {})])
    return _Builder(file).document(node)


class _Builder:
    """Builds data from nodes, noting marks and mistakes on the way."""

    def __init__(self, file: str) -> None:
        self.out = Document(file)
        self.mistakes: list[Mistake] = []
        self.nodes = 0

    def document(self, node: Node) -> Document:
        data = self.build(node, ())
        if self.mistakes:
            raise RegistryError(self.mistakes)
        out = self.out
        return Document(out.file, data, out.marks, out.keys, out.written)

    def build(self, node: Node, path: Path) -> Any:
        self.out.marks[path] = _place(node)
        self.count(path, len(path))
        if isinstance(node, ScalarNode):
            return self.scalar(node, path)
        if isinstance(node, SequenceNode) and node.tag == _TAG + "seq":
            return [self.build(item, (*path, i)) for i, item in enumerate(node.value)]
        if isinstance(node, MappingNode) and node.tag == _TAG + "map":
            return self.mapping(node, path)
        return self.wrong(path, "tag", tag=shown(node.tag))

    def mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node, own in self.pairs(node, path, 0):
            if not isinstance(key_node, ScalarNode):
                self.wrong(path, "key_not_text")
                continue
            key = key_node.value
            below = (*path, key)
            if key not in data:
                self.out.keys[below] = _place(key_node)
                if _UNUSABLE.search(key):
                    self.wrong(below, "control")
                data[key] = self.build(value_node, below)
            elif own:
                values = {"name": shown(key), "first": self.out.keys[below][0]}
                place = _place(key_node)
                self.mistakes.append(
                    Mistake(self.out.file, *place, dotted(path), "key_twice", values)
                )
        return data

    def pairs(self, node: MappingNode, path: Path, depth: int) -> Iterator[tuple[Node, Node, bool]]:
        """A mapping's own pairs, then those of ``<<: *defaults`` (which never win)."""
        merged: list[Node] = []
        for key_node, value_node in node.value:
            self.count(path, len(path) + depth)
            if key_node.tag == _TAG + "merge":
                several = isinstance(value_node, SequenceNode)
                merged += value_node.value if several else [value_node]
            else:
                yield key_node, value_node, depth == 0
        for part in merged:
            if isinstance(part, MappingNode):
                yield from self.pairs(part, path, depth + 1)
            else:
                self.wrong(path, "merge")

    def count(self, path: Path, depth: int) -> None:
        self.nodes += 1
        if self.nodes > _MAX_NODES or depth > _MAX_DEPTH:
            key = "too_deep" if depth > _MAX_DEPTH else "too_many"
            raise RegistryError([self.out.mistake(path[:2], key)])

    def scalar(self, node: ScalarNode, path: Path) -> Any:
        value: str = node.value
        self.out.written[path] = value
        if _UNUSABLE.search(value):
            return self.wrong(path, "control")
        read = _SCALARS.get(node.tag.removeprefix(_TAG))
        if read is None:
            return self.wrong(path, "tag", tag=shown(node.tag))
        try:
            return read(value)
        except ValueError:  # 2026-02-30, or a tag such as !!int on a word
            return value

    def wrong(self, path: Path, key: str, **values: Any) -> None:
        self.mistakes.append(self.out.mistake(path, key, **values))


def _place(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


# What PyYAML says -> our text; the first that is found in its problem or context.
_PROBLEMS: Final[Sequence[tuple[str, str]]] = (
    (r"character '\t'", "yaml_tab"),
    ("mapping values are not allowed", "yaml_colon"),
    ("could not find expected ':'", "yaml_no_colon"),
    ("found undefined alias", "yaml_alias"),
    ("quoted scalar", "yaml_quote"),
    ("double-quoted", "yaml_quote"),
    ("flow sequence", "yaml_bracket"),
    ("flow mapping", "yaml_bracket"),
    ("block collection", "yaml_indent"),
    ("block mapping", "yaml_indent"),
    ("expected a single document", "yaml_documents"),
    ("that cannot start any token", "yaml_character"),
)


def _syntax(error: yaml.YAMLError, file: str, text: str) -> Mistake:
    if not isinstance(error, yaml.MarkedYAMLError):  # ReaderError: a character YAML forbids
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position) + 1
        return Mistake(file, line, position - text.rfind("\n", 0, position), "", "control", {})
    said = f"{error.problem} {error.context}"
    key = next((key for words, key in _PROBLEMS if words in said), "yaml_other")
    in_context = key in {"yaml_quote", "yaml_bracket", "yaml_no_colon"}
    mark = (error.context_mark if in_context else None) or error.problem_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Mistake(file, line, column, "", key, {"problem": error.problem or error.context or ""})
