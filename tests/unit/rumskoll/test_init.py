"""``rumskoll init``: what is typed, asked again, written, refused; and that what it writes is
read without a word."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from telling import refused, rumskoll, told
from typer.testing import CliRunner, Result

from rooms.registry import Registry
from rumskoll.cli import app
from rumskoll.contacts import read_contacts
from rumskoll.registry_files import read_registry
from rumskoll.settings import load_settings
from rumskoll.setup import checks, writing
from rumskoll.setup.files import NewFiles, rooms_yaml
from rumskoll.setup.names import id_of
from rumskoll.setup.yaml_text import scalar

ROOT = Path(__file__).parents[3]
TYPED = {
    "site": "Innovationsarena Inland",
    "timezone": "",
    "hours": "mon-thu 07:00-18:00, fri 07:00-17:00",
    "rooms": "Granen 8\nUmeälven (stora), 14 seats\n",
    "partners": "Norrsken Digital AB, @Norrsken.example\nVindel\n",
    "sources": "2, 1",
    "size": "",
    "broker": "2",
    "mqtt_url": "mqtts://mqtt.example:8883",
    "mqtt_username": "",
    "mqtt_password": "hemligt # 1",
    "public_url": "https://rum.example/",
    "alerts": "Anna Berg, anna@arenan.example\nBo <bo@arenan.example>\n",
    "smtp_host": "smtp.example",
    "smtp_from": "",
    "smtp_username": "rum",
    "smtp_password": "också hemligt",
}


def typed(changes: dict[str, str] | None = None, *args: str) -> Result:
    lines = "".join(f"{line}\n" for line in (TYPED | (changes or {})).values())
    result = CliRunner().invoke(app, ["init", "new", "--language", "en", *args], input=lines)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def registry() -> Registry:
    return read_registry(Path("new/rooms.yaml"))


def test_a_house(monkeypatch: pytest.MonkeyPatch) -> None:
    result = typed()
    assert result.exit_code == 0, result.output
    site = registry().sites["innovationsarena-inland"]
    assert (site.name.sv, site.timezone, site.language) == (
        "Innovationsarena Inland",
        "Europe/Stockholm",
        "en",
    )
    assert [(r.id, r.name.sv, r.capacity.first) for r in site.rooms] == [
        ("granen", "Granen", 8),
        ("umealven-stora", "Umeälven (stora)", 14),
    ]
    assert [(p.id, p.name, p.domains) for p in site.partners] == [
        ("norrsken-digital-ab", "Norrsken Digital AB", ("norrsken.example",)),
        ("vindel", "Vindel", ()),
    ]
    assert [source.decoder for source in site.sources] == ["chirpstack", "zigbee2mqtt"]
    people = read_contacts(Path("new/contacts.yaml"), registry()).people
    assert [(p.id, p.email, p.roles) for p in people] == [
        ("anna-berg", "anna@arenan.example", ("maintainer", "manager")),
        ("bo", "bo@arenan.example", ("maintainer",)),
    ]
    monkeypatch.chdir("new")
    settings = load_settings()
    assert settings.mqtt_url == "mqtts://mqtt.example:8883"
    assert settings.mqtt_password.get_secret_value() == "hemligt # 1"
    assert settings.smtp_password.get_secret_value() == "också hemligt"
    assert settings.smtp_from == "anna@arenan.example"
    assert settings.public_url == "https://rum.example"
    assert len(settings.signing_secret.get_secret_value()) >= 32


def test_secrets_are_their_owners() -> None:
    output = typed().output
    for path in Path("new/secrets").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_text().strip() not in output
        assert path.read_text().strip() not in Path("new/.env").read_text()
    assert stat.S_IMODE(Path("new/secrets").stat().st_mode) == 0o700


def test_in_the_services_folder_its_group_may_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """As deploy/install leaves it: what is written belongs to the folder's group."""
    Path("new").mkdir()
    Path("new").chmod(0o2750)
    Path("data").mkdir()
    monkeypatch.setattr("rumskoll.commands.init.CONFIG", Path("new").resolve())
    monkeypatch.setattr("rumskoll.commands.init.DATA", Path("data").resolve())
    assert typed().exit_code == 0
    assert f"RUMSKOLL_DATA={Path('data').resolve()}\n" in Path("new/.env").read_text()
    assert stat.S_IMODE(Path("new/secrets").stat().st_mode) == 0o2750
    for path in Path("new/secrets").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("key", "wrong", "right", "said"),
    [
        ("site", "", "Arenan", "This needs an answer."),
        ("timezone", "Europe/Stockholn", "Europe/Oslo", "Not a known time zone."),
        ("hours", "mån-fre 8-17", "mån-fre 08:00-17:00", "Write days and times like this"),
        ("hours", "mon-fri 08:00-17:00, tue 09:00-10:00", "", "each day once"),
        ("rooms", "Granen", "Granen 8\n", "Write the room's name and its seats"),
        ("rooms", "", "Granen 8\n", "This needs an answer."),
        ("rooms", "Granen 8\ngranen 6", "", '"granen" is there already.'),
        ("partners", "Vindel, vindel", "", "must be a mail domain"),
        ("sources", "4", "1", "Answer with a number, 1 to 3."),
        ("size", "stor", "1", "Answer with a number, 1 to 3."),
        ("mqtt_url", "mqtt://anna:pw@x", "mqtt://x", "without a password"),
        ("public_url", "rum.example", "https://rum.example", "Write the whole address"),
        ("alerts", "Anna Berg", "", "Write name and e-mail address"),
        ("smtp_from", "Anna", "", "Write an e-mail address"),
    ],
)
def test_a_wrong_answer_is_asked_for_again(key: str, wrong: str, right: str, said: str) -> None:
    result = typed({key: f"{wrong}\n{right}"})
    assert said in result.output
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("lines", [0, 3, 8, 16])
def test_cut_short_nothing_is_written(lines: int) -> None:
    given = "".join(f"{line}\n" for line in [*TYPED.values()][:lines])
    result = CliRunner().invoke(app, ["init", "new", "--language", "sv"], input=given)
    assert result.exit_code == 130
    assert "Inget är skrivet" in result.output
    assert not Path("new").exists()


