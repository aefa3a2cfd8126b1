"""The committed dashboards: fresh, whole, and each panel says what it is and leads on."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import pytest
from grafana_foundation_sdk.cog import runtime
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

from dashboards import build, colours
from dashboards.influxql import HISTORY, ROOMS, variant_config
from dashboards.panels import WIDTH
from dashboards.words import LANGUAGES
from tests.grafana.committed import DASHBOARDS, FOLDER, PLACES, Json, dashboard, panels, variables

PALETTE: Final = {value for name, value in vars(colours).items() if name.isupper()}
OURS: Final = {ROOMS.uid, HISTORY.uid}
GRAFANAS_OWN: Final = {"-- Mixed --", "-- Dashboard --", "-- Grafana --", "grafana"}
MODES: Final = {"fixed", "thresholds"}  # of colours that we choose

every_dashboard = pytest.mark.parametrize(("language", "name"), PLACES)


def values(node: object, key: str) -> Iterator[Any]:
    """All values of a key, wherever it stands."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key:
                yield value
            yield from values(value, key)
    elif isinstance(node, list):
        for one in node:
            yield from values(one, key)


def cells(panel: Json) -> Counter[tuple[int, int]]:
    at = panel["gridPos"]
    across, down = range(at["x"], at["x"] + at["w"]), range(at["y"], at["y"] + at["h"])
    return Counter((x, y) for x in across for y in down)


def test_the_files_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--check"]) == 0, f"run python -m dashboards.build: {capsys.readouterr()}"


def test_each_file_is_of_a_dashboard_that_there_is() -> None:
    found = {(file.parent.name, file.stem) for file in FOLDER.glob("*/*.json")}
    assert found == {*PLACES} == {(one, name) for one in LANGUAGES for name in build.DASHBOARDS}


@every_dashboard
def test_it_is_known_by_its_uid_and_nothing_is_left_to_import(language: str, name: str) -> None:
    board = dashboard(language, name)
    assert board["uid"] == f"rumskoll-{name}"
    assert "__inputs" not in board
    assert "${DS_" not in json.dumps(board)
    assert board.get("id") is None  # of a database


@every_dashboard
def test_a_round_trip_through_the_sdks_models_changes_nothing(language: str, name: str) -> None:
    register_default_plugins()
    runtime.register_dataquery_variant(variant_config())
    board = dashboard(language, name)
    assert build.as_json(Dashboard.from_json(board)) == board


@every_dashboard
def test_the_panels_tile_the_grid(language: str, name: str) -> None:
    board = dashboard(language, name)
    ids = [panel["id"] for panel in [*board["panels"], *panels(board)]]
    assert len(set(ids)) == len({id(p) for p in [*board["panels"], *panels(board)]})
    covered: Counter[tuple[int, int]] = sum(map(cells, board["panels"]), Counter())
    height = max(y for _, y in covered) + 1
    assert covered == Counter((x, y) for x in range(WIDTH) for y in range(height))
    for row in (panel for panel in board["panels"] if panel.get("panels")):
        inner: Counter[tuple[int, int]] = sum(map(cells, row["panels"]), Counter())
        assert set(inner.values()) == {1}
        assert max(x for x, _ in inner) < WIDTH


@every_dashboard
def test_each_panel_says_what_it_is_and_leads_on(language: str, name: str) -> None:
    shown = [*panels(dashboard(language, name))]
    assert shown
    for panel in shown:
        defaults = panel["fieldConfig"]["defaults"]
        assert panel["title"].strip()
        assert len(panel["description"]) >= 20, panel["title"]
        assert panel["description"].endswith("."), panel["title"]
        assert defaults["unit"], panel["title"]
        assert defaults["noValue"], panel["title"]
        assert [link for link in panel["links"] if link["title"] and link["url"]], panel["title"]
        assert panel["targets"], panel["title"]
        refs = [target["refId"] for target in panel["targets"]]
        assert len(set(refs)) == len(refs), panel["title"]
    titles = [panel["title"] for panel in shown]
    assert len(set(titles)) == len(titles)


@every_dashboard
def test_it_asks_only_the_two_provisioned_data_sources(language: str, name: str) -> None:
    board = dashboard(language, name)
    for source in values(board, "datasource"):
        assert source["uid"] in OURS | GRAFANAS_OWN
    for panel in panels(board):
        asked = {target["datasource"]["uid"] for target in panel["targets"]}
        assert asked <= OURS
        assert panel["datasource"]["uid"] in (asked if len(asked) == 1 else {"-- Mixed --"})


@every_dashboard
def test_links_lead_to_dashboards_and_variables_that_exist(language: str, name: str) -> None:
    board = dashboard(language, name)
    uids = {f"rumskoll-{other}": other for other in DASHBOARDS}
    for url in filter(None, values(board, "url")):
        own = {one for one in re.findall(r"\$\{?(\w+)", url) if not one.startswith("__")}
        assert own <= set(variables(board)), url
        if re.match(r"\$(board|\{board(:raw)?\})", url):
            continue
        target = re.match(r"/d/([\w-]+)(?=[/?]|$)", url)
        assert target, f"neither the board nor a dashboard: {url}"
        assert target[1] in uids, url
        passed = re.findall(r"[?&]var-(\w+)=|\$\{(\w+):queryparam\}", url)
        there = variables(dashboard(language, uids[target[1]]))
        assert {a or b for a, b in passed} <= set(there), url
    for link in board.get("links", []):
        assert link["type"] == "link" or set(link["tags"]) <= set(board["tags"])


@every_dashboard
def test_colours_are_of_the_palette_that_everybody_can_tell_apart(language: str, name: str) -> None:
    board = dashboard(language, name)
    for panel in panels(board):
        for colour in values(panel, "color"):
            if isinstance(colour, str):
                assert colour in PALETTE | {"transparent"}, panel["title"]
        for fixed in values(panel, "fixedColor"):
            assert fixed in PALETTE, panel["title"]
        config = panel["fieldConfig"]
        for chosen in filter(lambda c: isinstance(c, dict), values(config, "color")):
            assert chosen["mode"] in MODES, panel["title"]


@every_dashboard
def test_gaps_look_like_gaps(language: str, name: str) -> None:
    board = dashboard(language, name)
    for panel in panels(board):
        assert not any(values(panel, "spanNulls")), panel["title"]
        assert not any(values(panel, "connectNulls")), panel["title"]
        for target in panel["targets"]:
            assert not re.search(r"fill\(\s*(\d|previous|linear)", target["query"]), panel["title"]
