"""A room's state in InfluxQL, which has no ``CASE``: told by arithmetic; and as a timeline.

0 vacant, 1 occupied, 2 unknown, 3 private, as in the series ``room_state``.
"""

from __future__ import annotations

from typing import Final

from grafana_foundation_sdk.builders import common, statetimeline
from grafana_foundation_sdk.models.common import LegendPlacement, VisibilityMode

from dashboards.colours import GREY
from dashboards.meanings import room_states
from dashboards.panels import words
from dashboards.shapes import in_one_colour
from dashboards.variables import AT_SITE
from dashboards.words import Say

# What a step's slots of 5 minutes (``room_slot``) say. Rounded up: somebody was there at any time;
# rounded: it is known for at least half of the time. Occupied counts first, and what is neither
# occupied nor known is unknown, never vacant.
# Each slot has both, so a mean of seconds is their sum over 300 s each, at half the cost.
_OCCUPIED: Final = 'ceil(mean("occupied_s") / 300)'
_KNOWN: Final = 'round(mean("known_s") / 300)'
OF_SLOTS: Final = f"{_OCCUPIED} + 2 * (1 - {_OCCUPIED}) * (1 - {_KNOWN})"
# Slots younger than that are still being computed: their ends would look unknown
SETTLED: Final = "time < now() - 10m"

# The reporter writes every five minutes, so what is older says nothing of now
NOW: Final = "time > now() - 15m"
# 1 where ``state`` is the one of 0 to 3, else 0: a polynomial through these four points
_IS: Final = {
    "occupied": '"state" * (2 - "state") * (3 - "state") / 2',
    "vacant": '(1 - "state") * (2 - "state") * (3 - "state") / 6',
    "unknown": '"state" * ("state" - 1) * (3 - "state") / 2',
    "faulty": 'floor("severity" / 2)',  # a warning (2) or an error (3) is open
}


def rooms_that_are(kind: str) -> str:
    """The number of rooms now, 0 included; nothing at all when no room was heard of, where a
    count of those that match could not tell the two apart."""
    return f"""SELECT sum("it") AS "rooms" FROM (SELECT {_IS[kind]} AS "it" FROM (
        SELECT last("state") AS "state", "severity" FROM "room_state"
        WHERE {NOW} AND {AT_SITE} GROUP BY "site", "room"))"""


def timeline(say: Say, step: str) -> statetimeline.Panel:
    """States as words in colours, in steps no shorter than ``step``. The colour is fixed: by
    thresholds Grafana would merge what is near, and forget the words. The legend names what is
    shown, gaps included, by the panel's words for "no data": keep those short."""
    legend = common.VizLegendOptions().show_legend(True).placement(LegendPlacement.BOTTOM)
    return (
        statetimeline.Panel()
        .mappings([words(room_states(say))])
        .color_scheme(in_one_colour(GREY))
        .show_value(VisibilityMode.AUTO)
        .merge_values(True)
        .row_height(0.85)
        .span_nulls(False)
        .interval(step)
        .legend(legend)
    )
