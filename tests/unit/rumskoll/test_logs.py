"""What reaches the log of words that devices and strangers chose."""

from __future__ import annotations

from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from rumskoll.logs import LONGEST, configure, harmless


def clean(**given: Any) -> dict[str, Any]:
    return harmless(None, "warning", given)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Granen/PIR tak", "Granen/PIR tak"),
        ("högtalare ➜ 20 °C", "högtalare ➜ 20 °C"),
        ("a\x1b[2Jb", "a\\x1b[2Jb"),
        ("a\rlevel=error", "a\\rlevel=error"),
        ("\u202eevil\x9b", "\\u202eevil\\x9b"),
        ("\ud800", "\\ud800"),
        ("y" * 10_000, "y" * LONGEST + "…"),
        (17, 17),
        (None, None),
    ],
)
def test_values(said: Any, shown: Any) -> None:
    assert clean(topic=said) == {"topic": shown}


def test_tracebacks_are_whole() -> None:
    trace = "Traceback\n" + "  File x\n" * 200
    assert clean(exception=trace) == {"exception": trace}


@given(st.text())
def test_nothing_unprintable_is_left(said: str) -> None:
    shown = clean(topic=said)["topic"]
    assert all(c.isprintable() or c == "\n" for c in shown)


def test_one_line_an_event(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    try:
        configure("info", "collector")
        structlog.get_logger().warning("odd", topic="a\x1b[2J\nlevel=error event=forged\r\ud800")
    finally:
        structlog.configure(**before)
        structlog.contextvars.unbind_contextvars("role")
    (line,) = capsys.readouterr().err.splitlines()
    # logfmt writes a backslash twice, and a line break as one and an n
    assert r'topic="a\\x1b[2J\nlevel=error event=forged\\r\\ud800"' in line
    assert line.isprintable()
