"""Feeds written after those of Exchange, Outlook, Google and Nextcloud."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collector.calendars.reader import read_feed
from tests.unit.calendars.feeds import cautions, ms, request

FOLDER = Path(__file__).parents[2] / "payloads" / "calendars"
FEEDS = sorted(FOLDER.glob("*.ics"))


@pytest.mark.parametrize("feed", FEEDS, ids=lambda path: path.stem)
def test_feeds_of_real_programs(feed: Path) -> None:
    expected = json.loads(feed.with_suffix(".json").read_text("utf-8"))
    found = read_feed(feed.read_bytes().decode("utf-8-sig"), request())
    assert [[b.start, b.stop, b.partner] for b in found.events] == [
        [ms(start), ms(stop), partner] for start, stop, partner in expected["events"]
    ]
    assert found.ignored == expected["ignored"]
    assert [list(c) for c in cautions(found)] == expected["cautions"]


def test_there_is_a_feed_of_each() -> None:
    assert [feed.stem for feed in FEEDS] == ["exchange", "google", "nextcloud", "outlook"]
