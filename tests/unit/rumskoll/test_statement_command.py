"""``rumskoll statement``: what a manager sees and does on a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from telling import refused, rumskoll, told
from typer.testing import CliRunner

from api.statements import files
from rooms.alerts.failure import Failure
from rumskoll import wiring
from rumskoll.cli import app
from rumskoll.commands.common import say
from storage.state import ServiceState

NOW: Final = int(datetime(2026, 11, 3, 9, tzinfo=ZoneInfo("Europe/Stockholm")).timestamp()) * 1000
SHARED: Final = """\
pools:
  - {id: rum, name: Mötesrummen, rooms: [ROOM]}
agreements:
  - {id: avtal, pool: rum, from: 2026-01-01, capacity: 100 %, shares: {vindel: 3, renen: 1}}
costs:
  - {id: hyra, name: Hyra, pool: rum, amount: "AMOUNT", from: 2026-01, vat: 25, account: 5010}
"""


def share(room: str = "granen", amount: str = "8 285,33") -> None:
    """Granen has no sensor that shows vacancy; Tallen has one that was never heard."""
    from tests.unit.registry.broken import SITE

    costs = SHARED.replace("ROOM", room).replace("AMOUNT", amount)
    Path("rooms.yaml").write_text(SITE + costs)


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> Iterator[ServiceState]:
    monkeypatch.setattr(wiring, "clock", lambda: NOW)
    monkeypatch.setattr(files, "FILES", files.FILES[:1])  # the others are tested elsewhere
    share()
    Path("data").mkdir()
    state = ServiceState(Path("data") / "service.db")
    yield state
    state.close()


def statement(*args: str) -> str:
    return told("statement", *args)


def plain(said: str) -> str:
    return said.replace("\u00a0", " ")


def issue(month: str = "2026-10", *more: str) -> str:
    return statement("issue", month, "--yes", "--author", "Åsa", *more)


# 8 285.33 kr by 3 to 1 is 6 213.9975 and 2 071.3325 kr
def test_a_draft_says_what_each_owes() -> None:
    said = plain(statement("draft", "2026-10"))
    assert "8 285,33 kr" in said
    rows = [line.split() for line in said.splitlines() if line.startswith(("Vindel", "Renen"))]
    assert [" ".join(row[-9:-6]) for row in rows] == ["2 071,33 kr", "6 214,00 kr"]
    english = statement("draft", "2026-10", "--language", "en")
    assert "SEK 6,214.00" in english
    assert not Path("data/statements").exists()


def test_a_draft_as_json() -> None:
    whole = json.loads(statement("draft", "2026-10", "--json"))
    assert whole["total"] == 828_533
    assert whole["head"]["state"] == "draft"


def test_the_running_month_is_drafted_and_said_to_run() -> None:
    said = statement("draft", "2026-11")
    assert say("statement.cli.blocked") in said
    assert say("statement.block.running", month="2026-11") in said


def test_issued_after_a_yes() -> None:
    asked = CliRunner().invoke(app, ["statement", "issue", "2026-10"], input="n\n")
    assert asked.exit_code == 1
    assert "6\u00a0214,00" in asked.stdout
    assert list(Path("data").glob("statements/0*")) == []
    asked = CliRunner().invoke(app, ["statement", "issue", "2026-10"], input="y\n")
    assert asked.exit_code == 0
    assert [p.name for p in Path("data/statements").glob("0*")] == ["0001-2026-10-v1"]


def test_list_diff_and_a_new_version() -> None:
    assert say("statement.cli.empty") in statement("list")
    issue()
    assert say("statement.cli.no_newer", month="2026-10", number=1) in statement("diff", "2026-10")
    share(amount="8 685,33")  # 400 kr more: 300 and 100
    said = plain(statement("list"))
    assert say("statement.cli.newer_version", month="2026-10", number=1) in said
    assert [line.split()[-2:] for line in said.splitlines() if line.startswith("Vindel")] == [
        ["300,00", "kr"]
    ]
    assert "300,00 kr" in plain(statement("diff", "2026-10"))
    assert say("statement.block.reason") in refused("statement", "issue", "2026-10", "--yes")
    issue("2026-10", "--reason", "Hyran var fel")
    assert "300,00 kr" in plain(statement("diff", "2"))
    assert say("statement.cli.first_version", number=1) in statement("diff", "1")
    said = plain(statement("list"))
    assert say("statement.cli.newer_version", month="2026-10", number=2) not in said
    assert "8 285,33 kr" in said
    assert "8 685,33 kr" in said


def test_a_small_difference_is_said_to_be_carried() -> None:
    """Vindel's 3 of 4 become 3001 of 4001: 6 214,52 kr, 52 öre more, far below 50 kr."""
    issue()
    text = Path("rooms.yaml").read_text()
    Path("rooms.yaml").write_text(text.replace("vindel: 3, renen: 1", "vindel: 3001, renen: 1000"))
    said = plain(statement("list"))
    assert say("statement.cli.newer_carried", month="2026-10", number=1) in said
    assert [line.split()[-2:] for line in said.splitlines() if line.startswith("Vindel")] == [
        ["0,52", "kr"]
    ]


