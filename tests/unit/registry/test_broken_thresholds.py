"""Mistakes in ``faults``, and the exact lines that they give."""

from __future__ import annotations

from typing import get_args

import pytest

from rooms.registry.alerting import Code
from rooms.registry.checks_alerts import _OF_NO_DEVICE, _SEVERITIES
from rooms.registry.fault_limits import SITE_ONLY, Limits
from tests.unit.registry.broken_alerts import given


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "battery_low: {below: 15}",
            "battery_low: 15",
            "3: faults.site.battery_low: 15 will not do."
            " Give thresholds, {name: value}, or false to turn the rule off.",
        ),
        (
            "battery_low: {below: 15}",
            "battery_low: true",
            "3: faults.site.battery_low: true will not do."
            " Give thresholds, {name: value}, or false to turn the rule off.",
        ),
        (
            "battery_low: {below: 15}",
            "battery_low: ",
            "3: faults.site.battery_low: the value is empty. Give a value or remove the line.",
        ),
        (
            "{below: 15}",
            "{below: low}",
            '3: faults.site.battery_low.below: "low" is not a number.'
            " Write digits and a decimal point, without quotes.",
        ),
        (
            "{below: 15}",
            "{belw: 15}",
            '3: faults.site.battery_low.belw: "belw" is not a known name here.'
            ' Did you mean "below"?',
        ),
        (
            "{below: 15}",
            "{below: 101}",
            "3: faults.site.battery_low.below: 101 is too large. Give at most 100.",
        ),
        (
            "    air_quality: false",
            "    air_qality: false",
            '4: faults.site.air_qality: "air_qality" is not a known name here.'
            ' Did you mean "air_quality"?',
        ),
        (
            "air_quality: false",
            "clock_skew: {above: 60 s}",
            '4: faults.site.clock_skew.above: "60 s" is too small. Give at least 5 min.',
        ),
        (
            "air_quality: false",
            "peripheral_missing: {types: [kamera]}",
            '4: faults.site.peripheral_missing.types[0]: "kamera" will not do. Choose from:'
            ' camera, microphone, touch_panel, speaker, part. Did you mean "camera"?',
        ),
        (
            "    sensor:",
            "    sensors:",
            '7: faults.kinds.sensors: "sensors" will not do.'
            ' Choose from: sensor, vc, display, panel. Did you mean "sensor"?',
        ),
        (
            "    oga:",
            "    ogga:",
            '10: faults.devices.ogga: "ogga" is not a device here. Did you mean "oga"?',
        ),
        (
            "      device_silent: {intervals: 4}",
            "      air_quality: false",
            "8: faults.kinds.sensor.air_quality: air_quality can only be set for the whole site."
            " Move it to faults.site.",
        ),
        (
            "      battery_low: {below: 20, clear: 30}",
            "      coverage_low: {below: 80}",
            "11: faults.devices.oga.coverage_low: coverage_low can only be set for the whole"
            " site. Move it to faults.site.",
        ),
        # thresholds against each other, over the layers
        (
            "{below: 15}",
            "{below: 25.5}",
            "3: faults.site.battery_low.below: below (25.5) is higher than clear (25)."
            " Give both, with clear no lower than below.",
        ),
        (
            "{below: 20, clear: 30}",
            "{clear: 14}",
            "11: faults.devices.oga.battery_low.clear: below (15) is higher than clear (14)."
            " Give both, with clear no lower than below.",
        ),
        (
            "device_silent: {intervals: 4}",
            "battery_low: {below: 30}",
            "8: faults.kinds.sensor.battery_low.below: below (30) is higher than clear (25)."
            " Give both, with clear no lower than below.",
        ),
        (
            "air_quality: false",
            "air_quality: {above: 999}",
            "4: faults.site.air_quality.above: clear (1000) is higher than above (999)."
            " Give both, with clear no higher than above.",
        ),
    ],
)
def test_one_mistake_gives_one_exact_line(old: str, new: str, line: str) -> None:
    assert given((old, new)) == [line]


def test_the_tables_name_codes_that_exist() -> None:
    codes = set(get_args(Code))
    assert codes >= set(_SEVERITIES) | _OF_NO_DEVICE | set(SITE_ONLY)
    assert set(Limits.model_fields) <= codes
