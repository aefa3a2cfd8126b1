"""Anyone's CSV: times, numbers, delimiters, and rows that cannot be used."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.intervals import Intervals
from rooms.texts import LANGUAGES, text
from rumskoll.evaluation.cells import BadCell, Numbers, TimeReader
from rumskoll.evaluation.table import Columns, Table, Unusable, read_table

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOON = 1_513_944_000_000  # 2017-12-22 12:00 UTC
COLUMNS = Columns(["t"], "truth", [("motion", "a"), ("count", "b")])


@pytest.fixture
def read(tmp_path: Path):
    def reading(content: str | bytes, columns: Columns = COLUMNS, zone: str = "UTC") -> Table:
        path = tmp_path / "file.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_table(path, columns, ZoneInfo(zone))

    return reading


# ---- times


@pytest.mark.parametrize(
    "word",
    [
        "2017-12-22T12:00:00Z",
        "2017-12-22T13:00:00+01:00",
        "2017-12-22 06:30:00-0530",
        "2017-12-22 12:00:00",
        "2017-12-22 12:00",
        "2017/12/22 12:00:00",
        "2017-12-22  12:00:00.000",
        " 2017-12-22 12:00:00,0 ",
        "1513944000",
        "1513944000.0",
        "1513944000000",
    ],
)
def test_forms_of_one_time(word: str) -> None:
    assert TimeReader(ZoneInfo("UTC")).read(word) == NOON


def test_times_without_an_offset_are_local() -> None:
    assert TimeReader(STOCKHOLM).read("2017-12-22 13:00:00") == NOON
    assert TimeReader(STOCKHOLM).read("2017-12-22 12:00:00Z") == NOON
    assert (
        TimeReader(STOCKHOLM).read("2017-12-22 8:05:09") == NOON - (4 * 60 + 54) * 60_000 - 51_000
    )


def test_the_repeated_hour_of_autumn_goes_on() -> None:
    clock = TimeReader(STOCKHOLM)
    words = ["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"]
    times = [clock.read(f"2026-10-25 {word}") for word in words]
    assert [time - times[0] for time in times] == [n * 1_800_000 for n in range(6)]


def test_the_repeated_hour_goes_backward_where_the_file_does() -> None:
    clock = TimeReader(STOCKHOLM)
    words = ["03:00", "02:30", "02:00", "02:30", "02:00", "01:30"]
    times = [clock.read(f"2026-10-25 {word}") for word in words]
    assert [times[0] - time for time in times] == [n * 1_800_000 for n in range(6)]


@pytest.mark.parametrize("word", ["0001-01-01 00:00", "1969-12-31 23:59Z", "9999-12-31 23:59"])
def test_years_that_are_a_slip_of_the_pen(word: str) -> None:
    with pytest.raises(BadCell, match=r"row\.years"):
        TimeReader(STOCKHOLM).read(word)


def test_the_lost_hour_of_spring_does_not_exist() -> None:
    clock = TimeReader(STOCKHOLM)
    with pytest.raises(BadCell, match="no_such_time"):
        clock.read("2027-03-28 02:30")
    assert clock.read("2027-03-28 03:00") == clock.read("2027-03-28 01:00Z")


@pytest.mark.parametrize(
    "word", ["", "noon", "2017-13-01 00:00", "2017-12-22", "22/12/2017 12:00", "12", "1e9", "NaN"]
)
def test_what_is_no_time(word: str) -> None:
    with pytest.raises(BadCell, match=r"row\.time"):
        TimeReader(STOCKHOLM).read(word)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31)))
def test_what_python_writes_is_read(at: datetime) -> None:
    at = at.replace(tzinfo=UTC)
    expected = int(at.timestamp()) * 1000 + at.microsecond // 1000
    for word in (at.isoformat(), at.isoformat(" "), at.strftime("%Y/%m/%d %H:%M:%S.%f")):
        assert TimeReader(ZoneInfo("UTC")).read(word) == expected


# ---- numbers


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("0", 0), ("1", 1), (" 2 ", 2), ("1.5", 1.5), ("1,5", 1.5), ("-1", -1), ("1e2", 100),
        ("True", 1), ("off", 0), ("", None), ("NaN", None), ("-", None), ("null", None),
    ],
)  # fmt: skip
def test_numbers(word: str, value: float | None) -> None:
    assert Numbers().read(word) == value


@pytest.mark.parametrize("word", ["x", "1.2.3", "1 000", "1.000,5", "1e999", "0x10", "٣x"])
def test_what_is_no_number(word: str) -> None:
    with pytest.raises(BadCell, match=r"row\.number"):
        Numbers().read(word)


def test_one_file_has_one_decimal_mark() -> None:
    numbers = Numbers()
    assert [numbers.read(word) for word in ("1", "0,5", "2")] == [1, 0.5, 2]
    with pytest.raises(BadCell, match=r"row\.decimals"):
        numbers.read("0.5")


@given(st.text(max_size=30))
def test_any_cell_is_read_or_refused_in_words(word: str) -> None:
    for read in (Numbers().read, TimeReader(STOCKHOLM).read):
        reasons = []
        try:
            read(word)
        except BadCell as bad:
            reasons = [text(language, bad.key, **bad.values) for language in LANGUAGES]
        assert all(reason.isprintable() for reason in reasons)


# ---- files


def test_a_file(read) -> None:
    table = read(
        "t,a,b,truth,rest\n"
        "2017-12-22 12:00:00,1,0,0,x\n"
        "2017-12-22 12:00:30,0,2,1,x\n"
        "\n"
        "2017-12-22 12:01:00,,3,,x\n"
    )
    assert table.refused == []
    assert table.truth == [(NOON, False), (NOON + 30_000, True), (NOON + 60_000, None)]
    motion, people = table.devices(30)
    assert [(s.time - NOON, s.fields) for s in motion.samples] == [
        (0, {"motion": 1.0}),
        (30_000, {"motion": 0.0}),  # and nothing at 60 s: the cell is empty
    ]
    assert [s.fields["people"] for s in people.samples] == [0, 2, 3]
    assert (motion.evidence, people.evidence) == (("motion",), ("count",))
    assert motion.known_for_ms == 75_000


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_delimiters_byte_order_mark_and_line_ends(read, mark: str) -> None:
    lines = ["t,a,b,truth", "2017-12-22 12:00:00,1,0,1"]
    content = "\ufeff" + "\r\n".join(lines).replace(",", mark) + "\r\n"
    assert read(content).truth == [(NOON, True)]


def test_decimal_commas_with_semicolons(read) -> None:
    table = read("t;a;b;truth\n2017-12-22 12:00:00;0,5;1,0;0,0\n")
    assert table.truth == [(NOON, False)]
    assert [s.fields for samples in table.samples for s in samples] == [
        {"motion": 1.0},
        {"people": 1.0},
    ]


def test_date_and_time_apart_and_columns_named_together(read) -> None:
    columns = Columns(["day", "hour"], "truth", [("motion", "a,b")])
    table = read("day,hour,a,b,truth\n2017/12/22,12:00:00,1,0,1\n", columns)
    assert table.truth == [(NOON, True)]
    assert table.columns.sensors == [("motion", "a"), ("motion", "b")]
    columns = Columns(["t"], "truth", [("motion", "a,b")])
    table = read('t;"a,b";truth\n2017-12-22 12:00;1;1\n', columns)
    assert table.columns.sensors == [("motion", "a,b")]


def test_rows_in_any_order(read) -> None:
    rows = [f"2017-12-22 12:0{n}:00,1,{n},1" for n in (2, 0, 1)]
    table = read("\n".join(["t,a,b,truth", *rows]))
    assert [time - NOON for time, _ in table.truth] == [0, 60_000, 120_000]
    assert [s.fields["people"] for s in table.samples[1]] == [0, 1, 2]


def test_bad_rows_are_refused_whole_with_line_and_reason(read) -> None:
    table = read(
        "t,a,b,truth\n"
        "2017-12-22 12:00:00,1,1,1\n"
        "later,1,1,1\n"
        "2017-12-22 12:01:00,x,1,1\n"
        "2017-12-22 12:02:00,1,2.5,1\n"
        "2017-12-22 12:02:30,1,-1,1\n"
        "2017-12-22 12:03:00,1,1\n"
        "2017-12-22 12:04:00,0,5,1,1\n"
        "2017-12-22 12:00:00,0,0,0\n"
    )
    assert table.truth == [(NOON, True)]
    assert [len(samples) for samples in table.samples] == [1, 1]
    assert [(row.line, row.key.rpartition(".")[2]) for row in table.refused] == [
        (3, "time"),
        (4, "number"),
        (5, "people"),
        (6, "people"),
        (7, "cells"),
        (8, "cells"),
        (9, "same_time"),
    ]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("", "no_column"),
        ("t,a,truth\n", "no_column"),
        ("t,a,b,truth,a\n", "column_twice"),
        ("<!doctype html>\n<html>", "no_column"),
        (b"t,a,b,truth\n\xff\xfe\n", "not_text"),
        ('t,a,b,truth\n"' + "x" * 200_000, "not_csv"),
    ],
)
def test_files_that_cannot_be_used(read, content: str | bytes, key: str) -> None:
    with pytest.raises(Unusable) as refused:
        read(content)
    assert refused.value.key == f"evaluate.{key}"
    assert text("sv", refused.value.key, **refused.value.values)


def truth_of(read, *rows: str) -> tuple[Intervals, Intervals]:
    table = read("\n".join(["t,a,b,truth", *(f"2017-12-22 12:{row}" for row in rows)]))
    times = table.truth_over_time(60)
    return tuple([((a - NOON) // 1000, (b - NOON) // 1000) for a, b in part] for part in times)


def test_a_truth_holds_until_the_next_row_but_not_for_ever(read) -> None:
    true, told = truth_of(read, "00:00,,,1", "01:00,,,0", "02:00,,,1", "10:00,,,1")
    assert true == [(0, 60), (120, 270), (600, 660)]  # 2.5 intervals; one after the last row
    assert told == [(0, 270), (600, 660)]


def test_an_empty_truth_is_not_told(read) -> None:
    true, told = truth_of(read, "00:00,,,1", "01:00,,,", "02:00,,,0")
    assert (true, told) == ([(0, 60)], [(0, 60), (120, 180)])
