"""What numbers and codes mean, in words and colours: those of the board, so that a room or a
fault is called the same everywhere. For ``panels.words`` and ``shapes.words_for``."""

from __future__ import annotations

from typing import Final

from dashboards.colours import BLUE, GREEN, GREY, NOTHING, ORANGE, PURPLE, RED, SKY, YELLOW
from dashboards.words import Say

Words = dict[str, tuple[str, str]]  # a value -> its word and colour

# The board's: good under 1,000 ppm, a fault opens above 1,200 (design 7)
AIR: Final = ((None, GREEN), (800, YELLOW), (1_000, ORANGE), (1_200, RED))
ENOUGH: Final = 0.9  # of the time must be known, or figures are not told (metrics.md 2)

# Kinds of faults (design 7) as the board calls them
CODES: Final = {
    "device_silent": ("Tyst enhet", "Silent device"),
    "source_silent": ("Tyst källa", "Silent source"),
    "equipment_error": ("Fel i utrustning", "Equipment error"),
    "equipment_warning": ("Varning från utrustning", "Equipment warning"),
    "peripheral_missing": ("Saknat tillbehör", "Missing peripheral"),
    "battery_low": ("Svagt batteri", "Low battery"),
    "sensor_stuck": ("Sensor som har fastnat", "Stuck sensor"),
    "sensor_disagreement": ("Oeniga sensorer", "Sensors that disagree"),
    "air_quality": ("Dålig luft", "Bad air"),
    "clock_skew": ("Klocka som går fel", "Clock that is off"),
    "decode_failing": ("Oläsliga meddelanden", "Unreadable messages"),
    "flapping": ("Kommer och går", "Comes and goes"),
    "reported": ("Anmält", "Reported"),
    "broker_down": ("MQTT-servern borta", "MQTT broker down"),
    "store_down": ("Databasen borta", "Database down"),
    "outbox_filling": ("Kön växer", "Queue filling up"),
    "calendar_failing": ("Kalender som inte kan läsas", "Unreadable calendar"),
    "registry_invalid": ("Fel i rooms.yaml", "Mistake in rooms.yaml"),
    "alert_undeliverable": ("Larm som inte når fram", "Undeliverable alerts"),
    "backup_failed": ("Ingen säkerhetskopia", "No backup"),
    "coverage_low": ("För låg täckning", "Low coverage"),
}


def room_states(say: Say) -> Words:
    """``state`` of ``room_state``, and what ``overview.STATE`` makes of slots."""
    return {
        "0": (say("Ledigt", "Free"), SKY),
        "1": (say("Upptaget", "Occupied"), BLUE),
        "2": (say("Okänt", "Unknown"), GREY),
        "3": (say("Privat", "Private"), PURPLE),
    }


def severities(say: Say) -> Words:
    """The worst open fault; 0 where nothing is open."""
    return {
        "0": (say("Inget", "None"), NOTHING),
        "1": (say("Att veta", "Note"), SKY),
        "2": (say("Varning", "Warning"), ORANGE),
        "3": (say("Fel", "Error"), RED),
    }


def codes(say: Say) -> Words:
    return {code: (say(*words), NOTHING) for code, words in CODES.items()}


def contact(say: Say) -> Words:
    """``online`` of ``device_state``."""
    return {
        "0": (say("Tyst", "Silent"), ORANGE),
        "1": (say("Har kontakt", "In contact"), GREEN),
    }


def calls(say: Say) -> Words:
    return {"0": (say("Inget", "None"), NOTHING), "1": (say("I samtal", "In a call"), PURPLE)}
