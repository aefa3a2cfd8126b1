"""The page on another agreement: a form, what it comes to, and who may see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.issuing import Issuing
from tests.unit.api.house import House
from tests.unit.api.test_api_access import call

OTHER = "capacity=0&no_show=0&share-norr=1&share-skog=1&share-vind=1"


@pytest.fixture
def issuing(tmp_path: Path) -> Iterator[Issuing]:
    folder = tmp_path / "issuing"
    folder.mkdir()
    issuing = Issuing(folder)
    yield issuing
    issuing.close()


@pytest.fixture
def sharing(tmp_path: Path, issuing: Issuing) -> Iterator[House]:
    """A house that shares its costs, in November."""
    house = House(tmp_path, statements=issuing.statements, registry=lambda: issuing.registry)
    yield house
    house.close()


def page(house: House, query: str = "", role: str = "manager", status: int = 200) -> str:
    path = f"/statements/whatif?lang=en&{query}"
    headers = house.key(role) | {"Accept": "text/html"}
    answer = call(house, "GET", path, headers=headers)
    assert answer.status_code == status, answer.text
    return str(answer.text)


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr.*?</tr>", html.partition("<details>")[0], re.S)
    plain = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in plain]


def test_the_form_begins_with_the_agreement_as_it_is(sharing: House) -> None:
    html = page(sharing)
    assert re.search(r'name="capacity"[^>]* value="50"', html)
    for partner, weight in (("norr", 2), ("skog", 1), ("vind", 1)):
        assert re.search(rf'name="share-{partner}"[^>]* value="{weight}"', html)
    assert "<table" not in html


def test_what_it_comes_to(sharing: House) -> None:
    html = page(sharing, OTHER)
    assert cells(html) == [
        ["Partner", "As it is", "As proposed", "Difference"],
        ["Norr AB", "SEK 5,833.33", "SEK 6,666.67", "+SEK 833.34"],
        ["Skog AB", "SEK 2,916.67", "SEK 3,333.33", "+SEK 416.66"],
        ["Vind AB", "SEK 1,250.00", "SEK 0.00", "−SEK 1,250.00"],
        ["All", "SEK 10,000.00", "SEK 10,000.00", "SEK 0.00"],
    ]
    assert html.count("<svg") == 2  # the house's mark, and the plot


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("capacity=0", "capacity=101", "from 0 to 100"),
        ("capacity=0", "capacity=-1", "from 0 to 100"),
        ("no_show=0", "no_show=x", "booked but empty must be a number"),
        ("share-norr=1", "share-norr=1/0", "at least one partner a share"),
        ("share-norr=1&share-skog=1&share-vind=1", "", "at least one partner a share"),
        ("capacity=0", 'capacity="><script>', "from 0 to 100"),
    ],
)
def test_what_cannot_be_read(sharing: House, old: str, new: str, told: str) -> None:
    html = page(sharing, OTHER.replace(old, new))
    assert 'role="alert"' in html
    assert told in html
    assert "<table" not in html
    assert "<script>" not in html


def test_a_decimal_comma_and_thirds(sharing: House) -> None:
    html = page(sharing, "capacity=12,5&no_show=0,5&share-norr=2/3&share-skog=1,5")
    assert 'role="alert"' not in html
    assert "<table" in html


def test_only_for_managers(sharing: House) -> None:
    for role in ("viewer", "maintainer"):
        page(sharing, role=role, status=403)
    assert call(sharing, "GET", "/statements/whatif").status_code == 401


def test_without_pools(house: House) -> None:
    html = page(house)
    assert "no pools in rooms.yaml" in html
    assert 'name="capacity"' not in html
