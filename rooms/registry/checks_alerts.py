"""Mistakes in ``faults``, ``alerts`` and ``maintenance`` that no single field can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rooms.devicemodels import MODELS
from rooms.registry.checking import entries, known, texts, twice
from rooms.registry.document import Document, Path
from rooms.registry.fault_limits import SITE_ONLY, AirQuality, BatteryLow
from rooms.registry.mistakes import Mistake

# Where two thresholds must stand in order: the lower, the higher, what they are by default
_ORDERED: Final = (
    ("battery_low", "below", "clear", BatteryLow().model_dump()),
    ("air_quality", "clear", "above", AirQuality().model_dump()),
)
# What design 7 knows; a code that is not here may be a warning or an error
_SEVERITIES: Final[Mapping[str, tuple[str, ...]]] = {
    "source_silent": ("error",),
    "equipment_error": ("error",),
    "equipment_warning": ("warning",),
    "peripheral_missing": ("error",),
    "battery_low": ("warning",),
    "sensor_stuck": ("warning",),
    "sensor_disagreement": ("warning",),
    "air_quality": ("info",),
    "clock_skew": ("info",),
    "decode_failing": ("warning",),
    "reported": ("warning",),
}
_OF_NO_ROOM: Final = frozenset(
    {
        "broker_down",
        "store_down",
        "outbox_filling",
        "registry_invalid",
        "backup_failed",
        "alert_undeliverable",
    }
)
_OF_NO_DEVICE: Final = _OF_NO_ROOM | {
    "air_quality",
    "reported",
    "calendar_failing",
    "coverage_low",
}


def check_alerts(document: Document) -> list[Mistake]:
    """Every mistake between these parts of one rooms.yaml."""
    return [*_thresholds(document), *_routes(document), *_named(document)]


def _below(data: Any, *path: str | int) -> dict[str, Any]:
    """The mapping at a path; {} where there is none."""
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


# ---- faults


def _thresholds(document: Document) -> Iterator[Mistake]:
    faults = _below(document.data, "faults")
    devices = {str(item.get("id")): item for _, item in entries(document, "devices")}
    for id_ in _below(faults, "devices"):
        path: Path = ("faults", "devices", id_)
        yield from known(document, path, id_, [*devices], "unknown_device", at_key=True)
    for part in ("kinds", "devices"):
        for name in _below(faults, part):
            for code in _below(faults, part, name):
                if code in SITE_ONLY:
                    path = ("faults", part, name, code)
                    yield document.mistake(path, "site_only", at_key=True, name=code)
    for path, layers in _layers(faults, devices):
        yield from _order(document, path, layers)


def _layers(
    faults: dict[str, Any], devices: Mapping[str, dict[str, Any]]
) -> Iterator[tuple[Path, Sequence[dict[str, Any]]]]:
    """Where thresholds are written, with all that holds there: the most particular last."""
    site = _below(faults, "site")
    yield ("faults", "site"), [site]
    for kind in _below(faults, "kinds"):
        yield ("faults", "kinds", kind), [site, _below(faults, "kinds", kind)]
    for id_ in _below(faults, "devices"):
        model = MODELS.get(str(devices.get(id_, {}).get("model", "generic")))
        kind = "" if model is None else model.family
        layers = [site, _below(faults, "kinds", kind), _below(faults, "devices", id_)]
        yield ("faults", "devices", id_), layers


def _order(document: Document, path: Path, layers: Sequence[dict[str, Any]]) -> Iterator[Mistake]:
    for code, low, high, limits in _ORDERED:
        given = layers[-1].get(code)
        if not isinstance(given, dict):
            continue
        held: dict[str, Any] = {}
        for layer in layers:
            said = layer.get(code)
            held = {} if said is False else held | (said if isinstance(said, dict) else {})
        lower, higher = held.get(low, limits[low]), held.get(high, limits[high])
        numbers = all(type(value) in (int, float) for value in (lower, higher))
        if numbers and lower > higher and (low in given or high in given):
            name = "clear" if "clear" in given else next(n for n in (low, high) if n in given)
            values: dict[str, Any] = {low: f"{lower:g}", high: f"{higher:g}"}
            yield document.mistake((*path, code, name), f"limits_{code}", **values)


# ---- alerts and maintenance


def _items(document: Document) -> list[tuple[Path, dict[str, Any]]]:
    """Every route of ``alerts``, and where it stands."""
    given = _below(document.data, "alerts").get("routes")
    routes = enumerate(given if isinstance(given, list) else ())
    return [(("alerts", "routes", i), route) for i, route in routes if isinstance(route, dict)]


def _routes(document: Document) -> Iterator[Mistake]:
    routes = _items(document)
    ids = [(route["id"], (*path, "id")) for path, route in routes if "id" in route]
    yield from twice(document, [(str(id_), path) for id_, path in ids], "id_twice")
    digest = _below(document.data, "alerts").get("digest", "")
    for path, route in routes:
        if digest is None and route.get("send") == "digest":
            yield document.mistake((*path, "send"), "no_digest")
        yield from _never(document, path, route)


def _never(document: Document, path: Path, route: dict[str, Any]) -> Iterator[Mistake]:
    """What keeps a route from ever matching: somebody relies on it in vain."""
    if route.get("hours") == {}:
        yield document.mistake((*path, "hours"), "hours_none")
    codes = [code for _, code in texts(route.get("codes"))]
    if not codes:
        return
    named = ", ".join(codes)
    severities = {severity for _, severity in texts(route.get("severity"))}
    possible = {word for code in codes for word in _SEVERITIES.get(code, ("warning", "error"))}
    if severities and severities.isdisjoint(possible):
        yield document.mistake((*path, "severity"), "never_severity", codes=named)
    if route.get("kinds") and _OF_NO_DEVICE.issuperset(codes):
        yield document.mistake((*path, "kinds"), "never_kind", codes=named)
    if route.get("rooms") and _OF_NO_ROOM.issuperset(codes):
        yield document.mistake((*path, "rooms"), "never_room", codes=named)


def _named(document: Document) -> Iterator[Mistake]:
    """Rooms and devices that routes and windows name."""
    ids = {
        section: [item["id"] for _, item in entries(document, section) if "id" in item]
        for section in ("rooms", "devices")
    }
    windows: list[tuple[Path, dict[str, Any]]] = [
        (("maintenance", i), window) for i, window in entries(document, "maintenance")
    ]
    for path, part in [*_items(document), *windows]:
        for name, key in (("rooms", "unknown_room"), ("devices", "unknown_device")):
            for j, given in texts(part.get(name)):
                yield from known(document, (*path, name, j), given, ids[name], key)
