"""Mistakes in the map of ``rumskoll import``: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

MAP: Final[dict[str, tuple[str, str]]] = {
    "import_whose": (
        "ange antingen device, eller source och address (kolumnen med enhetens adress).",
        "give either device, or source and address (the column with the device's address).",
    ),
    "import_field_twice": (
        "{value} finns redan på rad {first}. Läs varje fält ur en enda kolumn.",
        "{value} stands on line {first} already. Read each field from one column only.",
    ),
    "import_format": (
        "{value} är inget format för datum och klockslag. Skriv iso, epoch eller ett mönster som"
        ' "%d/%m/%Y %H:%M:%S".',
        "{value} is not a format of date and time of day. Write iso, epoch or a pattern such as"
        ' "%d/%m/%Y %H:%M:%S".',
    ),
}