def test_what_is_there_stays() -> None:
    typed()
    before = {path: path.read_bytes() for path in Path("new").rglob("*") if path.is_file()}
    again = typed({"site": "Another"})
    assert again.exit_code == 2
    assert "Already there: new/.env" in again.output
    assert "What is the house" not in again.output  # told before the questions, not after
    Path("new/.env").rename("new/kept")
    assert "Already there: new/rooms.yaml" in typed().output
    Path("new/kept").rename("new/.env")
    assert before == {p: p.read_bytes() for p in Path("new").rglob("*") if p.is_file()}


def test_an_empty_file_is_not_in_the_way() -> None:
    Path("new").mkdir()
    Path("new/.env").touch()
    assert typed().exit_code == 0
    assert Path("new/.env").read_text()
    assert not Path("new/.env.bak").exists()


def test_forced_the_old_ones_are_kept() -> None:
    typed()
    old = Path("new/rooms.yaml").read_text()
    assert typed({"site": "Another"}, "--force").exit_code == 0
    assert Path("new/rooms.yaml.bak").read_text() == old
    assert registry().sites.keys() == {"another"}
    assert stat.S_IMODE(Path("new/secrets/signing_secret.bak").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made() -> None:
    Path("new").write_text("a file")
    result = typed()
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert Path("new").read_text() == "a file"


def test_half_written_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Path] = []

    def full(path: Path, content: str, mode: int) -> None:
        if len(done) == 2:
            raise OSError(28, "No space left on device", str(path))
        done.append(path)
        path.write_text(content)

    monkeypatch.setattr(writing, "_write", full)
    files = NewFiles({"a": "1", "b": "2", "c": "3"}, {})
    with pytest.raises(OSError, match="No space"):
        writing.write(tmp_path / "new", files)
    assert [*(tmp_path / "new").iterdir()] == []


# ---- answers in a file


ANSWERS: dict[str, Any] = {
    "site": "Arenan",
    "rooms": ["Granen 8", "Tallen 4"],
    "size": "docker",
    "host": "rumskoll.lan",
    "alerts": ["Anna, anna@x.example"],
}


def from_file(**changes: Any) -> tuple[str, ...]:
    Path("answers.yaml").write_text(yaml.safe_dump(ANSWERS | changes), "utf-8")
    return ("init", "new", "--answers", "answers.yaml", "--language", "sv")


