"""Mistakes between the parts of a file: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

PARTS: Final[dict[str, tuple[str, str]]] = {
    # between the parts of the file
    "id_twice": (
        "{value} finns redan på rad {first}. Varje id får bara användas en gång.",
        "{value} stands on line {first} already. Use each id once.",
    ),
    "id_elsewhere": (
        "{value} finns redan i {other}. Id:n måste skilja sig mellan anläggningar.",
        "{value} stands in {other} already. Ids must differ between sites.",
    ),
    "unknown_source": (
        "{value} är ingen källa här. Lägg till den under sources eller rätta namnet.",
        "{value} is not a source here. Add it under sources or correct the name.",
    ),
    "unknown_model": (
        "{value} är ingen känd modell. Välj en ur docs/schema/rooms.schema.json, eller generic.",
        "{value} is not a known model. Choose one from docs/schema/rooms.schema.json, or generic.",
    ),
    "unknown_partner": ("{value} är ingen partner här.", "{value} is not a partner here."),
    "unknown_person": (
        "{value} saknas, men {where} i rooms.yaml ({site}) nämner den personen."
        " Lägg till den i contacts.yaml eller rätta namnet.",
        "{value} is missing, but {where} in rooms.yaml ({site}) names that person."
        " Add them to contacts.yaml or correct the name.",
    ),
    "unknown_device": ("{value} är ingen enhet här.", "{value} is not a device here."),
    "unknown_room": ("{value} är inget rum här.", "{value} is not a room here."),
    "address_twice": (
        "{value} används redan av enheten på rad {first}. En adress får bara höra till en"
        " enhet per källa.",
        "{value} is used by the device on line {first} already. Give each device its own address.",
    ),
    "until_before_from": (
        "slutar {stop}, men börjar {start}. until är första dagen som enheten inte längre"
        " står där.",
        "ends {stop} but begins {start}. until is the first day it no longer stands there.",
    ),
    "to_before_from": (
        "slutar {stop}, men börjar {start}. Byt plats på datumen.",
        "ends {stop} but begins {start}. Swap the dates.",
    ),
    "placed_twice": (
        "{device} står redan i ett rum under samma tid (rad {first}). Ange from och until så"
        " att de inte överlappar.",
        "{device} stands in a room at that time already (line {first}). Set from and until apart.",
    ),
    "mapping_missing": (
        "avkodaren mapped_json behöver en mapping. Se exemplet i examples/lycksele/.",
        "the decoder mapped_json needs a mapping. See the example in examples/lycksele/.",
    ),
    "mapping_unused": (
        "avkodaren {decoder} använder ingen mapping. Ta bort den, eller välj mapped_json.",
        "the decoder {decoder} uses no mapping. Remove it, or choose mapped_json.",
    ),
    "unit": (
        "{value} är ingen enhet för det fältet. Det finns: {words}. Annars: scale och offset.",
        "{value} is no unit of that field. There is: {words}. Otherwise: scale and offset.",
    ),
    "unit_and_scale": (
        "antingen unit, eller scale och offset.",
        "either unit, or scale and offset.",
    ),
    "value_of_field": (
        "{value} är inget värde som {field} kan ha.",
        "{value} is not a value that {field} can have.",
    ),
    "connect_unused": (
        "den modellen har ingen brygga. connect finns för {models}.",
        "that model has no bridge. connect is there for {models}.",
    ),
    "base_unused": (
        "avkodaren mapped_json använder ingen base. Skriv hela ämnet i mapping.topics.",
        "the decoder mapped_json uses no base. Write whole topics in mapping.topics.",
    ),
    "topic": (
        "{value} är inget MQTT-filter. + fyller en hel nivå och # står bara sist.",
        "{value} is not an MQTT filter. + fills a whole level, and # stands only at the end.",
    ),
    "json_path": (
        "{value} är ingen sökväg. Skriv till exempel data.list[0].value eller topic[1].",
        "{value} is not a path. Write for example data.list[0].value or topic[1].",
    ),
    "field": (
        "{value} är inget fält. Skriv till exempel climate.temperature_c eller presence.people.",
        "{value} is not a field. Write for example climate.temperature_c or presence.people.",
    ),
    "topic_own": (
        "lyssnar även på det Rumskoll självt publicerar ({value}). Skriv ett snävare base eller"
        " topics.",
        "also listens to what Rumskoll itself publishes ({value}). Narrow its base or topics.",
    ),
    "topics_clash": (
        "lyssnar på samma ämnen ({value}) som källan på rad {first}. Ge dem olika base eller"
        " topics.",
        "listens to the same topics ({value}) as the source on line {first}. Set their base"
        " or topics apart.",
    ),
    "site_only": (
        "{name} kan bara anges för hela anläggningen. Flytta det till faults.site.",
        "{name} can only be set for the whole site. Move it to faults.site.",
    ),
    "limits_battery_low": (
        "below ({below}) är högre än clear ({clear}). Ange båda, så att clear är minst below.",
        "below ({below}) is higher than clear ({clear}). Give both, with clear no lower than"
        " below.",
    ),
    "limits_air_quality": (
        "clear ({clear}) är högre än above ({above}). Ange båda, så att clear är högst above.",
        "clear ({clear}) is higher than above ({above}). Give both, with clear no higher than"
        " above.",
    ),
    "hours_none": (
        "här står inga tider, så vägen gäller aldrig. Skriv till exempel {{mon-fri:"
        ' "08:00-17:00"}} eller ta bort raden.',
        "there are no times here, so the route never holds. Write for example {{mon-fri:"
        ' "08:00-17:00"}}, or remove the line.',
    ),
    "no_digest": (
        "det finns ingen morgonrapport: alerts.digest är null. Ange ett klockslag där, eller"
        " ändra send.",
        "there is no digest: alerts.digest is null. Give a time of day there, or change send.",
    ),
    "never_severity": (
        "vägen kan aldrig gälla: inget av {codes} har någonsin den allvarsgraden. Ändra codes"
        " eller severity.",
        "the route can never match: none of {codes} ever has that severity. Change codes or"
        " severity.",
    ),
    "never_kind": (
        "vägen kan aldrig gälla: {codes} gäller inte en enhet, och har därför ingen sort. Ta"
        " bort kinds.",
        "the route can never match: {codes} is not about a device, and so has no kind. Remove"
        " kinds.",
    ),
    "never_room": (
        "vägen kan aldrig gälla: {codes} hör inte till något rum. Ta bort rooms.",
        "the route can never match: {codes} belongs to no room. Remove rooms.",
    ),
    "domain_twice": (
        "{value} står redan på rad {first}. En domän får bara höra till en partner.",
        "{value} stands on line {first} already. A domain may belong to one partner only.",
    ),
    "calendar_twice": (
        "{value} har redan en kalender på rad {first}. Ett rum har högst en.",
        "{value} has a calendar on line {first} already. A room has one at most.",
    ),
    "category_twice": (
        "{value} står redan på rad {first}. En kategori får bara höra till en partner.",
        "{value} stands on line {first} already. A category may belong to one partner only.",
    ),
}
