"""The table of supported devices, docs/{en,sv}/devices-supported.md, written from the code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rooms.devicemodels import MODELS, DeviceModel
from rooms.texts import Language

# Real messages of public collections that are decoded to their meaning of makers, network
# servers and projects, by model. A test counts them again where the collection lies beside the
# repository.
REAL: Final = {
    "aqara-fp1": 1,
    "browan-merryiot-cd10": 1,
    "browan-tbclimate": 1,
    "browan-tbhh100": 1,
    "browan-tbhv110": 1,
    "browan-tbms100": 2,
    "browan-tbsound": 1,
    "cisco-roomos": 13,
    "decentlab-dl-iam": 2,
    "elsys-ems": 1,
    "elsys-ems-desk": 1,
    "elsys-ems-door": 2,
    "elsys-ems-lite": 1,
    "elsys-ers": 1,
    "elsys-ers-co2": 1,
    "elsys-ers-co2-lite": 1,
    "elsys-ers-desk": 1,
    "elsys-ers-display": 1,
    "elsys-ers-display-co2": 1,
    "elsys-ers-eco": 1,
    "elsys-ers-eco-co2": 1,
    "elsys-ers-eye": 2,
    "elsys-ers-interact-lite": 1,
    "elsys-ers-lite": 1,
    "elsys-ers-sound": 1,
    "elsys-ers-voc": 1,
    "elsys-ers2": 1,
    "elsys-ers2-co2": 2,
    "elsys-ers2-co2-lite": 2,
    "elsys-ers2-lite": 1,
    "elsys-ers2-sound": 3,
    "elsys-ers2-voc": 2,
    "elsys-generic": 4,
    "imbuildings-comfort-sensor": 1,
    "imbuildings-people-counter": 1,
    "imbuildings-verticount": 1,
    "logitech-collabos": 3,
    "mclimate-co2": 2,
    "mclimate-ht": 2,
    "milesight-am102": 4,
    "milesight-am102l": 3,
    "milesight-am103": 2,
    "milesight-am103l": 4,
    "milesight-am104": 1,
    "milesight-am107": 3,
    "milesight-am307": 4,
    "milesight-am307l": 2,
    "milesight-am308": 4,
    "milesight-am308l": 3,
    "milesight-am319": 2,
    "milesight-am319l": 4,
    "milesight-em300-th": 2,
    "milesight-em320-th": 1,
    "milesight-em500-co2": 2,
    "milesight-vs121": 7,
    "milesight-vs132": 2,
    "milesight-vs133": 4,
    "milesight-vs321": 1,
    "milesight-vs330": 2,
    "milesight-vs340": 1,
    "milesight-vs34x": 3,
    "milesight-vs350": 6,
    "milesight-vs351": 1,
    "milesight-vs360": 4,
    "milesight-vs370": 1,
    "milesight-ws136": 1,
    "milesight-ws201": 1,
    "milesight-ws202": 2,
    "milesight-ws203": 2,
    "netvox-rb11e": 4,
    "philips-sml001": 1,
    "pjlink-display": 11,
    "poly-videoos": 6,
    "sensative-strips": 2,
    "sensative-strips-presence": 2,
    "tektelic-comfort": 1,
    "tektelic-smart-room-base": 2,
    "tektelic-smart-room-pir": 3,
}
_BY_EVIDENCE: Final = {
    "motion": ("motion",),
    "presence": ("occupied",),
    "count": ("people",),
    "line": ("in_total", "out_total"),
    "call": ("in_call",),
}
_EQUIPMENT: Final = {
    "vc": ("online", "standby", "muted", "sharing", "peripherals", "diagnostics", "firmware"),
    "display": ("online", "power", "input", "lamp_h", "error_…", "muted"),
    "panel": ("checkin",),
    "sensor": (),
}
_HEAD: Final = {
    "en": """# Supported devices