def test_a_room_of_which_too_little_is_known_needs_a_reason() -> None:
    share("tallen")
    said = refused("statement", "issue", "2026-10", "--yes")
    assert say("statement.block.gate", room="Tallen") in said
    issue("2026-10", "--override", "tallen=Sensorn var på lagning = hela månaden")
    whole = json.loads(Path("data/statements/0001-2026-10-v1/statement.json").read_text())
    assert whole["gate"][0]["reason"] == "Sensorn var på lagning = hela månaden"


def test_verify_names_number_and_file() -> None:
    assert say("statement.cli.empty") in statement("verify")
    issue()
    head = json.loads(Path("data/statements/0001-2026-10-v1/statement.json").read_text())["head"]
    assert head["seal"] in statement("verify")
    file = Path("data/statements/0001-2026-10-v1/partners/vindel/statement.json")
    file.write_bytes(file.read_bytes().replace(b"Vindel", b"Windel"))
    result = rumskoll("statement", "verify")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert "1" in line
    assert "partners/vindel/statement.json" in line


def test_list_says_who_got_no_mail(state: ServiceState) -> None:
    issue()
    Path("contacts.yaml").write_text(
        "people:\n"
        "  - {id: vera, name: Vera, partner: vindel, email: vera@vindel.example}\n"
        "  - {id: rut, name: Rut, partner: renen}\n"
    )
    environment = {"RUMSKOLL_CONTACTS": "contacts.yaml"}
    said = CliRunner().invoke(app, ["statement", "list"], env=environment).stdout
    assert say("statement.cli.no_mail_server") in said
    assert say("statement.cli.nobody", number=1, partner="renen") in said
    assert say("statement.cli.nobody", number=1, partner="vindel") not in said
    state.statements.queue("issued", "2026-10", 1, "vera", "vindel", NOW)
    (mail,) = state.statements.mails(1)
    state.statements.failed(mail.id, Failure("recipient", "550 no").stored, None, NOW)
    said = CliRunner().invoke(app, ["statement", "list"], env=environment).stdout
    assert "(550 no)" in said
    assert "rumskoll statement mail 1" in said
    assert say("statement.cli.mail_again", count=1, number=1) in statement("mail", "1")
    assert [m.id for m in state.statements.waiting()] == [mail.id]
    assert say("statement.cli.mail_none", number=1) in statement("mail", "1")


def test_list_says_that_disputes_are_open(state: ServiceState) -> None:
    issue()
    state.disputes.file("granen", NOW - 9, NOW, "vindel", "Inte vi", "vera", NOW)
    assert say("statement.cli.disputes", count=1) in statement("list")


@pytest.mark.parametrize(
    ("args", "key", "values"),
    [
        (["draft", "2026-13"], "month", {"month": "2026-13"}),
        (["draft", "oktober"], "month", {"month": "oktober"}),
        (["diff", "7x"], "month", {"month": "7x"}),
        (["diff", "2026-09"], "none_issued", {"month": "2026-09"}),
        (["diff", "7"], "none", {"number": 7}),
        (["mail", "7"], "none", {"number": 7}),
        (["diff", "9" * 5000], "month", {"month": "9" * 5000}),
        (["issue", "2026-10", "--override", "granen"], "override", {"given": "granen"}),
        (
            ["issue", "2026-10", "--reason", "\x1b[31m"],
            "words",
            {"option": "--reason", "most": 500},
        ),
        (["issue", "2026-10", "--author", "x" * 501], "words", {"option": "--author", "most": 500}),
        (
            ["issue", "2026-10", "--override", "granen=a\u202eb"],
            "words",
            {"option": "--override", "most": 500},
        ),
    ],
)
def test_mistakes_end_in_one_line(args: list[str], key: str, values: dict[str, object]) -> None:
    assert refused("statement", *args) == say(f"statement.cli.{key}", **values)


def test_an_unknown_number_names_those_that_are_known() -> None:
    issue()
    expected = say("statement.cli.unknown", number=7, known="1")
    assert refused("statement", "diff", "7") == expected
    assert refused("statement", "mail", "7") == expected


def test_a_month_that_is_not_over_is_not_issued() -> None:
    said = refused("statement", "issue", "2026-11", "--yes")
    assert say("statement.block.running", month="2026-11") in said


def test_a_month_without_an_agreement_says_so() -> None:
    text = Path("rooms.yaml").read_text()
    Path("rooms.yaml").write_text(
        text.replace("2026-01-01, cap", "2026-01-01, until: 2026-10-20, cap")
    )
    said = refused("statement", "draft", "2026-10")
    assert "2026-10-20" in said


@pytest.mark.parametrize("command", [["draft"], ["list"], ["verify"], ["mail", "1"]])
def test_a_folder_without_data(command: list[str]) -> None:
    said = refused("statement", *command, "--data", "tomt")
    assert said == say("cli.no_data", folder="tomt")
