"""``rumskoll evaluate`` on files, as a user or a script calls it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest

from rumskoll.commands.common import say
from rumskoll.commands.evaluate import spread
from tests.unit.rumskoll.telling import refused, rumskoll, told

START = datetime(2026, 11, 16, tzinfo=UTC)
ASKED = ["--time", "t", "--motion", "p", "q", "--truth", "n", "--expect-every", "30"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")


def office(days: int = 3, silent: tuple[int, int] = (0, 0)) -> None:
    """Rows every 30 s; stays of hours, which each of two PIRs notices in 3 rows of 10; between
    the hours of ``silent`` their cells are empty."""
    rng = Random(7)
    lines = ["t,p,q,n"]
    for n in range(days * 2880):
        at = START + timedelta(seconds=30 * n)
        there = at.hour in (8, 9, 13, 14, 15)
        cells = [str(int(there and rng.random() < 0.3)) for _ in range(2)]
        if silent[0] <= n / 120 < silent[1]:
            cells = ["", ""]
        lines.append(f"{at:%Y-%m-%d %H:%M:%S},{','.join(cells)},{2 if there else 0}")
    Path("office.csv").write_text("\n".join(lines))


def asked(*more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told("evaluate", "--json", "--csv", "office.csv", *more))
    return found


def test_bridging_without_hold() -> None:
    """As on public data of two PIRs: the ends of stays are all that is wrong."""
    office()
    found = asked(*ASKED)
    assert found["accuracy"] > 0.998
    assert found["true_share"] == pytest.approx(5 / 24, abs=1e-4)
    assert found["occupied_share"] == pytest.approx(5 / 24, abs=0.0025)
    assert found["coverage"] == 1
    assert (found["rows"], found["refused"]) == (8640, 0)
    wrong = {**found["missed_min"], **{f"+{k}": v for k, v in found["invented_min"].items()}}
    assert {cause for cause, minutes in wrong.items() if minutes} <= {"hold", "+hold"}


def test_every_way_to_name_columns_gives_the_same() -> None:
    office(days=1)
    one = asked(*ASKED)
    rest = ["--truth", "n", "--expect-every", "30", "--time", "t"]
    assert asked("--motion", "p", "--motion", "q", *rest) == one
    assert asked("--motion", "p,q", *rest) == one
    assert asked("--motion=p", "--motion=q", *rest) == one


def test_silence_is_unknown_and_lowers_the_coverage() -> None:
    office(silent=(24, 48))
    found = asked(*ASKED)
    # known for 75 s after the last message at 23:59:30
    assert found["coverage"] == pytest.approx(1 - (86_400 - 45) / (3 * 86_400), abs=1e-5)
    assert found["accuracy"] > 0.998


def test_kinds_of_evidence_mix() -> None:
    Path("mixed.csv").write_text(
        "t;rörelse;läge;antal;facit\n"
        "2026-11-16 08:00;0;0;0;0\n"
        "2026-11-16 08:10;0;1;0;1\n"  # presence says so
        "2026-11-16 08:20;0;0;3;1\n"  # the counter says so
        "2026-11-16 08:30;0;0;0;1\n"  # nobody does
        "2026-11-16 08:40;0;0;0;0\n"
    )
    given = ["--time", "t", "--motion", "rörelse", "--state", "läge", "--people", "antal"]
    given += ["--truth", "facit", "--expect-every", "600", "--zone", "Europe/Stockholm"]
    found = json.loads(told("evaluate", "--csv", "mixed.csv", "--json", *given))
    assert found["accuracy"] == pytest.approx(4 / 5)
    assert found["occupied_share"] == pytest.approx(2 / 5)
    assert found["true_share"] == pytest.approx(3 / 5)
    assert found["missed_min"]["hold"] == 10


def test_refused_rows_go_to_standard_error() -> None:
    office(days=1)
    with Path("office.csv").open("a") as file:
        file.write("\nlater,0,0,0\n" + "bad\n" * 30)
    result = rumskoll("evaluate", "--json", "--csv", "office.csv", *ASKED)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["refused"] == 31
    first, *_, last = result.stderr.splitlines()
    reason = say("evaluate.row.time", cell="later")
    assert first == say("evaluate.refused", line=2882, reason=reason)
    assert last == say("evaluate.refused_more", count=11)


def test_for_people_and_as_a_plot() -> None:
    office(days=1)
    said = told("evaluate", "--csv", "office.csv", *ASKED, "--plot", "a.svg")
    assert say("evaluate.true_share", share="").rstrip() in said
    assert say("evaluate.causes") in said
    drawing = ElementTree.parse("a.svg").getroot()
    assert drawing.tag.endswith("svg")
    assert "office.csv" in "".join(drawing.itertext())


@pytest.mark.parametrize(
    ("words", "key", "values"),
    [
        (["--motion", "p"], "csv_needed", {}),
        (["--csv", "office.csv", "--time", "t"], "options_needed", {}),
        (["--csv", "office.csv", *ASKED, "--markdown"], "no_markdown", {}),
        (["--csv", "office.csv", *ASKED, "--zone", "Mars"], "zone", {"zone": "Mars"}),
        (["--csv", "office.csv", *ASKED, "--zone", "Europe"], "zone", {"zone": "Europe"}),
        (
            ["--csv", "office.csv", *ASKED, "--state", "w"],
            "no_column",
            {"name": "w", "known": "t, p, q, n"},
        ),
    ],
)
def test_mistakes(words: list[str], key: str, values: dict[str, str]) -> None:
    office(days=1)
    assert refused("evaluate", *words) == say(f"evaluate.{key}", **values)


def test_files_that_give_nothing() -> None:
    assert "gone.csv" in refused("evaluate", "--csv", "gone.csv", *ASKED)
    Path("empty.csv").write_text("t,p,q,n\n")
    said = refused("evaluate", "--csv", "empty.csv", *ASKED)
    assert said == say("evaluate.no_rows", file="empty.csv")
    assert refused("evaluate", "--csv", "office.csv", *ASKED[:-1], "0")


def test_a_plot_does_not_overwrite_the_file() -> None:
    office(days=1)
    asked = ("--csv", "office.csv", *ASKED, "--plot", "./office.csv")
    assert refused("evaluate", *asked) == say("cli.own_input", file="office.csv")
    assert Path("office.csv").read_text().startswith("t,p,q,n")


def test_names_after_an_option_belong_to_it() -> None:
    assert spread(["--motion", "a", "b", "--json", "--time", "d", "t"]) == (
        ["--motion", "a", "--motion", "b", "--json", "--time", "d", "--time", "t"]
    )
    assert spread(["--csv", "f", "x"]) == ["--csv", "f", "x"]
    assert spread(["--motion=a", "b"]) == ["--motion=a", "b"]
