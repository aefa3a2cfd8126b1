"""Who is mailed what about statements, once and to the right one, whatever comes between."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from collector.statement_mail import partner_words
from collector.transports.base import Passing, Permanent, ServerTrouble
from collector.transports.smtp import SmtpServer, SmtpTransport
from rooms.statement.codec import decode
from rooms.statement.document import Change, Statement
from tests.servers.smtp import mail_server
from tests.unit.collector.stated import ASA, DAY, NORA, VERA, House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path, "2026-11-02 09:00")
    yield made
    made.close()


def refuse(error: Exception, *who: str) -> Callable[[str], None]:
    def fate(address: str) -> None:
        if not who or address.partition("@")[0] in who:
            raise error

    return fate


# ---- what was issued


def test_each_gets_its_own_in_its_language(house: House) -> None:
    one = house.issue()
    house.step()
    sent = dict(house.way.sent)
    assert house.got == ["asa", "vera", "nora"]
    vera = sent["vera@vindel.example"]
    # 8 285.33 kr by 3 to 1: 621 399.75 and 207 133.25 öre
    assert vera.subject == "Avräkning för oktober 2026, nr 1: 6\u00a0214,00\u00a0kr"
    assert "Att betala: 6\u00a0214,00\u00a0kr exkl. moms." in vera.text
    for said in ("IO-77", "4711", one.head, "https://rum.example/statements/1"):
        assert said in vera.text
    assert [(f.name, f.content) for f in vera.attachments] == [
        ("Avräkning 2026-10 nr 1.pdf", b"vindel sv.pdf"),
        ("Avräkning 2026-10 nr 1.xlsx", b"vindel sv.xlsx"),
    ]
    nora = sent["nora@norrsken.example"]
    assert nora.subject == "Statement for October 2026, no. 1: SEK 2,071.33"
    assert [f.content for f in nora.attachments] == [b"norrsken en.pdf", b"norrsken en.xlsx"]
    asa = sent["asa@x.example"]
    assert [f.content for f in asa.attachments] == [b"None sv.pdf", b"None sv.xlsx"]
    assert "Vindelåns Teknik: 6\u00a0214,00\u00a0kr" in asa.text


def test_a_partners_mail_names_no_other_partner(house: House) -> None:
    house.issue()
    house.step()
    for address, message in house.way.sent:
        others = {"vera": ("orrsken",), "nora": ("indel",)}.get(address.partition("@")[0], ())
        whole = f"{message.subject} {message.text} {message.html} {message.line} {message.id}"
        for other in others:
            assert other not in whole.replace("vera@vindel", "")


def test_once_and_never_again_after_a_restart(house: House) -> None:
    house.issue()
    house.step()
    house.start()
    for _ in range(3):
        house.step(15)
    assert house.got == ["asa", "vera", "nora"]


def test_a_kill_between_sending_and_noting_repeats_that_one_only(house: House) -> None:
    house.issue()

    class Killed(BaseException):
        pass

    sent, note = house.state.statements.sent, []

    def dies(id_: int, now: int) -> None:
        note.append(id_)
        if len(note) == 2:
            raise Killed
        sent(id_, now)

    house.state.statements.sent = dies  # type: ignore[method-assign]
    with pytest.raises(Killed):
        house.step()
    house.state.statements.sent = sent  # type: ignore[method-assign]
    house.start()
    house.step()
    assert house.got == ["asa", "vera", "vera", "nora"]
    first, again = (m for a, m in house.way.sent if a.startswith("vera"))
    assert first.id == again.id  # so that a mail program may tell


def test_a_full_disk_after_sending_repeats_nothing(house: House) -> None:
    house.issue()
    sent = house.state.statements.sent

    def full(id_: int, now: int) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    house.state.statements.sent = full  # type: ignore[method-assign]
    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError):
            house.step(1)
    house.state.statements.sent = sent  # type: ignore[method-assign]
    house.step(1)
    assert house.got == ["asa", "vera", "nora"]


def test_a_superseded_version_is_not_sent(house: House) -> None:
    house.issue()
    house.way.fate = refuse(Passing("busy"))
    house.step()
    house.issue(reason="Sen avläsning")
    house.way.fate = lambda address: None
    house.step(61)
    assert [m.subject.partition(":")[0] for _, m in house.way.sent] == [
        "Ny avräkning för oktober 2026, nr 2 (version 2)",
        "Ny avräkning för oktober 2026, nr 2 (version 2)",
        "New statement for October 2026, no. 2 (version 2)",
    ]
    old = house.state.statements.mails(1)
    assert {m.failure for m in old} == {"overtaken"}
    assert all(m.given_up for m in old)


def test_a_later_version_says_what_is_left_to_settle(house: House) -> None:
    """Who paid the version before must not pay it all again."""
    content = house.ledger.read(house.issue(), "partners/vindel/statement.json")
    later = replace(decode(content, Statement), changes=(Change("vindel", 600_000, 621_400),))
    said = partner_words(later, "vindel", "sv", "").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Tidigare fastställt: 6 000,00 kr\nSkillnad att reglera: 214,00 kr\n" in said


def test_two_versions_before_the_first_step_send_one(house: House) -> None:
    house.issue()
    house.issue(reason="Sen avläsning")
    house.step()
    assert {m.number for m in house.mails()} == {2}
    assert "Sen avläsning" in house.way.sent[0][1].text


def test_a_month_after_another_is_sent_too(house: House) -> None:
    house.issue("2026-09")
    house.issue("2026-10")
    house.step()
    assert sorted(m.number or 0 for m in house.mails()) == [1, 1, 1, 2, 2, 2]


def test_who_could_not_be_written_to_gets_it_when_there_is_an_address(house: House) -> None:
    house.people = [ASA, VERA._replace(email=None), NORA]
    house.issue()
    house.step()
    assert house.got == ["asa", "nora"]
    house.people = [ASA, VERA, NORA]
    house.step(1)
    assert house.got == ["asa", "nora", "vera"]


def test_who_joins_later_gets_nothing_old(house: House) -> None:
    house.issue()
    house.step()
    new = VERA._replace(id="vidar", email="vidar@vindel.example")
    house.people = [ASA, VERA, NORA, new]
    house.step(1)
    assert "vidar" not in house.got


def test_statements_of_long_ago_are_not_mailed(house: House) -> None:
    house.issue()
    house.now += 61 * DAY
    house.step()
    assert house.queued == []


def test_who_turned_to_another_partner_gets_nothing_of_the_old_one(house: House) -> None:
    house.issue()
    house.way.fate = refuse(Passing("busy"))
    house.step()
    house.way.fate = lambda address: None
    house.people = [ASA, VERA._replace(partner="norrsken"), NORA]
    house.step(1)
    assert [(m.partner, m.failure) for m in house.mails() if m.person == "vera"] == [
        ("vindel", "gone")
    ]


def test_without_a_mail_server_nothing_is_queued(house: House) -> None:
    house.start(lambda: None)
    house.had_data("2026-10")
    house.issue("2026-09")
    house.step()
    assert house.queued == []
    house.start()  # one is set up
    house.step()
    assert len(house.got) == 4  # three statements, and a notice of October


def test_by_a_real_server_the_files_arrive_whole(house: House) -> None:
    house.issue()
    with mail_server() as server:
        sender = SmtpServer("127.0.0.1", server.port, "none", "Rumskoll <rum@inland.example>")
        house.start(lambda: SmtpTransport(sender, timeout_s=5.0))
        house.step()
        taken = {one.recipient: one for one in server.taken}
    assert [m.sent is not None for m in house.mails()] == [True, True, True]
    files = {
        part.get_filename(): part.get_payload(decode=True)
        for part in taken["vera@vindel.example"].mail.iter_attachments()
    }
    assert files == {
        "Avräkning 2026-10 nr 1.pdf": b"vindel sv.pdf",
        "Avräkning 2026-10 nr 1.xlsx": b"vindel sv.xlsx",
    }


# ---- what goes wrong


def test_a_permanent_failure_is_given_up_and_shown(house: House) -> None:
    house.way.fate = refuse(Permanent("recipient", "550 no such user"), "vera")
    house.issue()
    for _ in range(4):
        house.step(60)
    (vera,) = (m for m in house.state.statements.mails(1) if m.person == "vera")
    assert (vera.tries, vera.failure, vera.sent) == (1, "recipient: 550 no such user", None)
    assert vera.given_up is not None
    assert house.got == ["asa", "nora"]
    faults = [f.detail for f in house.state.faults.open() if f.code == "alert_undeliverable"]
    assert faults == ["vera email"]


def test_what_was_given_up_is_sent_again_when_asked_for(house: House) -> None:
    house.way.fate = refuse(Permanent("too_big"), "vera")
    house.issue()
    house.step()
    house.way.fate = lambda address: None
    house.step(60)
    assert house.got == ["asa", "nora"]
    assert house.state.statements.again(1, house.now) == 1
    assert house.state.statements.again(1, house.now) == 0
    house.step()
    assert house.got == ["asa", "nora", "vera"]
    assert not [f for f in house.state.faults.open() if f.code == "alert_undeliverable"]


def test_a_passing_failure_is_tried_after_1_2_4_minutes_and_then_hourly(house: House) -> None:
    house.people = [VERA]
    house.way.fate = refuse(Passing("busy"))
    house.issue()
    start, tried = house.now, []
    for minute in range(300):
        before = len(house.way.tried)
        house.step(1 if minute else 0)
        if len(house.way.tried) > before:
            tried.append((house.now - start) // 60_000)
    assert tried == [0, 1, 3, 7, 15, 31, 63, 123, 183, 243]


def test_a_server_that_is_away_for_a_week_ends_it_and_one_in_time_does_not(house: House) -> None:
    house.people = [VERA]
    house.way.fate = refuse(ServerTrouble("login"))
    house.issue()
    house.step()
    faults = [f.detail for f in house.state.faults.open() if f.code == "alert_undeliverable"]
    assert faults == ["email"]  # everybody's trouble
    house.step(6 * 24 * 60)
    assert [m.given_up for m in house.mails()] == [None]
    house.step(25 * 60)
    assert [m.given_up for m in house.mails()] != [None]


def test_a_corrected_address_is_tried_at_once(house: House) -> None:
    house.people = [VERA]
    house.way.fate = refuse(Passing("busy"))
    house.issue()
    house.step()
    house.way.fate = lambda address: None
    house.people = [VERA._replace(email="verkligen@vindel.example")]
    house.step(0.1)
    assert house.got == ["verkligen"]


def test_a_file_that_was_changed_is_not_sent_and_hinders_nobody(house: House) -> None:
    one = house.issue()
    file = house.ledger.folder / one.folder / "partners/vindel/statement.sv.pdf"
    file.write_bytes(b"another amount")
    house.step()
    assert house.got == ["asa", "nora"]
    (vera,) = (m for m in house.mails() if m.person == "vera")
    assert vera.failure.startswith("composing: ")
    assert "statement.sv.pdf" in vera.failure
    assert vera.given_up is None
    file.write_bytes(b"vindel sv.pdf")  # from a backup
    house.step(2)
    assert house.got == ["asa", "nora", "vera"]


def test_a_statement_that_was_changed_hinders_no_other(house: House) -> None:
    broken = house.issue("2026-09")
    house.issue("2026-10")
    sums = house.ledger.folder / broken.folder / "SHA256SUMS"
    sums.write_bytes(sums.read_bytes().replace(b"a", b"b"))
    house.step()
    assert [m.number for m in house.mails() if m.partner] == [2, 2]
