"""What every store promises (storage/store.py)."""

from __future__ import annotations

import itertools

import pytest

from rooms.readings import Point
from storage.store import Store
from tests.contract.conftest import NOW, RETENTION_S, SERVERS, Kept

T = NOW - 3_600_000


def climate(device: str, time: int, **fields: float | str) -> Point:
    return Point("climate", {"site": "lycksele", "device": device}, time, dict(fields))


def test_reads_back_what_was_written_of_every_type(store: Store) -> None:
    points = [
        Point(
            "equipment",
            {"site": "lycksele", "device": "vc-granen"},
            T,
            {
                "online": 1.0,
                "people": 0.0,
                "lamp_h": 1234.0625,
                "power": "på",
                "firmware": r'ce11.5 "räksmörgås" C:\temp\n, a=b',
                "peripherals": r'[{"id":"1","name":"Kamera \"Björken\"","connected":true}]',
            },
        ),
        climate("a", T + 1, temperature_c=-0.1, co2_ppm=1e5, humidity_pct=1 / 3, tvoc_ugm3=1e-7),
    ]
    assert store.write(points) == []
    assert list(store.read("equipment", {}, T, T + 1)) == [points[0]]
    assert list(store.read("climate", {}, T, T + 2)) == [points[1]]


def test_series_of_awkward_names_stay_apart(store: Store) -> None:
    names = ["Kök, plan 2", "a=b", "sa\"g't", r"back\slash", "åäö ÅÄÖ é", "(x) OR $start", "日本"]
    points = [climate(name, T + i, co2_ppm=float(i)) for i, name in enumerate(names)]
    assert store.write(points) == []
    assert list(store.read("climate", {}, T, T + 100)) == points
    for point in points:
        assert list(store.read("climate", {"device": [point.tags["device"]]}, T, NOW)) == [point]


def test_same_series_and_time_overwrites_field_by_field(store: Store) -> None:
    store.write([climate("a", T, co2_ppm=500.0, temperature_c=20.0)])
    store.write([climate("a", T, co2_ppm=501.0, humidity_pct=30.0)])
    both = climate("a", T, temperature_c=20.0, co2_ppm=501.0, humidity_pct=30.0)
    assert list(store.read("climate", {}, T, T + 1)) == [both]


def test_the_later_of_two_in_one_write_wins(store: Store) -> None:
    store.write([climate("a", T, co2_ppm=1.0), climate("a", T, co2_ppm=2.0)])
    assert list(store.read("climate", {}, T, T + 1)) == [climate("a", T, co2_ppm=2.0)]


def test_writing_again_changes_nothing(store: Store) -> None:
    points = [climate("a", T + i, co2_ppm=float(i)) for i in range(10)]
    store.write(points)
    store.write(points)
    assert list(store.read("climate", {}, T, NOW)) == points


def test_ranges_are_half_open(store: Store) -> None:
    points = [climate("a", T + i, co2_ppm=float(i)) for i in range(5)]
    store.write(points)
    assert list(store.read("climate", {}, T + 1, T + 4)) == points[1:4]
    assert list(store.read("climate", {}, T + 1, T + 1)) == []
    assert list(store.read("climate", {}, -(2**62), 2**62)) == points


def test_reads_ascending_by_time_over_all_series(store: Store) -> None:
    points = [climate(f"d{i % 7}", T + i * 1000, co2_ppm=float(i)) for i in range(100)]
    store.write(points[::-1])
    assert list(store.read("climate", {}, T, NOW)) == points


def test_every_named_tag_must_have_one_of_its_values(store: Store) -> None:
    sites = ["lycksele", "umea"]
    points = [
        Point("presence", {"site": site, "device": device}, T + i, {"motion": 1.0})
        for i, (site, device) in enumerate(itertools.product(sites, "abc"))
    ]
    store.write(points)

    def found(tags: dict[str, list[str]]) -> list[tuple[str, str]]:
        read = [(p.tags["site"], p.tags["device"]) for p in store.read("presence", tags, T, NOW)]
        last = [(p.tags["site"], p.tags["device"]) for p in store.last("presence", tags, NOW)]
        assert sorted(last) == read
        return read

    assert found({"site": ["umea"]}) == [("umea", "a"), ("umea", "b"), ("umea", "c")]
    assert found({"device": ["a", "c"], "site": ["lycksele"]}) == [
        ("lycksele", "a"),
        ("lycksele", "c"),
    ]
    assert found({"device": ["b", "none"]}) == [("lycksele", "b"), ("umea", "b")]
    assert found({"device": ["none"]}) == []
    assert found({"device": []}) == []


def test_last_gives_the_newest_point_of_each_series(store: Store) -> None:
    store.write([climate("a", T + i, co2_ppm=float(i)) for i in range(3)])
    store.write([climate("b", T - 500, temperature_c=20.0), climate("b", T + 9, co2_ppm=1.0)])

    def last(tags: dict[str, list[str]], before: int) -> list[Point]:
        return sorted(store.last("climate", tags, before), key=lambda p: p.tags["device"])

    assert last({}, T + 2) == [
        climate("a", T + 1, co2_ppm=1.0),
        climate("b", T - 500, temperature_c=20.0),
    ]
    assert last({"device": ["a"]}, 2**62) == [climate("a", T + 2, co2_ppm=2.0)]
    assert last({}, T - 500) == []
    assert last({"device": []}, NOW) == []


