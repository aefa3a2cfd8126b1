"""Alerts that do not get through for long: when they are tried, and what is not said any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from delivering import ASA, BO, HOUR, NOW, Service

from collector.transports.base import Passing, ServerAway
from rooms.faults import Finding


def failing(error: Exception) -> Callable[[str], None]:
    def fate(_: str) -> None:
        raise error

    return fate


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path)
    yield made
    made.alerts.join(10)
    made.state.close()


def test_failing_for_a_day_is_a_fault_and_three_days_are_enough(service: Service) -> None:
    alert = service.tell(ASA)
    service.mail.fate = failing(Passing("timeout"))
    while service.now < NOW + 24 * HOUR:
        assert service.undeliverable == []
        service.step(60)
    assert service.undeliverable == ["asa email"]
    while service.now < NOW + 72 * HOUR:
        assert service.standing(alert) == {"email": "waiting"}
        service.step(60)
    assert service.delivery(alert).state == "failed"
    assert service.delivery(alert).error == "timeout"
    assert service.undeliverable == ["asa email"]


def test_a_server_that_is_away_for_a_day_is_one_fault(service: Service) -> None:
    service.tell(ASA)
    service.tell(BO, "email")

    service.mail.fate = failing(ServerAway("unreachable"))
    service.step()
    assert service.undeliverable == []
    service.step(24 * 60)
    assert service.undeliverable == ["email"]
    service.mail.fate = lambda address: None
    service.step(60)
    assert service.undeliverable == []


def test_what_a_later_message_says_too_is_left_out(service: Service) -> None:
    service.mail.fate = failing(ServerAway("unreachable"))
    first, other = service.tell(ASA, faults="camera"), service.tell(ASA, faults="fan screen")
    bos = service.tell(BO, "email", faults="camera")
    service.step()
    again = service.tell(ASA, faults="camera screen")
    service.mail.fate = lambda address: None
    service.step(5)
    assert service.mail.told == [f"asa {again}", f"asa {other}", f"bo {bos}"]
    assert (service.delivery(first).state, service.delivery(first).error) == ("failed", "overtaken")
    # what has not failed is sent, whatever follows
    service.tell(ASA, faults="camera")
    service.tell(ASA, faults="camera")
    service.step()
    assert len(service.mail.told) == 5


def test_an_end_that_is_none_any_more_is_left_out(service: Service) -> None:
    """The message of what is there again says it."""
    camera = Finding("peripheral_missing", "vc", "camera: Quad", "error", NOW)
    faults = service.state.faults
    [opened] = faults.settle([camera.code], [camera], NOW)
    faults.settle([camera.code], [], NOW + 60_000)
    service.mail.fate = failing(ServerAway("unreachable"))
    first = service.tell(ASA, faults=opened.fault.id, event="resolved")
    service.step()
    service.mail.fate = lambda address: None
    faults.settle([camera.code], [camera], NOW + 120_000)
    service.step(5)
    assert service.mail.told == []
    assert service.delivery(first).error == "overtaken"
    # over all the same, and not yet tried: told
    faults.settle([camera.code], [], NOW + 180_000)
    second = service.tell(ASA, faults=opened.fault.id, event="resolved")
    service.step()
    assert service.mail.told == [f"asa {second}"]


def test_what_has_become_late_does_not_wake_anybody(service: Service) -> None:
    """Within the hour it is tried at night, too: so a server that is busy delays nothing."""
    late, urgent = service.tell(ASA), service.tell(BO, "email", urgent=True)
    service.asleep_until = NOW + 10 * HOUR

    service.mail.fate = failing(Passing("busy"))
    for minutes in (0, 1, 2, 4, 8, 16):
        service.step(minutes)
    assert service.mail.tried.count("asa@x.example") == 6
    service.mail.fate = lambda address: None
    service.step(32)
    assert service.mail.told == [f"bo {urgent}"]
    service.start()  # nor does a restart
    service.step()
    assert service.mail.told == [f"bo {urgent}"]
    service.step(9 * 60)
    assert service.mail.told == [f"bo {urgent}", f"asa {late}"]


def test_nights_do_not_use_up_the_tries(service: Service) -> None:
    alert = service.tell(ASA)
    service.mail.fate = failing(Passing("timeout"))
    service.asleep_until = NOW + 80 * HOUR
    for minutes in (0, 1, 2, 4, 8, 16, 80 * 60):
        service.step(minutes)
    assert service.standing(alert) == {"email": "waiting"}
    for _ in range(5):
        service.step(60)
    assert service.standing(alert) == {"email": "failed"}


def test_the_clock_is_set_back(service: Service) -> None:
    alert = service.tell(ASA)
    service.mail.fate = failing(Passing("timeout"))
    service.step()
    service.mail.fate = lambda address: None
    service.step(-24 * 60)
    assert service.standing(alert) == {"email": "delivered"}
