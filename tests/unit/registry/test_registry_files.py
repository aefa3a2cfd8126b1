"""Files on disk, and noticing when they change."""

from __future__ import annotations

from pathlib import Path

import pytest

from rooms.registry.mistakes import RegistryError
from rooms.registry.parse import build_registry, parse_site
from rumskoll.contacts import ContactsWatch, parse_contacts, read_contacts
from rumskoll.registry_files import RegistryWatch, read_registry
from tests.unit.registry.broken import SITE, broken


def lines(path: Path) -> list[str]:
    with pytest.raises(RegistryError) as caught:
        read_registry(path)
    return caught.value.lines("en")


def test_a_file_with_or_without_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "rooms.yaml"
    path.write_text(SITE, "utf-8")
    assert set(read_registry(path).rooms) == {"granen", "tallen"}
    path.write_text(SITE, "utf-8-sig")
    assert set(read_registry(path).rooms) == {"granen", "tallen"}


def test_a_folder_is_one_registry_and_contacts_may_lie_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SITE)
    other = SITE
    for word in ("arena", "lora", "egna", "granen", "tallen", "oga", "luft"):
        for before in ("id: ", "source: ", "device: ", "room: "):
            for after in (",", "\n", "}"):
                other = other.replace(f"{before}{word}{after}", f"{before}{word}-b{after}")
    (tmp_path / "b.yaml").write_text(other)
    (tmp_path / "contacts.yaml").write_text("people: []")
    assert set(read_registry(tmp_path).sites) == {"arena", "arena-b"}
    (tmp_path / "b.yaml").write_text(other.replace("id: granen-b,", "id: granen,"))
    found = lines(tmp_path)
    assert found == [
        f'{tmp_path}/b.yaml:25: placements[0].room: "granen-b" is not a room here. '
        'Did you mean "granen"?'
    ]


def test_what_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    missing = tmp_path / "rooms.yaml"
    assert lines(missing) == [
        f"{missing}: there is no such file. Create it (start from examples/lycksele/)"
        " or correct RUMSKOLL_ROOMS."
    ]
    (tmp_path / "empty").mkdir()
    [line] = lines(tmp_path / "empty")
    assert "holds no .yaml files" in line
    missing.write_bytes(b"id: arena\nname: \xe5rets hus\n")
    assert lines(missing) == [
        f"{missing}:2: this line is not UTF-8. Save the file as UTF-8 in your editor."
    ]


def test_a_change_is_noticed_once(tmp_path: Path) -> None:
    path = tmp_path / "rooms.yaml"
    path.write_text(SITE)
    watch = RegistryWatch(path)
    assert watch.poll() is None
    path.write_text(broken(("capacity: 8", "capacity: 9")))  # as long as before
    changed = watch.poll()
    assert changed is watch.current
    assert changed is not None
    assert changed.rooms["granen"][1].capacity.first == 9
    assert watch.poll() is None


def test_a_broken_file_keeps_the_old_registry(tmp_path: Path) -> None:
    path = tmp_path / "rooms.yaml"
    path.write_text(SITE)
    watch = RegistryWatch(path)
    old = watch.current
    path.write_text(broken(("room: granen", "room: grannen")))
    for _ in range(2):
        assert watch.poll() is None
        assert watch.current is old
        assert watch.error is not None
        assert '"grannen" is not a room here' in watch.error.lines("en")[0]
    path.write_text(SITE)
    assert watch.poll() is None  # nothing new, and nothing wrong any more
    assert watch.error is None
    path.unlink()
    assert watch.poll() is None
    assert watch.error is not None
    assert watch.current is old
    path.write_text(broken(("capacity: 8", "capacity: 9")))
    assert watch.poll() is watch.current
    assert watch.current is not old
    assert watch.error is None


def test_a_vanished_file_that_returns_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "rooms.yaml"
    path.write_text(SITE)
    watch = RegistryWatch(path)
    path.unlink()
    watch.poll()
    path.write_text(SITE)
    assert watch.poll() is None
    assert watch.error is None


CONTACTS = """\
people:
  - id: asa
    name: Åsa
    email: asa@arena.example
    roles: [maintainer, manager]
    deliver: ["ntfy://hemlig-kanal"]
  - {id: bo, name: Bo, email: bo@vindel.example, language: en, partner: vindel}
calendars:
  - {room: granen, url: "https://a.example/hemlig/granen.ics"}
  - {room: tallen, url: "file:///srv/hemlig/tallen.ics"}
"""


