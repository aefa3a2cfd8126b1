"""A house that shares costs, issues statements into a real ledger and mails them by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from collector.statements import StatementMailer
from collector.undeliverable import Undeliverable
from rooms.alerts.message import Recipient
from rooms.readings import Point
from rooms.registry import Registry, Site
from rooms.statement.codec import encode
from rooms.statement.compute import compute
from rooms.statement.seal import Seal, sha256
from rooms.statement.view import of_partner
from storage.ledger import INPUTS, MANIFEST, Ledger
from storage.sqlite import SqliteStore
from storage.state import Issued, ServiceState
from storage.state import StatementMail as Row
from storage.statement_inputs import gather
from tests.unit.collector.delivering import Way
from tests.unit.collector.posting import SITE

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MIN, DAY = 60_000, 86_400_000
ASA = Recipient("asa", "Åsa", "sv", "asa@x.example", (), True, manager=True)
VERA = Recipient("vera", "Vera", "sv", "vera@vindel.example", (), False, partner="vindel")
NORA = Recipient("nora", "Nora", "en", "nora@norrsken.example", (), False, partner="norrsken")
SHARED: dict[str, Any] = {
    "partners": [
        {"id": "vindel", "name": "Vindelåns Teknik", "reference": "IO-77", "cost_centre": "4711"},
        {"id": "norrsken", "name": "Norrsken Media"},
    ],
    "pools": [{"id": "rum", "name": "Mötesrummen", "rooms": ["granen"]}],
    "agreements": [
        {
            "id": "avtal",
            "pool": "rum",
            "from": "2026-01-01",
            "capacity": "100 %",
            "shares": {"vindel": 3, "norrsken": 1},
        }
    ],
    "costs": [
        {
            "id": "hyra",
            "name": "Hyra",
            "pool": "rum",
            "amount": "8 285,33",
            "from": "2026-01",
            "vat": "25",
            "account": "5010",
        }
    ],
}


def at(text: str) -> int:
    """The wall clock of the first site, ms."""
    return round(datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).timestamp() * 1000)


class House:
    def __init__(self, folder: Path, now: str, people: Sequence[Recipient] = (ASA, VERA, NORA)):
        self.now, self.people = at(now), people
        self.registry = Registry([Site.model_validate(SITE | SHARED)])
        self.state = ServiceState(folder / "service.db")
        self.store = SqliteStore(folder / "store.db", retention_s=None, clock=lambda: self.now)
        self.ledger = Ledger(folder / "statements", self.state)
        self.way = Way()
        self.undeliverable = Undeliverable(self.state)
        self.public_url = "https://rum.example"
        self.mailer = self.start()

    def close(self) -> None:
        self.state.close()
        self.store.close()

    def start(self, transport: Callable[[], Any] | None = None) -> StatementMailer:
        """As after a restart."""
        self.mailer = StatementMailer(
            self.ledger,
            self.store,
            lambda: self.registry,
            lambda: self.people,
            transport() if transport else self.way,
            self.undeliverable,
            clock=lambda: self.now,
            public_url=self.public_url,
        )
        return self.mailer

    def step(self, minutes: float = 0) -> None:
        self.now += round(minutes * MIN)
        self.mailer.step()

    def had_data(self, *months: str) -> None:
        """The roll-up has counted opening hours in them."""
        points = [
            Point("site_month", {"site": "s"}, at(f"{m}-01 00:00"), {"bookable_s": 3600.0})
            for m in months
        ]
        assert self.store.write(points) == []

    def issue(self, month: str = "2026-10", reason: str = "") -> Issued:
        """The next version of a month."""
        before = self.state.statements.latest(month)
        version = before.version + 1 if before else 1
        first = date.fromisoformat(f"{month}-01")
        made = gather(self.store, self.state, self.registry, first, self.now)
        inputs = replace(made, reason=reason)
        with self.ledger.turn() as turn:
            seal = Seal(
                turn.number,
                version,
                month,
                turn.previous,
                sha256(encode(inputs)),
                self.now,
                "Åsa",
                "test",
                {},
            )
            whole = compute(inputs, seal)
            files = {INPUTS: encode(inputs), MANIFEST: encode(seal)}
            for partner in (None, "vindel", "norrsken"):
                own = of_partner(whole, partner) if partner else whole
                place = f"partners/{partner}/" if partner else ""
                files[f"{place}statement.json"] = encode(own)
                for name in ("sv.pdf", "en.pdf", "sv.xlsx", "en.xlsx"):
                    files[f"{place}statement.{name}"] = f"{partner} {name}".encode()
            return turn.keep(month, version, files.items())

    def mails(self) -> list[Row]:
        """All that were ever queued."""
        with self.state.reading() as db:
            rows = db.execute(
                "SELECT id, kind, month, number, person, partner, made, due, tries, sent,"
                " given_up, failure FROM statement_mail ORDER BY id"
            ).fetchall()
        return [Row(*row) for row in rows]

    @property
    def queued(self) -> list[str]:
        return [f"{m.kind} {m.number or m.month} {m.person}" for m in self.mails()]

    @property
    def got(self) -> list[str]:
        return [address.partition("@")[0] for address, _ in self.way.sent]
