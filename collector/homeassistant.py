"""What tells Home Assistant of the rooms: one retained discovery message for each.

Format: "MQTT discovery", device discovery payload, in Home Assistant's documentation
(https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload): the topic
``<prefix>/device/<object id>/config``; a component of nothing but its platform is taken away; a
state of ``None`` is unknown. An empty message takes the whole device away.
"""

from __future__ import annotations

from typing import Any, Final

from rooms.registry import Registry
from rooms.texts import text

Body = dict[str, Any]

STATUS: Final = "rumskoll/status"
_PLATFORMS: Final = {
    "occupancy": "binary_sensor",
    "people": "sensor",
    "co2": "sensor",
    "problem": "binary_sensor",
}
_OF_PEOPLE: Final = ("occupancy", "people", "co2")
_FIELDS: Final[dict[str, Body]] = {
    "occupancy": {
        "device_class": "occupancy",
        "value_template": "{{ {'occupied': 'ON', 'vacant': 'OFF'}.get(value_json.state, 'None') }}",
    },
    "people": {
        "icon": "mdi:account-group",
        "state_class": "measurement",
        "value_template": "{{ value_json.people }}",
    },
    "co2": {
        "device_class": "carbon_dioxide",
        "state_class": "measurement",
        "unit_of_measurement": "ppm",
        "value_template": "{{ value_json.co2_ppm }}",
    },
    "problem": {
        "device_class": "problem",
        "value_template": "{{ 'ON' if value_json.problems.count else 'OFF' }}",
    },
}


def object_id(site: str, room: str) -> str:
    """Ids hold no underscore, so that two rooms never share one."""
    return f"rumskoll_{site}_{room}"


def discovery_topic(prefix: str, site: str, room: str) -> str:
    return f"{prefix}/device/{object_id(site, room)}/config"


def discovery(registry: Registry, room: str, name: str, state_topic: str, now: int) -> Body:
    """The message for one room; of a private one it tells only whether something is wrong."""
    site, _ = registry.rooms[room]
    id_ = object_id(site.id, room)
    gone = _OF_PEOPLE if registry.private(room, now) else ()
    return {
        "device": {
            "identifiers": [id_],
            "name": name,
            "manufacturer": "Rumskoll",
            "model": site.name.in_(site.language),
            "suggested_area": name,
        },
        "origin": {"name": "Rumskoll"},
        "availability": [{"topic": STATUS}],
        "state_topic": state_topic,
        "qos": 1,
        "components": {
            what: {"platform": platform}
            if what in gone
            else {
                "platform": platform,
                "unique_id": f"{id_}_{what}",
                "name": text(site.language, f"publish.{what}"),
                **_FIELDS[what],
            }
            for what, platform in _PLATFORMS.items()
        },
    }
