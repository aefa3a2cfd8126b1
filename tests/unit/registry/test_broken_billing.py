"""Mistakes in what is shared, and the exact lines that they give."""

from __future__ import annotations

import pytest

from rooms.registry.mistakes import RegistryError
from rooms.registry.parse import build_registry, parse_site
from tests.unit.registry.broken_billing import given, whole


def test_the_whole_is_in_order() -> None:
    assert given() == []
    site = parse_site(whole(), "rooms.yaml")
    assert [cost.amount for cost in site.costs] == [41_500_00, 300_50, -20_00, 10_00]
    assert [cost.vat for cost in site.costs] == ["25", "12", "25", "25"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        # one value
        (
            "account: 5010",
            'account: "٥٠١٠"',
            '29: costs[0].account: "٥٠١٠" is not an account number.'
            " Write four to six digits, e.g. 5010.",
        ),
        (
            "organisation: 556000-0000",
            "organisation: ٥٥٦٠٠٠-٠٠٠٠",
            '54: billing.organisation: "٥٥٦٠٠٠-٠٠٠٠" is not an organisation number.'
            " Write it like 556000-0000.",
        ),
        (
            "shares: {renen: 0}",
            'shares: {renen: "٣"}',
            '21: agreements[2].shares.renen: "٣" is not a weight. Write for example "1", "1.5"'
            ' or "3/2".',
        ),
        (
            "  series: R\n",
            '  issuer: ""\n',
            "55: billing.issuer: the value is empty. Give a value or remove the line.",
        ),
        (
            '"5010": Lokalhyra',
            '"5010": ""',
            "56: billing.account_names.5010: the value is empty. Give a value or remove the line.",
        ),
        (
            'amount: "41 500,00"',
            "amount: 41 500,5",
            '26: costs[0].amount: "41 500,5" is not an amount.'
            ' Write kronor, for example 300 or "41 500,00".',
        ),
        (
            "capacity: 60 %",
            "capacity: 60",
            '9: agreements[0].capacity: 60 is not a part of a whole. Write for example "60 %",'
            ' "3/5" or "0.6".',
        ),
        (
            "month: 2026-12",
            "month: 2026-13",
            '34: costs[1].month: "2026-13" is not a month. Write year-month, e.g. 2026-10.',
        ),
        (
            "account: 5010",
            "account: 50",
            '29: costs[0].account: "50" is not an account number.'
            " Write four to six digits, e.g. 5010.",
        ),
        (
            "series: R",
            "series: r",
            '55: billing.series: "r" is not a voucher series.'
            " Write one to four capital letters or digits.",
        ),
        (
            "organisation: 556000-0000",
            "organisation: 5560000000",
            '54: billing.organisation: does not read as text. Put it in quotes: "5560000000".',
        ),
        # names
        (
            "rooms: [granen, tallen]}",
            "rooms: [granen, talen]}",
            '3: pools[1].rooms[1]: "talen" is not a room here. Did you mean "tallen"?',
        ),
        (
            "rooms: [granen, tallen]}",
            "rooms: [granen, granen]}",
            '3: pools[1].rooms[1]: "granen" stands on line 3 already.'
            " A room counts once in a pool.",
        ),
        (
            "id: for-vc",
            "id: first",
            '16: agreements[2].id: "first" stands on line 5 already. Use each id once.',
        ),
        (
            "id: desk",
            "id: lamp",
            '46: costs[3].id: "lamp" stands on line 30 already. Use each id once.',
        ),
        (
            "shares: {renen: 0}",
            "shares: {reen: 0}",
            '21: agreements[2].shares.reen: "reen" is not a partner here. Did you mean "renen"?',
        ),
        (
            "partner: vindel",
            "partner: vindeln",
            '48: costs[3].partner: "vindeln" is not a partner here. Did you mean "vindel"?',
        ),
        (
            "room: granen",
            "room: grann",
            '37: costs[1].room: "grann" is not a room here. Did you mean "granen"?',
        ),
        # agreements
        (
            "until: 2026-03-15",
            "until: 2025-12-31",
            "8: agreements[0].until: ends 2025-12-31 but begins 2026-01-01."
            " until is the first day on which it no longer holds.",
        ),
        (
            "until: 2026-03-15",
            "until: 2026-03-16",
            '11: agreements[1]: "house" has an agreement on 2026-03-15 already (line 5).'
            " End that one with until, or begin this one later.",
        ),
        (
            "from: 2026-03-15",
            "from: 2026-03-17",
            '23: costs[0]: "house" has costs but no agreement on 2026-03-15. Add one under'
            " agreements that holds on that day, or change the months of the cost.",
        ),
        (
            "    from: 2026-01\n",
            "    from: 2025-11\n",
            '23: costs[0]: "house" has costs but no agreement on 2025-11-01. Add one under'
            " agreements that holds on that day, or change the months of the cost.",
        ),
        (
            "until: 2027-01-01",
            "until: 2026-12-31",
            '30: costs[1]: "vc" has costs but no agreement on 2026-12-31. Add one under'
            " agreements that holds on that day, or change the months of the cost.",
        ),
        # costs
        (
            "    pool: house\n    amount",
            "    amount",
            '23: costs[0]: "rent" is borne by nobody: give either pool (shared) or partner'
            " (bears all of it).",
        ),
        (
            "    partner: vindel\n",
            "    partner: vindel\n    pool: house\n",
            '48: costs[3].partner: "desk" has both pool and partner. Keep one of them.',
        ),
        (
            "    month: 2025-01\n",
            "",
            '46: costs[3]: "desk" has no month: give either month (only that one) or from'
            " (every month).",
        ),
        (
            "    month: 2025-01\n",
            "    month: 2025-01\n    from: 2025-02\n",
            "50: costs[3].month: month is one month only; from and until belong to a cost of"
            " many. Keep one of them.",
        ),
        (
            "until: 2026-12\n",
            "until: 2026-02\n",
            "43: costs[2].until: ends 2026-02 but begins 2026-02."
            " until is the first month without the cost.",
        ),
        (
            "until: 2026-12\n",
            "until: 2027-01\n",
            '44: costs[2].vat: "vc" gets two VAT codes in 2026-12: "25" here and "12" on line'
            " 35. Split the pool, or use one code.",
        ),
    ],
)
def test_each_mistake_has_its_line(old: str, new: str, line: str) -> None:
    assert given((old, new)) == [line]


