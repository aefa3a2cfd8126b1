"""The documents tell the truth: links, commands, variables, examples, quoted lines."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer
import yaml

from rooms.registry.parse import build_registry, parse_site
from rooms.texts import LANGUAGES, TEXTS, Language
from rumskoll import cli, embedded_broker
from rumskoll.contacts import parse_contacts
from rumskoll.setting_errors import PREFIX, variable
from rumskoll.settings import Settings

ROOT = Path(__file__).parents[2]
FOLDERS = ("collector", "storage", "api", "rumskoll")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))

# What a part of rooms.yaml needs around it to be a whole one
AROUND = {
    "id": "id: lycksele",
    "name": "name: Innovationsarena Inland",
    "opening_hours": 'opening_hours: {mon-fri: "08:00-17:00"}',
    "rooms": "rooms: [{id: granen, name: Granen, capacity: 8}]",
    "sources": "sources: [{id: av, decoder: native}]",
}


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)


def prose(page: Path) -> str:
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S)


def spans(page: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(page))


# ---- links


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_page
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_the_list_of_documents_leads_to_all_of_them() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        if page.name != "README.md":
            assert f"({page.relative_to(ROOT / 'docs')})" in index


# ---- commands


COMMAND = re.compile(r"^(?:sudo -u rumskoll )?(?:\S*/)?rumskoll ([a-z-].*)$")


def commands(page: Path) -> Iterator[str]:
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    for line in [*lines, *spans(page)]:
        if found := COMMAND.match(line):
            yield found[1]


def check(command: Any, words: list[str]) -> None:
    """Walk down to the command and see that it has every option that is named."""
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        assert words[0] in command.commands, f"there is no command {words[0]!r}"
        command = command.commands[words.pop(0)]
    options = {name for parameter in command.params for name in parameter.opts} | {"--help"}
    options |= {name for parameter in command.params for name in parameter.secondary_opts}
    for word in words:
        assert not word.startswith("--") or word.partition("=")[0] in options, word


@pytest.fixture(scope="module")
def whole() -> Any:
    return typer.main.get_command(cli.app)


@each_page
def test_every_command_exists(whole: Any, page: Path) -> None:
    for command in commands(page):
        check(whole, shlex.split(command))


def test_commands_are_found_and_checked(whole: Any) -> None:
    found = [command for page in PAGES for command in commands(page)]
    assert len(found) > 60
    with pytest.raises(AssertionError, match="no command 'quarantin'"):
        check(whole, ["quarantin", "list"])
    with pytest.raises(AssertionError, match="--al"):
        check(whole, ["quarantine", "replay", "--al"])


# ---- variables


def accepted() -> set[str]:
    names = {variable(name) for name in Settings.model_fields}
    return names | {f"{name}_FILE" for name in names}


@each_page
def test_every_variable_exists(page: Path) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z0-9_]*[A-Z0-9]", page.read_text("utf-8")))
    assert named <= accepted()


# ---- examples of rooms.yaml


@each_page
def test_every_example_of_rooms_yaml_is_valid(page: Path) -> None:
    for block in blocks(page, "yaml"):
        given = yaml.safe_load(block)
        if given.keys() <= {"people", "calendars"}:
            parse_contacts(block, "contacts.yaml")
            continue
        missing = (line for key, line in AROUND.items() if key not in given)
        build_registry([parse_site("\n".join([block, *missing]), page.name)])


# ---- quoted lines


def templates(language: Language) -> list[str]:
    both = LANGUAGES.index(language)
    return [re.sub(r"\{\w+\}", "…", text[both]) for text in TEXTS.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_to_look_up_is_one_that_is_said(language: Language) -> None:
    page = ROOT / "docs" / language / "troubleshooting.md"
    quoted = re.findall(r"^\| `([^`]+)` \|", page.read_text("utf-8"), re.M)
    assert len(quoted) > 30
    said = templates(language)
    code = "".join(f.read_text("utf-8") for d in FOLDERS for f in (ROOT / d).rglob("*.py"))
    for line in quoted:
        known = any(line.removesuffix(" …") in text for text in said) or f'"{line}"' in code
        assert known, line


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_the_quarantine_is_explained(language: Language) -> None:
    code = "".join(
        f.read_text("utf-8") for d in ("collector", "rooms") for f in (ROOT / d).rglob("*.py")
    )
    reasons = set(re.findall(r'DecodeError\(\s*"([a-z_]+)"', code)) | {"refused_by_store"}
    assert len(reasons) > 10
    assert reasons <= set(spans(ROOT / "docs" / language / "devices.md"))


# ---- both languages


def test_there_is_every_page_in_both_languages() -> None:
    swedish, english = (sorted(p.name for p in (ROOT / "docs" / x).iterdir()) for x in LANGUAGES)
    assert swedish == english


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "docs" / "en").iterdir()))
def test_both_languages_say_the_same(name: str) -> None:
    """As far as a machine can tell: headings, tables, commands, variables, units."""

    def shape(page: Path) -> dict[str, object]:
        text = page.read_text("utf-8")
        rows = [row.count("|") for row in text.splitlines() if row.startswith("|")]
        return {
            "headings": [len(mark) for mark in re.findall(r"^(#+) ", prose(page), re.M)],
            "rows": rows,
            "commands": sorted(shlex.split(command)[:2] for command in commands(page)),
            "variables": sorted(re.findall(rf"{PREFIX}[A-Z0-9_]+", text)),
            "service": blocks(page, "ini"),
            "fences": re.findall(r"^```(\w+)$", text, re.M),
        }

    swedish, english = (ROOT / "docs" / language / name for language in LANGUAGES)
    assert shape(swedish) == shape(english)


# ---- the broker


def test_every_line_for_mosquitto_is_explained() -> None:
    page = ROOT / "docs" / "broker.md"
    first = blocks(page, "conf")[0]
    rows = set(re.findall(r"^\| `(\w+)", page.read_text("utf-8"), re.M))
    assert {line.split()[0] for line in first.splitlines() if line} <= rows
    told = {span.split()[0] for span in spans(page)}
    assert {line.split()[0] for line in embedded_broker._MOSQUITTO.splitlines()} <= told
    assert str(embedded_broker.MAX_PAYLOAD) in first
