"""What stands in Milesight's frames: channel and type -> length and meaning, by family of models.

From the decoders that Milesight publishes for each model (github.com/Milesight-IoT/SensorDecoders)
and its user guides. ``None``: known, and nothing of it is kept. Left out on purpose: counts of a
period (05 CC), which are lost with their frame while totals are not; levels of light and air
quality indexes (06 CB, 08 7D), which are no lux and no µg/m³. Of several lines the first is told.
"""

from __future__ import annotations

from typing import Final

from collector.decoders.codecs.milesight.kept import (
    CLIMATE,
    CLIMATE_CO2,
    CLIMATE_PULSES,
    CLIMATE_STATUS,
    CLIMATE_WATER,
    CO2_CLIMATE,
    CROWD,
    DESK,
    DESKS,
    FLOW,
    LINES,
    STATUS,
    LayoutOf,
    air,
)
from collector.decoders.codecs.milesight.values import (
    CO2,
    HUMIDITY,
    TEMPERATURE,
    Read,
    battery,
    desks,
    flag,
    number,
    people,
    people_in_regions,
    totals,
    version,
)

Channels = dict[int, tuple[int, Read | None]]  # channel << 8 | type -> length, meaning
Kept = dict[int, LayoutOf]  # channel << 8 | type -> layout of what was kept

SETTINGS: Final = frozenset({0xF8, 0xF9, 0xFE, 0xFF})  # channels of answers to settings

# the device about itself, when it joins and when it is asked
HELLO: Final[Channels] = {
    0xFF01: (1, None),  # version of the protocol
    0xFF08: (6, None),  # serial number, old form
    0xFF09: (2, None),  # hardware
    0xFF0A: (2, version(2)),
    0xFF0B: (1, None),  # switched on
    0xFF0F: (1, None),  # LoRaWAN class
    0xFF16: (8, None),  # serial number
    0xFF18: (2, None),  # which of its sensors are on
    0xFF1F: (4, version(4)),
    0xFFCC: (1, None),  # battery or mains
    0xFFFE: (1, None),  # was reset
    0xFFFF: (2, None),  # version of its description
}
_ANY: Final[Channels] = {
    **HELLO,
    0x0175: (1, battery),
    0x0367: (2, TEMPERATURE),
    0x0468: (1, HUMIDITY),
    0x0AEF: (4, None),  # the device's clock
    0x8367: (3, TEMPERATURE),  # with an alarm
    0x8468: (2, HUMIDITY),
}
_AIR: Final[Channels] = {
    **_ANY,
    0x056A: (2, number("presence", "motion_count", 2)),  # activity since the last report
    0x0500: (1, flag("motion")),
    0x0665: (6, number("climate", "illuminance_lx", 2)),  # then infrared, with and without light
    0x06CB: (1, None),
    0x077D: (2, CO2),
    0x087D: (2, None),
    0x08E6: (2, number("climate", "tvoc_ugm3", 2, none_from=0xFFFD)),
    0x0973: (2, None),  # pressure
    0x0A7D: (2, None),  # formaldehyde
    0x0B7D: (2, None),  # PM2.5
    0x0C7D: (2, None),  # PM10
    0x0D7D: (2, None),  # ozone
    0x0E01: (1, None),  # buzzer
}
_EM: Final[Channels] = {
    **_ANY,
    0x03ED: (1, None),  # liquid
    0x04EE: (1, None),
    0x0500: (1, None),  # leak, input
    0x05C8: (4, None),  # pulses
    0x057D: (2, CO2),
    0x05E1: (8, None),
    0x0600: (1, None),  # magnet
    0x0673: (2, None),  # pressure
    0x83D7: (5, TEMPERATURE),  # and by how much it changed
    0x83ED: (2, None),
    0x8500: (2, None),
    0x85E1: (9, None),
}
_DESK: Final[Channels] = {
    **_ANY,
    0x0300: (1, flag("occupied")),
    0x0400: (1, None),  # light or dark
}
_LINES: Final[Channels] = {
    **HELLO,
    **{channel << 8 | 0xD2: (4, None) for channel in range(0x03, 0x1C)},
    **{channel << 8 | 0xCC: (4, None) for channel in range(0x05, 0x1D)},
    0x03D2: (4, number("presence", "in_total", 4)),
    0x04D2: (4, number("presence", "out_total", 4)),
    0x0FE3: (4, people_in_regions),
    0x1DE3: (4, None),  # children among them
    0x10E4: (5, None),  # how long people stay
    0x1EE4: (5, None),
    0x50FC: (3, None),  # something is in its way
}
_FLOW: Final[Channels] = {
    **_ANY,
    0x0275: (1, battery),  # of the second part
    0x03F4: (2, None),  # something is in its way
    0x04CC: (4, totals(2)),
    0x05CC: (4, None),
    0x84CC: (5, totals(2)),
    0x85CC: (5, None),
    0x81EE: (1, None),  # sensitivity
    0xFFAC: (5, None),
    0xFFAD: (1, None),
}
_CROWD: Final[Channels] = {
    **HELLO,
    0x04C9: (4, people(1)),  # then regions and which of them are occupied
    0x05CC: (4, None),
    0x06CD: (1, None),  # the most since the last report
    0x07D5: (8, None),  # by region, which may overlap
    0x08D5: (8, None),
    **{channel << 8 | 0xDA: (8, None) for channel in (0x09, 0x0A, 0x0B, 0x0C)},
    0x0DCC: (4, totals(2)),
    0x0EE4: (5, None),
    0x0F85: (4, None),  # the device's clock
    0x10F7: (4, None),
}
_ROOM: Final[Channels] = {
    **_ANY,
    0x0367: (2, number("climate", "temperature_c", 2, per=10, signed=True, none_from=0xFFFF)),
    0x05FD: (2, people(2)),
    0x06FE: (4, desks),
    0x07FF: (1, None),  # light or dark
    0x08F4: (2, None),  # cannot see
}


