"""Reads InfluxQL as far as the dashboards use it: one SELECT (with subqueries) or SHOW TAG VALUES.

Stricter than a server: names stand in double quotes, there is one statement, and nothing that
changes or administers. Grafana's macros and variables may stand where it will put a value.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<string>'(?:[^'\\]|\\.)*')
    | (?P<name>"(?:[^"\\]|\\.)*")
    | (?P<macro>\$\{[^}]+\}(?:ms|s)?|\$\w+)
    | (?P<number>\d+(?:\.\d+)?(?:ns|u|ms|s|m|h|d|w)?(?!\w))
    | (?P<word>[A-Za-z_]\w*)
    | (?P<sign>=~|!~|<>|!=|>=|<=|[-+*/%(),=<>])
    )""",
    re.VERBOSE,
)
_REGEX: Final = re.compile(r"\s*/((?:[^/\\]|\\.)*)/")
# from what binds least on
_LEVELS: Final = (
    ("OR",),
    ("AND",),
    ("=", "!=", "<>", "<", "<=", ">", ">=", "=~", "!~"),
    ("+", "-"),
    ("*", "/", "%"),
)


class Leaf(NamedTuple):
    kind: str  # string, name, macro, number, regex, word (time, now)
    text: str  # without its quotes


class Call(NamedTuple):
    function: str
    arguments: tuple[Node, ...]


class Binary(NamedTuple):
    operator: str
    left: Node
    right: Node


Node = Leaf | Call | Binary


class Column(NamedTuple):
    node: Node
    alias: str | None


class Select(NamedTuple):
    columns: tuple[Column, ...]
    sources: tuple[str | Select, ...]
    where: Node | None
    tags: tuple[str, ...]  # grouped by
    every: Node | None  # of GROUP BY time(every)
    fill: str | None
    rest: tuple[str, ...]  # ORDER, LIMIT, SLIMIT, TZ


class ShowTagValues(NamedTuple):
    source: str
    key: str
    where: Node | None


class NotInfluxql(Exception):
    """What is wrong with a query."""


def read(query: str) -> Select | ShowTagValues:
    """Raises ``NotInfluxql``."""
    reader = _Reader(query)
    statement: Select | ShowTagValues = (
        reader.select() if reader.taken("SELECT") else reader.show_tag_values()
    )
    if reader.kind:
        raise reader.wrong("the end")
    return statement


def leaves(node: Node | None) -> list[Leaf]:
    match node:
        case Leaf():
            return [node]
        case Call(_, arguments):
            return [leaf for one in arguments for leaf in leaves(one)]
        case Binary(_, left, right):
            return leaves(left) + leaves(right)
    return []


class _Reader:
    """Looks one token ahead: ``kind`` and ``text``, both empty at the end."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._at = 0
        self._next()

    def wrong(self, expected: str) -> NotInfluxql:
        return NotInfluxql(f"expected {expected}, found {self.text or 'the end'}: {self._query}")

    def _next(self) -> None:
        after_match = self._at and self.text in ("=~", "!~")
        found = (_REGEX if after_match else _TOKEN).match(self._query, self._at)
        if found is None:
            if rest := self._query[self._at :].strip():
                raise NotInfluxql(f"cannot read {rest[:40]!r}: {self._query}")
            self.kind = self.text = ""
        elif after_match:
            self.kind, self.text, self._at = "regex", found[1], found.end()
        else:
            self.kind, self.text = str(found.lastgroup), str(found[str(found.lastgroup)])
            self._at = found.end()

    def taken(self, *words: str) -> bool:
        """One of these words or signs, if it is next."""
        if self.kind not in ("word", "sign") or self.text.upper() not in words:
            return False
        self._next()
        return True

    def need(self, *words: str) -> None:
        for word in words:
            if not self.taken(word):
                raise self.wrong(word)

    def leaf(self, *kinds: str) -> Leaf:
        if self.kind not in kinds:
            raise self.wrong(" or ".join(kinds))
        text = self.text[1:-1] if self.kind in ("string", "name") else self.text
        found = Leaf(self.kind, text)
        self._next()
        return found

    # ---- statements, after their first word

    def show_tag_values(self) -> ShowTagValues:
        self.need("SHOW", "TAG", "VALUES", "FROM")
        source = self.leaf("name").text
        self.need("WITH", "KEY", "=")
        key = self.leaf("name").text
        return ShowTagValues(source, key, self._expression() if self.taken("WHERE") else None)

    def select(self) -> Select:
        columns = [self._column()]
        while self.taken(","):
            columns.append(self._column())
        self.need("FROM")
        sources = [self._source()]
        while self.taken(","):
            sources.append(self._source())
        where = self._expression() if self.taken("WHERE") else None
        tags, every = self._group()
        fill = self._fill()
        return Select(tuple(columns), tuple(sources), where, tags, every, fill, self._rest())

    def _source(self) -> str | Select:
        if not self.taken("("):
            return self.leaf("name").text
        self.need("SELECT")
        found = self.select()
        self.need(")")
        return found

    def _column(self) -> Column:
        node = self._expression(3)
        return Column(node, self.leaf("name").text if self.taken("AS") else None)

    def _group(self) -> tuple[tuple[str, ...], Node | None]:
        tags, every, more = [], None, self.taken("GROUP")
        if more:
            self.need("BY")
        while more:
            if self.taken("TIME"):
                self.need("(")
                every = self._expression(3)
                if self.taken(","):
                    self._expression(3)
                self.need(")")
            else:
                tags.append(self.leaf("name").text)
            more = self.taken(",")
        return tuple(tags), every

    def _fill(self) -> str | None:
        if not self.taken("FILL"):
            return None
        self.need("(")
        fill = self.leaf("word", "number").text
        self.need(")")
        return fill

    def _rest(self) -> tuple[str, ...]:
        found = []
        if self.taken("ORDER"):
            self.need("BY", "TIME")
            found.append("ORDER" if self.taken("DESC") or self.taken("ASC") else "ORDER BY TIME")
        for word in ("LIMIT", "OFFSET", "SLIMIT"):
            if self.taken(word):
                self.leaf("number")
                found.append(word)
        if self.taken("TZ"):
            self.need("(")
            self.leaf("string")
            self.need(")")
            found.append("TZ")
        return tuple(found)

    # ---- expressions

    def _expression(self, level: int = 0) -> Node:
        if level == len(_LEVELS):
            return self._operand()
        node = self._expression(level + 1)
        while self.kind in ("word", "sign") and self.text.upper() in _LEVELS[level]:
            operator = self.text.upper()
            self._next()
            node = Binary(operator, node, self._expression(level + 1))
        return node

    def _operand(self) -> Node:
        if self.taken("("):
            node = self._expression()
            self.need(")")
            return node
        if self.taken("-"):
            return Binary("-", Leaf("number", "0"), self._operand())
        leaf = self.leaf("string", "name", "macro", "number", "regex", "word")
        if leaf.kind != "word":
            return leaf
        if not self.taken("("):
            if leaf.text != "time":
                raise NotInfluxql(f"the name {leaf.text} has no double quotes: {self._query}")
            return leaf
        arguments: list[Node] = []
        while not self.taken(")"):
            if arguments:
                self.need(",")
            arguments.append(self._expression(3))
        return Call(leaf.text.lower(), tuple(arguments))
