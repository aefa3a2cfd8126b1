"""What is shared, to break: ``WHOLE`` goes after a ``SITE`` in order."""

from __future__ import annotations

import re

from tests.unit.registry.broken import SITE, mistakes

WHOLE = """\
pools:
  - {id: house, name: House}
  - {id: vc, name: VC, rooms: [granen, tallen]}
agreements:
  - id: first
    pool: house
    from: 2026-01-01
    until: 2026-03-15
    capacity: 60 %
    shares: {renen: 1, vindel: "3/2"}
  - id: second
    pool: house
    from: 2026-03-15
    capacity: 1/2
    shares: {renen: 1}
  - id: for-vc
    pool: vc
    from: 2026-01-01
    until: 2027-01-01
    capacity: 0
    shares: {renen: 0}
costs:
  - id: rent
    name: Rent
    pool: house
    amount: "41 500,00"
    from: 2026-01
    vat: 25
    account: 5010
  - id: lamp
    name: Lamp
    pool: vc
    amount: 300.5
    month: 2026-12
    vat: "12"
    account: 5410
    room: granen
  - id: support
    name: Support
    pool: vc
    amount: -20
    from: 2026-02
    until: 2026-12
    vat: 25
    account: 5411
  - id: desk
    name: Desk
    partner: vindel
    amount: 10 kr
    month: 2025-01
    vat: 25
    account: 5412
billing:
  organisation: 556000-0000
  series: R
  account_names: {"5010": Lokalhyra}
"""


def whole(*changes: tuple[str, str]) -> str:
    text = WHOLE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return SITE + text


def given(*changes: tuple[str, str]) -> list[str]:
    """The mistakes in a site with ``WHOLE`` after it, changed; its first line is 1."""
    before = SITE.count("\n")

    def own(found: re.Match[str]) -> str:
        return f"{found[1]}{int(found[2]) - before}"

    found = mistakes(whole(*changes))
    return [re.sub(r"(^|line )(\d+)", own, line.removeprefix("rooms.yaml:")) for line in found]
