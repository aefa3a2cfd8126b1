"""``service.db``: what needs transactions (design 1). Authoritative; InfluxDB gets copies."""

from rooms.spell import Spell
from storage.state.access import Access, Key, LoginLink
from storage.state.claims import FeedState, StoredClaims, StoredCorrection, Via
from storage.state.dirty import Dirty, DirtyHour
from storage.state.live import Change, Live, OpenProblem, Row
from storage.state.service import ServiceState

__all__ = [
    "Access",
    "Change",
    "Dirty",
    "DirtyHour",
    "FeedState",
    "Key",
    "Live",
    "LoginLink",
    "OpenProblem",
    "Row",
    "ServiceState",
    "Spell",
    "StoredClaims",
    "StoredCorrection",
    "Via",
]
