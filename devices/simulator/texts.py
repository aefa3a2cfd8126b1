"""What the simulator says to a person: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "label": ("Historik", "History"),
    "no-file": (
        "Hittar inte {path}. Ange rätt fil med --rooms.",
        "Cannot find {path}. Name the file with --rooms.",
    ),
    "no-devices": (
        "{path} innehåller inga enheter att simulera.",
        "{path} has no devices to simulate.",
    ),
    "unknown-device": (
        "--{option}: det finns ingen enhet som heter {device}.",
        "--{option}: there is no device called {device}.",
    ),
    "bad-tokens": (
        "{name} ska vara JSON: panelens id och dess token, båda inom citattecken.",
        "{name} has to be JSON: the panel's id and its token, both in quotes.",
    ),
    "waiting": (
        "MQTT-servern {broker} svarar inte ({reason}). Försöker igen tills den svarar.",
        "The MQTT broker {broker} does not answer ({reason}). Trying again until it does.",
    ),
    "refused": (
        "MQTT-servern {broker} släpper inte in oss ({reason}). "
        "Kontrollera --username och RUMSKOLL_MQTT_PASSWORD.",
        "The MQTT broker {broker} refuses us ({reason}). "
        "Check --username and RUMSKOLL_MQTT_PASSWORD.",
    ),
    "port": (
        "{device} kan inte svara på port {port} ({reason}). Ändra connect i rooms.yaml.",
        "{device} cannot answer on port {port} ({reason}). Change connect in rooms.yaml.",
    ),
    "disk": ("Kan inte skriva {path}: {reason}", "Cannot write {path}: {reason}"),
}


def say(language: str, key: str, **values: object) -> str:
    return TEXTS[key][language == "en"].format(**values)
