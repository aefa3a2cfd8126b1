"""``service.db``: what needs transactions (design 1). Authoritative; InfluxDB gets copies."""

from storage.state.access import Access, Key, LoginLink
from storage.state.live import Change, Live, OpenProblem, Row
from storage.state.service import ServiceState

__all__ = ["Access", "Change", "Key", "Live", "LoginLink", "OpenProblem", "Row", "ServiceState"]
