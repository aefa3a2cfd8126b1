"""Where a message leads: to the page that answers it, and to the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from collector.composing.facts import Fact
from collector.composing.message import Button
from rooms.alerts.links import VALID_MS, AlertLink, alert_path
from rooms.alerts.message import Alert, Recipient
from rooms.faults import Fault
from rooms.texts import text


class Links(NamedTuple):
    """``secret`` signs the links that answer; ``public_url`` has no slash at its end, and where
    it is empty there are no links."""

    secret: str
    public_url: str

    def fault(self, fault: Fault) -> str:
        return self.public_url and f"{self.public_url}/faults/{fault.id}"

    def answer(
        self, alert: Alert, reader: Recipient, facts: Sequence[Fact], now: int
    ) -> list[Button]:
        """A button, while there is something that nobody has answered."""
        unanswered = any(one.fault.open and one.fault.acknowledged is None for one in facts)
        if not (self.public_url and self.secret and unanswered):
            return []
        link = AlertLink(alert.id, reader.id, now + VALID_MS)
        url = self.public_url + alert_path(self.secret, link)
        return [Button(text(reader.language, "alert.answer"), url)]

    def board(self, reader: Recipient, facts: Sequence[Fact]) -> list[Button]:
        if not self.public_url:
            return []
        one = self.fault(facts[0].fault) if len(facts) == 1 else ""
        return [Button(text(reader.language, "alert.show"), one or f"{self.public_url}/faults")]
