"""What YAML means here, where things stand, and that parsing is total."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from rooms.devicemodels import MODELS
from rooms.registry.document import read_document
from rooms.registry.mistakes import RegistryError
from rooms.registry.models import Device, Placement, Site
from rooms.registry.parse import build_registry, parse_site
from rooms.registry.snippet import guess_model, snippet
from tests.unit.registry.broken import SITE, broken, mistakes

EXAMPLE = Path(__file__).parents[3] / "examples" / "lycksele" / "rooms.yaml"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("y", "y"),
        ("true", True),
        ("07:30", "07:30"),
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31 10:00:00", "2026-01-31 10:00:00"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("012", 12),
        (".5", 0.5),
        ("1e3", 1000.0),
        (".nan", ".nan"),
        ("~", None),
        ("a81758fffe0a1001", "a81758fffe0a1001"),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("!!int abc", "abc"),
    ],
)
def test_scalars_mean_what_people_expect(written: str, meant: object) -> None:
    assert read_document(f"x: {written}", "f").data == {"x": meant}


def test_keys_are_text_and_defaults_merge_without_winning() -> None:
    text = "base: &b {a: 1, 0: x}\nmore: {<<: *b, a: 2}\nlist: {<<: [*b, {c: 3}]}\n"
    data = read_document(text, "f").data
    assert data["more"] == {"a": 2, "0": "x"}
    assert data["list"] == {"a": 1, "0": "x", "c": 3}


def test_the_example_site_is_in_order() -> None:
    site = parse_site(EXAMPLE.read_text("utf-8"), "rooms.yaml")
    registry = build_registry([site])
    assert registry.by_address("lora", "a81758fffe0a1007") is registry.devices["flytt-oga"]
    vindelalven = registry.rooms["vindelalven"][1]
    assert vindelalven.capacity.at(date(2026, 8, 31)) == 20
    assert vindelalven.capacity.at(date(2026, 9, 1)) == 24


@given(st.integers(0, SITE.count("\n") - 1), st.integers(1, 5))
def test_lines_stay_right_after_comments_are_inserted(at: int, count: int) -> None:
    lines = broken(("capacity: 4", "capacity: x")).splitlines()
    wrong = next(i for i, line in enumerate(lines) if "capacity: x" in line)
    lines[at:at] = ["# a comment: with [signs"] * count
    expected = wrong + 1 + (count if at <= wrong else 0)
    [found] = mistakes("\n".join(lines))
    assert found.startswith(f"rooms.yaml:{expected}: rooms[1].capacity:")


def total(text: str) -> None:
    """A site, or mistakes of one line each in both languages; anything else is raised."""
    wrong = mistakes(text, "sv") + mistakes(text, "en")
    assert wrong or isinstance(parse_site(text, "f"), Site)
    assert all(len(line.splitlines()) == 1 for line in wrong)


@given(st.text(max_size=200))
def test_any_text_gives_a_site_or_mistakes(text: str) -> None:
    total(text)


@given(st.text(alphabet=" -:{}[]&*!|>'\"%@#,?\n\tab0~<=\\xu", max_size=80))
def test_any_yaml_signs_give_a_site_or_mistakes(text: str) -> None:
    total(text)


_LEAVES = st.sampled_from(
    [None, True, 0, -1, 1.5, 10**30, "", "x", "a-b", "1/2", "9d", "08:00-17:00", "2026-02-30"]
) | st.dates().map(str)
_NAMES = sorted({name for model in (Site, Device, Placement) for name in model.model_fields})
_TREES = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*_NAMES, "from", "value", "mon", "mapping", "fields", "zz"]), inner
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(sorted(Site.model_fields)), _TREES)
def test_any_value_of_any_section_gives_a_site_or_mistakes(section: str, tree: object) -> None:
    data = yaml.safe_load(SITE) | {section: tree}
    total(yaml.safe_dump(data, allow_unicode=True))


def test_ids_differ_between_sites() -> None:
    other = broken(("id: arena\n", "id: annan\n"), ("id: lora\n", "id: lora-b\n"))
    other = other.replace("source: lora,", "source: lora-b,")
    sites = [parse_site(SITE, "a.yaml"), parse_site(other, "b.yaml")]
    documents = [read_document(SITE, "a.yaml"), read_document(other, "b.yaml")]
    with pytest.raises(RegistryError) as caught:
        build_registry(sites, documents)
    assert caught.value.lines("en")[0] == (
        'b.yaml:8: sources[1].id: "egna" stands in a.yaml already. Ids must differ between sites.'
    )
    assert len(caught.value.mistakes) == 5  # egna, two rooms, two devices


@pytest.mark.parametrize(
    ("hint", "model"),
    [
        ("ELSYS ERS CO2 EU868", "elsys-ers-co2"),
        ("ERS CO2 Lite", "elsys-ers-co2-lite"),
        ("Elsys ERS", "elsys-ers"),
        ("RTCGQ11LM", "aqara-rtcgq11lm"),
        ("Okänd sak", "generic"),
        ("", "generic"),
        (None, "generic"),
    ],
)
def test_a_model_is_guessed_from_what_the_source_says(hint: str | None, model: str) -> None:
    assert guess_model(hint) == model
    assert model in MODELS


def test_a_snippet_reads_well() -> None:
    assert snippet("lora", "a81758fffe000abc", "ELSYS ERS Eye", "granen") == (
        "# devices:\n"
        "  - id: elsys-ers-eye-0abc\n"
        "    source: lora\n"
        '    address: "a81758fffe000abc"\n'
        "    model: elsys-ers-eye\n"
        "# placements:\n"
        "  - device: elsys-ers-eye-0abc\n"
        "    room: granen\n"
    )


@given(st.text(min_size=1, max_size=256), st.none() | st.text(max_size=30))
def test_a_pasted_snippet_names_the_device_again(address: str, room: str | None) -> None:
    assume(address.casefold() not in {"oga", "luft"})  # taken
    devices, placements = snippet("egna", address, None, room).split("# placements:\n")
    text = broken(("placements:\n", devices + "placements:\n" + placements))
    found = mistakes(text)
    if any((c < " " and c not in "\t\n") or c == "\x7f" for c in address):
        assert any("control character" in line for line in found)
    else:  # the room is still to be filled in, unless the topic told it
        assert all("placements[" in line and "room" in line for line in found), found


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=5))
def test_overlapping_stays_are_found_and_others_are_not(days: list[tuple[int, int]]) -> None:
    stays = [(a, b) for a, b in days if a < b]
    rows = [
        f"  - {{device: luft, room: granen, from: 2026-01-0{a}, until: 2026-01-0{b}}}\n"
        for a, b in stays
    ]
    text = broken(("  - {device: luft, room: tallen}\n", "".join(rows)))
    overlap = any(a < d and c < b for i, (a, b) in enumerate(stays) for c, d in stays[:i])
    assert any("already (line" in line for line in mistakes(text)) is overlap


def test_a_long_stay_meets_every_later_one() -> None:
    rows = (
        "  - {device: luft, room: granen, until: 2026-09-01}\n"
        "  - {device: luft, room: tallen, from: 2026-02-01, until: 2026-03-01}\n"
        "  - {device: luft, room: granen, from: 2026-04-01, until: 2026-05-01}\n"
    )
    found = mistakes(broken(("  - {device: luft, room: tallen}\n", rows)))
    assert [line.split(": ")[:2] for line in found] == [
        ["rooms.yaml:28", "placements[3]"],
        ["rooms.yaml:29", "placements[4]"],
    ]
    assert all("(line 27)" in line for line in found)
