"""Grafana's InfluxQL query, which the SDK lacks: a raw query of the portable subset.

The format is that of Grafana's InfluxDB data source (``query``, ``rawQuery``, ``resultFormat``,
``alias``); Grafana puts in ``$timeFilter``, ``$__interval`` and the dashboard's variables.
"""

from __future__ import annotations

from typing import Any, Final, Literal, Self

from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.cog.runtime import DataqueryConfig
from grafana_foundation_sdk.cog.variants import Dataquery
from grafana_foundation_sdk.models.common import DataSourceRef

TYPE: Final = "influxdb"
# Fixed, as provisioned (provisioning/datasources): the databases "rooms" and "rooms_history"
ROOMS: Final = DataSourceRef(type_val=TYPE, uid="rumskoll-rooms")
HISTORY: Final = DataSourceRef(type_val=TYPE, uid="rumskoll-history")

Format = Literal["table", "time_series"]


class InfluxqlQuery(Dataquery):
    """A panel's target as it stands in the dashboard's JSON."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self._fields = fields

    def to_json(self) -> dict[str, object]:
        return dict(self._fields)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(dict(data))


class Influxql(Builder[Dataquery]):
    """``table`` gives rows with tags and fields as columns; ``time_series`` a series for each
    group, named by ``alias`` (``$tag_room``, ``$col``). ``ref`` is A, B … within a panel."""

    def __init__(
        self,
        query: str,
        *,
        source: DataSourceRef = ROOMS,
        ref: str = "A",
        alias: str = "",
        table: bool = False,
    ) -> None:
        format_: Format = "table" if table else "time_series"
        self._fields: dict[str, Any] = {
            "refId": ref,
            "datasource": {"type": source.type_val, "uid": source.uid},
            "query": " ".join(query.split()),
            "rawQuery": True,
            "resultFormat": format_,
        } | ({"alias": alias} if alias else {})

    def build(self) -> Dataquery:
        return InfluxqlQuery(self._fields)


class Events(Builder[Dataquery]):
    """An annotation's query: each point's time, with ``text`` and ``tags`` (columns' names). The
    data source makes events of it itself, which ``fromAnnotations`` asks for."""

    def __init__(self, query: str, *, source: DataSourceRef, text: str, tags: str) -> None:
        self._fields: dict[str, Any] = {
            "refId": "Anno",
            "datasource": {"type": source.type_val, "uid": source.uid},
            "query": " ".join(query.split()),
            "rawQuery": True,
            "fromAnnotations": True,
            "textColumn": text,
            "tagsColumn": tags,
        }

    def build(self) -> Dataquery:
        return InfluxqlQuery(self._fields)


def variant_config() -> DataqueryConfig:
    """For the SDK's reader, which then keeps these queries as they are."""
    return DataqueryConfig(identifier=TYPE, from_json_hook=InfluxqlQuery.from_json)
