"""The process that typesets: it is let go after some documents, and its death is survived."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import psutil
import pytest
from pypdf import PdfReader
from structlog.testing import capture_logs

from api.statements.paper import paper
from api.statements.press import EACH, MOST, Press
from rooms.statement.compute import compute
from rooms.statement.view import of_partner
from storage.store import StoreUnavailable
from tests.unit.statement.examples import big, inputs, seal_of

AT = datetime(2026, 11, 2, tzinfo=UTC)
DATA = msgspec.json.encode(paper(compute(inputs()), "sv")).decode()


@pytest.fixture
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.rest()
    assert not typesetters()


def typesetters() -> list[psutil.Process]:
    return [
        one
        for one in psutil.Process().children()
        if "api.statements.typesetter" in " ".join(one.cmdline())
    ]


def test_one_process_sets_several_and_is_let_go(press: Press) -> None:
    first = press.typeset(DATA, AT)
    (process,) = typesetters()
    assert [press.typeset(DATA, AT) for _ in range(EACH - 2)] == [first] * (EACH - 2)
    assert [one.pid for one in typesetters()] == [process.pid]
    press.typeset(DATA, AT)
    assert not typesetters()
    assert press.typeset(DATA, AT) == first


def test_a_process_that_was_killed_is_told_of_and_replaced(press: Press) -> None:
    press.typeset(DATA, AT)
    (process,) = typesetters()
    process.kill()
    process.wait(10)
    with pytest.raises(StoreUnavailable) as caught:
        press.typeset(DATA, AT)
    assert "PDF" in caught.value.render("sv")
    assert press.typeset(DATA, AT).startswith(b"%PDF")


def test_a_document_that_cannot_be_set_says_why_and_the_next_one_can(press: Press) -> None:
    press.typeset(DATA, AT)
    (process,) = typesetters()
    with capture_logs() as logs, pytest.raises(StoreUnavailable) as caught:
        press.typeset("{}", AT)
    why = 'dictionary does not contain key "title"'
    assert logs == [{"event": "not_typeset", "detail": why, "log_level": "error"}]
    assert all(why in caught.value.render(language) for language in ("sv", "en"))
    assert press.typeset(DATA, AT).startswith(b"%PDF")
    assert typesetters() == [process]


def test_the_reason_is_one_line_of_bounded_length(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = (
        "import sys; sys.stdin.readline(); said = ('rad 1\\nrad 2 ' + 'å' * 1000).encode();"
        "sys.stdout.buffer.write((-len(said)).to_bytes(8, 'big', signed=True) + said)"
    )
    monkeypatch.setattr(Press, "COMMAND", (sys.executable, "-c", child))
    with capture_logs() as logs, pytest.raises(StoreUnavailable):
        press.typeset(DATA, AT)
    (log,) = logs
    assert log["detail"].startswith("rad 1 rad 2 ååå")
    assert len(log["detail"]) == MOST


def test_it_knows_none_of_our_secrets(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_SIGNING_SECRET", "x" * 40)
    press.typeset(DATA, AT)
    (process,) = typesetters()
    assert not [name for name in process.environ() if name.startswith("RUMSKOLL_")]


def test_it_ends_with_its_input() -> None:
    child: subprocess.Popen[Any] = subprocess.Popen(
        Press.COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    child.communicate(timeout=20)
    assert child.returncode == 0


def test_a_house_of_very_many_rooms_is_told_in_few_rows_that_sum_up(press: Press) -> None:
    given = big(rooms=40, partners=3)
    made = of_partner(compute(given, seal_of(given)), "partner-000")
    content = press.typeset(msgspec.json.encode(paper(made, "sv")).decode(), AT)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "rum till" in text
    # bars list the rooms that were used most, and say how many stand in the workbook
    assert "25 rum som använts mindre" in text
