"""Times, lengths and harmless text, as people read them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.faults.words import first_step, problem_text
from rooms.registry.alerting import Code
from rooms.texts import TEXTS
from rooms.texts.plain import plain
from rooms.texts.times import clock, lasted

ZONE = ZoneInfo("Europe/Stockholm")


def ms(*when: int) -> int:
    return round(datetime(*when, tzinfo=ZONE).timestamp() * 1000)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("at", "swedish", "english"),
    [
        (ms(2026, 11, 24, 8, 55), "08.55", "08:55"),
        (ms(2026, 11, 23, 16, 20), "i går 16.20", "yesterday 16:20"),
        (ms(2026, 11, 25, 9, 0), "i morgon 09.00", "tomorrow 09:00"),
        (ms(2026, 11, 2, 16, 20), "2 nov. 16.20", "2 Nov 16:20"),
        (ms(2026, 11, 27, 9, 0), "27 nov. 09.00", "27 Nov 09:00"),
        (ms(2026, 3, 2, 16, 20), "2 mars 2026 16.20", "2 Mar 2026 16:20"),
    ],
)
def test_moments(at: int, swedish: str, english: str) -> None:
    now = ms(2026, 11, 24, 9, 0)
    assert clock(at, now, ZONE, "sv") == swedish
    assert clock(at, now, ZONE, "en") == english


@pytest.mark.parametrize(
    ("minutes", "swedish", "english"),
    [
        (0, "1 min", "1 min"),
        (25, "25 min", "25 min"),
        (59.4, "59 min", "59 min"),
        (59.6, "1 tim", "1 h"),
        (125, "2 tim 5 min", "2 h 5 min"),
        (24 * 60, "24 tim", "24 h"),
        (48 * 60, "2 dygn", "2 days"),
        (80 * 60, "3 dygn", "3 days"),
    ],
)
def test_lengths(minutes: float, swedish: str, english: str) -> None:
    assert lasted(round(minutes * 60_000), "sv") == swedish
    assert lasted(round(minutes * 60_000), "en") == english


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("Quad Camera", "Quad Camera"),
        ("a\r\nBcc: x@y.z", "a Bcc: x@y.z"),
        ("\x00\x1b[31mred\x07", "[31mred"),
        ("abc\u202edef\u2066", "abc def"),  # overrides of the direction of writing
        ("\ud800 lone", "lone"),
        ("a\u2028b\u2029c\u0085d", "a b c d"),
        ("<b>&", "<b>&"),
        ("📷 kamera", "📷 kamera"),
        ("x" * 20, "x" * 9 + "…"),
        ("x" * 10, "x" * 10),
        ("abcdefgh ij", "abcdefgh…"),
        (" " * 10_000 + "x", "…"),
    ],
)
def test_harmless(given_: str, shown: str) -> None:
    assert plain(given_, most=10 if "…" in shown or given_ == "x" * 10 else 80) == shown


@given(st.text(st.characters(), max_size=200), st.integers(1, 40))
def test_always_one_printable_line(value: str, most: int) -> None:
    shown = plain(value, most)
    assert len(shown) <= most
    assert shown.isprintable()
    assert shown == shown.strip()
    assert plain(shown, most) == shown
    shown.encode()  # no lone surrogate is left


def test_every_code_has_words_and_a_first_step() -> None:
    for code in Code.__args__:  # type: ignore[attr-defined]
        assert f"problem.{code}" in TEXTS, code
        assert first_step("sv", code).endswith("."), code


@pytest.mark.parametrize(
    ("code", "detail", "model", "step"),
    [
        ("peripheral_missing", "camera: Quad", "cisco-roomos", "Kontrollera USB-kabeln."),
        ("battery_low", "", "philips-sml001", "Byt batterier: två AAA."),
        (
            "battery_low",
            "",
            "elsys-ers2-co2",
            "Byt batteri: AA litium 3,6 V, inte vanliga AA.",
        ),
        ("battery_low", "", "generic-motion", "Byt batteri i sensorn."),
        ("battery_low", "", None, "Byt batteri i sensorn."),
        (
            "device_silent",
            "",
            "generic-motion",
            "Kontrollera att sensorn sitter kvar och byt batteri.",
        ),
    ],
)
def test_the_most_particular_step(code: str, detail: str, model: str | None, step: str) -> None:
    assert first_step("sv", code, detail, model) == step


@pytest.mark.parametrize(
    ("code", "detail", "said"),
    [
        ("source_silent", "", "Inget har hörts från någon av dess enheter sedan 08.55"),
        ("source_silent", "a840", "Inget har hörts genom mottagaren a840 sedan 08.55"),
        ("sensor_stuck", "never", "Har inte märkt någon sedan 08.55, fast andra sensorer har"),
        ("flapping", "device_silent", "Ett fel kommer och går sedan 08.55"),
        ("reported", "", "Anmält fel sedan 08.55"),
        ("no_such_code", "x", "no_such_code x sedan 08.55"),
    ],
)
def test_the_most_particular_words(code: str, detail: str, said: str) -> None:
    assert problem_text("sv", code, detail, "08.55") == said
