"""What alerts say of every code, in both languages: the words are in ``alert_words.txt``.

At 08.56 on a Tuesday: there is a meeting in Granen at 09.00, Tallen and Umeälven are vacant, and
Tallen is booked from 11.00.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from composed import Words

from rooms.registry.alerting import Code

BLOCKS = (Path(__file__).parent / "alert_words.txt").read_text().strip().split("\n\n")[1:]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    words = Words(tmp_path_factory.mktemp("words"))
    words.vacant("tallen", "umealven")
    words.book("granen", ("09.00", "10.00"))
    words.book("tallen", ("11.00", "12.00"))
    return words


@pytest.mark.parametrize("block", BLOCKS, ids=[block.split("\n")[0] for block in BLOCKS])
def test_one_line_says_it_all(words: Words, block: str) -> None:
    what, swedish, english = block.split("\n")
    code, subject, detail, severity = what.split(" | ")
    members = ("granen-klimat", "tallen-oga") if code == "source_silent" else ()
    fault = words.find(code, subject, detail, severity, members=members)
    try:
        told = words.tell(fault, language="sv")
        assert told.line == swedish
        assert told.text.splitlines()[0] == swedish
        assert words.tell(fault, language="en").line == english
    finally:
        words.end(fault, "08.57")


def test_every_code_is_here() -> None:
    assert {block.partition(" | ")[0] for block in BLOCKS} == {*get_args(Code)}
