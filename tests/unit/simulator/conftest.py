"""The example site, read once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rooms.registry.parse import parse_site
from rooms.registry.registry import Registry

ROOMS = Path(__file__).parents[3] / "examples" / "lycksele" / "rooms.yaml"


@pytest.fixture(scope="session")
def site():
    return parse_site(ROOMS.read_text("utf-8"), "rooms.yaml")


@pytest.fixture(scope="session")
def registry(site):
    return Registry([site])


@pytest.fixture(scope="session")
def rooms_file():
    return ROOMS


@pytest.fixture(scope="session")
def utc():
    """``utc(2026, 11, 17, 8)`` -> ms."""
    return lambda *parts: int(datetime(*parts, tzinfo=UTC).timestamp()) * 1000
