"""What happened, as marks across a dashboard's curves."""

from __future__ import annotations

from collections.abc import Iterator

from grafana_foundation_sdk.builders.dashboard import AnnotationQuery

from dashboards.colours import GREEN, RED
from dashboards.influxql import HISTORY, Events
from dashboards.words import Say


def faults(say: Say, where: str) -> Iterator[AnnotationQuery]:
    """When faults began and when they were over. ``where`` chooses them."""
    for name, kinds, colour in (
        (say("Fel börjar", "Faults begin"), "opened|reopened", RED),
        (say("Fel är över", "Faults are over"), "resolved", GREEN),
    ):
        query = f"""SELECT "name", "code" FROM "fault"
            WHERE $timeFilter AND "kind" =~ /^({kinds})$/ AND {where}"""
        yield (
            AnnotationQuery()
            .name(name)
            .datasource(HISTORY)
            .enable(True)
            .icon_color(colour)
            .target(Events(query, source=HISTORY, text="name", tags="code"))
        )
