from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.decoders.times import device_time, epoch_or_text, rfc3339
from rooms.readings import DecodeError


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01t00:00:00.9999999z", 999),
        ("1969-12-31T23:59:59.5Z", -500),
        ("2026-10-25T02:30:00+02:00", 1792888200000),
        ("2026-10-25T02:30:00+01:00", 1792891800000),
        ("2016-12-31T23:59:60Z", 1483228800000),
        ("2026-05-04 08:00:00.123456789-00:00", 1777881600123),
        ("0001-01-01T00:00:00+12:00", -62135640000000),
        ("2026-05-04T08:00:00", None),
    ],
)
def test_rfc3339(text: str, ms: int | None) -> None:
    assert rfc3339(text) == ms


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-05-04",
        "20260504T080000Z",
        "2026-W19-1T08:00:00Z",
        "2026-02-30T08:00:00Z",
        "2026-05-04T25:00:00Z",
        "2026-05-04T08:00:61Z",
        "2026-05-04T08:00:00+25:00",
        "2026-05-04T08:00:00Europe/Stockholm",
        "２026-05-04T08:00:00Z",
        "2026-05-04T08:00:00Z" + "0" * 100,
    ],
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(DecodeError, match="bad_time"):
        rfc3339(text)


@given(
    st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29)),
    st.integers(-23 * 60, 23 * 60),
)
def test_every_instant_comes_back(at: datetime, minutes: int) -> None:
    local = at.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    expected = (local - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    assert rfc3339(local.isoformat()) == expected


def test_numbers() -> None:
    assert device_time(1777881600250) == 1777881600250
    assert device_time(1777881600250.0) == 1777881600250
    assert device_time(None) is None
    assert epoch_or_text(1777881600) == 1777881600000
    assert epoch_or_text(1777881600.25) == 1777881600250
    assert epoch_or_text(1777881600250) == 1777881600250
    for broken in (10**400, -(10**15), 1e300):
        with pytest.raises(DecodeError, match="bad_time"):
            device_time(broken)
    for wrong in (True, 1.5, [], {}):
        with pytest.raises(DecodeError, match="wrong_type"):
            device_time(wrong)