def test_contacts_keep_their_secrets(tmp_path: Path) -> None:
    path = tmp_path / "contacts.yaml"
    path.write_text(CONTACTS, "utf-8")
    contacts = read_contacts(path)
    asa, bo = contacts.people
    assert asa.deliver[0].get_secret_value() == "ntfy://hemlig-kanal"
    assert [c.room for c in contacts.calendars] == ["granen", "tallen"]
    assert contacts.calendars[0].url.get_secret_value() == "https://a.example/hemlig/granen.ics"
    assert "hemlig" not in repr(contacts)
    assert bo.partner == "vindel"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("bo@vindel.example", "bo", '7: people[1].email: "bo" is not an e-mail address.'),
        ("id: bo", "id: asa", '7: people[1].id: "asa" stands on line 2 already.'),
        ("room: tallen", "room: granen", '10: calendars[1].room: "granen" has a calendar on'),
        ("room: tallen", "room: talen", '10: calendars[1].room: "talen" is not a room here.'),
        ("https://a.example", "a.example", "9: calendars[0].url: … is no calendar's address."),
        ("https://a.example", "ftp://a.example", "9: calendars[0].url: … is no calendar's"),
        ("https://a.example", "https://a.example:x", "9: calendars[0].url: … is no calendar's"),
        ("file:///srv", "file:srv", "10: calendars[1].url: … is no calendar's address."),
        ('["ntfy://hemlig-kanal"]', '["hemlig"]', "6: people[0].deliver[0]: this has the wrong"),
        (
            '["ntfy://hemlig-kanal"]',
            "[4711]",
            '6: people[0].deliver[0]: does not read as text. Put it in quotes: "…".',
        ),
        ('["ntfy://hemlig-kanal"]', "ntfy://hemlig", "6: people[0].deliver: must be a list"),
        ("roles:", "rolls:", '5: people[0].rolls: "rolls" is not a known name here. Did you mean'),
        (
            "partner: vindel",
            "partner: vindeln",
            '7: people[1].partner: "vindeln" is not a partner here. Did you mean "vindel"?',
        ),
    ],
)
def test_wrong_contacts(tmp_path: Path, old: str, new: str, line: str) -> None:
    (tmp_path / "rooms.yaml").write_text(SITE)
    registry = read_registry(tmp_path / "rooms.yaml")
    assert CONTACTS.count(old) == 1
    with pytest.raises(RegistryError) as caught:
        parse_contacts(CONTACTS.replace(old, new), "contacts.yaml", registry)
    [found] = caught.value.lines("en")
    assert found.startswith(f"contacts.yaml:{line}")
    assert "hemlig" not in found
    assert "4711" not in found


def test_contacts_are_read_again_and_a_broken_file_keeps_the_old(tmp_path: Path) -> None:
    (tmp_path / "rooms.yaml").write_text(SITE)
    registry = read_registry(tmp_path / "rooms.yaml")
    path = tmp_path / "contacts.yaml"
    path.write_text(CONTACTS, "utf-8")
    watch = ContactsWatch(path, lambda: registry)
    both = watch.calendars
    assert both["tallen"] == "file:///srv/hemlig/tallen.ics"
    assert not watch.poll()
    path.write_text(CONTACTS.replace("room: tallen", "room: talen"), "utf-8")
    assert not watch.poll()
    assert "talen" in str(watch.error)
    assert "hemlig" not in str(watch.error)
    assert watch.calendars == both
    path.write_text("people: []")
    assert watch.poll()
    assert (watch.calendars, watch.error) == ({}, None)
    path.unlink()
    assert not watch.poll()
    assert "contacts.yaml" in str(watch.error)
    path.write_text("people: []")
    assert not watch.poll()
    assert watch.error is None
    path.write_text(CONTACTS, "utf-8")
    assert watch.poll()
    registry = build_registry(
        [
            parse_site(
                SITE.replace("id: tallen,", "id: eken,").replace("room: tallen", "room: eken"),
                "rooms.yaml",
            )
        ]
    )
    assert not watch.poll()  # a room of another registry
    assert '"tallen" is not a room here' in str(watch.error)
    assert not ContactsWatch(None, lambda: registry).poll()