def test_first_gives_the_oldest_point_of_each_series(store: Store) -> None:
    store.write([climate("a", T + i, co2_ppm=float(i)) for i in range(3)])
    store.write([climate("b", T + 9, temperature_c=20.0), climate("b", T + 10, co2_ppm=1.0)])

    def first(tags: dict[str, list[str]], after: int) -> list[Point]:
        return sorted(store.first("climate", tags, after), key=lambda p: p.tags["device"])

    assert first({}, T + 1) == [
        climate("a", T + 1, co2_ppm=1.0),
        climate("b", T + 9, temperature_c=20.0),
    ]
    assert first({"device": ["b"]}, -(2**62)) == [climate("b", T + 9, temperature_c=20.0)]
    assert first({}, T + 11) == []
    assert first({"device": []}, 0) == []


def test_an_empty_store_answers(store: Store) -> None:
    store.check()
    assert store.write([]) == []
    assert list(store.read("presence", {}, 0, NOW)) == []
    assert store.last("presence", {"site": ["lycksele"]}, NOW) == []
    assert store.first("presence", {"site": ["lycksele"]}, 0) == []


def test_many_points_in_one_write(store: Store) -> None:
    # 40 series share every time, so that a page ends amid equal times
    points = [climate(f"d{i % 40:02}", T + i // 40 * 1000, co2_ppm=float(i)) for i in range(12_000)]
    assert store.write(points) == []
    read = list(store.read("climate", {}, T, NOW))
    assert [p.time for p in read] == [p.time for p in points]
    assert sorted(read, key=lambda p: p.fields["co2_ppm"]) == points


def test_more_series_at_one_time_than_a_page_holds(store: Store) -> None:
    points = [climate(f"d{i:05}", T, co2_ppm=float(i)) for i in range(10_050)]
    later = climate("d00000", T + 1, co2_ppm=1.0)
    assert store.write([*points, later]) == []
    read = list(store.read("climate", {}, 0, NOW))
    assert read[-1] == later
    assert sorted(read[:-1], key=lambda p: p.tags["device"]) == points


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (climate("a", T, co2_ppm=float("nan")), "not a finite number"),
        (climate("a", T, co2_ppm=float("-inf")), "not a finite number"),
        (climate("a", T, co2_ppm="612"), "expected a float"),
        (climate("a", T, co2_ppm=True), "expected a float"),
        (climate("a", T, colour="red"), "no field 'colour'"),
        (climate("a", T), "no fields"),
        (climate("a\nb", T, co2_ppm=1.0), "control characters"),
        (climate("a\\", T, co2_ppm=1.0), "backslash"),
        (climate("a\\,b", T, co2_ppm=1.0), "backslash"),
        (climate("", T, co2_ppm=1.0), "empty"),
        (climate("a", 2**60, co2_ppm=1.0), "1677 to 2262"),
        (Point("climate", {"site": "lycksele"}, T, {"co2_ppm": 1.0}), "has the tags"),
        (Point("weather", {"site": "lycksele"}, T, {"co2_ppm": 1.0}), "unknown measurement"),
        (
            Point("health", {"site": "s", "device": "d"}, T, {"firmware": "ends in \\"}),
            "backslash",
        ),
        (Point("health", {"site": "s", "device": "d"}, T, {"firmware": 1.5}), "expected a string"),
        (
            Point("health", {"site": "s", "device": "d"}, T, {"firmware": "\ud800"}),
            "control characters",
        ),
        (
            Point("health", {"site": "s", "device": "d"}, T, {"firmware": "å" * 32_768}),
            "longer than",
        ),
        (climate("a", NOW - RETENTION_S * 1000 - 1, co2_ppm=1.0), "expired"),
    ],
)
def test_one_bad_point_is_refused_and_the_others_are_kept(
    store: Store, bad: Point, reason: str
) -> None:
    good = [climate("a", T + 1 + i, co2_ppm=float(i)) for i in range(20)]
    refused = store.write([*good[:7], bad, *good[7:]])
    assert [r.point for r in refused] == [bad]
    assert reason in refused[0].reason
    assert list(store.read("climate", {}, T - RETENTION_S * 1000, NOW)) == good
    assert list(store.read("health", {}, 0, NOW)) == []


def test_retention_is_for_raw_readings(store: Store) -> None:
    kept_just = climate("a", NOW - RETENTION_S * 1000, co2_ppm=1.0)
    old = Point(
        "account",
        {"site": "s", "source": "av", "device": "d"},
        NOW - 10 * 365 * 86_400_000,
        {"stored": 1.0},
    )
    assert store.write([kept_just, old]) == []
    assert list(store.read("account", {}, 0, NOW)) == [old]
    assert list(store.read("climate", {}, 0, NOW)) == [kept_just]


@pytest.mark.parametrize("kept", SERVERS, indirect=True)
def test_bad_points_that_only_the_server_can_tell(kept: Kept) -> None:
    assert kept.behind is not None
    kept.behind(f'climate,device=other,site=lycksele tvoc_ugm3="text" {T - 1}')
    good = [climate("a", T + i, co2_ppm=float(i)) for i in range(600)]
    bad = [climate("a", T + 1000 + i, tvoc_ugm3=1.0) for i in range(3)]
    refused = kept.store.write([*good[:1], bad[0], *good[1:300], bad[1], bad[2], *good[300:]])
    assert [r.point for r in refused] == bad
    assert all("field type conflict" in r.reason for r in refused)
    assert list(kept.store.read("climate", {}, T, NOW)) == good


def test_a_question_that_no_store_can_answer_is_a_mistake(store: Store) -> None:
    with pytest.raises(ValueError, match="unknown measurement"):
        store.read("weather", {}, 0, NOW)
    with pytest.raises(ValueError, match="no tag 'room'"):
        store.last("climate", {"room": ["granen"]}, NOW)
    with pytest.raises(ValueError, match="several values"):
        store.read("climate", {"device": "granen"}, 0, NOW)
