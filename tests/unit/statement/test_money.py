"""How money, hours and exact numbers read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.statement.money import exact, hours, kronor, plain
from rooms.texts import Language


@pytest.mark.parametrize(
    ("ore", "swedish", "english", "machine"),
    [
        (621_400, "6\u00a0214,00\u00a0kr", "SEK 6,214.00", "6214.00"),
        (0, "0,00\u00a0kr", "SEK 0.00", "0.00"),
        (-50, "\u22120,50\u00a0kr", "\u2212SEK 0.50", "-0.50"),
        (5, "0,05\u00a0kr", "SEK 0.05", "0.05"),
        (
            -123_456_789,
            "\u22121\u00a0234\u00a0567,89\u00a0kr",
            "\u2212SEK 1,234,567.89",
            "-1234567.89",
        ),
    ],
)
def test_money(ore: int, swedish: str, english: str, machine: str) -> None:
    assert (kronor(ore, "sv"), kronor(ore, "en"), plain(ore)) == (swedish, english, machine)


@given(st.integers(-(10**12), 10**12))
def test_money_for_machines_can_be_read_back(ore: int) -> None:
    assert Fraction(plain(ore)) * 100 == ore


@pytest.mark.parametrize(
    ("seconds", "swedish", "english"),
    [
        (148_800, "41 tim 20 min", "41 h 20 min"),
        (0, "0 min", "0 min"),
        (29, "0 min", "0 min"),
        (30, "1 min", "1 min"),
        (3600, "1 tim", "1 h"),
        (3599, "1 tim", "1 h"),
        (1200, "20 min", "20 min"),
        (1234 * 3600, "1\u00a0234 tim", "1,234 h"),
        (-5400, "\u22121 tim 30 min", "\u22121 h 30 min"),
    ],
)
def test_hours(seconds: int, swedish: str, english: str) -> None:
    assert (hours(seconds, "sv"), hours(seconds, "en")) == (swedish, english)


@pytest.mark.parametrize(
    ("number", "places", "language", "told"),
    [
        (Fraction(2469, 2), 4, None, "1234.5000"),
        (Fraction(2469, 2), 1, "sv", "1\u00a0234,5"),
        (Fraction(-2469, 2), 1, "en", "\u22121,234.5"),
        (Fraction(-1, 3), 2, None, "-0.33"),
        (Fraction(-1, 3000), 2, None, "0.00"),  # no minus before nothing
        (Fraction(1, 2), 0, None, "1"),
        (Fraction(-1, 2), 0, "sv", "\u22121"),
        (Fraction(19999, 10000), 3, None, "2.000"),
        (7, 2, "sv", "7,00"),
    ],
)
def test_exact_numbers(
    number: Fraction | int, places: int, language: Language | None, told: str
) -> None:
    assert exact(number, places, language) == told
