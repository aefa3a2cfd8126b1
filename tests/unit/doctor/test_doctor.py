"""What the doctor says of settings, files and the computer."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from rumskoll.doctor import CHECKS, exit_code, run_checks, said
from rumskoll.doctor.files import check_files, check_settings
from rumskoll.doctor.host import check_disk, check_port, check_public_url
from tests.servers.ports import free_port
from tests.unit.doctor.helpers import settings, told
from tests.unit.registry.broken import broken


def test_a_line_has_a_word_for_its_state() -> None:
    check = said("disk", "fail", "disk_full", folder="data", mib=3)
    assert check.render("sv").startswith("✗ FEL      Disk: 3 MiB ledigt i data: för lite")
    assert check.render("en").startswith("✗ ERROR    Disk: 3 MiB free in data: too little")
    assert said("port", "ok", "port_ok", host="h", port=1).render("sv") == (
        "✓ OK       Port: h:1 är ledig."
    )


def test_only_failures_give_an_exit_code() -> None:
    fine, warning = said("disk", "ok", "as_said", what=""), said("disk", "warn", "as_said", what="")
    assert exit_code([fine, warning]) == 0
    assert exit_code([fine, said("disk", "fail", "as_said", what="")]) == 1


def test_everything_that_needs_no_server(tmp_path: Path) -> None:
    given = settings(port=free_port(), mqtt_url=f"mqtt://127.0.0.1:{free_port()}")
    found = run_checks(given)
    assert [c.name for c in found if c.state == "fail"] == ["broker"]
    assert len(CHECKS) == 13
    assert exit_code(found) == 1


# settings and files


def test_settings_in_order_and_not() -> None:
    assert told(check_settings(settings(), {})) == [("ok", "all variables are usable.")]
    [(state, line)] = told(check_settings(settings(demo=False), {}), "sv")
    assert state == "fail"
    assert line.startswith("RUMSKOLL_SIGNING_SECRET: hemligheten saknas.")


def test_variables_that_nothing_reads() -> None:
    environ = {
        "RUMSKOLL_MQTT_PASWORD": "x",
        "RUMSKOLL_ZZZ": "x",
        "RUMSKOLL_PORT": "1",
        "RUMSKOLL_INFLUX_TOKEN_FILE": "x",
        "PATH": "x",
    }
    assert told(check_settings(settings(), environ)) == [
        ("warn", "nothing reads RUMSKOLL_MQTT_PASWORD. Did you mean RUMSKOLL_MQTT_PASSWORD?"),
        ("warn", "nothing reads RUMSKOLL_ZZZ. Remove it; .env.example lists those that exist."),
    ]


def test_files_in_order(tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text("people: [{id: bo, name: Bo, partner: vindel}]")
    assert told(check_files(settings(contacts="contacts.yaml"))) == [
        ("ok", "2 rooms and 2 devices."),
        ("ok", "1 people."),
    ]


def test_every_mistake_in_the_files(tmp_path: Path) -> None:
    (tmp_path / "rooms.yaml").write_text(
        broken(("capacity: 8", "capacity: x"), ("device: luft", "device: loft"))
    )
    (tmp_path / "contacts.yaml").write_text("people: [{id: bo}]")
    assert told(check_files(settings(contacts="contacts.yaml"))) == [
        (
            "fail",
            'rooms.yaml:19: rooms[0].capacity: "x" is not a whole number.'
            " Write digits, without quotes.",
        ),
        (
            "fail",
            'rooms.yaml:27: placements[2].device: "loft" is not a device here.'
            ' Did you mean "luft"?',
        ),
        ("fail", 'contacts.yaml:1: people[0].name: "name" is missing. Add it.'),
    ]


def test_devices_that_stand_nowhere(tmp_path: Path) -> None:
    (tmp_path / "rooms.yaml").write_text(broken(("  - {device: luft, room: tallen}\n", "")))
    assert told(check_files(settings()))[1:] == [
        ("warn", "devices that stand in no room: luft. Add them under placements.")
    ]


# the computer


@pytest.mark.parametrize(
    ("free", "state", "line"),
    [
        (50 * 2**20, "fail", "50 MiB free in"),
        (100 * 2**20, "warn", "only 100 MiB free in"),
        (2**30 - 1, "warn", "only 1023 MiB free in"),
        (3 * 2**30, "ok", "3 GiB free in"),
    ],
)
def test_disk(tmp_path: Path, free: int, state: str, line: str) -> None:
    [(found, said_)] = told(check_disk(settings(data=tmp_path / "new"), lambda _: free))
    assert found == state
    assert said_.startswith(line)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_data_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    [(state, line)] = told(check_disk(settings(data=tmp_path / "file")))
    assert state == "fail"
    assert line.startswith(f"{tmp_path / 'file'} is not writable (File exists).")


def test_ports() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        [(state, line)] = told(check_port(settings(port=port)))
        assert (state, line[: len(str(port)) + 20]) == ("warn", f"127.0.0.1:{port} is in use")
    assert told(check_port(settings(port=port))) == [("ok", f"127.0.0.1:{port} is free.")]
    [(state, line)] = told(check_port(settings(host="203.0.113.1")))
    assert (state, line) == (
        "fail",
        "203.0.113.1 is no address of this computer. Correct RUMSKOLL_HOST.",
    )


@pytest.mark.parametrize(
    ("url", "demo", "state", "line"),
    [
        ("", True, "ok", "not needed"),
        ("", False, "warn", "is missing"),
        ("http://localhost:8080", False, "warn", "http://localhost:8080 works on this computer"),
        ("http://rum.example", False, "warn", "http://rum.example is not encrypted."),
        ("https://rum.example", False, "ok", "https://rum.example"),
    ],
)
def test_public_address(url: str, demo: bool, state: str, line: str) -> None:
    [(found, said_)] = told(check_public_url(settings(public_url=url, demo=demo)))
    assert found == state
    assert said_.startswith(line)
