"""What no single field can tell: references, duplicates, overlaps over one file.

Works on the data as written, so that an unknown room is reported together with
a misspelt duration; whatever has the wrong shape is left to the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from rooms.devicemodels import MODELS
from rooms.readings import DecodeError
from rooms.registry import topics
from rooms.registry.checking import day_of, entries, ids_twice, known, texts, twice
from rooms.registry.checks_alerts import check_alerts
from rooms.registry.checks_billing import check_billing
from rooms.registry.document import Document, Path
from rooms.registry.mapping import UNITS, check_field, compile_path
from rooms.registry.mistakes import Mistake, nearest, shown
from rooms.registry.models import FIELD_NAMES
from rooms.registry.registry import normal_address
from rooms.values import checked

_SECTIONS: Final = (
    "sources",
    "partners",
    "rooms",
    "devices",
    "maintenance",
    "pools",
    "agreements",
    "costs",
)


def check_site(document: Document) -> list[Mistake]:
    """Every mistake between the parts of one rooms.yaml."""
    return [
        *(mistake for section in _SECTIONS for mistake in ids_twice(document, section)),
        *_references(document),
        *_addresses(document),
        *_connections(document),
        *_periods(document),
        *_mappings(document),
        *_filters(document),
        *_domains(document),
        *check_alerts(document),
        *check_billing(document),
    ]


def _references(document: Document) -> Iterator[Mistake]:
    ids = {
        section: [item["id"] for _, item in entries(document, section) if "id" in item]
        for section in _SECTIONS
    }
    for section, name, key, words in (
        ("devices", "source", "unknown_source", ids["sources"]),
        ("devices", "model", "unknown_model", list(MODELS)),
        ("rooms", "host", "unknown_partner", ids["partners"]),
        ("placements", "device", "unknown_device", ids["devices"]),
        ("placements", "room", "unknown_room", ids["rooms"]),
        ("costs", "pool", "unknown_pool", ids["pools"]),
        ("costs", "partner", "unknown_partner", ids["partners"]),
        ("costs", "room", "unknown_room", ids["rooms"]),
    ):
        for i, item in entries(document, section):
            yield from known(document, (section, i, name), item.get(name), words, key)
    for section in ("cleaning", "pools"):
        for i, item in entries(document, section):
            for j, room in texts(item.get("rooms")):
                path = (section, i, "rooms", j)
                yield from known(document, path, room, ids["rooms"], "unknown_room")


def _connections(document: Document) -> Iterator[Mistake]:
    """Only equipment that a bridge knows can be watched on the network."""
    for i, item in entries(document, "devices"):
        model = MODELS.get(str(item.get("model", "generic")))
        if item.get("connect") is not None and model is not None and model.bridge is None:
            path: Path = ("devices", i, "connect")
            known = ", ".join(id_ for id_, one in MODELS.items() if one.bridge is not None)
            yield document.mistake(path, "connect_unused", at_key=True, models=known)


def _addresses(document: Document) -> Iterator[Mistake]:
    decoders = {str(i.get("id")): str(i.get("decoder")) for _, i in entries(document, "sources")}
    found: list[tuple[object, Path]] = []
    for i, item in entries(document, "devices"):
        source, address = item.get("source"), item.get("address")
        if isinstance(source, str) and isinstance(address, str):
            normal = normal_address(decoders.get(source, ""), address)
            found.append(((source, normal), ("devices", i, "address")))
    yield from twice(document, found, "address_twice")


def _periods(document: Document) -> Iterator[Mistake]:
    stays: dict[str, list[tuple[date, date, int]]] = {}
    for i, item in entries(document, "placements"):
        start, stop = day_of(item.get("from"), date.min), day_of(item.get("until"), date.max)
        if start is None or stop is None:
            continue
        if start >= stop:
            dates: dict[str, Any] = {"start": start, "stop": stop}
            yield document.mistake(("placements", i, "until"), "until_before_from", **dates)
        elif isinstance(item.get("device"), str):
            stays.setdefault(item["device"], []).append((start, stop, i))
    for device, periods in stays.items():
        (_, free, holder), *others = sorted(periods)
        for start, stop, i in others:
            if start < free:
                line = document.mistake(("placements", min(i, holder)), "").line
                path = ("placements", max(i, holder))
                yield document.mistake(path, "placed_twice", device=shown(device), first=line)
            if stop > free:
                free, holder = stop, i
    for i, item in entries(document, "closures"):
        start, stop = day_of(item.get("from"), date.max), day_of(item.get("to"), date.max)
        if start and stop and stop < start:
            yield document.mistake(("closures", i, "to"), "to_before_from", start=start, stop=stop)


def _mappings(document: Document) -> Iterator[Mistake]:
    for i, item in entries(document, "sources"):
        mapping, mapped = item.get("mapping"), item.get("decoder") == "mapped_json"
        path: Path = ("sources", i, "mapping")
        if mapped and mapping is None:
            yield document.mistake(path, "mapping_missing")
        if not mapped and mapping is not None and isinstance(item.get("decoder"), str):
            yield document.mistake(path, "mapping_unused", at_key=True, decoder=item["decoder"])
        if mapped and item.get("base") is not None:
            yield document.mistake(("sources", i, "base"), "base_unused", at_key=True)
        if isinstance(mapping, dict):
            yield from check_mapping(document, path, mapping)


def check_mapping(document: Document, path: Path, mapping: dict[str, Any]) -> Iterator[Mistake]:
    """What is wrong with the mapping at ``path``, beyond its shape."""
    for j, topic in texts(mapping.get("topics")):
        if not topics.valid(topic):
            yield document.mistake((*path, "topics", j), "topic", value=shown(topic))
    for name in ("address", "time", "seq"):
        yield from _path(document, (*path, name), mapping.get(name))
    fields = mapping.get("fields")
    for j, rule in enumerate(fields if isinstance(fields, list) else ()):
        if isinstance(rule, dict):
            yield from _path(document, (*path, "fields", j, "path"), rule.get("path"))
            yield from _target(document, (*path, "fields", j, "field"), rule.get("field"))
            yield from _unit(document, (*path, "fields", j), rule)
            yield from _values(document, (*path, "fields", j, "values"), rule)


def _path(document: Document, path: Path, given: Any) -> Iterator[Mistake]:
    if isinstance(given, str):
        try:
            compile_path(given)
        except ValueError:
            yield document.mistake(path, "json_path", value=shown(given))


def _target(document: Document, path: Path, given: Any) -> Iterator[Mistake]:
    if isinstance(given, str):
        try:
            check_field(given)
        except ValueError:
            yield document.mistake(
                path, "field", suggestion=nearest(given, FIELD_NAMES), value=shown(given)
            )


def _unit(document: Document, path: Path, rule: dict[str, Any]) -> Iterator[Mistake]:
    """A unit of the field, and not a scale beside it."""
    name, unit = str(rule.get("field")).rpartition(".")[2], rule.get("unit")
    if unit is None:
        return
    fitting = [one for one, known in UNITS.items() if name in known.of]
    if unit not in fitting:
        words = ", ".join(fitting) or "–"
        yield document.mistake((*path, "unit"), "unit", value=shown(unit), words=words)
    elif "scale" in rule or "offset" in rule:
        yield document.mistake((*path, "unit"), "unit_and_scale", at_key=True)


def _values(document: Document, path: Path, rule: dict[str, Any]) -> Iterator[Mistake]:
    """What a table of values gives must be what the field can hold."""
    given = rule.get("values")
    try:
        target = check_field(str(rule.get("field")))
    except ValueError:
        return
    for word, value in given.items() if isinstance(given, dict) else ():
        try:
            checked(target.kind, {target.name: value})
        except DecodeError:
            field = f"{target.kind}.{target.name}"
            yield document.mistake((*path, word), "value_of_field", value=shown(value), field=field)


def _filters(document: Document) -> Iterator[Mistake]:
    """Two sources with one filter (of others that meet, the closer one is clear), and one that
    hears ourselves."""
    first: dict[str, int] = {}
    for i, item in entries(document, "sources"):
        mapping, base = item.get("mapping"), item.get("base")
        mapped = mapping.get("topics") if isinstance(mapping, dict) else None
        site = str(document.data.get("id"))
        listens = topics.filters(
            site,
            str(item.get("decoder")),
            base if isinstance(base, str) else "",
            [topic for _, topic in texts(mapped)],
        )
        for topic in listens:
            if topics.is_own(topic, site):
                yield document.mistake(("sources", i), "topic_own", value=shown(topic))
            before = first.setdefault(topic, i)
            if before != i:
                line = document.mistake(("sources", before), "").line
                value = shown(topic)
                yield document.mistake(("sources", i), "topics_clash", value=value, first=line)


def _domains(document: Document) -> Iterator[Mistake]:
    for name, key in (("domains", "domain_twice"), ("categories", "category_twice")):
        found = [
            (text.casefold(), ("partners", i, name, j))
            for i, item in entries(document, "partners")
            for j, text in texts(item.get(name))
        ]
        yield from twice(document, found, key)
