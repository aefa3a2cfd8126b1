"""What network servers' codecs give for one device, under the names that each of them uses."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.decoders.objects import read_object
from rooms.devicemodels import MODELS
from rooms.readings import FIELDS, DecodeError

READ = sorted(id_ for id_, model in MODELS.items() if model.reads)
LEAVES = sorted(
    {path.split(".")[-1] for id_ in READ for read in MODELS[id_].reads for path in read.paths}
)

TBMS100 = {"motion": 1.0, "occupied": 1.0, "battery_mv": 3500.0}
PIR = "tektelic-smart-room-pir"
IAM = {"motion_count": 4.0, "temperature_c": 21.5, "co2_ppm": 612.0, "battery_mv": 2950.0}
LOW = {"Volt": "3.1(low battery)", "Temp": -2.5, "Illuminance": 120, "Occupy": 0}


def told(model: str, decoded: Any) -> dict[str, Any]:
    given = read_object(MODELS[model].reads, decoded, "")
    return {name: value for fields in given.values() for name, value in fields.items()}


@pytest.mark.parametrize(
    ("model", "decoded", "expected"),
    [
        # the codecs of The Things Network, ChirpStack and akenza for one sensor
        ("browan-tbms100", {"status": 1, "battery": 3.5, "temperatureBoard": 20}, TBMS100),
        ("browan-tbms100", {"mot_motionst": 1.0, "battery_volt": 3.5, "mot_times": 0.0}, TBMS100),
        (
            "browan-tbms100",
            {"default": {"motion": True}, "lifecycle": {"batteryVoltage": 3.5}},
            TBMS100,
        ),
        ("browan-tbms100", {"status": 0}, {"motion": 0.0, "occupied": 0.0}),
        ("browan-tbms100", {"message": "Invalid fPort or payload length"}, {}),
        (PIR, {"motion_event_state": 255}, {"occupied": 1.0}),
        (PIR, {"motion_event_state": 255.0}, {"occupied": 1.0}),
        (PIR, {"motion_event_state": 0}, {"occupied": 0.0}),
        (PIR, {"motion_event_state": "Detected"}, {"occupied": 1.0}),
        (PIR, {"motion_event_state": "None"}, {"occupied": 0.0}),
        (PIR, {"motion_event_state": 7}, {}),  # neither: not told
        (PIR, {"motionEventCount": 3.0}, {"motion_count": 3.0}),
        (
            "netvox-rb11e",
            LOW,
            {"battery_mv": 3100.0, "temperature_c": -2.5, "illuminance_lx": 120.0, "occupied": 0.0},
        ),
        ("netvox-rb11e", {"Device": "RB11E", "SWver": 1, "Datecode": "20200611"}, {}),
        (
            "imbuildings-comfort-sensor",
            {"CO2": 800, "presence": True},
            {"co2_ppm": 800.0, "occupied": 1.0},
        ),
        (
            "imbuildings-people-counter",
            {"counter_a": 3, "total_counter_a": 65_535, "total_counter_b": 0},
            {"in_total": 65_535.0, "out_total": 0.0},
        ),
        (
            "decentlab-dl-iam",
            {
                "activity_counter": {"displayName": "Activity counter", "value": 4},
                "air_temperature": {"value": 21.5, "unit": "°C"},
                "co2_concentration": {"value": 612, "unit": "ppm"},
                "battery_voltage": {"value": 2.95, "unit": "V"},
            },
            IAM,
        ),
        (
            "decentlab-dl-iam",
            {
                "default": {"pir": 4, "temperature": 21.5, "co2": 612, "voc": 273},
                "lifecycle": {"batteryVoltage": 2.95},
            },
            IAM,
        ),
        ("sensative-strips-presence", {"presence": {"value": True}}, {"occupied": 1.0}),
        ("sensative-strips-presence", {"occupancy": {"occupied": False}}, {"occupied": 0.0}),
        (
            "sensative-strips",
            {"humidity": {"value": 40.5}, "temperature": 21.5},
            {"humidity_pct": 40.5, "temperature_c": 21.5},
        ),
        # rounded into text
        (
            "mclimate-co2",
            {"sensorTemperature": "-1.50", "CO2": "612"},
            {"temperature_c": -1.5, "co2_ppm": 612.0},
        ),
    ],
)
def test_names(model: str, decoded: Any, expected: dict[str, float]) -> None:
    assert told(model, decoded) == expected


@pytest.mark.parametrize(
    "text", ["", "n/a", "2.1.3", "1e3", "nan", "3.1 V", "(3.1)", "٣", "3" * 13]
)
def test_text_that_is_no_number(text: str) -> None:
    with pytest.raises(DecodeError, match="wrong_type"):
        told("mclimate-co2", {"sensorTemperature": text})


@pytest.mark.parametrize("nested", [{"a": 1}, [1], []])
def test_where_one_value_is_meant_no_object_stands(nested: Any) -> None:
    with pytest.raises(DecodeError, match="wrong_type"):
        told("browan-tbms100", {"status": nested})


def test_without_an_object_it_says_what_to_do() -> None:
    with pytest.raises(DecodeError, match=r"no_object.*payload formatter"):
        told("mclimate-co2", None)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from([*LEAVES, "default", "value"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.sampled_from(READ), st.dictionaries(st.sampled_from(LEAVES), values, max_size=4) | values)
def test_any_object_gives_what_can_be_stored_or_a_decode_error(model: str, decoded: Any) -> None:
    try:
        said = read_object(MODELS[model].reads, decoded, "")
    except DecodeError:
        return
    for kind, fields in said.items():
        for name, value in fields.items():
            assert type(value) is float
            assert math.isfinite(value)
            assert FIELDS[kind][name].low <= value <= FIELDS[kind][name].high