Written by `python -m rumskoll.generate` from the code; *[På
svenska](../sv/devices-supported.md)*. How each is connected:
[Connecting devices](devices.md), [Bridges](bridges.md). A device that is not here works too, as
one of the `generic` models, if its
messages can be read ([mapped_json](devices.md#mapped_json-an-example)).

*Evidence* is what counts as use of the room, *every* how long a healthy device is silent at
most. *Tested with*: own cases of
its decoder, and real messages of public collections.

| model | device | comes by | tells | evidence | every | tested with |
| --- | --- | --- | --- | --- | --- | --- |
""",
    "sv": """# Enheter som stöds

Skriven av `python -m rumskoll.generate` ur koden; *[In English](../en/devices-supported.md)*.
Så ansluts de:
[Ansluta enheter](devices.md), [Bryggor](bridges.md). En enhet som inte står här fungerar också,
som en av `generic`-modellerna, om dess
meddelanden går att läsa ([mapped_json](devices.md#mapped_json-ett-exempel)).

*Belägg* är det som räknas som bruk av rummet, *var* hur länge en frisk enhet tiger som längst.
*Prövad med*: egna fall för
dess avkodare, och verkliga meddelanden ur öppna samlingar.

| modell | enhet | kommer genom | berättar | belägg | var | prövad med |
| --- | --- | --- | --- | --- | --- | --- |
""",
}
_WORDS: Final = {
    "en": {
        "bytes": "LoRaWAN, raw bytes",
        "object": "LoRaWAN, decoded by the network server",
        "bridge": "bridge `{name}`",
        "native": "native, or any source",
        "zigbee": "Zigbee2MQTT",
        "cases": "own: {n}",
        "real": "real: {n}",
    },
    "sv": {
        "bytes": "LoRaWAN, råa byte",
        "object": "LoRaWAN, avkodat av nätverksservern",
        "bridge": "bryggan `{name}`",
        "native": "native, eller valfri källa",
        "zigbee": "Zigbee2MQTT",
        "cases": "egna: {n}",
        "real": "verkliga: {n}",
    },
}


def device_table(language: Language, payloads: Path) -> str:
    """``payloads`` is the folder of the decoders' test cases."""
    rows = "".join(_rows(language, _cases(payloads)))
    return _HEAD[language] + rows


def tells(model: DeviceModel) -> tuple[str, ...]:
    """Names of the fields that a device of the model sends."""
    if model.reads:
        return tuple(dict.fromkeys(field.field.partition(".")[2] for field in model.reads))
    seen = [name for kind in model.evidence for name in _BY_EVIDENCE[kind]]
    if model.counts:
        seen[seen.index("motion")] = "motion_count"
    if model.bridge == "roomos":
        seen[seen.index("occupied")] = "room_in_use"
    battery = {"elsys": ("battery_mv",), "milesight": ("battery_pct",)}.get(model.codec or "", ())
    return (*seen, *_EQUIPMENT[model.family], *model.measures, *battery)


def _rows(language: Language, cases: Counter[str]) -> Iterator[str]:
    words = _WORDS[language]
    for id_, model in MODELS.items():
        tested = [
            words[key].format(n=n)
            for key, n in (("cases", cases[id_]), ("real", REAL.get(id_, 0)))
            if n
        ]
        cells = (
            f"`{id_}`",
            model.name,
            _way(id_, model, language),
            ", ".join(f"`{name}`" for name in tells(model)) or "–",
            ", ".join(model.evidence) or "–",
            _span(model.expect_every),
            ", ".join(tested) or "–",
        )
        yield f"| {' | '.join(cells)} |\n"


def _way(id_: str, model: DeviceModel, language: Language) -> str:
    words = _WORDS[language]
    if model.bridge is not None:
        return words["bridge"].format(name=model.bridge)
    if model.codec is not None:
        return words["bytes"]
    if model.reads:
        return words["object"]
    maker = id_.partition("-")[0]
    if maker in ("aqara", "philips"):
        return words["zigbee"]
    return f"`{maker}`" if maker in ("shelly", "tasmota") else words["native"]


def _span(seconds: int) -> str:
    return f"{seconds // 3600} h" if seconds % 3600 == 0 else f"{seconds // 60} min"


def _cases(payloads: Path) -> Counter[str]:
    """How many cases name a model; a bridge's are its model's."""
    found: Counter[str] = Counter()
    by_bridge = {str(model.bridge): id_ for id_, model in MODELS.items() if model.bridge}
    for path in sorted(payloads.glob("**/*.json")):
        case = json.loads(path.read_text("utf-8"))
        named = {case.get("model"), *case.get("devices", {}).values()}
        if path.parent.parent.name == "bridges":
            named.add(by_bridge.get(path.parent.name))
        found.update(id_ for id_ in named if id_ in MODELS)
    return found
