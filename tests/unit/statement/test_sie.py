"""SIE 4I: what the independent reader finds in the files."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.statements.cp437 import pc8
from api.statements.sie import voucher
from rooms.statement.booked import booked_of
from rooms.statement.compute import compute
from rooms.statement.document import Statement
from rooms.statement.inputs import Before, Booked, Carry, Inputs, Name, PartnerInput
from rooms.statement.view import of_partner
from tests.examples import often
from tests.unit.statement.examples import (
    COSTS,
    PARTNERS,
    POOLS,
    SITE,
    cost,
    inputs,
    seal_of,
)
from tests.unit.statement.houses import houses
from tests.unit.statement.sie_reader import NotSie, SieFile, read

replace = msgspec.structs.replace
HOSTILE = {
    'Ab "Kul" {1}': 'Ab "Kul" (1)',
    "rad ett\r\n#VER A 99 20261031\ttvå": "rad ett #VER A 99 20261031 två",
    "slut\\": "slut/",
    "Åsa – “Östen” ’é’": "Åsa - \"Östen\" 'é'",
    "Łódź Øre €5": "Lódz Öre EUR5",
    "A\u030angström\u202e\u200b": "Ångström",
    "Glad 🎉 firma": "Glad firma",
    "x" * 10_000: "x" * 100,
    "🎉🎊": "",
    "\u202eשלום": "",
    '"': "",
    "\x00\x1f\x7f": "",
}


def issued(given: Inputs, number: int = 1, version: int = 1) -> Statement:
    return compute(given, seal_of(given, number, version))


def sums(file: SieFile) -> dict[tuple[str, str], Decimal]:
    """(account, object) -> amount over all vouchers."""
    found: Counter[tuple[str, str]] = Counter()
    for one in file.vouchers:
        for row in one.rows:
            found[row.account, next(iter(row.objects.values()), "")] += row.amount
    return {key: amount for key, amount in found.items() if amount}


def kronor(ore: int) -> Decimal:
    return Decimal(ore) / 100


def test_the_small_house_as_a_bookkeeper_expects_it() -> None:
    statement = issued(inputs())
    file = read(voucher(statement))
    assert file.heads["PROGRAM"] == ["Rumskoll", "0.1.0"]
    assert file.heads["GEN"] == ["20261102"]
    assert file.heads["FNAMN"] == ["Innovationsarena Inland"]
    assert file.heads["ORGNR"] == ["212000-2635"]
    assert file.accounts == {
        "1790": "Övriga fordringar",
        "5010": "Lokalhyra",
        "6230": "Datakommunikation",
    }
    assert file.dimensions == {21: "Partner"}  # no cost names a room
    assert file.objects[21, "alfa"] == "Älvdalens Bygg AB"
    [one] = file.vouchers
    assert (one.series, one.number, one.day) == ("A", "1", date(2026, 10, 31))
    assert one.text == "Avräkning 1, 2026-10"
    booked = sums(file)
    for total in statement.totals:
        assert booked.pop(("1790", total.partner)) == kronor(total.amount)
    # 41 500 rent and 450 key cards stand on 5010
    assert booked == {
        ("5010", ""): Decimal("-41950.00"),
        ("5060", ""): Decimal("-8000.01"),
        ("6230", ""): Decimal("-3000.00"),
    }


def test_bytes() -> None:
    content = voucher(issued(inputs()))
    assert content.startswith(b'#FLAGGA 0\r\n#PROGRAM "Rumskoll" "0.1.0"\r\n#FORMAT PC8\r\n')
    assert b'#OBJEKT 21 "alfa" "\x8elvdalens Bygg AB"\r\n' in content
    assert b'#TRANS 1790 {21 "gamma"} 450.00 20261031 "Egen kostnad"\r\n' in content
    assert content.endswith(b"}\r\n")


def test_a_room_of_a_cost_is_an_object_of_dimension_20() -> None:
    file = read(voucher(issued(inputs(costs=(cost("kamera", 10_000, "rum", room="granen"),)))))
    assert file.dimensions == {20: "Rum", 21: "Partner"}
    assert file.objects[20, "granen"] == "Granen"
    assert sums(file)["5010", "granen"] == -100


@pytest.mark.parametrize(("name", "written"), HOSTILE.items())
def test_hostile_names_break_no_record(name: str, written: str) -> None:
    named = (PartnerInput("alfa", name, None, None), *PARTNERS[1:])
    pools = (replace(POOLS[0], name=Name(name, name)), *POOLS[1:])
    site = replace(SITE, issuer=name, account_names={"1790": name})
    file = read(voucher(issued(inputs(partners=named, pools=pools, sites=(site,)))))
    assert file.objects[21, "alfa"] == (written or "alfa")
    assert file.heads["FNAMN"] == [written or "lycksele"]
    assert file.accounts == {"1790": written or "1790"}
    assert file.vouchers[0].rows[0].text == (written[:50] or "rum")
    assert len(file.vouchers) == 1


def test_texts_are_as_short_as_fortnox_wants_them() -> None:
    """It refuses a file with a voucher's or row's text of more than 50 characters."""
    pools = (replace(POOLS[0], name=Name("Mötesrum " * 9, "Rooms")), *POOLS[1:])
    statement = issued(inputs(pools=pools), 987_654)
    head = replace(statement.head, version=99, number=987_654)
    before = Before(987_653, 98, "", (), ())
    file = read(voucher(replace(statement, head=head, before=before)))
    texts = [one.text for one in file.vouchers] + [row.text for row in file.vouchers[0].rows]
    assert max(map(len, texts)) <= 50
    assert file.vouchers[0].text == "Avräkning 987654, 2026-10 v99, skillnad"


@given(st.text())
def test_any_text_is_one_line_of_the_character_set(text: str) -> None:
    made = pc8(text)
    content = made.encode("cp437")
    assert content.decode("cp437") == made
    assert len(made) <= 100
    assert all(byte >= 32 and byte != 127 for byte in content)
    assert not set("{}\\") & set(made)
    assert pc8(made) == made


def test_swedish_survives() -> None:
    assert pc8("åäöÅÄÖé").encode("cp437") == bytes([0x86, 0x84, 0x94, 0x8F, 0x8E, 0x99, 0x82])


@pytest.mark.parametrize(
    "spoiled",
    [
        (b" 450.00 ", b" 450.01 "),
        (b" 450.00 ", b" 450,00 "),
        (b" 450.00 ", b" 450.000 "),
        (b'{21 "gamma"} 450', b'{21 "delta"} 450'),
        (b"#FORMAT PC8\r\n", b""),
        (b"\r\n}\r\n", b"\r\n"),
        (b'"Egen kostnad"', b'"Egen "kostnad"'),
        (b"#DIM 21", b"#DIM 7"),
        (b"#GEN 2026", b"#GEN 26"),
    ],
)
def test_the_reader_refuses(spoiled: tuple[bytes, bytes]) -> None:
    content = voucher(issued(inputs()))
    assert spoiled[0] in content
    with pytest.raises((NotSie, ValueError)):
        read(content.replace(*spoiled, 1))


def later(first: Statement, given: Inputs) -> Statement:
    before = Before(1, 1, first.head.seal, booked_of(first), first.accounts)
    return issued(replace(given, before=before, reason="rättad bokning"), 2, 2)


def test_a_later_version_books_the_difference_only() -> None:
    first = issued(inputs())
    second = later(first, inputs(costs=(replace(COSTS[0], amount=4_250_000), *COSTS[1:])))
    file = read(voucher(second))
    assert file.vouchers[0].number == "2"
    assert file.vouchers[0].text == "Avräkning 2, 2026-10 v2, skillnad"
    booked = sums(file)
    assert booked.pop(("5010", "")) == -1000
    assert booked == {("1790", one.partner): kronor(one.difference) for one in second.changes}
    assert sum(booked.values()) == 1000


def test_nothing_to_book_where_nothing_differs() -> None:
    file = read(voucher(later(issued(inputs()), inputs())))
    assert (file.vouchers, file.objects, file.accounts) == ([], {}, {})


def test_a_pool_that_is_gone_is_taken_back_with_its_costs() -> None:
    second = later(issued(inputs()), inputs(pools=POOLS[:1], costs=(COSTS[0], *COSTS[3:])))
    booked = sums(read(voucher(second)))
    assert booked["6230", ""] == 3000
    assert booked["5060", ""] == Decimal("8000.01")


def test_carried_amounts_move_between_partners() -> None:
    plain = sums(read(voucher(issued(inputs()))))
    parts = (Booked("alfa", "rum", 1234), Booked("beta", "rum", -1234))
    gone = (Booked("alfa", "no-more", -34), Booked("gamma", "no-more", 34))
    carried = issued(inputs(carries=(Carry("2026-09", 7, parts + gone),)))
    booked = sums(read(voucher(carried)))
    assert booked["1790", "alfa"] - plain["1790", "alfa"] == 12
    assert booked["1790", "beta"] - plain["1790", "beta"] == Decimal("-12.34")
    assert booked["1790", "gamma"] - plain["1790", "gamma"] == Decimal("0.34")


@pytest.mark.parametrize(("series", "numbers"), [("B", ["A", "B"]), ("A", ["A"])])
def test_sites(series: str, numbers: list[str]) -> None:
    """Each site's voucher balances by itself; one series has each number once."""
    umea = replace(SITE, id="umea", account="1680", series=series, issuer="Umeå Hus AB")
    costs = (*COSTS, cost("skap", 9_900, None, partner="alfa", site="umea", account="5090"))
    first = issued(inputs(sites=(SITE, umea), costs=costs))
    file = read(voucher(first))
    assert [one.series for one in file.vouchers] == numbers
    assert sums(file)["1680", "alfa"] == 99
    changed = (*COSTS, replace(costs[-1], amount=10_000))
    second = sums(read(voucher(later(first, inputs(sites=(SITE, umea), costs=changed)))))
    assert second == {("1680", "alfa"): 1, ("5090", ""): -1}


def test_drafts_and_partners_statements_are_not_booked() -> None:
    with pytest.raises(ValueError, match="issued"):
        voucher(compute(inputs()))
    with pytest.raises(ValueError, match="issued"):
        voucher(of_partner(issued(inputs()), "alfa"))


@given(houses(), houses())
@often(4)
def test_every_voucher_balances(house: Inputs, other: Inputs) -> None:
    """The reader refuses one that does not. Both versions together book the second."""
    first = issued(house)
    second = later(first, other)
    booked = Counter(sums(read(voucher(first))))
    booked.update(sums(read(voucher(second))))
    owed = {key[1]: amount for key, amount in booked.items() if key[0] == "1790" and amount}
    assert owed == {one.partner: kronor(one.amount) for one in second.totals if one.amount}
