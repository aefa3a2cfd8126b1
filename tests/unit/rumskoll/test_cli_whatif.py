"""``rumskoll statement whatif``: another agreement over a real data folder."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from telling import refused, told

from rooms.statement.money import kronor
from rumskoll import wiring
from rumskoll.commands.common import LANGUAGE, say
from tests.issuing import HOUSE, Issuing, at

PROPOSED = """\
agreements:
  - id: by-use
    pool: hyra
    from: 2026-01-01
    capacity: 0
    shares: {norr: 1, skog: 1, vind: 1}
"""


@pytest.fixture(autouse=True)
def _house(monkeypatch: pytest.MonkeyPatch) -> None:
    """October is there, and over."""
    monkeypatch.setattr(wiring, "clock", lambda: at("2026-11-03 12:00"))
    Path("data").mkdir()
    Issuing(Path("data")).close()
    Path("rooms.yaml").write_text(yaml.safe_dump(HOUSE, allow_unicode=True))
    Path("a.yaml").write_text(PROPOSED)


def whatif(*more: str) -> tuple[str, ...]:
    return ("statement", "whatif", "--agreement", "a.yaml", *more)


def test_side_by_side() -> None:
    lines = [" ".join(line.split()) for line in told(*whatif()).splitlines()]
    norr = kronor(583_333, LANGUAGE), kronor(666_667, LANGUAGE), kronor(83_334, LANGUAGE)
    all_ = kronor(1_000_000, LANGUAGE), kronor(1_000_000, LANGUAGE), kronor(0, LANGUAGE)
    assert " ".join(" ".join(("2026-10 Norr AB", *norr)).split()) in lines
    assert " ".join(" ".join((say("whatif.all"), *all_)).split()) in lines


def test_plot_and_csv() -> None:
    told(*whatif("--plot", "plot.svg", "--csv", "table.csv"))
    assert Path("plot.svg").read_text("utf-8").startswith("<svg ")
    assert Path("table.csv").read_text("utf-8").splitlines()[1:] == [
        "2026-10,norr,Norr AB,5833.33,6666.67,833.34",
        "2026-10,skog,Skog AB,2916.67,3333.33,416.66",
        "2026-10,vind,Vind AB,1250.00,0.00,-1250.00",
    ]


def test_nothing_to_compute() -> None:
    assert refused(*whatif("--to", "2026-09"), code=1) == say("whatif.none")


@pytest.mark.parametrize(
    ("more", "key", "values"),
    [
        (("--months", "1", "--from", "2026-01"), "whatif.cli.both", {}),
        (
            ("--from", "2026-05", "--to", "2026-01"),
            "whatif.cli.order",
            {"first": "2026-05", "last": "2026-01"},
        ),
        (("--from", "2026-13"), "statement.cli.month", {"month": "2026-13"}),
        (("--csv", "a.yaml"), "whatif.cli.same_file", {"file": "a.yaml"}),
        (
            ("--plot", "rooms.yaml"),
            "whatif.cli.kind",
            {"option": "--plot", "file": "rooms.yaml", "kind": ".svg"},
        ),
        (
            ("--plot", "x.svg", "--csv", "x.svg"),
            "whatif.cli.kind",
            {"option": "--csv", "file": "x.svg", "kind": ".csv"},
        ),
    ],
)
def test_what_is_asked_wrongly(more: tuple[str, ...], key: str, values: dict[str, str]) -> None:
    assert refused(*whatif(*more)) == say(key, **values)
    assert Path("a.yaml").read_text() == PROPOSED
    assert yaml.safe_load(Path("rooms.yaml").read_text()) == HOUSE


def test_mistakes_in_the_file_have_its_name_and_line() -> None:
    Path("a.yaml").write_text(PROPOSED.replace("skog: 1", "skogen: 1"))
    assert "a.yaml:6: agreements[0].shares.skogen: " in refused(*whatif())
    Path("a.yaml").write_bytes(b"\xff\xfe\x00")
    assert refused(*whatif()) == say("whatif.cli.not_text", file="a.yaml")
    Path("a.yaml").unlink()
    assert "a.yaml" in refused(*whatif())


def test_a_folder_without_data() -> None:
    assert refused(*whatif("--data", "none")) == say("cli.no_data", folder="none")
