"""Frames computed by hand from the ELSYS payload description."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.simulator.elsys import encode


@pytest.mark.parametrize(
    ("values", "frame"),
    [
        ({"temperature_c": 22.6}, "0100e2"),
        ({"temperature_c": -4.0}, "01ffd8"),  # two's complement of 40
        ({"humidity_pct": 41}, "0229"),
        ({"illuminance_lx": 39}, "040027"),
        ({"motion_count": 6}, "0506"),
        ({"motion_count": 300}, "05ff"),  # one byte: it stays at the top
        ({"co2_ppm": 776}, "060308"),
        ({"battery_mv": 3594}, "070e0a"),
        ({"occupied": True}, "1102"),
        ({"occupied": False}, "1100"),
        ({"sound_db": 44}, "15382c"),  # peak 12 dB above
        ({"motion_count": 1, "occupied": True}, "05011102"),
        (
            {"co2_ppm": 776, "temperature_c": 22.6, "humidity_pct": 41, "illuminance_lx": 39},
            "0100e20229040027060308",
        ),
        ({"people": 3}, ""),  # no such sensor
    ],
)
def test_frames(values, frame):
    assert encode(values).hex() == frame


@given(st.floats(-40, 85))
def test_temperature_comes_back_in_tenths(celsius):
    frame = encode({"temperature_c": celsius})
    assert int.from_bytes(frame[1:], "big", signed=True) / 10 == pytest.approx(celsius, abs=0.0501)
