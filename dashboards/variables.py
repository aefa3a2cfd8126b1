"""The choices at a dashboard's top: filled from tags' values, and used in queries as regular
expressions (``"site" =~ /^${site:regex}$/``), which hold one value, several or all."""

from __future__ import annotations

from typing import Final

from grafana_foundation_sdk.builders.dashboard import QueryVariable
from grafana_foundation_sdk.models.common import DataSourceRef
from grafana_foundation_sdk.models.dashboard import VariableRefresh, VariableSort

from dashboards.influxql import HISTORY, ROOMS
from dashboards.words import Say

AT_SITE: Final = '"site" =~ /^${site:regex}$/'
AT_SERVICE: Final = '"site" =~ /^${service:regex}$/'
IN_ROOM: Final = '"room" =~ /^${room:regex}$/'
OF_DEVICE: Final = '"device" =~ /^${device:regex}$/'


def site(say: Say) -> QueryVariable:
    return _of_tag("site", "room_state", "site", ROOMS).label(say("Plats", "Site"))


def room(say: Say) -> QueryVariable:
    """One room: a dashboard about a room shows no other."""
    made = _of_tag("room", "room_state", "room", ROOMS, where=AT_SITE).label(say("Rum", "Room"))
    return made.multi(False).include_all(False)


def device(say: Say) -> QueryVariable:
    return _of_tag("device", "device_state", "device", ROOMS, where=AT_SITE).label(
        say("Enhet", "Device")
    )


def service(say: Say) -> QueryVariable:
    """One service, which is known by its first site (design 5)."""
    made = _of_tag("service", "service", "site", HISTORY).label(say("Tjänst", "Service"))
    return made.multi(False).include_all(False)


def _of_tag(
    name: str, measurement: str, tag: str, source: DataSourceRef, *, where: str = ""
) -> QueryVariable:
    query = f'SHOW TAG VALUES FROM "{measurement}" WITH KEY = "{tag}"'
    if where:
        query += f" WHERE {where}"
    return (
        QueryVariable(name)
        .datasource(source)
        # Grafana from 10.2 on asks with an object; of a bare string it makes one only when edited
        .query({"query": query, "refId": f"variable-{name}"})
        .definition(query)
        .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(VariableSort.ALPHABETICAL_ASC)
        .multi(True)
        .include_all(True)
    )
