"""Texts of the walk test, on the command line and on the board: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "walk.motion.one": ("rörelse", "motion"),
    "walk.motion.many": ("rörelse, {count} gånger", "motion, {count} times"),
    "walk.presence": ("närvaro", "presence"),
    "walk.people.one": ("1 person", "1 person"),
    "walk.people.many": ("{count} personer", "{count} people"),
    "walk.in.one": ("1 in", "1 in"),
    "walk.in.many": ("{count} in", "{count} in"),
    "walk.out.one": ("1 ut", "1 out"),
    "walk.out.many": ("{count} ut", "{count} out"),
    "walk.call": ("samtal", "call"),
    "help.walktest": (
        "Gångtest: se och hör vilken enhet som reagerar när någon går genom rummen.",
        "Walk test: see and hear which device reacts while somebody walks through the rooms.",
    ),
    "help.walktest_quiet": ("Utan ljud.", "Without sound."),
    "help.walktest_room": (
        "Bara det här rummets enheter ska reagera; andra märks ut.",
        "Only this room's devices should react; others are marked.",
    ),
    "walktest.started": (
        "Gå genom rummen. {count} enheter kan reagera. Avsluta med Ctrl-C.",
        "Walk through the rooms. {count} devices can react. Stop with Ctrl-C.",
    ),
    "walktest.nobody": (
        "Ingen enhet i rooms.yaml kan märka någon: lägg in någon med en modell som visar närvaro.",
        "No device in rooms.yaml can notice anybody: add devices with a model that shows presence.",
    ),
    "walktest.private": (
        "Enskilda rum visas inte: där sparas ingen närvaro.",
        "Private rooms are not shown: no presence is kept there.",
    ),
    "walktest.elsewhere": ("← inte det rummet", "← not that room"),
    "walktest.no_room": ("inget rum", "no room"),
    "walktest.unknown": (
        "okänd enhet {address} (källa {source})",
        "unknown device {address} (source {source})",
    ),
    "walktest.all": ("Alla {count} enheter har reagerat.", "All {count} devices have reacted."),
    "walktest.missing": (
        "{count} av {total} enheter har inte reagerat:",
        "{count} of {total} devices have not reacted:",
    ),
    "walktest.swapped": (
        "Reagerade en enhet i fel rum? Byt rum på de två under placements i rooms.yaml; tjänsten"
        " läser om filen själv.",
        "Did a device react in the wrong room? Swap the rooms of the two below placements in"
        " rooms.yaml; the service reads the file anew by itself.",
    ),
    "walktest.title": ("Gångtest", "Walk test"),
    "walktest.intro": (
        "Gå genom rummen med telefonen i handen. Här syns vilken enhet som märker dig, och i vilket"
        " rum den står enligt rooms.yaml.",
        "Walk through the rooms with the phone in your hand. Here you see which device notices you,"
        " and in which room it stands by rooms.yaml.",
    ),
    "walktest.patience": (
        "LoRaWAN-sensorer hör av sig med minuters mellanrum: ge dem tid.",
        "LoRaWAN sensors speak minutes apart: give them time.",
    ),
    "walktest.sound_on": ("Slå på ljud", "Turn sound on"),
    "walktest.sound_off": ("Slå av ljud", "Turn sound off"),
    "walktest.again": ("Börja om", "Start again"),
    "walktest.refresh": ("Uppdatera", "Refresh"),
    "walktest.from": ("Sedan {time}", "Since {time}"),
    "walktest.latest": ("Senaste reaktionerna", "Latest reactions"),
    "walktest.reaction": ("Reaktion", "Reaction"),
    "walktest.waiting": ("Ingen enhet har reagerat än.", "No device has reacted yet."),
    "walktest.rooms": ("Rum för rum", "Room by room"),
    "walktest.count": (
        "{count} av {total} enheter har reagerat",
        "{count} of {total} devices have reacted",
    ),
    "walktest.silent": ("har inte reagerat", "has not reacted"),
    "walktest.stopped": (
        "Tjänsten tar inte emot något just nu: ingen reaktion kan synas.",
        "The service receives nothing at the moment: no reaction can be seen.",
    ),
}
