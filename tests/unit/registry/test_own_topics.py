"""Sources that would hear what Rumskoll itself publishes: each of it an unknown device."""

from __future__ import annotations

import pytest

from rooms.registry.topics import is_own, meet
from tests.unit.registry.broken import broken, mistakes


@pytest.mark.parametrize(
    ("topic_filter", "own"),
    [
        ("#", True),
        ("+/#", True),
        ("rumskoll-state/#", True),
        ("rumskoll-state/hus/rooms/granen", True),
        ("rumskoll-state/+/summary/#", True),  # covers its parent level too
        ("+/+/+", True),  # the summary
        ("+/+/+/+", True),
        ("rumskoll-state", False),
        ("rumskoll-state/lycksele", False),
        ("+/sensor/+/state", False),  # a site that is not called so
        ("rumskoll/#", False),
        ("rumskoll/status", False),
        ("+/+/data", False),
        ("+/+/+/+/+", False),
        ("huset/+/data", False),
    ],
)
def test_what_covers_our_own(topic_filter: str, own: bool) -> None:
    assert is_own(topic_filter, "hus") is own


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a/b", "a/b", True),
        ("a/b", "a/c", False),
        ("a/+", "+/b", True),
        ("a/+", "a/b/c", False),
        ("a/#", "a/b/c", True),
        ("a/#", "a", True),  # MQTT 3.1.1, 4.7.1.2: the parent level too
        ("a/#", "b", False),
        ("+/b/#", "a/+/+", True),
        ("a/b/#", "a/+", True),
        ("#", "a", True),
        ("a/+/c/#", "a/#", True),
    ],
)
def test_filters_that_have_a_topic_in_common(one: str, other: str, expected: bool) -> None:
    assert meet(one, other) is expected
    assert meet(other, one) is expected


def test_such_a_source_is_refused() -> None:
    said = "also listens to what Rumskoll itself publishes"
    (line,) = mistakes(broken(('["huset/+/data"]', '["huset/+/data", "#"]')))
    assert line == f'rooms.yaml:8: sources[1]: {said} ("#"). Narrow its base or topics.'
    zigbee = "    decoder: zigbee2mqtt\n    base: rumskoll-state\n"
    (line,) = mistakes(broken(("    decoder: chirpstack\n", zigbee)))
    assert f'{said} ("rumskoll-state/#")' in line
