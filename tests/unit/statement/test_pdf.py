"""The PDF: what page one says, and that a name is never read as markup."""

from __future__ import annotations

import io

import msgspec
import pytest
from pypdf import PdfReader

from api.statements.pdf import document
from rooms.statement.compute import compute
from rooms.statement.difference import before_of
from rooms.statement.document import Statement
from rooms.statement.money import hours, kronor
from rooms.statement.view import of_partner
from rooms.texts import LANGUAGES, Language
from tests.unit.statement.examples import inputs, seal_of


def pages(content: bytes) -> list[str]:
    found = PdfReader(io.BytesIO(content)).pages
    return [" ".join(page.extract_text().split()) for page in found]


def issued() -> Statement:
    given = inputs()
    return compute(given, seal_of(given))


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_one_says_what_a_partner_used_and_owes(language: Language) -> None:
    own = of_partner(issued(), "alfa")
    front = pages(document(own, language))[0]
    for told in (
        hours(own.totals[0].used_s, language),
        hours(own.used_s, language),
        kronor(own.totals[0].amount, language),
    ):
        assert " ".join(told.split()) in front


def test_it_is_tagged_titled_and_the_same_each_time() -> None:
    content = document(issued(), "sv")
    assert content == document(issued(), "sv")
    read = PdfReader(io.BytesIO(content))
    root = read.trailer["/Root"]
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in content
    assert read.metadata is not None
    assert "Avräkning oktober 2026" in str(read.metadata.title)
    assert read.outline


def test_a_draft_says_so_on_every_page() -> None:
    assert all("UTKAST" in page for page in pages(document(compute(inputs()), "sv")))
    assert not any("UTKAST" in page for page in pages(document(issued(), "sv")))


@pytest.mark.parametrize("name", ["#panic() $x$ *b* _i_ \\ <a> @b `c` [d] {page}", "A 😀 日本 AB"])
def test_names_are_data(name: str) -> None:
    given = inputs()
    first = msgspec.structs.replace(given.partners[0], name=name)
    given = msgspec.structs.replace(given, partners=(first, *given.partners[1:]))
    own = of_partner(compute(given, seal_of(given)), first.id)
    if name.isascii():
        assert name in pages(document(own, "sv"))[0]
    else:  # no font has the sign: still a PDF, without the claim to be PDF/UA
        assert b"pdfuaid:part" not in document(own, "sv")


def test_a_later_version_says_what_is_left_to_settle() -> None:
    given = inputs()
    first = compute(given, seal_of(given))
    dearer = msgspec.structs.replace(given.costs[0], amount=given.costs[0].amount + 100_000)
    changed = msgspec.structs.replace(
        given, costs=(dearer, *given.costs[1:]), before=before_of(first), reason="Hyran rättad"
    )
    second = compute(changed, seal_of(changed))
    own = of_partner(second, "alfa")
    (change,) = own.changes
    front = pages(document(own, "sv"))[0]
    assert change.difference > 0
    for told in (change.before, change.difference, change.now):
        assert " ".join(kronor(told, "sv").split()) in front
