"""What a fault is in a message, without where and since when: key -> (Swedish, English).

``alert.what.<code>[.<word>]`` begins in lower case, as it follows the room's name, and is followed
by "sedan 08.55". ``{still}`` is "fortfarande " in a reminder, ``{again}`` " igen" for what has come
back, ``{which}`` a name in brackets where several things are listed. ``alert.over.…`` is followed
by how long it lasted. ``<word>`` is a fault's detail, or the family of its device.
"""

from __future__ import annotations

from typing import Final

_WHAT: Final[dict[str, tuple[str, str]]] = {
    "device_silent": (
        "{device} {still}utan kontakt{again}",
        "{device} {still}out of contact{again}",
    ),
    "device_silent.sensor": ("{device} {still}tyst{again}", "{device} {still}silent{again}"),
    "source_silent": (
        "källan {name} {still}tyst{again} ({count} enheter)",
        "source {name} {still}silent{again} ({count} devices)",
    ),
    "source_silent.gateway": (
        "mottagaren {name} {still}tyst{again} ({count} enheter)",
        "gateway {name} {still}silent{again} ({count} devices)",
    ),
    "equipment_error": (
        "{device} rapporterar {still}fel{again} ({name})",
        "{device} {still}reporting an error{again} ({name})",
    ),
    "equipment_error.fan": (
        "fläkten i {device} {still}trasig{again}",
        "fan in {device} {still}broken{again}",
    ),
    "equipment_error.lamp": (
        "lampan i {device} {still}trasig{again}",
        "lamp in {device} {still}broken{again}",
    ),
    "equipment_error.temperature": (
        "{still}överhettning{again} i {device}",
        "{device} {still}overheated{again}",
    ),
    "equipment_error.cover": (
        "luckan på {device} {still}öppen{again}",
        "cover of {device} {still}open{again}",
    ),
    "equipment_error.filter": (
        "filtret i {device} {still}igensatt{again}",
        "filter in {device} {still}clogged{again}",
    ),
    "equipment_error.other": (
        "{device} rapporterar {still}fel{again}",
        "{device} {still}reporting an error{again}",
    ),
    "equipment_warning": (
        "{device} rapporterar {still}en varning{again} ({name})",
        "{device} {still}reporting a warning{again} ({name})",
    ),
    "equipment_warning.fan": (
        "fläkten i {device} behöver {still}ses över{again}",
        "fan in {device} {still}in need of attention{again}",
    ),
    "equipment_warning.lamp": (
        "lampan i {device} {still}snart slut{again}",
        "lamp in {device} {still}near its end{again}",
    ),
    "equipment_warning.temperature": (
        "{still}för varmt{again} i {device}",
        "{device} {still}too warm{again}",
    ),
    "equipment_warning.cover": (
        "luckan på {device} {still}inte riktigt stängd{again}",
        "cover of {device} {still}not quite closed{again}",
    ),
    "equipment_warning.filter": (
        "filtret i {device} {still}smutsigt{again}",
        "filter in {device} {still}dirty{again}",
    ),
    "equipment_warning.other": (
        "{device} rapporterar {still}en varning{again}",
        "{device} {still}reporting a warning{again}",
    ),
    "peripheral_missing": ("{name} {still}borta{again}", "{name} {still}missing{again}"),
    "peripheral_missing.camera": (
        "kameran{which} {still}borta{again}",
        "camera{which} {still}missing{again}",
    ),
    "peripheral_missing.microphone": (
        "mikrofonen{which} {still}borta{again}",
        "microphone{which} {still}missing{again}",
    ),
    "peripheral_missing.touch_panel": (
        "pekpanelen{which} {still}borta{again}",
        "touch panel{which} {still}missing{again}",
    ),
    "peripheral_missing.speaker": (
        "högtalaren{which} {still}borta{again}",
        "loudspeaker{which} {still}missing{again}",
    ),
    "battery_low": (
        "{still}svagt batteri{again} i {device}",
        "battery {still}low{again} in {device}",
    ),
    "sensor_stuck": (
        "{device} {still}fast i ett läge{again}",
        "{device} {still}stuck{again}",
    ),
    "sensor_stuck.occupied": (
        "{device} visar {still}upptaget{again} utan avbrott",
        "{device} {still}showing occupied{again} without a break",
    ),
    "sensor_stuck.never": (
        "{device} har {still}inte märkt någon alls{again}",
        "{device} has {still}not noticed anybody at all{again}",
    ),
    "sensor_disagreement": (
        "{device} visar {still}ledigt{again} fast {name} visar upptaget",
        "{device} {still}showing vacant{again} while {name} shows occupied",
    ),
    "sensor_disagreement.call": (
        "{device} visar {still}ledigt{again} trots ett pågående samtal",
        "{device} {still}showing vacant{again} during a call",
    ),
    "air_quality": ("{still}dålig luft{again}", "air {still}stale{again}"),
    "clock_skew": (
        "klockan i {device} går {still}fel{again}",
        "clock of {device} {still}off{again}",
    ),
    "decode_failing": (
        "meddelanden från {device} {still}oläsliga{again}",
        "messages from {device} {still}unreadable{again}",
    ),
    "flapping": ("{problem} gång på gång", "{problem} again and again"),
    # followed by when it was reported: "alert.open.reported"
    "reported": (
        "{still}något fel i rummet, anmält{again}",
        "{still}something wrong in the room, reported{again}",
    ),
    "reported.picture": (
        "{still}fel på bilden eller kameran, anmält{again}",
        "{still}trouble with the picture or camera, reported{again}",
    ),
    "reported.sound": (
        "{still}fel på ljudet eller mikrofonen, anmält{again}",
        "{still}trouble with the sound or microphone, reported{again}",
    ),
    "reported.screen": (
        "{still}fel på skärmen eller projektorn, anmält{again}",
        "{still}trouble with the screen or projector, reported{again}",
    ),
    "reported.cables": (
        "{still}fel på sladdar eller anslutning, anmält{again}",
        "{still}trouble with cables or connection, reported{again}",
    ),
    "reported.air": (
        "{still}dålig värme eller luft, anmält{again}",
        "{still}trouble with the heating or air, reported{again}",
    ),
    "broker_down": (
        "{still}ingen kontakt{again} med MQTT-servern",
        "{still}no contact{again} with the MQTT server",
    ),
    "store_down": (
        "{still}ingen kontakt{again} med databasen",
        "{still}no contact{again} with the database",
    ),
    "outbox_filling.disk": (
        "disken {still}nästan full{again}",
        "disk {still}nearly full{again}",
    ),
    "outbox_filling": (
        "kön av mätvärden {still}nästan full{again}",
        "queue of readings {still}nearly full{again}",
    ),
    "calendar_failing": (
        "kalendern går {still}inte att läsa",
        "calendar {still}unreadable",
    ),
    "backup_failed": (
        "{still}ingen säkerhetskopia{again}",
        "{still}no backup{again}",
    ),
    "registry_invalid": (
        "{still}fel i inställningsfilerna{again}",
        "{still}mistakes in the configuration files{again}",
    ),
    "alert_undeliverable": (
        "larm med e-post når {still}inte fram{again}",
        "alerts by e-mail {still}not getting through{again}",
    ),
    "alert_undeliverable.person": (
        "larm till {name} når {still}inte fram{again}",
        "alerts to {name} {still}not getting through{again}",
    ),
    "coverage_low": (
        "{still}för få mätvärden{again} från rummet",
        "{still}too few readings{again} from the room",
    ),
}

