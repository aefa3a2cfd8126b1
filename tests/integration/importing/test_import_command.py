"""``rumskoll import`` as a user calls it: what it tells, and when it stops."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from rumskoll.data_lock import hold
from rumskoll.importing.map import parse_map
from tests.unit.importing.imported import (
    HEADER,
    MAP,
    a_radar,
    at,
    everything,
    points,
    registry,
    used,
    write,
)
from tests.unit.rumskoll.telling import refused, rumskoll, told

NOW = at("2026-11-25 12:00")
NOON = at("2026-11-23 12:00")
ROOT = Path(__file__).parents[3]


def brought_in(*more: str) -> str:
    result = rumskoll("import", "h.csv", "--map", "map.yaml", *more)
    assert result.exit_code == 0, result.output
    return result.stdout


def objection(*more: str) -> str:
    """The last line; nothing has been written."""
    result = rumskoll("import", "h.csv", "--map", "map.yaml", *more)
    assert result.exit_code == 2
    assert not Path("data/store.db").exists()
    return result.stderr.strip().splitlines()[-1]


def test_what_becomes_of_rows() -> None:
    write(
        "R-1;2026-11-23 09:00;1;;21,5",
        "R-1;2026-11-23 09:00;1;;21,5",
        "R-2;2026-11-23 09:00;;3;",
        "R-2;2026-11-23 09:10;;-;",
        "R-3;2026-11-23 09:00;1;;20",
        "",
        "R-9;2026-11-23 09:00;1;;",
        "R-4;2026-11-23 09:00;1;;",
        "R-1;2026-11-23 09:10;kanske;;",
        "R-1;2026-11-23 09:10;7;;",
        "R-1;2026-11-23 09:10;1;;215",
        "R-2;2026-11-23 09:20;;2,5;",
        "R-3;2026-11-23 09:20;9;;",
        "R-1;2026-11-23;1;;",
        "R-1;2026-11-23 09:30;1",
    )
    said = brought_in("--accept-refused", "--refused", "no.csv")
    assert (
        "Rows: 14. To be stored: 2, duplicates: 1, empty: 1, of private rooms (not kept): 1,"
        " cannot be used: 9." in said
    )
    assert '    line 8, column "enhet": "R-9"' in said
    with Path("no.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row[:4]) for row in csv.reader(file)][1:]
    assert rows == [
        ("8", "unknown_device", "enhet", "R-9"),
        ("9", "nowhere", "tid", "2026-11-23 09:00"),
        ("10", "number", "närvaro", "kanske"),
        ("11", "wrong_type", "närvaro", "7"),
        ("12", "out_of_range", "grader", "215"),
        ("13", "out_of_range", "antal", "2,5"),
        ("14", "wrong_type", "närvaro", ""),  # of a private room nothing is repeated
        ("15", "time", "tid", "2026-11-23"),
        ("16", "cells", "", "3"),
    ]
    assert [(p.tags["device"], p.fields) for p in points(NOW, "presence")] == [
        ("radar", {"occupied": 1.0}),
        ("raknare", {"people": 3.0}),
    ]
    assert [p.tags["device"] for p in points(NOW, "climate")] == ["radar"]


def a_morning() -> None:
    """Occupied from nine to ten, reported every ten minutes until half past ten."""
    write(*(f"R-1;2026-11-23 {9 + n // 6:02}:{n % 6}0;{int(n < 6)};;" for n in range(10)))


def test_the_days_are_computed() -> None:
    a_morning()
    said = brought_in()
    assert "granen: days that are computed: 1, 2026-11-23 to 2026-11-23." in said
    # known for 2.5 intervals of ten minutes after the last report, at half past ten
    assert used(NOW, "2026-11-23") == {
        "bookable_s": 9 * 3600,
        "known_s": 3600 + 1800 + 1500,
        "occupied_s": 3600,
        "walkin_s": 3600,
    }


def test_twice_changes_nothing() -> None:
    a_morning()
    brought_in()
    first = everything(NOW), everything(NOW, "presence", "room_slot")
    assert all(first)
    brought_in()
    assert (everything(NOW), everything(NOW, "presence", "room_slot")) == first
    assert list(Path("data/import").iterdir()) == []


def test_the_order_of_rows_and_copies_change_nothing() -> None:
    rows = a_radar(at("2026-11-22 00:00"), at("2026-11-24 00:00"), [(at("2026-11-23 09:00"), NOON)])
    write(*rows)
    brought_in()
    first = everything(NOW), everything(NOW, "presence")
    rows += rows[::7]
    random.Random(7).shuffle(rows)
    write(*rows)
    Path("data/store.db").unlink()
    brought_in()
    assert (everything(NOW), everything(NOW, "presence")) == first


def test_a_check_writes_nothing() -> None:
    a_morning()
    assert "Checked; nothing has been written." in brought_in("--check")
    assert everything(NOW, "presence", "use_day") == []
    assert not Path("data/service.db").exists()


@pytest.mark.parametrize(
    ("rows", "header", "line"),
    [
        (["R-1;2026-11-23 09:00;1;;"], "enhet;tid;narvaro;antal;grader", '"närvaro"'),
        (["R-1;2026-11-23 09:00;1;;"], "enhet;tid;närvaro;antal;temp", 'no column "grader"'),
        (["R-1;2026-11-23 09:00;1;;"], "enhet;tid;närvaro;antal;grader;tid", 'are called "tid"'),
        (["R-1;2026-11-23 09:00;;;"], HEADER, "No row can be used"),
        (
            ["R-1;2026-11-23 09:00;;;3,5", "R-1;2026-11-23 09:10;;;3.5"],
            HEADER,
            '"3,5" on line 2, "3.5" on line 3',
        ),
        (["R-1;2026-11-23 09:00;1;;", "R-9;2026-11-23 09:00;1;;"], HEADER, '"R-9" (1)'),
        (["R-1;2026-11-23 09:00;1;;", "R-1;igår;1;;"], HEADER, "1 of 2 rows (50 %)"),
        (['R-1;"2026-11-23 09:00;1;;'], HEADER, "h.csv, line 2: cannot be read as CSV"),
        (["x" * 1_100_000], HEADER, "h.csv, line 2: over 1 MB on one line."),
    ],
)
def test_a_suspicious_file_is_left_alone(rows: list[str], header: str, line: str) -> None:
    write(*rows, header=header)
    assert line in objection()


def test_mixed_decimals_are_never_accepted() -> None:
    write("R-1;2026-11-23 09:00;;;3,5", "R-1;2026-11-23 09:10;;;3.5")
    assert "both decimal points and decimal commas" in objection("--accept-refused")


def test_up_to_a_tenth_may_be_refused() -> None:
    good = [f"R-1;2026-11-23 09:{n:02};1;;" for n in range(9)]
    write(*good, "R-1;igår;1;;")
    assert "Rows: 10. To be stored: 9, " in brought_in()


def test_another_encoding_is_told_with_its_line() -> None:
    Path("h.csv").write_bytes(f"{HEADER}\nR-1;2026-11-23 09:00;1;;\nå;;;;\n".encode())
    assert "--accept-refused" in objection()
    Path("h.csv").write_bytes(
        f"{HEADER}\n".encode() + "R-1;2026-11-23 09:00;1;å;\n".encode("cp1252")
    )
    assert "h.csv, line 2: not utf-8. Set encoding in the map" in objection()
    Path("map.yaml").write_text("encoding: cp1252\n" + MAP, "utf-8")
    Path("h.csv").write_bytes(f"{HEADER}\nR-1;2026-11-23 09:00;1;;\n".encode("cp1252"))
    assert "Rows: 1. To be stored: 1, " in brought_in()


def test_bom_and_quoted_lines() -> None:
    text = (
        f'{HEADER}\r\n"R-1";"2026-11-23 09:00";1;;\r\n"R-1";"2026-11-23\n09:10";1;;\r\nR-1;x;;;\r\n'
    )
    Path("h.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    said = brought_in("--accept-refused")
    assert "Rows: 3. To be stored: 2, " in said
    assert "    line 5, " in said


def test_formulas_do_not_reach_a_spreadsheet() -> None:
    write("R-1;2026-11-23 09:00;1;;", "=cmd();2026-11-23 09:00;1;;")
    brought_in("--accept-refused", "--refused", "no.csv")
    assert ",'=cmd()," in Path("no.csv").read_text("utf-8")


def test_a_map_to_start_from() -> None:
    write("R-1;2026-11-23 09:00;1;;21,5", header="Sensor;Tid;Närvaro;Antal personer;Temp (°C)")
    proposed = told("import", "h.csv")
    Path("map.yaml").write_text(proposed, "utf-8")
    given = parse_map(proposed, "map.yaml", registry())
    assert (given.delimiter, given.decimal, given.source, given.address) == (
        ";",
        ",",
        "av",
        "Sensor",
    )
    assert [(c.column, c.field) for c in given.fields] == [
        ("Närvaro", "presence.occupied"),
        ("Antal personer", "presence.people"),
        ("Temp (°C)", "climate.temperature_c"),
    ]
    assert "Rows: 1. To be stored: 1, " in brought_in()


def test_a_map_to_fill_in() -> None:
    Path("h.csv").write_bytes("datum,kl,värde\n23/11/2026,9:00,1\n".encode("cp1252"))
    proposed = told("import", "h.csv")
    assert "encoding: cp1252" in proposed
    assert "device: which-device" in proposed
    assert "  # - {column: värde, field: …}" in proposed


def test_files_that_are_not_there() -> None:
    assert refused("import", "no.csv") == "There is no file no.csv."
    write()
    assert "no.yaml" in refused("import", "h.csv", "--map", "no.yaml")
    Path("h.csv").write_bytes(b"")
    assert "no header line" in refused("import", "h.csv")
    Path("h.csv").write_text("tid;antal\n2026-11-23 09:00;1\n", "utf-16")
    assert "h.csv, line 1: not utf-8." in refused("import", "h.csv")


@pytest.mark.parametrize("name", ["h.csv", "./h.csv", "map.yaml"])
def test_refused_rows_do_not_overwrite_what_is_read(name: str) -> None:
    a_morning()
    before = Path(name).read_bytes()
    assert objection("--refused", name).startswith(f"{Path(name)} is the file to be read.")
    assert Path(name).read_bytes() == before


def test_the_example() -> None:
    house = ROOT / "examples" / "lycksele" / "rooms.yaml"
    given = ROOT / "examples" / "import"
    asked = ("--map", f"{given}/map.yaml", "--rooms", str(house))
    said = rumskoll("import", f"{given}/history.csv", *asked).stdout
    assert "Rows: 5. To be stored: 5, " in said
    assert [p.fields for p in points(NOW, "health")] == [
        {"battery_pct": 87.0},
        {"battery_pct": 86.0},
    ]
    # from a quarter past eight to ten to nine
    assert used(NOW, "2026-11-02", "ripan")["occupied_s"] == 35 * 60


def test_one_import_at_a_time() -> None:
    a_morning()
    with hold(Path("data"), "import", "en"):
        result = rumskoll("import", "h.csv", "--map", "map.yaml")
    assert result.exit_code == 2
    assert "Another import is under way with the folder data (process" in result.stderr
    assert not Path("data/store.db").exists()


def test_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    a_morning()
    with monkeypatch.context() as patch:
        patch.setattr("rumskoll.importing.writing.write_rows", interrupted)
        result = rumskoll("import", "h.csv", "--map", "map.yaml")
    assert result.exit_code == 130
    assert "Run the same command again" in result.stderr
    with monkeypatch.context() as patch:
        patch.setattr("rumskoll.commands.rollup.until_done", interrupted)
        assert "What is left is computed next time" in brought_in()
    brought_in()
    assert used(NOW, "2026-11-23")["occupied_s"] == 3600
