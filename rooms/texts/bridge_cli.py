"""Texts of ``rumskoll bridge``: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.bridge": (
        "Bevaka utrustning på det lokala nätet och berätta för MQTT-servern hur den mår.",
        "Watch equipment on the local network, and tell the MQTT broker how it is.",
    ),
    "help.bridge_name": (
        "roomos, pjlink, poly eller collabos; eller all",
        "roomos, pjlink, poly or collabos; or all",
    ),
    "help.bridge_try": (
        "Fråga bara den här enheten en gång, visa svaret och sluta.",
        "Ask this device once, show what it says, and end.",
    ),
    "help.bridges": (
        "Starta även de bryggor som rooms.yaml behöver (connect)."
        " Med --demo svarar simulerad utrustning.",
        "Start the bridges as well that rooms.yaml needs (connect)."
        " With --demo simulated equipment answers.",
    ),
    "bridge.unknown": (
        "Det finns ingen brygga {name}. Välj bland: {known}.",
        "There is no bridge {name}. Choose from: {known}.",
    ),
    "bridge.nothing": (
        "rooms.yaml har ingen enhet med connect för bryggan {name}."
        " Den behöver modellen {model} och en källa med avkodaren native.",
        "rooms.yaml has no device with connect for the bridge {name}."
        " It needs the model {model} and a source with the decoder native.",
    ),
    "bridge.not_its_device": (
        "{device} är ingen av bryggans enheter. De är: {known}.",
        "{device} is none of the bridge's devices. They are: {known}.",
    ),
    "bridge.logins_broken": (
        "RUMSKOLL_BRIDGE_LOGINS går inte att läsa: {reason}. Skriv en rad per brygga eller enhet:"
        ' roomos: {{username: rumskoll, password: "…"}}',
        "RUMSKOLL_BRIDGE_LOGINS cannot be read: {reason}. Write a line for each bridge or device:"
        ' roomos: {{username: rumskoll, password: "…"}}',
    ),
    "bridge.posts_secret": (
        "RUMSKOLL_ROOMOS_POSTS_SECRET behöver minst 16 tecken: det är allt som håller andra ute.",
        "RUMSKOLL_ROOMOS_POSTS_SECRET needs at least 16 characters: nothing else keeps others out.",
    ),
    "bridge.posts_port": (
        "Porten {port} för RoomOS går inte att öppna: {reason}.",
        "The port {port} for RoomOS cannot be opened: {reason}.",
    ),
    "bridge.lost": ("{device} svarar inte: {reason}.", "{device} does not answer: {reason}."),
    "bridge.refused": (
        "{device} släpper inte in oss: {reason}.",
        "{device} does not let us in: {reason}.",
    ),
}