_OVER: Final[dict[str, tuple[str, str]]] = {
    "device_silent": ("{device} har kontakt igen", "{device} back in contact"),
    "device_silent.sensor": ("{device} hörs igen", "{device} heard again"),
    "source_silent": ("källan {name} hörs igen", "source {name} heard again"),
    "source_silent.gateway": ("mottagaren {name} hörs igen", "gateway {name} heard again"),
    "equipment_error": ("{device} fungerar igen", "{device} working again"),
    "equipment_error.fan": ("fläkten i {device} fungerar igen", "fan in {device} working again"),
    "equipment_error.lamp": ("lampan i {device} fungerar igen", "lamp in {device} working again"),
    "equipment_error.cover": ("luckan på {device} stängd igen", "cover of {device} closed again"),
    "equipment_warning": ("varningen från {device} är borta", "warning from {device} gone"),
    "peripheral_missing": ("{name} fungerar igen", "{name} working again"),
    "peripheral_missing.camera": (
        "kameran{which} fungerar igen",
        "camera{which} working again",
    ),
    "peripheral_missing.microphone": (
        "mikrofonen{which} fungerar igen",
        "microphone{which} working again",
    ),
    "peripheral_missing.touch_panel": (
        "pekpanelen{which} fungerar igen",
        "touch panel{which} working again",
    ),
    "peripheral_missing.speaker": (
        "högtalaren{which} fungerar igen",
        "loudspeaker{which} working again",
    ),
    "battery_low": ("batteriet i {device} bra igen", "battery in {device} good again"),
    "sensor_stuck": ("{device} fungerar igen", "{device} working again"),
    "sensor_disagreement": (
        "{device} stämmer med de andra igen",
        "{device} agreeing with the others again",
    ),
    "air_quality": ("luften bra igen", "air good again"),
    "clock_skew": ("klockan i {device} går rätt igen", "clock of {device} right again"),
    "decode_failing": (
        "meddelanden från {device} läsbara igen",
        "messages from {device} readable again",
    ),
    "flapping": (
        "felen i {device} har upphört",
        "faults of {device} have stopped",
    ),
    "reported": ("anmält fel avhjälpt", "reported fault mended"),
    "broker_down": (
        "kontakten med MQTT-servern är tillbaka",
        "back in contact with the MQTT server",
    ),
    "store_down": ("kontakten med databasen är tillbaka", "back in contact with the database"),
    "outbox_filling.disk": ("disken har plats igen", "disk has room again"),
    "outbox_filling": ("kön av mätvärden krymper igen", "queue of readings shrinking again"),
    "calendar_failing": ("kalendern går att läsa igen", "calendar readable again"),
    "backup_failed": ("säkerhetskopia gjord igen", "backup made again"),
    "registry_invalid": (
        "inställningsfilerna går att läsa igen",
        "configuration files readable again",
    ),
    "alert_undeliverable": (
        "larm med e-post når fram igen",
        "alerts by e-mail getting through again",
    ),
    "alert_undeliverable.person": (
        "larm till {name} når fram igen",
        "alerts to {name} getting through again",
    ),
    "coverage_low": ("tillräckligt med mätvärden igen", "enough readings again"),
}

TEXTS: Final[dict[str, tuple[str, str]]] = {
    **{f"alert.what.{key}": said for key, said in _WHAT.items()},
    **{f"alert.over.{key}": said for key, said in _OVER.items()},
}
