"""What is published of rooms and faults: bodies and faults in, topics and JSON out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jinja2 import Environment
from posting import DAY, HOUR, MIN, NOW, SITE, registry

from collector.decoders.topics import matches
from collector.homeassistant import STATUS, discovery_topic
from collector.published import LONGEST, picture
from rooms.faults import Fault
from rooms.registry import Registry, Site
from rooms.registry.topics import filters

ROOT = "rumskoll-state/s"
EMPTY = {
    "since": None,
    "provisional": False,
    "people": None,
    "booked_until": None,
    "next_booking": None,
    "co2_ppm": None,
}


def fault(
    code: str = "device_silent",
    subject: str = "radar",
    detail: str = "",
    severity: Any = "warning",
    **more: Any,
) -> Fault:
    given = {"since": NOW - 65 * MIN, "site": "s", "id": f"{code}-{subject}"} | more
    return Fault(code=code, subject=subject, detail=detail, severity=severity, **given)


def shown(
    rooms: dict[str, Any] | None = None,
    faults: list[Fault] | None = None,
    house: Registry | None = None,
    **more: Any,
) -> dict[str, Any]:
    bodies = {id_: EMPTY | body for id_, body in (rooms or {}).items()}
    found = picture(house or registry(), bodies, faults or [], NOW, **more)
    return {topic: json.loads(payload) for topic, payload in found.items()}


def test_a_room_and_nothing_else() -> None:
    found = shown({"granen": {"state": "occupied", "since": NOW - 65 * MIN, "people": 3}})
    assert found.keys() == {
        f"{ROOT}/rooms/granen",
        f"{ROOT}/rooms/tallen",
        f"{ROOT}/rooms/kontoret",
        f"{ROOT}/summary",
    }
    assert found[f"{ROOT}/rooms/granen"] == {
        "name": "Granen",
        "state": "occupied",
        "since": "2026-11-23T08:55:00+01:00",
        "provisional": False,
        "people": 3,
        "booked_until": None,
        "next_booking": None,
        "co2_ppm": None,
        "problems": {"count": 0, "worst": None, "words": ""},
        "words": "Upptaget sedan 08.55",
    }
    assert found[f"{ROOT}/summary"] == {
        "name": "Inland",
        "rooms": {"occupied": 1, "vacant": 0, "unknown": 1, "private": 1},
        "problems": {"count": 0, "info": 0, "warning": 0, "error": 0},
        "words": "1 av 2 rum är upptaget. 1 är okänt. Inga fel.",
    }


@pytest.mark.parametrize(
    ("body", "swedish", "english"),
    [
        ({"state": "vacant"}, "Ledigt", "Free"),
        (
            {"state": "vacant", "next_booking": NOW + 90 * MIN},
            "Ledigt till 11.30",
            "Free until 11:30",
        ),
        ({"state": "vacant", "next_booking": NOW + DAY}, "Ledigt", "Free"),
        (
            {"state": "vacant", "booked_until": NOW + HOUR},
            "Ledigt, bokat till 11.00",
            "Free, booked until 11:00",
        ),
        ({"state": "occupied"}, "Upptaget", "Occupied"),
        (
            {"state": "occupied", "since": NOW - DAY},
            "Upptaget sedan i går 10.00",
            "Occupied since yesterday 10:00",
        ),
        (
            {"state": "occupied", "since": NOW, "booked_until": NOW + HOUR},
            "Upptaget, bokat till 11.00",
            "Occupied, booked until 11:00",
        ),
        ({"state": "unknown"}, "Okänt", "Unknown"),
    ],
)
def test_the_line_for_a_door_sign(body: dict[str, Any], swedish: str, english: str) -> None:
    for language, words in (("sv", swedish), ("en", english)):
        house = registry(language=language)
        assert shown({"tallen": body}, house=house)[f"{ROOT}/rooms/tallen"]["words"] == words


@pytest.mark.parametrize(
    ("granen", "tallen", "words"),
    [
        ("unknown", "unknown", "Inget är känt om rummen just nu. Inga fel."),
        ("vacant", "vacant", "Alla 2 rum är lediga. Inga fel."),
        ("vacant", "unknown", "Inget rum är upptaget. 1 är okänt. Inga fel."),
        ("occupied", "occupied", "2 av 2 rum är upptagna. Inga fel."),
    ],
)
def test_the_line_for_the_whole_site(granen: str, tallen: str, words: str) -> None:
    found = shown({"granen": {"state": granen}, "tallen": {"state": tallen}})
    assert found[f"{ROOT}/summary"]["words"] == words


def test_faults_stand_by_themselves_and_in_their_rooms() -> None:
    found = shown(
        faults=[
            fault(),
            fault(
                "peripheral_missing",
                "vc",
                "camera: Quad",
                "error",
                acknowledged=NOW,
                acknowledged_by="anna",
            ),
            fault("store_down", "service", "", "error", site=""),
        ]
    )
    assert found[f"{ROOT}/rooms/granen"]["problems"] == {
        "count": 2,
        "worst": "error",
        "words": "Kameran (Quad) saknas sedan 08.55",
    }
    assert found[f"{ROOT}/faults/peripheral_missing-vc"] == {
        "code": "peripheral_missing",
        "subject": "vc",
        "name": "vc",
        "room": "granen",
        "severity": "error",
        "since": "2026-11-23T08:55:00+01:00",
        "acknowledged": True,
        "held": False,
        "words": "Kameran (Quad) saknas sedan 08.55",
    }
    assert found[f"{ROOT}/faults/store_down-service"]["room"] is None
    assert found[f"{ROOT}/summary"]["problems"] == {"count": 3, "info": 0, "warning": 1, "error": 2}
    assert "anna" not in json.dumps(found)


def test_nobody_is_named() -> None:
    """The detail of these holds a person, or what somebody wrote."""
    found = shown(
        faults=[
            fault("alert_undeliverable", "service", "anna email", "error", site=""),
            fault("registry_invalid", "service", "anna@example.se", "error", site=""),
        ]
    )
    assert len(found) == 6
    assert "anna" not in json.dumps(found)


def test_a_private_room_tells_of_its_equipment_only() -> None:
    secret = {"state": "occupied", "since": NOW, "people": 1, "co2_ppm": 900.0}
    found = shown(
        {"kontoret": secret},
        [
            fault("equipment_error", "egen", "fan", "error"),
            fault("sensor_stuck", "egenpir"),
            fault("air_quality", "kontoret", severity="info"),
            fault("reported", "kontoret", "other"),
        ],
    )
    assert found[f"{ROOT}/rooms/kontoret"] == {
        "name": "Kontoret",
        "state": "private",
        **EMPTY,
        "problems": {"count": 1, "worst": "error", "words": "Fläkten är trasig (sedan 08.55)"},
        "words": "Privat",
    }
    assert [topic for topic in found if "/faults/" in topic] == [
        f"{ROOT}/faults/equipment_error-egen"
    ]


def test_what_happened_in_a_room_that_was_private_stays_untold() -> None:
    house = registry(rooms=[room | {"private": False} for room in SITE["rooms"]])
    found = shown({"kontoret": {"state": "private"}}, house=house)
    assert found[f"{ROOT}/rooms/kontoret"]["state"] == "unknown"
    moved = fault("sensor_stuck", "radar", room="kontoret")
    assert not [topic for topic in shown(faults=[moved]) if "/faults/" in topic]


@pytest.mark.parametrize(
    "detail", ["<script>alert(1)</script>\x00\x1b[31m\r\n", "\u202egnp.exe", "\ud800", "å" * 10_240]
)
def test_hostile_text_arrives_as_one_harmless_line(detail: str) -> None:
    wrong = fault("equipment_error", "vc", detail, "error")
    found = picture(registry(), {}, [wrong], NOW)[f"{ROOT}/faults/{wrong.id}"]
    assert len(found) < 1000
    words = json.loads(found)["words"]
    assert words.isprintable()
    assert words.startswith("Fel sedan 08.55")
    assert len(words) <= LONGEST


def test_several_sites_have_trees_of_their_own() -> None:
    other = SITE | {
        "id": "annan",
        "language": "en",
        "sources": [{"id": "a2", "decoder": "native"}],
        "rooms": [{"id": "renen", "name": "Renen", "capacity": 4}],
        "devices": [],
        "placements": [],
    }
    house = Registry([Site.model_validate(SITE), Site.model_validate(other)])
    found = shown({"renen": {"state": "vacant"}}, [fault("broker_down", "service", site="")], house)
    assert found["rumskoll-state/annan/rooms/renen"]["words"] == "Free"
    assert f"{ROOT}/faults/broker_down-service" in found, "with the first site"
    assert found["rumskoll-state/annan/summary"]["problems"]["count"] == 0


# ---- Home Assistant


def test_home_assistant_is_told_of_every_room() -> None:
    found = shown(discovery_prefix="ha")
    config = found["ha/device/rumskoll_s_granen/config"]
    assert config["device"]["identifiers"] == ["rumskoll_s_granen"]
    assert config["availability"] == [{"topic": STATUS}]
    assert config["state_topic"] == f"{ROOT}/rooms/granen"
    parts = config["components"]
    assert {name: part["platform"] for name, part in parts.items()} == {
        "occupancy": "binary_sensor",
        "people": "sensor",
        "co2": "sensor",
        "problem": "binary_sensor",
    }
    ids = [part["unique_id"] for part in parts.values()]
    assert ids == [f"rumskoll_s_granen_{name}" for name in parts]
    # one's own office: nothing but its equipment; a platform alone takes a component away
    private = found["ha/device/rumskoll_s_kontoret/config"]["components"]
    assert [name for name, part in private.items() if len(part) > 1] == ["problem"]


@pytest.mark.parametrize(
    ("component", "state", "expected"),
    [
        ("occupancy", {"state": "occupied"}, "ON"),
        ("occupancy", {"state": "vacant"}, "OFF"),
        ("occupancy", {"state": "unknown"}, "None"),
        ("people", {"people": 4}, "4"),
        ("people", {}, "None"),
        ("co2", {"co2_ppm": 812.0}, "812.0"),
        ("problem", {}, "OFF"),
    ],
)
def test_its_templates_read_what_is_published(
    component: str, state: dict[str, Any], expected: str
) -> None:
    """Home Assistant's templates are Jinja's; ``None`` is its unknown."""
    found = shown({"granen": state}, discovery_prefix="ha")
    config = found[discovery_topic("ha", "s", "granen")]
    template = Environment(autoescape=True).from_string(
        config["components"][component]["value_template"]
    )
    assert template.render(value_json=found[config["state_topic"]]) == expected


# ---- our own collector


@pytest.mark.parametrize("site", ["s", "status", "rooms", "summary"])
@pytest.mark.parametrize("base", ["", "rumskoll", "rumskoll-state"])
def test_our_own_collector_takes_none_of_it_in(site: str, base: str) -> None:
    house = Registry([Site.model_validate(SITE | {"id": site})])
    faults = [fault(site=site)]
    topics = [STATUS, *picture(house, {}, faults, NOW, "homeassistant")]
    for decoder in ("native", "chirpstack"):
        (own,) = filters(site, decoder, base)
        assert [topic for topic in topics if matches(own.split("/"), topic.split("/"))] == []


def test_one_that_came_back_was_not_there_in_between() -> None:
    faults = [fault(again=NOW - 5 * MIN, reopened=1)]
    told = shown(faults=faults)[f"{ROOT}/faults/device_silent-radar"]
    assert told["since"] == "2026-11-23T09:55:00+01:00"
    assert told["words"] == "Har inte hörts av sedan 09.55"