def test_an_unknown_pool_is_told_wherever_it_is_named() -> None:
    found = given(("{id: vc, name: VC", "{id: video, name: VC"))
    assert [line.partition(" is")[0] for line in found] == [
        '17: agreements[2].pool: "vc"',
        '32: costs[1].pool: "vc"',
        '40: costs[2].pool: "vc"',
    ]


def test_what_goes_on_for_ever_needs_no_agreement_after_the_last_that_has_an_end() -> None:
    end = ("    from: 2026-03-15\n", "    from: 2026-03-15\n    until: 2026-05-01\n")
    assert given(end) == []
    assert len(given(end, ("    from: 2026-01\n", "    from: 2026-01\n    until: 2026-06\n"))) == 1


def test_one_mistake_for_a_pool_without_any_agreement() -> None:
    found = given(("    pool: vc\n    from", "    pool: house\n    from"))
    assert [line for line in found if "no agreement" in line] == [
        '38: costs[2]: "vc" has costs but no agreement on 2026-02-01. Add one under agreements'
        " that holds on that day, or change the months of the cost."
    ]


def test_several_sites_share_partners_by_id_and_name_but_nothing_else() -> None:
    other = whole().replace("arena", "annan", 1)
    for old in ("oga", "luft", "lora", "egna", "granen", "tallen", "house", "vc"):
        other = other.replace(old, f"{old}-2")
    for old in ("first", "second", "for-vc-2", "rent", "lamp", "support", "desk"):
        other = other.replace(f"id: {old}", f"id: {old}-3")
    other = other.replace("luft-2[0]", "luft[0]")
    sites = [parse_site(whole(), "a.yaml"), parse_site(other, "b.yaml")]
    assert list(build_registry(sites).sites) == ["arena", "annan"]

    renamed = parse_site(other.replace("name: Renen", "name: Renarna"), "b.yaml")
    with pytest.raises(RegistryError) as told:
        build_registry([sites[0], renamed])
    assert told.value.lines("en") == [
        'annan: partners[1].name: "renen" is named "Renarna" here but "Renen" in arena.'
        " Give the partner one name in both, or two ids."
    ]

    same = parse_site(other.replace("id: rent-3", "id: rent"), "b.yaml")
    with pytest.raises(RegistryError, match=r'costs\[0\].id: "rent" stands in arena already'):
        build_registry([sites[0], same])
