"""Logs: one line an event, to standard error; colours only for a person at a terminal."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

LONGEST: Final = 500  # characters of a value; tracebacks are ours, and may be longer


def configure(level: str, role: str) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=False),
            structlog.processors.format_exc_info,
            harmless,
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
            if sys.stderr.isatty()
            else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(role=role)


def harmless(_logger: object, _level: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """What devices say ends up in logs too: no escape sequence of it may reach a terminal, and
    no message fill the disk."""
    return {name: _clean(name, value) for name, value in event.items()}


def _clean(name: str, value: Any) -> Any:
    said = value if isinstance(value, str) else str(value)
    plain = said.isascii() and said.isprintable()
    if plain and len(said) <= LONGEST:
        return value
    shown = "".join(
        c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in said
    )
    return shown if name == "exception" or len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
