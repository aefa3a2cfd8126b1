"""MAP.yaml's mistakes are told like those of rooms.yaml."""

from __future__ import annotations

import pytest

from rooms.registry.mistakes import RegistryError
from rumskoll.importing.map import parse_map
from tests.unit.importing.imported import MAP, registry


def mistakes(text: str) -> list[str]:
    with pytest.raises(RegistryError) as error:
        parse_map(text, "map.yaml", registry())
    return error.value.lines("en")


def test_in_order() -> None:
    given = parse_map(MAP, "map.yaml", registry())
    assert given.names == ["tid", "enhet", "närvaro", "antal", "grader"]
    assert given.zone(registry()).key == "Europe/Stockholm"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("source: av", "source: vv", 'map.yaml:5: source: "vv" is not a source here.'),
        ("source: av", "device: radar", "map.yaml:2: give either device, or source"),
        ("source: av\n", "", "map.yaml:2: give either device, or source"),
        ("source: av\naddress: enhet", "device: rader", 'Did you mean "radar"?'),
        ("presence.people", "presence.peple", "map.yaml:9: fields[1].field: "),
        ("presence.people", "presence.occupied", "stands on line 8 already"),
        ("presence.people", "equipment.peripherals", "is not a field"),
        ("{columns: [tid]}", "{columns: []}", "map.yaml:4: time.columns: "),
        ("[tid]", "[tid], format: '%d/%m'", 'time.format: "%d/%m" is not a format'),
        ("[tid]", "[tid], zone: Europe/Lycksele", "is not a known time zone"),
        ('decimal: ","', "decimal: comma", "map.yaml:3: decimal: "),
        ("delimiter", "delimeter", 'Did you mean "delimiter"?'),
    ],
)
def test_every_mistake_names_its_line(old: str, new: str, line: str) -> None:
    assert old in MAP
    assert any(line in told for told in mistakes(MAP.replace(old, new))), mistakes(
        MAP.replace(old, new)
    )
