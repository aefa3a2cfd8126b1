"""Takes in statements that were issued elsewhere: after a restore, those that are newer than the
backup. They must go on with the chain where the ledger's ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rooms.statement.codec import decode
from rooms.statement.seal import Seal, sha256
from storage.ledger import INPUTS, MANIFEST, Ledger, LedgerError
from storage.ledger_files import SUMS, Place, read_sums
from storage.state import Issued

Files = Mapping[str, bytes]  # path within the folder -> content, ``SHA256SUMS`` too


class Candidate(NamedTuple):
    """A folder of a statement; ``read`` gives its files."""

    place: Place
    read: Callable[[], Files]


class _Chain(NamedTuple):
    number: int
    sums: str
    versions: Mapping[str, int]  # month -> its newest


def adopt(ledger: Ledger, candidates: Sequence[Candidate], now: int, actor: str) -> list[Issued]:
    """Adopt those that the ledger does not have, all or, on a mistake found in one, none.

    Raises ``LedgerError`` for one that is not as it was issued, that does not follow the one
    before it, or that differs from the ledger's own of its number.
    """
    with ledger.turn() as turn:
        own = {one.number: one for one in turn.issued}
        chain = _Chain(
            max(own, default=0),
            turn.previous,
            {one.month: one.version for one in sorted(turn.issued, key=lambda x: x.version)},
        )
        new: list[Candidate] = []
        for one in sorted(candidates, key=lambda candidate: candidate.place):
            files = one.read()
            seal = _sealed(one.place, files)
            if known := own.get(one.place.number):
                if known.sums != sha256(files[SUMS]):
                    raise _wrong("other", one.place)
                continue
            chain = _next(chain, one.place, seal, sha256(files[SUMS]))
            new.append(one)
        adopted = []
        for one in new:
            files = one.read()
            told = ((path, files[path]) for path in sorted(files) if path != SUMS)
            row = turn.keep(one.place.month, one.place.version, told)
            turn.issued.append(row)
            adopted.append(row)
            subject = f"statement {row.number}"
            ledger.state.access.audit(now, actor, "statement adopted", subject, row.folder)
        return adopted


def _sealed(place: Place, files: Files) -> Seal:
    """Its manifest, when every file is as it was issued."""
    try:
        listed = read_sums(files[SUMS])
        seal = decode(files[MANIFEST], Seal)
        inputs = sha256(files[INPUTS])
    except (KeyError, ValueError):  # msgspec's errors are ValueErrors too
        raise _wrong("unreadable", place) from None
    for path in sorted(listed.keys() | files.keys() - {SUMS}):
        if path not in files or sha256(files[path]) != listed.get(path):
            raise _wrong("changed", place, file=path)
    if seal.inputs != inputs or Place(seal.number, seal.month, seal.version) != place:
        raise _wrong("changed", place, file=MANIFEST)
    return seal


def _next(chain: _Chain, place: Place, seal: Seal, sums: str) -> _Chain:
    if place.number != chain.number + 1:
        raise _wrong("gap", place, missing=chain.number + 1)
    follows = chain.versions.get(place.month, 0) + 1
    if seal.previous != chain.sums or place.version != follows:
        raise _wrong("chain", place)
    return _Chain(place.number, sums, {**chain.versions, place.month: place.version})


def _wrong(key: str, place: Place, **values: object) -> LedgerError:
    return LedgerError.say(f"statement.adopt.{key}", folder=place.folder, **values)
