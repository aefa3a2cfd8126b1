"""A month's statement as it would be issued now, and what stands against that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from api.statements.late import facts
from rooms.statement.compute import CannotCompute, compute
from rooms.statement.document import Statement
from rooms.statement.inputs import Inputs, Name, Override
from rooms.texts import Language, text


class Block(NamedTuple):
    """Why a statement cannot be issued now, or not made at all."""

    key: str  # of ``rooms.texts``
    values: Mapping[str, object] = {}

    def text(self, language: Language) -> str:
        told = {
            key: value.in_(language) if isinstance(value, Name) else value
            for key, value in self.values.items()
        }
        return text(language, self.key, **told)


class CannotIssue(Exception):
    """``blocks`` say why."""

    def __init__(self, *blocks: Block) -> None:
        super().__init__(" ".join(block.text("en") for block in blocks))
        self.blocks = blocks


class Draft(NamedTuple):
    statement: Statement | None  # None: there is none of these inputs, the blocks say why
    inputs: Inputs
    pending: int  # hours of rooms that are still to be computed
    blocks: tuple[Block, ...]  # none: it can be issued


def overridden(kept: tuple[Override, ...], given: Mapping[str, str]) -> tuple[Override, ...]:
    """The reasons for rooms, by room: those of the version before hold until others are given."""
    reasons = {one.room: one.reason for one in kept}
    reasons |= {room: reason.strip() for room, reason in given.items()}
    return tuple(Override(room, reason) for room, reason in sorted(reasons.items()) if reason)


def made(inputs: Inputs, pending: int, program: str, *also: Block, was: str | None) -> Draft:
    """``was``: the hash of the facts of the version that holds, if there is one."""
    blocks = [*also, *_blocks(inputs, pending, was)]
    try:
        statement = compute(inputs)
    except CannotCompute as error:
        blocks.append(Block(f"statement.cannot.{error.key}", error.values))
        return Draft(None, inputs, pending, tuple(blocks))
    statement = replace(statement, head=replace(statement.head, program=program))
    names = {room.room: room.name for room in statement.rooms}
    blocks += [
        Block("statement.block.gate", {"room": names[gate.room]})
        for gate in statement.gate
        if gate.open
    ]
    return Draft(statement, inputs, pending, tuple(blocks))


def _blocks(inputs: Inputs, pending: int, was: str | None) -> Iterator[Block]:
    if not inputs.costs:
        yield Block("statement.block.no_costs", {"month": inputs.month})
    if inputs.until < max((site.stop for site in inputs.sites), default=0):
        yield Block("statement.block.running", {"month": inputs.month})
    elif pending or not inputs.complete:
        yield Block("statement.block.pending", {"hours": pending})
    known = {room.id for room in inputs.rooms}
    for one in inputs.overrides:
        if one.room not in known:
            yield Block("statement.block.unknown_room", {"room": one.room})
    if was is not None and facts(inputs) == was:
        yield Block("statement.block.unchanged")
    elif was is not None and not inputs.reason:
        yield Block("statement.block.reason")
