"""The JSON Schema agrees with the models, and the committed files with the code."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rooms.registry.document import read_document
from rooms.registry.models import Site
from rooms.registry.schema import is_secret, json_schema, known_names
from rumskoll import generate
from rumskoll.contacts import Contacts
from tests.unit.registry.broken import SITE, broken

ROOT = Path(__file__).parents[3]


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: as_json(v) for k, v in value.items()}
    if isinstance(value, list):
        return [as_json(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


def fits(text: str) -> bool:
    data = as_json(read_document(text, "f").data)
    return jsonschema.Draft202012Validator(json_schema(Site)).is_valid(data)


def test_it_is_a_schema_and_the_example_fits_it() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(Site))
    jsonschema.Draft202012Validator.check_schema(json_schema(Contacts))
    assert fits((ROOT / "examples/lycksele/rooms.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("capacity: 8", "capacity: [{value: 8}, {from: 2026-01-01, value: 9}]", True),
        ("capacity: 8", "capacity: 8, weight: 1.5", True),
        ("capacity: 8", "capacity: eight", False),
        ("capacity: 8", "capacity: 8, windows: 2", False),
        ("model: elsys-ers-eye", "expect_every: 10 min", True),
        ("model: elsys-ers-eye", "expect_every: soon", False),
        ("08:00-17:00", "8-17", False),
        ("name: Arenan", "name: {sv: Arenan, en: The arena}", True),
        ("name: Arenan", "name: {sv: Arenan}", False),
        ("name: Arenan", "name: Arenan\nfaults: {site: {battery_low: false}}", True),
        ("name: Arenan", "name: Arenan\nfaults: {site: {battery_low: {below: 15}}}", True),
        ("name: Arenan", "name: Arenan\nfaults: {site: {battery_low: 15}}", False),
        ("name: Arenan", "name: Arenan\nfaults: {site: {battery_low: null}}", False),
        ("name: Arenan", "name: Arenan\nfaults: {kinds: {camera: {}}}", False),
        ("name: Arenan", "name: Arenan\nalerts: {digest: null, routes: [{id: a}]}", True),
        ("name: Arenan", "name: Arenan\nalerts: {routes: [{id: a, rooms: []}]}", False),
        ("name: Arenan", "name: Arenan\nalerts: {routes: [{id: a, codes: [rain]}]}", False),
    ],
)
def test_it_says_what_the_models_say(old: str, new: str, expected: bool) -> None:
    assert fits(SITE)
    assert fits(broken((old, new))) is expected


def test_what_it_tells_about_a_place() -> None:
    assert known_names(Site, ("placements", 7)) == ["device", "room", "from", "until"]
    assert known_names(Site, ("rooms", 0, "name")) == ["sv", "en"]
    assert known_names(Site, ("rooms", 0, "capacity", 1)) == ["from", "value"]
    assert known_names(Site, ("nothing", 0)) == []
    assert is_secret(Contacts, ("people", 0, "deliver", 3))
    assert not is_secret(Contacts, ("people", 0, "email"))


def test_the_committed_files_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"], ROOT) == 0, capsys.readouterr().err


def test_a_stale_file_is_named_and_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate.main([], tmp_path) == 0
    assert generate.main(["--check"], tmp_path) == 0
    (tmp_path / ".env.example").write_text("old")
    assert generate.main(["--check"], tmp_path) == 1
    assert capsys.readouterr().err == (
        ".env.example is stale: run python -m rumskoll.generate and commit it\n"
    )
