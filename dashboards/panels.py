"""What all panels have in common: title, description, unit, link, gaps that look like gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from grafana_foundation_sdk.builders import (
    barchart,
    bargauge,
    heatmap,
    stat,
    statetimeline,
    statushistory,
    table,
    timeseries,
)
from grafana_foundation_sdk.builders.dashboard import DashboardLink, ThresholdsConfig
from grafana_foundation_sdk.models.common import DataSourceRef
from grafana_foundation_sdk.models.dashboard import (
    DashboardLinkType,
    DataTransformerConfig,
    DynamicConfigValue,
    Threshold,
    ThresholdsMode,
    ValueMap,
    ValueMappingResult,
)

from dashboards.influxql import Influxql

P = TypeVar(
    "P",
    barchart.Panel,
    bargauge.Panel,
    heatmap.Panel,
    stat.Panel,
    statetimeline.Panel,
    statushistory.Panel,
    table.Panel,
    timeseries.Panel,
)
WIDTH: Final = 24  # of Grafana's grid
BOARD: Final = "$board"  # the board's address, a constant of every dashboard (build.py)


def ask(
    panel: P,
    title: str,
    about: str,
    queries: Sequence[Influxql],
    *,
    source: DataSourceRef,
    unit: str,
    size: tuple[int, int],
    link: tuple[str, str],
    empty: str,
) -> P:
    """A panel with all that each must have. ``about`` is the definition; ``size`` is width (of
    24) and height in grid units; ``link`` is title and address; ``empty`` is said without data."""
    width, height = size
    panel.title(title).description(about).datasource(source).unit(unit).span(width).height(height)
    panel.links([DashboardLink(link[0]).type(DashboardLinkType.LINK).url(link[1])])
    panel.no_value(empty)
    if isinstance(panel, table.Panel):  # for which it is said in each empty cell too
        panel.override_by_regexp("/.*/", looks(noValue="–"))
    for query in queries:
        panel.with_target(query)
    return panel


def to_dashboard(uid: str, *variables: str) -> str:
    """The address of one of our dashboards, with the time and these variables taken along."""
    kept = "".join(f"&${{{name}:queryparam}}" for name in variables)
    return f"/d/{uid}?${{__url_time_range}}{kept}"


def steps(*colours: tuple[float | None, str]) -> ThresholdsConfig:
    """A colour from each value on; the first has none (``None``)."""
    found = [Threshold(value=value, color=colour) for value, colour in colours]
    return ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(found)


def words(named: Mapping[str, tuple[str, str]]) -> ValueMap:
    """Values shown as a word in a colour: ``{"1": ("I bruk", BLUE)}``."""
    return ValueMap(
        options={
            value: ValueMappingResult(text=text, color=colour, index=n)
            for n, (value, (text, colour)) in enumerate(named.items())
        }
    )


def transform(name: str, **options: Any) -> DataTransformerConfig:
    return DataTransformerConfig(id_val=name, options=options)


def looks(**properties: Any) -> list[DynamicConfigValue]:
    """For ``override_by_name``: ``looks(unit="percentunit", custom__width=90)``."""
    return [
        DynamicConfigValue(id_val=name.replace("__", "."), value=value)
        for name, value in properties.items()
    ]
