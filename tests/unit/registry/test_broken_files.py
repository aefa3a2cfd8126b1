"""Broken files and the exact lines that they give."""

from __future__ import annotations

import pytest

from tests.unit.registry.broken import SITE, broken, mistakes


def test_the_unbroken_site_is_in_order() -> None:
    assert mistakes(SITE) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        # references
        (
            "device: luft, room: tallen",
            "device: luft, room: talen",
            '27: placements[2].room: "talen" is not a room here. Did you mean "tallen"?',
        ),
        (
            "host: vindel",
            "host: xyz",
            '20: rooms[1].host: "xyz" is not a partner here.',
        ),
        (
            "source: egna, address",
            "source: enga, address",
            '23: devices[1].source: "enga" is not a source here.'
            ' Add it under sources or correct the name. Did you mean "egna"?',
        ),
        (
            "model: elsys-ers-eye",
            "model: elsys-ers-eyes",
            '22: devices[0].model: "elsys-ers-eyes" is not a known model. Choose one from'
            ' docs/schema/rooms.schema.json, or generic. Did you mean "elsys-ers-eye"?',
        ),
        (
            "{device: luft, room",
            "{device: lufft, room",
            '27: placements[2].device: "lufft" is not a device here. Did you mean "luft"?',
        ),
        # names
        (
            "host: vindel",
            "hosts: vindel",
            '20: rooms[1].hosts: "hosts" is not a known name here. Did you mean "host"?',
        ),
        ("name: Arenan\n", "", '1: name: "name" is missing. Add it.'),
        (", capacity: 8}", "}", '19: rooms[0].capacity: "capacity" is missing. Add it.'),
        # values
        (
            "id: granen, name",
            "id: Granen!, name",
            '19: rooms[0].id: "Granen!" is not an id.'
            " Begin with a small letter a–z; then a–z, 0–9 and hyphens.",
        ),
        (
            "capacity: 8",
            "capacity: eight",
            '19: rooms[0].capacity: "eight" is not a whole number. Write digits, without quotes.',
        ),
        ("capacity: 8", "capacity: 0", "19: rooms[0].capacity: 0 is too small. Give at least 1."),
        (
            "capacity: 8",
            "capacity: true",
            "19: rooms[0].capacity: true is not a whole number. Write digits, without quotes.",
        ),
        (
            "capacity: 8",
            "capacity: ",
            "19: rooms[0].capacity: the value is empty. Give a value or remove the line.",
        ),
        (
            "capacity: 8",
            "capacity: 8, private: yes",
            '19: rooms[0].private: "yes" is neither true nor false.'
            " Write one of them, without quotes.",
        ),
        (
            "capacity: 8",
            "capacity: 8, weight: 1/0",
            '19: rooms[0].weight: "1/0" is not a weight. Write for example "1", "1.5" or "3/2".',
        ),
        (
            "name: Granen",
            "name: 101",
            '19: rooms[0].name: does not read as text. Put it in quotes: "101".',
        ),
        (
            "address: A8-17-58-FF-FE-00-00-01",
            "address: 0018250000000012",
            '22: devices[0].address: does not read as text. Put it in quotes: "0018250000000012".',
        ),
        (
            "model: elsys-ers-eye",
            "expect_every: ten minutes",
            '22: devices[0].expect_every: "ten minutes" is not a length of time.'
            ' Write for example "90s", "10 min", "2h" or "7d".',
        ),
        (
            "model: elsys-ers-eye",
            "evidence: [presense]",
            '22: devices[0].evidence[0]: "presense" will not do.'
            ' Choose from: motion, presence, count, line, call. Did you mean "presence"?',
        ),
        (
            "decoder: chirpstack",
            "decoder: chripstack",
            '7: sources[0].decoder: "chripstack" will not do. Choose from: native, chirpstack,'
            " tts, zigbee2mqtt, shelly, tasmota, esphome, homie, mapped_json."
            ' Did you mean "chirpstack"?',
        ),
        (
            "until: 2026-03-01",
            "until: 2026-02-30",
            '25: placements[0].until: "2026-02-30" is not a date.'
            " Write year-month-day, e.g. 2026-01-31.",
        ),
        (
            'mon-fri: "08:00-17:00"',
            'mon-fri: "17:00-08:00"',
            '4: opening_hours.mon-fri: "17:00-08:00" does not end after it starts.'
            ' Split it at midnight ("24:00").',
        ),
        (
            "mon-fri:",
            "mon-fry:",
            "4: opening_hours.mon-fry: mon-fry is not a weekday. Write mon, tue, wed, thu, fri,"
            " sat or sun; mon-fri for several.",
        ),
        (
            "name: Arenan",
            "name: Arenan\ntimezone: Europe/Stockhlm",
            '3: timezone: "Europe/Stockhlm" is not a known time zone.'
            ' Write for example Europe/Stockholm. Did you mean "Europe/Stockholm"?',
        ),
        (
            "name: Arenan",
            "name: Arenan\nholidays: {country: XX}",
            '3: holidays.country: "XX" is not a country whose holidays are known.'
            " Write its code, e.g. SE, or null.",
        ),
        (
            "[renen.example]",
            "[info@renen.example]",
            '17: partners[1].domains[0]: "info@renen.example" is not a domain.'
            " Write what follows the @ in addresses, e.g. company.se.",
        ),
        (
            "[renen.example]",
            "renen.example",
            "17: partners[1].domains: must be a list: [a, b], or lines that begin with -.",
        ),
        # duplicates and overlaps
        (
            "id: tallen, name",
            "id: granen, name",
            '20: rooms[1].id: "granen" stands on line 19 already. Use each id once.',
        ),
        (
            "{id: luft, source: egna, address: luft}",
            "{id: luft, source: lora, address: a81758fffe000001}",
            '23: devices[1].address: "a81758fffe000001" is used by the device on line 22 already.'
            " Give each device its own address.",
        ),
        (
            "[renen.example]",
            "[Vindel.example]",
            '17: partners[1].domains[0]: "Vindel.example" stands on line 16 already.'
            " A domain may belong to one partner only.",
        ),
        (
            "until: 2026-03-01",
            "until: 2026-03-02",
            '26: placements[1]: "oga" stands in a room at that time already (line 25).'
            " Set from and until apart.",
        ),
        (
            "until: 2026-03-01",
            "from: 2026-03-01, until: 2026-03-01",
            "25: placements[0].until: ends 2026-03-01 but begins 2026-03-01."
            " until is the first day it no longer stands there.",
        ),
        (
            "name: Arenan",
            "name: Arenan\nclosures: [{from: 2026-07-02, to: 2026-07-01, reason: Lov}]",
            "3: closures[0].to: ends 2026-07-01 but begins 2026-07-02. Swap the dates.",
        ),
        (
            "name: Arenan",
            'name: Arenan\ncleaning: [{days: [mon], at: "06:00-07:00", rooms: [gran]}]',
            '3: cleaning[0].rooms[0]: "gran" is not a room here. Did you mean "granen"?',
        ),
        (
            'mon-fri: "08:00-17:00"',
            '{mon-fri: "08:00-17:00", fri: "08:00-12:00"}',
            "4: opening_hours.fri: fri is given twice.",
        ),
        (
            "capacity: 8",
            "capacity: [{value: 8}, {from: 2026-05-01, value: 9}, {from: 2026-04-01, value: 7}]",
            "19: rooms[0].capacity: the dates must ascend, each once;"
            " only the first value may lack its from.",
        ),
        (
            "capacity: 8",
            "capacity: [{value: 8}, {from: 2026-05-01, value: 0}]",
            "19: rooms[0].capacity[1].value: 0 is too small. Give at least 1.",
        ),
        (
            "categories: [Renen]",
            "categories: [Renen, renen]",
            '17: partners[1].categories[1]: "renen" stands on line 17 already.'
            " A category may belong to one partner only.",
        ),
        # sources
        (
            "decoder: chirpstack",
            "decoder: chirpstack\n    mapping: {topics: [a], address: b, fields: [{path: c,"
            " field: presence.people}]}",
            "8: sources[0].mapping: the decoder chirpstack uses no mapping."
            " Remove it, or choose mapped_json.",
        ),
        (
            "decoder: mapped_json",
            "decoder: mapped_json\n    base: huset",
            "10: sources[1].base: the decoder mapped_json uses no base."
            " Write whole topics in mapping.topics.",
        ),
        (
            "decoder: chirpstack",
            "decoder: mapped_json",
            "6: sources[0].mapping: the decoder mapped_json needs a mapping."
            " See the example in examples/lycksele/.",
        ),
        (
            "address: topic[1]",
            "address: a..b",
            '12: sources[1].mapping.address: "a..b" is not a path.'
            " Write for example data.list[0].value or topic[1].",
        ),
        (
            "climate.co2_ppm",
            "climate.co2",
            '14: sources[1].mapping.fields[0].field: "climate.co2" is not a field. Write for'
            ' example climate.temperature_c or presence.people. Did you mean "climate.co2_ppm"?',
        ),
        (
            "climate.co2_ppm",
            "climate.co2_ppm, unit: V",
            '14: sources[1].mapping.fields[0].unit: "V" is no unit of that field. There is: –.'
            " Otherwise: scale and offset.",
        ),
        (
            "climate.co2_ppm",
            "climate.temperature_c, unit: F, scale: 2",
            "14: sources[1].mapping.fields[0].unit: either unit, or scale and offset.",
        ),
        (
            "climate.co2_ppm",
            "presence.occupied, values: {on: maybe}",
            '14: sources[1].mapping.fields[0].values.on: "maybe" is not a value that'
            " presence.occupied can have.",
        ),
        (
            '["huset/+/data"]',
            '["huset/+data"]',
            '11: sources[1].mapping.topics[0]: "huset/+data" is not an MQTT filter.'
            " + fills a whole level, and # stands only at the end.",
        ),
        (
            '["huset/+/data"]',
            '["application/+/device/+/event/+"]',
            "8: sources[1]: listens to the same topics"
            ' ("application/+/device/+/event/+") as the source on line 6.'
            " Set their base or topics apart.",
        ),
    ],
)
def test_one_mistake_gives_one_exact_line(old: str, new: str, line: str) -> None:
    found = mistakes(broken((old, new)))
    # a wrong room id also makes its placements wrong
    assert f"rooms.yaml:{line}" in found
    if "id: granen" not in old and "id: tallen" not in old:
        assert len(found) == 1, found


def test_filters_of_which_one_is_closer_do_not_clash() -> None:
    nested = ('["huset/+/data"]', '["application/1/device/x/event/up", "application/1/#"]')
    assert mistakes(broken(nested)) == []


def test_swedish() -> None:
    text = broken(("room: granen,", "room: grannen,"), ("capacity: 4", "capacity: fyra"))
    assert mistakes(text, "sv") == [
        'rooms.yaml:20: rooms[1].capacity: "fyra" är inget heltal.'
        " Skriv det med siffror, utan citattecken.",
        'rooms.yaml:25: placements[0].room: "grannen" är inget rum här. Menade du "granen"?',
    ]


def test_all_mistakes_at_once_in_order_and_at_most_twenty() -> None:
    rooms = "".join(f"  - {{id: R{i}, name: x, capacity: 1}}\n" for i in range(25))
    found = mistakes(broken(("devices:\n", f"{rooms}devices:\n")))
    assert found[0].startswith("rooms.yaml:21: rooms[2].id:")
    assert found[19].startswith("rooms.yaml:40: rooms[21].id:")
    assert found[20:] == ["… and 5 more mistakes."]
