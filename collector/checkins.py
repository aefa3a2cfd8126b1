"""Check-ins that panels send: whose they may be, and what they say (design 3, metrics.md 3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rooms.attribution import CheckIn
from rooms.readings import Decoded, DecodeError, Point

PanelOf = Callable[[str], str | None]  # whose token it is: a device, or nobody's

# What these say in the quarantine holds no part of the payload that could be a token.
WRONG_TOKEN: Final = "wrong_token"  # noqa: S105
UNKNOWN_PARTNER: Final = "unknown_partner"
REASONS: Final = frozenset({WRONG_TOKEN, UNKNOWN_PARTNER})


def nobodys(_token: str) -> None:
    """No panel has a token: every check-in is refused."""


def check_token(panel_of: PanelOf, decoded: Decoded, device: str) -> None:
    """Raises ``DecodeError`` for a check-in that does not show its device's own token."""
    if all(partial.kind != "checkin" for partial in decoded.partials):
        return
    token = decoded.token
    if token is None:
        raise DecodeError(WRONG_TOKEN, f"no token: make one with rumskoll keys panel {device}")
    if panel_of(token.get_secret_value()) != device:
        raise DecodeError(
            WRONG_TOKEN,
            f"not a valid token of {device}: make a new one with rumskoll keys panel {device}",
        )


def check_partner(point: Point, partners: frozenset[str]) -> None:
    """Raises ``DecodeError`` for a check-in of somebody who is no partner of the site."""
    partner = point.fields.get("partner")
    if point.measurement == "checkin" and partner and partner not in partners:
        site = point.tags["site"]
        raise DecodeError(UNKNOWN_PARTNER, f"{partner!r} is no partner's id in {site}'s rooms.yaml")


def checkin_of(point: Point) -> CheckIn:
    """What a stored point says: "" is a check-out, ``until`` ms as text."""
    partner, until = point.fields["partner"], point.fields.get("until")
    return CheckIn(point.time, str(partner) or None, int(until) if until else None)
