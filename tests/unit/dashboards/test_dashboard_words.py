"""Both languages: the same dashboards in other words, and no word of one in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

from tests.grafana.committed import DASHBOARDS, dashboard

# keys whose values people read
READ: Final = {"title", "description", "noValue", "label", "text", "displayName", "tooltip"}
# the same in both languages
SHARED: Final = {"Status", "Service", "Plats", "CO2", "CO₂", "RSSI", "SNR", "InfluxDB", "MQTT"}
SWEDISH: Final = {
    "och",
    "är",
    "inte",
    "rum",
    "rummet",
    "rummen",
    "enhet",
    "dag",
    "tid",
    "av",
    "som",
}
ENGLISH: Final = {
    "the",
    "of",
    "and",
    "is",
    "not",
    "room",
    "rooms",
    "device",
    "fault",
    "day",
    "which",
}

Found = tuple[str, Any, Any]


def beside(path: str, sv: Any, en: Any) -> Iterator[Found]:
    """Each value of both, side by side; what is not of one form stands as it is."""
    if isinstance(sv, dict) and isinstance(en, dict) and len(sv) == len(en):
        for (key, one), (other_key, other) in zip(sv.items(), en.items(), strict=True):
            if key != other_key:  # a name that people read, as of a renamed column
                yield f"{path}.<key>", key, other_key
            yield from beside(f"{path}.{key}", one, other)
    elif isinstance(sv, list) and isinstance(en, list) and len(sv) == len(en):
        for n, (one, other) in enumerate(zip(sv, en, strict=True)):
            yield from beside(f"{path}[{n}]", one, other)
    else:
        yield path, sv, en


def found(name: str) -> list[Found]:
    return [*beside(name, dashboard("sv", name), dashboard("en", name))]


def words(text: str) -> set[str]:
    """Without variables and names of files."""
    said = re.sub(r"\$\{[^}]*\}|\$\w+|\w+\.\w+", " ", text.lower())
    return set(re.findall(r"[a-zåäö]+", said))


@pytest.mark.parametrize("name", DASHBOARDS)
def test_both_languages_have_the_same_panels_and_queries(name: str) -> None:
    for path, sv, en in found(name):
        assert type(sv) is type(en), path
        if not isinstance(sv, str):
            assert sv == en, path
        if re.search(
            r"\.(query|alias|uid|url|refId|type|id|mode|color|rawQuery|definition)$", path
        ):
            assert sv == en, path


@pytest.mark.parametrize("name", DASHBOARDS)
def test_what_people_read_is_said_in_both_languages(name: str) -> None:
    for path, sv, en in found(name):
        if path.rpartition(".")[2] in READ and sv and sv == en:
            assert sv in SHARED or not re.search(r"[a-zåäö]{2}", sv), f"{path}: {sv}"


@pytest.mark.parametrize("name", DASHBOARDS)
def test_no_word_of_one_language_stands_in_the_other(name: str) -> None:
    for path, sv, en in found(name):
        if path.rpartition(".")[2] in READ | {"<key>"}:
            assert not words(sv) & ENGLISH, f"{path}: {sv}"
            assert not words(en) & SWEDISH, f"{path}: {en}"
            assert not re.search("[åäöÅÄÖ]", en), f"{path}: {en}"
