"""``rumskoll alerts``: what is sent to whom, and how it is told; what the doctor says of both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from telling import refused, rumskoll, told

from rooms.alerts.failure import Failure, one_line, read_failure
from rooms.alerts.message import Alert, Delivery, Entry
from rooms.texts import TEXTS
from rumskoll.commands.common import say, when
from rumskoll.contacts import ContactsWatch
from rumskoll.doctor.delivery import check_delivery
from rumskoll.registry_files import read_registry
from rumskoll.settings import Settings, SettingsError, read_settings
from storage.state import ServiceState
from tests.servers.ports import free_port
from tests.servers.smtp import OK, MailServer, mail_server
from tests.unit.registry.broken import SITE

NOW = 1_795_424_400_000
PEOPLE = """
people:
  - {id: asa, name: Åsa, email: asa@x.example, roles: [maintainer]}
  - {id: bo, name: Bo, email: bo@x.example, language: en, roles: [maintainer]}
  - {id: cy, name: Cy, email: cy@x.example}
"""
ROUTES = "alerts:\n  routes:\n    - {id: all}\n    - {id: vc, to: [cy]}\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    Path("contacts.yaml").write_text(PEOPLE, "utf-8")
    Path("rooms.yaml").write_text(SITE + ROUTES, "utf-8")
    with mail_server() as made:
        monkeypatch.setenv("RUMSKOLL_CONTACTS", "contacts.yaml")
        monkeypatch.setenv("RUMSKOLL_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("RUMSKOLL_SMTP_PORT", str(made.port))
        monkeypatch.setenv("RUMSKOLL_SMTP_SECURITY", "none")
        monkeypatch.setenv("RUMSKOLL_SMTP_FROM", "Rumskoll <rum@inland.example>")
        yield made


def test_one_of_each_kind_is_sent(server: MailServer) -> None:
    lines = told("alerts", "test", "all").splitlines()
    sent = say("alerts.sent", count=5)
    assert [line.split(maxsplit=2) for line in lines[1:]] == [
        ["asa", "email", sent],
        ["bo", "email", sent],
    ]
    assert [one.recipient for one in server.taken] == ["asa@x.example"] * 5 + ["bo@x.example"] * 5
    subjects = [str(one.mail["Subject"]) for one in server.taken]
    assert len(set(subjects)) == 10
    assert all("test" in subject.lower() for subject in subjects)
    assert len({one.id for one in server.taken}) == 10
    assert not Path("data").exists()


def test_a_route_to_named_people_and_one_who_is_refused(server: MailServer) -> None:
    server.replies = lambda step, _: "550 no such user" if step == "rcpt" else OK
    result = rumskoll("alerts", "test", "vc")
    assert result.exit_code == 1
    why = Failure("recipient", "550 no such user").render(
        "en" if say("alerts.kind") == "Kind" else "sv"
    )
    assert say("alerts.failed", why=why) in result.stdout
    assert "cy" in result.stdout
    assert "asa" not in result.stdout


def test_which_route(server: MailServer) -> None:
    known = "all (arena), vc (arena)"
    assert refused("alerts", "test", "al") == say("alerts.no_route", route="al", known=known)
    assert refused("alerts", "test", "vc", "--site", "x") == say(
        "alerts.no_route", route="vc", known=known
    )
    Path("contacts.yaml").write_text(PEOPLE.replace("roles: [maintainer]", "roles: []"), "utf-8")
    assert refused("alerts", "test", "all") == say("alerts.nobody", route="all")
    assert server.taken == []


def test_somebody_without_any_way(server: MailServer) -> None:
    Path("contacts.yaml").write_text("people: [{id: cy, name: Cy}]", "utf-8")
    result = rumskoll("alerts", "test", "vc")
    assert result.exit_code == 1
    assert say("alerts.no_channel") in result.stdout


def test_list(tmp_path: Path) -> None:
    assert refused("alerts", "list", "--data", "nowhere") == say("cli.no_data", folder="nowhere")
    Path("data").mkdir()
    with closing(ServiceState(Path("data") / "service.db")) as state:
        pass
    assert told("alerts", "list").strip() == say("alerts.none")
    with closing(ServiceState(Path("data") / "service.db")) as state:
        entry = Entry("f", "opened", NOW)
        alert = Alert(0, "asa", "faults", "s", NOW + 60_000, NOW, entries=(entry,))
        state.alerts.put(alert)
        state.alerts.put(alert._replace(kind="digest", state="dropped"))
        state.alerts.put(alert._replace(kind="room_check", state="dropped", entries=()))  # no news
        sent = [state.alerts.put(alert._replace(state="sent")) for _ in range(4)]
        fates = (
            Delivery(sent[0], "email"),
            Delivery(sent[1], "email", "delivered", settled=NOW),
            Delivery(sent[2], "email", "waiting", 3, NOW, "busy: 451 [bold]later"),
            Delivery(sent[3], "email", "failed", 1, 0, "recipient"),
        )
        state.alerts.put_deliveries(fates)
    lines = told("alerts", "list").splitlines()[1:]
    language = "en" if say("alerts.kind") == "Kind" else "sv"
    busy, refused_ = (
        Failure(*f).render(language) for f in (("busy", "451 [bold]later"), ("recipient",))
    )
    for line, end in zip(
        lines,
        (
            say("alerts.state.waits", until=when(NOW + 60_000)),
            say("alerts.state.dropped"),
            say("alerts.state.on_its_way"),
            say("alerts.state.delivered", at=when(NOW)),
            say("alerts.state.tries_again", attempts=3, why=busy, until=when(NOW)),
            say("alerts.state.failed", why=refused_),
        ),
        strict=True,
    ):  # fmt: skip
        assert line.rstrip().endswith(end)
        assert line.startswith(when(NOW))
    assert len(told("alerts", "list", "--most", "2").splitlines()) == 3
    for most in ("0", "99999999999999999999"):  # the latter is no number to SQLite
        assert rumskoll("alerts", "list", "--most", most).exit_code == 2


# what is wrong, in words


@pytest.mark.parametrize("key", [k for k in TEXTS if k.startswith("delivery.failed.")])
def test_why_is_kept_and_told(key: str) -> None:
    for detail in ("", "550 5.1.1: no: such", "a: b"):
        failure = Failure(key.removeprefix("delivery.failed."), detail)
        assert read_failure(failure.stored) == failure
        assert failure.render("sv") == TEXTS[key][0] + (f" ({detail})" if detail else "")


def test_what_others_say_is_made_harmless() -> None:
    assert read_failure("gibberish: x") == Failure("other", "gibberish: x")
    assert one_line(b"550 no\r\n\x1b[2J \xff bo@x.example", "bo@x.example") == "550 no [2J � …"
    assert len(one_line("x" * 10_000)) == 200


# contacts and routes


def test_people_whom_routes_name_must_exist(server: MailServer) -> None:
    Path("contacts.yaml").write_text(PEOPLE.replace("id: cy", "id: cyx"), "utf-8")
    said = refused("alerts", "test", "all").splitlines()
    assert len(said) == 2
    assert said[1].startswith("contacts.yaml: people: ")
    assert '"cy"' in said[1]
    assert "alerts.routes[1].to" in said[1]
    assert '"cyx"' in said[1]  # did you mean


def test_no_contacts_though_a_route_names_people(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RUMSKOLL_CONTACTS")
    said = refused("alerts", "test", "all").splitlines()
    assert said[1].startswith("RUMSKOLL_CONTACTS: people: ")
    registry = read_registry(Path("rooms.yaml"))
    with pytest.raises(Exception, match=r"RUMSKOLL_CONTACTS: people"):
        ContactsWatch(None, lambda: registry)
    [check] = check_delivery(read_settings())
    assert check.state == "fail"


def test_a_sender_is_an_address() -> None:
    assert read_settings(smtp_from="Rum <rum@x.example>").smtp_from == "Rum <rum@x.example>"
    with pytest.raises(SettingsError, match=r"RUMSKOLL_SMTP_FROM: \"rum\" is no sender"):
        read_settings(smtp_from="rum")


# the doctor


def doctor(settings: Settings, wrong: str = "") -> list[tuple[str, str]]:
    def ask(url: str) -> Failure | None:
        return Failure("bad_url") if url == wrong else None

    return [(check.state, check.line("en")) for check in check_delivery(settings, ask)]


def test_a_doctor_who_finds_everything_in_order(server: MailServer) -> None:
    assert doctor(read_settings()) == [
        ("ok", f"127.0.0.1:{server.port} takes e-mail from us."),
        ("ok", "3 people can be reached in 3 ways."),
    ]
    assert server.taken == []


def test_a_doctor_who_does_not(server: MailServer) -> None:
    Path("contacts.yaml").write_text(
        "people: [{id: asa, name: Åsa, email: a@x.example, roles: [maintainer],"
        " deliver: ['json://x', 'hemlig://x']}, {id: cy, name: Cy}]",
        "utf-8",
    )
    found = doctor(read_settings(smtp_host="", smtp_from=""), "hemlig://x")
    assert [line.split(".")[0] for _, line in found] == [
        "asa have an e-mail address, but RUMSKOLL_SMTP_HOST is missing: no e-mail is sent",
        "cy should get alerts but has neither email nor deliver in contacts",
        "asa: address 2 under deliver: the address under deliver cannot be used",
    ]
    assert {state for state, _ in found} == {"fail"}
    [first, *_] = doctor(read_settings(smtp_port=(port := free_port())), "hemlig://x")[-1:]
    assert first[0] == "fail"
    assert first[1].startswith(f"127.0.0.1:{port}: the mail server is out of reach (")


def test_a_doctor_where_nobody_is_told() -> None:
    assert doctor(read_settings()) == [
        ("warn", "nobody is told of faults. Give somebody in contacts.yaml the role maintainer.")
    ]