def _kept(layout: LayoutOf, other: LayoutOf | None = None) -> Kept:
    return {0x20CE: layout, 0x21CE: layout if other is None else other}


_AM307: Final = (_AIR, _kept(air(16, tvoc=False), air(16, tvoc=True)))
_AM308: Final = (_AIR, _kept(air(20, tvoc=False), air(20, tvoc=True)))
_AM319: Final = (_AIR, _kept(air(22, tvoc=False), air(22, tvoc=True)))
_DESKLIKE: Final[tuple[Channels, Kept]] = (_DESK, {})
_LINE: Final = (_LINES, _kept(LINES))
_GATE: Final = (_FLOW, _kept(FLOW))

MODELS: Final[dict[str, tuple[Channels, Kept]]] = {
    "am102": (_AIR, _kept(CLIMATE)),
    "am102l": (_AIR, _kept(CLIMATE)),
    "am103": (_AIR, _kept(CLIMATE_CO2)),
    "am103l": (_AIR, _kept(CLIMATE_CO2)),
    "am104": (_AIR, {}),
    "am107": (_AIR, {}),
    "am307": _AM307,
    "am307l": _AM307,
    "am308": _AM308,
    "am308l": _AM308,
    "am319": _AM319,
    "am319l": _AM319,
    "em300-th": (_EM, _kept(CLIMATE_STATUS)),
    "em300-mcs": (_EM, _kept(CLIMATE_STATUS)),
    "em300-sld": (_EM, _kept(CLIMATE_STATUS)),
    "em300-zld": (_EM, _kept(CLIMATE_STATUS)),
    "em300-mld": (_EM, _kept(STATUS)),
    "em300-cl": (_EM, {}),
    "em300-di": (_EM, _kept(CLIMATE_PULSES, CLIMATE_WATER)),
    "em320-th": (_EM, _kept(CLIMATE)),
    "em500-co2": (_EM, _kept(CO2_CLIMATE)),
    "vs121": (_CROWD, _kept(CROWD)),
    "vs132": _LINE,
    "vs133": _LINE,
    "vs135": _LINE,
    "vs321": (_ROOM, _kept(DESKS)),
    "vs330": ({**_ANY, 0x0282: (2, None), 0x038E: (1, flag("occupied")), 0x048E: (1, None)}, {}),
    "vs340": _DESKLIKE,
    "vs341": _DESKLIKE,
    "vs34x": _DESKLIKE,
    "vs350": _GATE,
    "vs351": _GATE,
    "vs360": _GATE,
    "vs370": _DESKLIKE,
    "ws136": ({**_ANY, 0xFF34: (3, None)}, {}),  # a button
    "ws201": ({**_ANY, 0x0382: (2, None), 0x04D6: (1, None)}, {}),  # how full a bin is
    "ws202": ({**_ANY, 0x0300: (1, flag("motion")), 0x0400: (1, None)}, {}),
    "ws203": ({**_ANY, 0x0500: (1, flag("occupied"))}, _kept(DESK)),
}
