"""What becomes of alerts on their way, in simulated time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from delivering import ASA, BO, HOOK, MIN, NOW, Service

from collector.transports.base import Passing, Permanent, ServerTrouble
from rooms.faults import Finding
from storage.state import ServiceState
from tests.servers.waiting import until


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path)
    yield made
    made.alerts.join(10)
    made.state.close()


def only(address: str, error: Exception) -> Callable[[str], None]:
    def fate(asked: str) -> None:
        if asked == address:
            raise error

    return fate


def test_everybody_is_told_by_all_ways_once(service: Service) -> None:
    first, second = service.tell(ASA), service.tell(BO)
    service.step()
    service.step(60)
    assert service.mail.told == [f"asa {first}", f"bo {second}"]
    assert service.mail.batches == 1
    assert service.url.told == [f"bo {second}"]
    assert service.standing(second) == {"email": "delivered", HOOK: "delivered"}
    done = service.delivery(first)
    assert (done.attempts, done.settled, done.error) == (1, NOW, "")


def test_a_message_is_known_by_its_alert_and_fault(service: Service) -> None:
    alert = service.tell(ASA)
    service.mail.fate = only(ASA.email or "", Passing("busy"))
    service.tell(ASA, kind="digest")
    service.step()
    service.mail.fate = lambda address: None
    service.step(1)
    sent = [message for _, message in service.mail.sent]
    assert sent[0].id.startswith(f"alert-{alert}-")
    assert len(sent[0].id) == len(f"alert-{alert}-") + 8
    assert (sent[0].thread, sent[0].tone) == (f"fault-f{alert}", "warning")
    assert (sent[1].thread, sent[1].tone) == ("", "info")
    assert sent[0].id != sent[1].id


def test_back_off_doubles_to_an_hour(service: Service) -> None:
    alert = service.tell(ASA)
    service.mail.fate = only(ASA.email or "", Passing("timeout"))
    service.step()
    pauses = []
    for _ in range(9):
        waits = service.delivery(alert).next_try - service.now
        pauses.append(waits // MIN)
        tried = len(service.mail.tried)
        service.step(waits / MIN - 0.1)
        assert len(service.mail.tried) == tried  # not before
        service.step(0.1)
        assert len(service.mail.tried) == tried + 1
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    service.mail.fate = lambda address: None
    service.step(60)
    assert service.mail.told == [f"asa {alert}"]
    assert service.undeliverable == []


@pytest.mark.parametrize(("told", "waits"), [(600.0, 600), (5.0, 60), (10**6, 3600)])
def test_the_other_side_says_when(service: Service, told: float, waits: int) -> None:
    alert = service.tell(ASA)
    service.mail.fate = only(ASA.email or "", Passing("busy", retry_after=told))
    service.step()
    assert service.delivery(alert).next_try == NOW + waits * 1000


def test_a_bad_address_is_a_fault_at_once_and_delays_nobody(service: Service) -> None:
    bad, good = service.tell(ASA, "email"), service.tell(BO)
    service.mail.fate = only(ASA.email or "", Permanent("recipient", "550 no such user"))
    service.step()
    assert service.undeliverable == ["asa email"]
    assert service.mail.told == [f"bo {good}"]
    failed = service.delivery(bad)
    assert (failed.state, failed.error) == ("failed", "recipient: 550 no such user")
    service.step(600)
    assert service.mail.tried.count(ASA.email) == 1  # type: ignore[arg-type]
    # it ends when something arrives
    service.mail.fate = lambda address: None
    service.tell(ASA, "email")
    service.step()
    assert service.undeliverable == []


def test_a_fault_of_ones_own_ends_when_the_address_is_changed_or_gone(service: Service) -> None:
    service.tell(ASA)
    service.tell(BO, HOOK)
    service.mail.fate = only(ASA.email or "", Permanent("recipient"))
    service.url.fate = only(BO.urls[0], Permanent("bad_url"))
    service.step()
    assert sorted(service.undeliverable) == ["asa email", f"bo {HOOK}"]
    service.people = [ASA._replace(email="asa@y.example"), BO]
    service.step()
    assert service.undeliverable == [f"bo {HOOK}"]
    service.people = [ASA, BO._replace(urls=())]
    service.step()
    assert service.undeliverable == []


def test_a_refused_login_is_told_once_and_passes(service: Service) -> None:
    first, second = service.tell(ASA), service.tell(BO, "email")

    def refuse(_: str) -> None:
        raise ServerTrouble("login", "535 no")

    service.mail.fate = refuse
    service.step()
    assert service.undeliverable == ["email"]
    assert service.standing(first) == service.standing(second) == {"email": "waiting"}
    service.start()  # it outlives a restart
    service.mail.fate = lambda address: None
    service.step()
    assert service.mail.told == [f"asa {first}", f"bo {second}"]
    assert service.undeliverable == []


def test_a_stalled_way_delays_no_other(service: Service) -> None:
    go_on, stalled = threading.Event(), threading.Event()

    def stall(_: str) -> None:
        stalled.set()
        assert go_on.wait(10)

    service.mail.fate = stall
    service.tell(ASA)
    service.alerts.step()
    assert stalled.wait(10)
    alert = service.tell(BO)
    service.alerts.step()
    until(lambda: service.url.told == [f"bo {alert}"])
    assert service.mail.sent == []
    assert service.mail.batches == 1  # one lane, whoever else waits for it
    go_on.set()
    service.alerts.join(10)
    service.step()
    assert service.mail.told == ["asa 1", f"bo {alert}"]


def test_one_that_fails_goes_behind_those_that_may_not(service: Service) -> None:
    service.mail.fate = only(ASA.email or "", Passing("timeout"))
    service.tell(ASA)
    service.step()
    service.tell(BO, "email")
    service.step(1)
    assert service.mail.tried == [ASA.email, BO.email, ASA.email]


def test_contacts_set_right_while_an_alert_waits(service: Service) -> None:
    """The same channel at another address is tried at once; a new channel gets the alert too."""
    first = service.tell(ASA)
    second = service.tell(BO, HOOK)
    service.mail.fate = only(ASA.email or "", Passing("busy"))
    service.url.fate = only(BO.urls[0], Passing("not_taken"))
    service.step()
    right = ASA._replace(email="asa@y.example"), BO._replace(urls=("json://other.example",))
    service.people = right
    service.step()
    assert [a for a, _ in service.mail.sent] == ["asa@y.example"]
    service.step()
    assert [a for a, _ in service.url.sent] == ["json://other.example"]
    assert service.standing(first) == {"email": "delivered"}
    standing = service.standing(second)
    assert standing.pop(HOOK) == "failed"
    assert sorted(standing.values()) == ["delivered", "delivered"]  # e-mail is new to it as well


def test_a_person_who_is_gone_gets_nothing_and_no_channel_is_no_trouble(service: Service) -> None:
    gone = service.tell(ASA)
    service.people = [BO]
    service.step()
    assert service.mail.tried == []
    assert (service.delivery(gone).state, service.delivery(gone).error) == ("failed", "gone")
    service.people = []
    service.step()
    assert service.undeliverable == []


def test_one_that_cannot_be_written_holds_nobody_up(service: Service) -> None:
    bad, good = service.tell(ASA), service.tell(BO, "email")
    service.composer.broken.add(bad)
    service.step()
    assert service.mail.told == [f"bo {good}"]
    assert service.delivery(bad).error == "composing"
    service.composer.broken.clear()
    service.step(1)
    assert service.standing(bad) == {"email": "delivered"}


def test_one_that_fails_in_unheard_of_ways_holds_nobody_up(service: Service) -> None:
    bad, good = service.tell(ASA), service.tell(BO, "email")
    service.mail.fate = only(ASA.email or "", ValueError("nobody thought of it"))
    service.step()
    assert service.mail.told == [f"bo {good}"]
    assert (service.delivery(bad).attempts, service.delivery(bad).error) == (1, "other")
    service.step(0.5)
    assert service.mail.tried.count(ASA.email) == 1  # type: ignore[arg-type]


def test_a_full_disk_does_not_send_again_and_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = service.tell(ASA)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(service.state.alerts, "put_deliveries", full)
        service.step()
        for _ in range(3):
            with pytest.raises(sqlite3.OperationalError):
                service.alerts.step()
    assert service.standing(alert) == {"email": "waiting"}
    service.step(5)
    assert service.standing(alert) == {"email": "delivered"}
    assert service.mail.told == [f"asa {alert}"]


def test_what_was_cut_short_by_the_end_is_no_failure(service: Service) -> None:
    alert = service.tell(ASA)
    started = threading.Event()

    def fate(_: str) -> None:
        started.set()
        assert service.mail.stopped.wait(10)
        raise Passing("crashed")

    service.mail.fate = fate
    thread = threading.Thread(target=service.alerts.run)
    thread.start()
    assert started.wait(10)
    service.alerts.stop()
    thread.join(10)
    service.alerts.join(10)
    assert service.delivery(alert).attempts == 0


def test_faults_of_others_are_left_alone(tmp_path: Path) -> None:
    state = ServiceState(tmp_path / "service.db")
    service = Service(tmp_path)
    state.faults.settle(
        ("broker_down",), [Finding("broker_down", "service", "", "error", NOW)], NOW
    )
    service.tell(ASA)
    service.mail.fate = only(ASA.email or "", Permanent("recipient"))
    service.step()
    assert sorted(f.code for f in state.faults.open()) == ["alert_undeliverable", "broker_down"]
    service.state.close()
    state.close()
