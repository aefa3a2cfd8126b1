"""What was told to whom, when, and how far each delivery came."""

from __future__ import annotations

import re
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query

from api import schemas
from api.depends import Maintainer, PartsOf, problems
from api.parameters import only_known
from api.parts import Parts
from rooms.alerts.message import Alert, Delivery
from rooms.texts.times import moment

router = APIRouter(prefix="/api/v1/alerts", tags=["faults"], dependencies=[Depends(only_known)])

# a server's refusal repeats the address, and a webhook's address is its secret
_ADDRESS: Final = re.compile(r"[\w+.-]+://\S+|\S+@\S+")


@router.get("", responses=problems())
def all_alerts(
    _: Maintainer,
    parts: PartsOf,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> schemas.Alerts:
    """Newest first. People are named by their ids; addresses are not told."""
    found = parts.state.alerts.newest(limit + 1, cursor)
    page = found[:limit]
    return schemas.Alerts(
        alerts=[_alert(parts, alert) for alert in page],
        cursor=page[-1].id if len(found) > limit else None,
    )


def _alert(parts: Parts, alert: Alert) -> schemas.Alert:
    registry = parts.registry()
    site = alert.site if alert.site in registry.sites else next(iter(registry.sites))
    zone = registry.zone(site)
    return schemas.Alert(
        id=alert.id,
        person=alert.person,
        kind=alert.kind,
        site=alert.site or None,
        state=alert.state,
        urgent=alert.urgent,
        created=moment(alert.created, zone),
        due=moment(alert.due, zone),
        settled=None if alert.settled is None else moment(alert.settled, zone),
        answered=None if alert.answered is None else moment(alert.answered, zone),
        entries=[schemas.AlertEntry(fault=one.fault, event=one.event) for one in alert.entries],
        deliveries=[_delivery(one, zone) for one in parts.state.alerts.deliveries(alert.id)],
    )


def _delivery(delivery: Delivery, zone: ZoneInfo) -> schemas.AlertDelivery:
    waiting = delivery.state == "waiting"
    return schemas.AlertDelivery(
        channel=delivery.channel,
        state=delivery.state,
        attempts=delivery.attempts,
        next_try=moment(delivery.next_try, zone) if waiting else None,
        settled=None if delivery.settled is None else moment(delivery.settled, zone),
        error=_ADDRESS.sub("…", delivery.error) or None,
    )
