"""What is committed for Grafana, dashboards' JSON and alert rules, and every query in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

import dashboards
from dashboards.words import LANGUAGES

Json = dict[str, Any]
FOLDER: Final = Path(dashboards.__file__).parent
DASHBOARDS: Final = tuple(sorted(file.stem for file in (FOLDER / "sv").glob("*.json")))
PLACES: Final = tuple((language, name) for language in LANGUAGES for name in DASHBOARDS)


class Query(NamedTuple):
    """``start`` and ``stop`` as Grafana has them: "now-24h"; ``kind``: panel, variable …"""

    place: str
    kind: str
    source: str  # uid
    text: str
    table: bool = False
    alias: str = ""
    start: str = "now-6h"
    stop: str = "now"
    floor: str = ""  # the panel's shortest interval
    follows: bool = False  # the dashboard's time, which readers may change

    def __str__(self) -> str:
        return self.place


def dashboard(language: str, name: str) -> Json:
    whole: Json = json.loads((FOLDER / language / f"{name}.json").read_text("utf-8"))
    return whole


def panels(board: Json) -> Iterator[Json]:
    """Those that show something, also within rows."""
    for panel in board["panels"]:
        if panel["type"] == "row":
            yield from panel.get("panels", [])
        else:
            yield panel


def variables(board: Json) -> dict[str, Json]:
    return {one["name"]: one for one in board.get("templating", {}).get("list", [])}


def panel_queries(place: str, board: Json) -> Iterator[Query]:
    for panel in panels(board):
        start, stop = board["time"]["from"], board["time"]["to"]
        since = panel.get("timeFrom")
        if since:  # a panel's own time ends now
            start, stop = since if since.startswith("now") else f"now-{since}", "now"
        for target in panel.get("targets", []):
            yield Query(
                f"{place}: {panel['title']}, {target['refId']}",
                "panel",
                target["datasource"]["uid"],
                target["query"],
                target["resultFormat"] == "table",
                target.get("alias", ""),
                start,
                stop,
                panel.get("interval", ""),
                not since,
            )


def variable_queries(place: str, board: Json) -> Iterator[Query]:
    for name, one in variables(board).items():
        if one["type"] == "query":
            asked = one["query"]
            text = asked if isinstance(asked, str) else asked["query"]
            yield Query(f"{place}: ${name}", "variable", one["datasource"]["uid"], text)


def annotation_queries(place: str, board: Json) -> Iterator[Query]:
    for one in board.get("annotations", {}).get("list", []):
        if "query" in one or "target" in one:
            text = one["query"] if "query" in one else one["target"]["query"]
            times = board["time"]["from"], board["time"]["to"]
            yield Query(
                f"{place}: @{one['name']}", "annotation", one["datasource"]["uid"], text, True,
                "", *times,
            )  # fmt: skip


def dashboard_queries(language: str, name: str) -> list[Query]:
    board, place = dashboard(language, name), f"{language}/{name}"
    return [
        *variable_queries(place, board),
        *annotation_queries(place, board),
        *panel_queries(place, board),
    ]


def alert_queries() -> list[Query]:
    found = []
    for file in sorted((FOLDER / "provisioning" / "alerting").glob("*.yaml")):
        groups = yaml.safe_load(file.read_text("utf-8")).get("groups", [])
        for rule in (rule for group in groups for rule in group["rules"]):
            for data in rule["data"]:
                if "query" not in data["model"]:
                    continue  # Grafana's own expressions
                ago = data["relativeTimeRange"]
                found.append(
                    Query(
                        f"{file.stem}: {rule['title']}, {data['refId']}",
                        "alert",
                        data["datasourceUid"],
                        data["model"]["query"],
                        start=f"now-{ago['from']}s",
                        stop=f"now-{ago['to']}s",
                    )
                )
    return found


def every_query() -> list[Query]:
    return [query for place in PLACES for query in dashboard_queries(*place)] + alert_queries()
