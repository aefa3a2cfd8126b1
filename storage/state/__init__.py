"""``service.db``: what needs transactions (design 1). Authoritative; InfluxDB gets copies."""

from rooms.spell import Spell
from storage.state.access import Access, Key, LoginLink
from storage.state.alerts import StoredAlerts
from storage.state.claims import FeedState, StoredClaims, StoredCorrection, Via
from storage.state.dirty import Dirty, DirtyHour
from storage.state.disputes import Dispute, DisputeState, StoredDisputes
from storage.state.evidence import StoredEvidence
from storage.state.faults import Asked, StoredFaults
from storage.state.live import Change, Live, Row
from storage.state.service import ServiceState
from storage.state.statements import Issued, MailKind, StatementMail, StoredStatements, latest
from storage.state.windows import StoredWindow, StoredWindows

__all__ = [
    "Access",
    "Asked",
    "Change",
    "Dirty",
    "DirtyHour",
    "Dispute",
    "DisputeState",
    "FeedState",
    "Issued",
    "Key",
    "Live",
    "LoginLink",
    "MailKind",
    "Row",
    "ServiceState",
    "Spell",
    "StatementMail",
    "StoredAlerts",
    "StoredClaims",
    "StoredCorrection",
    "StoredDisputes",
    "StoredEvidence",
    "StoredFaults",
    "StoredStatements",
    "StoredWindow",
    "StoredWindows",
    "Via",
    "latest",
]
