"""The few shapes that most panels have: a number, bars of days, lines with gaps, a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from grafana_foundation_sdk.builders import barchart, common, stat, table, timeseries
from grafana_foundation_sdk.builders.dashboard import FieldColor, ThresholdsConfig
from grafana_foundation_sdk.models.common import (
    BigValueColorMode,
    BigValueGraphMode,
    GraphDrawStyle,
    LegendDisplayMode,
    LegendPlacement,
    StackingMode,
    VisibilityMode,
)
from grafana_foundation_sdk.models.dashboard import (
    DashboardSpecialValueMapOptions,
    DynamicConfigValue,
    FieldColorModeId,
    SpecialValueMap,
    SpecialValueMatch,
    ThresholdsMode,
    ValueMappingResult,
)

from dashboards.colours import BLUE, GREY, RAMP
from dashboards.panels import P, looks, steps, transform

Looks = list[DynamicConfigValue]
PERCENT: Final = {"unit": "percentunit", "decimals": 0}
# A bar in the cell, with the number beside it
BAR: Final = {"custom__cellOptions": {"type": "gauge", "mode": "basic", "valueDisplayMode": "text"}}
COLOURED: Final = {"custom__cellOptions": {"type": "color-background", "mode": "basic"}}
SHADES: Final = tuple(zip((None, 0.2, 0.4, 0.6, 0.8), RAMP, strict=True))  # of shares
COLOURED_TEXT: Final = {"custom__cellOptions": {"type": "color-text"}}


def number(colours: ThresholdsConfig | None = None) -> stat.Panel:
    """One big number for the whole time range; ``colours`` from thresholds."""
    shown = (
        stat.Panel()
        .graph_mode(BigValueGraphMode.NONE)
        .color_mode(BigValueColorMode.VALUE if colours else BigValueColorMode.NONE)
        .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]).values(False))
    )
    return shown.thresholds(colours or steps((None, BLUE)))


def bars(*, stacked: bool = False) -> timeseries.Panel:
    """A bar for each point; what is missing leaves a hole."""
    panel = _over_time().draw_style(GraphDrawStyle.BARS).fill_opacity(70).line_width(0)
    if stacked:
        panel.stacking(common.StackingConfig().mode(StackingMode.NORMAL).group("A"))
    return panel


def lines(at_least: str) -> timeseries.Panel:
    """Lines that break where nothing was measured. ``at_least`` is the shortest step, such as
    ``1m``: how often points are written, lest every other step be empty."""
    return _over_time().draw_style(GraphDrawStyle.LINE).fill_opacity(5).interval(at_least)


def _over_time() -> timeseries.Panel:
    legend = common.VizLegendOptions().display_mode(LegendDisplayMode.LIST)
    return (
        timeseries.Panel()
        .span_nulls(False)
        .show_points(VisibilityMode.AUTO)
        .legend(legend.placement(LegendPlacement.BOTTOM).show_legend(True))
    )


def columns(panel: table.Panel, shown: Mapping[str, Looks], *hidden: str) -> table.Panel:
    """The table's columns in this order, each with what ``column`` gave. ``hidden`` are left
    out; so is the time, unless it is shown."""
    left_out = [*hidden] if "Time" in shown else ["Time", *hidden]
    panel.with_transformation(
        transform(
            "organize",
            excludeByName=dict.fromkeys(left_out, True),
            indexByName={name: n for n, name in enumerate(shown)},
            renameByName={},
        )
    )
    for name, properties in shown.items():
        panel.override_by_name(name, properties)
    return panel


def column(title: str, **properties: Any) -> Looks:
    """A column's title and looks: ``column("Rum", unit="none")``."""
    return looks(displayName=title, **properties)


def by_steps(*colours: tuple[float | None, str]) -> dict[str, Any]:
    """For ``column``: coloured from each value on, as ``panels.steps`` says."""
    found = [{"value": value, "color": colour} for value, colour in colours]
    return {
        "thresholds": {"mode": ThresholdsMode.ABSOLUTE.value, "steps": found},
        "color": {"mode": FieldColorModeId.THRESHOLDS.value},
    }


def one_colour(colour: str) -> dict[str, Any]:
    """For ``looks``: this one whatever the value."""
    return {"color": {"mode": FieldColorModeId.FIXED.value, "fixedColor": colour}}


def in_one_colour(colour: str = BLUE) -> FieldColor:
    """The same for a whole panel."""
    return FieldColor().mode(FieldColorModeId.FIXED).fixed_color(colour)


def shares() -> ThresholdsConfig:
    """For cells that are shares: darker where more is in use."""
    return steps(*SHADES)


def words_for(named: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """For ``column``: values as words in colours, as ``panels.words`` says."""
    found = {
        value: {"text": text, "color": colour, "index": n}
        for n, (value, (text, colour)) in enumerate(named.items())
    }
    return {"mappings": [{"type": "value", "options": found}]}


def missing(text: str) -> SpecialValueMap:
    """What a state timeline says, in grey, where nothing is known."""
    said = ValueMappingResult(text=text, color=GREY, index=99)
    return SpecialValueMap(
        options=DashboardSpecialValueMapOptions(match=SpecialValueMatch.NULL, result=said)
    )


def joined(panel: table.Panel, by: str) -> table.Panel:
    """Rows of several queries beside each other where ``by`` is the same; each query's time,
    which is only that of the range's start, would stand in the way."""
    panel.with_transformation(transform("filterFieldsByName", exclude={"names": ["Time"]}))
    return panel.with_transformation(transform("joinByField", byField=by, mode="outer"))


def sorted_by(panel: table.Panel, name: str, *, down: bool = True) -> table.Panel:
    order = [{"field": name, "desc": down}]
    return panel.with_transformation(transform("sortBy", fields={}, sort=order))


M = TypeVar("M", table.Panel, barchart.Panel)


def matrix(panel: M, *, row: str, column: str, value: str) -> M:
    """A cell for each pair of ``row`` and ``column``; the first column is then ``row\\column``.

    The data source gives each value a name to show, which the matrix would give to every column;
    a value that is worked out anew (times 1, so it must not be null) has none."""
    panel.with_transformation(
        transform(
            "calculateField",
            mode="binary",
            alias="cell",
            binary={"left": value, "operator": "*", "right": "1"},
        )
    )
    return panel.with_transformation(
        transform(
            "groupingToMatrix",
            rowField=row,
            columnField=column,
            valueField="cell",
            emptyValue="null",
        )
    )


def named(panel: P, titles: Mapping[str, Looks]) -> P:
    """Names and looks for series whose alias ends in ``$col``: so both languages ask the same."""
    for name, properties in titles.items():
        panel.override_by_regexp(f"/(^| ){name}$/", properties)
    return panel


def with_site(title: str, **properties: Any) -> Looks:
    """A series' name, with its site: ``Bokad tid, lycksele``."""
    return looks(displayName=f"{title}, ${{__field.labels.site}}", **properties)