def test_answers_from_a_file() -> None:
    said = told(*from_file())
    assert "docker compose up -d" in said
    site = read_registry(Path("new/config/rooms.yaml")).sites["arenan"]
    assert [room.id for room in site.rooms] == ["granen", "tallen"]
    assert site.opening_hours.first.keys() == {"mon", "tue", "wed", "thu", "fri"}
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    wanted = {Path(secret["file"]) for secret in compose["secrets"].values()}
    assert {path.relative_to("new") for path in Path("new/secrets").iterdir()} == wanted
    # other containers' users read them, one by one; nobody here passes the folder
    assert stat.S_IMODE(Path("new/secrets").stat().st_mode) == 0o700
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o644 for p in Path("new/secrets").iterdir())


def test_the_brokers_users_come_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = {k: v for k, v in TYPED.items() if not k.startswith("mqtt_")} | {"broker": "1"}
    given = "".join(f"{line}\n" for line in lines.values())
    result = CliRunner().invoke(app, ["init", "new", "--language", "en"], input=given)
    assert result.exit_code == 0, result.output
    users = Path("new/broker/users.txt").read_text()
    monkeypatch.chdir("new")
    password = load_settings().mqtt_password.get_secret_value()
    assert f"rumskoll {password}" in " ".join(users.split())
    assert "$7$" in Path("broker/passwd").read_text()


def test_every_mistake_in_the_file_is_told() -> None:
    said = refused(*from_file(rooms=["Granen"], smtp_hots="x", hours="alltid"))
    assert "rooms: Skriv rummets namn" in said
    assert "hours: Skriv dagar" in said
    assert '"smtp_hots" är ingen fråga. Menade du smtp_host?' in said
    assert not Path("new").exists()


@pytest.mark.parametrize("content", ["[1, 2]", "site", "", "{"])
def test_a_file_that_is_none(content: str) -> None:
    Path("answers.yaml").write_text(content)
    result = rumskoll("init", "new", "--answers", "answers.yaml")
    assert result.exit_code == 2
    assert "answers.yaml" in result.output


# ---- names and YAML

HOSTILE = [
    "yes",
    "NULL",
    "- x",
    "a: b",
    "# no",
    "'",
    '"\\',
    "&a",
    "*a",
    "!tag",
    "1e3",
    "2026-01-01",
]


@pytest.mark.parametrize("name", [*HOSTILE, "Å", "😀", "null ", "a #b", "{x}", "%", "@x", "`"])
def test_any_name_is_read_as_it_was_typed(name: str) -> None:
    assert yaml.safe_load(f"a: {scalar(name)}")["a"] == name


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_any_words_are(name: str) -> None:
    assert yaml.safe_load(f"- {{a: {scalar(name)}, b: 1}}") == [{"a": name, "b": 1}]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Granen", "granen"),
        ("Umeälven (stora)", "umealven-stora"),
        ("Älgen & Örnen", "algen-ornen"),
        ("101", "room-101"),
        ("会议室", "room"),
        ("A" * 90, "a" * 40),
    ],
)
def test_ids(name: str, id_: str) -> None:
    assert id_of(name) == id_


@pytest.mark.parametrize("name", ["Null", "true", "No", "~", "1e3"])
def test_a_name_that_yaml_takes_for_something_else(name: str) -> None:
    rooms, alerts = f"{name} 8\n", f"{name}, a@arenan.example\n"
    given = {"site": name, "rooms": rooms, "partners": f"{name}\n", "alerts": alerts}
    assert typed(given).exit_code == 0
    site = registry().sites[id_of(name, kind="site")]
    (room,), (partner,) = site.rooms, site.partners
    assert [site.name.sv, room.name.sv, partner.name] == [name] * 3


def test_ids_do_not_meet() -> None:
    assert id_of("Älgen", {"algen", "algen-2"}) == "algen-3"


def test_very_many_rooms_with_hostile_names() -> None:
    rooms = [checks.NamedRoom(f"{HOSTILE[n % len(HOSTILE)]} {n // 12}", n + 1) for n in range(200)]
    answers = {
        "site": "# 1: 'Arenan'",
        "timezone": "Europe/Stockholm",
        "hours": {"mon": "08:00-17:00"},
        "sources": ("native",),
        "rooms": rooms,
        "partners": (),
    }
    Path("rooms.yaml").write_text(rooms_yaml(answers, "sv"), "utf-8")
    read = read_registry(Path("rooms.yaml"))
    assert [entry.name.sv for _, entry in read.rooms.values()] == [room.name for room in rooms]
