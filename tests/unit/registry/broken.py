"""Small sites to break: ``SITE`` is in order, ``broken`` changes some of its lines."""

from __future__ import annotations

from rooms.registry.mistakes import RegistryError
from rooms.registry.parse import parse_site
from rooms.texts import Language

SITE = """\
id: arena
name: Arenan
opening_hours:
  mon-fri: "08:00-17:00"
sources:
  - id: lora
    decoder: chirpstack
  - id: egna
    decoder: mapped_json
    mapping:
      topics: ["huset/+/data"]
      address: topic[1]
      fields:
        - {path: "luft[0].co2", field: climate.co2_ppm}
partners:
  - {id: vindel, name: Vindel, domains: [vindel.example]}
  - {id: renen, name: Renen, domains: [renen.example], categories: [Renen]}
rooms:
  - {id: granen, name: Granen, capacity: 8}
  - {id: tallen, name: Tallen, capacity: 4, host: vindel}
devices:
  - {id: oga, source: lora, address: A8-17-58-FF-FE-00-00-01, model: elsys-ers-eye}
  - {id: luft, source: egna, address: luft}
placements:
  - {device: oga, room: granen, until: 2026-03-01}
  - {device: oga, room: tallen, from: 2026-03-01}
  - {device: luft, room: tallen}
"""


def mistakes(text: str, language: Language = "en") -> list[str]:
    """The lines that a broken file gives; [] for one in order."""
    try:
        parse_site(text, "rooms.yaml")
    except RegistryError as error:
        return error.lines(language)
    return []


def broken(*changes: tuple[str, str]) -> str:
    """``SITE`` with each old text (which must be there once) replaced by the new."""
    text = SITE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
