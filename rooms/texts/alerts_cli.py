"""Texts of ``rumskoll alerts``, of what became of a delivery, and of doctor about both."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # why a delivery failed
    "delivery.failed.other": ("fel", "failed"),
    "delivery.failed.unreachable": ("e-postservern nås inte", "the mail server is out of reach"),
    "delivery.failed.timeout": (
        "e-postservern svarar inte i tid",
        "the mail server does not answer in time",
    ),
    "delivery.failed.lost": (
        "e-postservern bröt förbindelsen",
        "the mail server broke the connection",
    ),
    "delivery.failed.tls": (
        "ingen säker förbindelse med e-postservern",
        "no secure connection with the mail server",
    ),
    "delivery.failed.login": (
        "e-postservern godtar inte inloggningen",
        "the mail server does not accept the login",
    ),
    "delivery.failed.sender": (
        "e-postservern godtar inte avsändaren",
        "the mail server does not accept the sender",
    ),
    "delivery.failed.recipient": (
        "e-postservern godtar inte mottagaren",
        "the mail server does not accept the recipient",
    ),
    "delivery.failed.message": (
        "e-postservern godtar inte meddelandet",
        "the mail server does not accept the message",
    ),
    "delivery.failed.too_big": (
        "e-postservern tar inte emot så stora meddelanden",
        "the mail server takes no message of that size",
    ),
    "delivery.failed.busy": (
        "e-postservern ber oss försöka senare",
        "the mail server asks us to try later",
    ),
    "delivery.failed.bad_url": (
        "adressen under deliver går inte att använda",
        "the address under deliver cannot be used",
    ),
    "delivery.failed.not_taken": (
        "tjänsten tog inte emot meddelandet",
        "the service did not take the message",
    ),
    "delivery.failed.too_slow": (
        "tjänsten svarade inte i tid",
        "the service did not answer in time",
    ),
    "delivery.failed.crashed": (
        "programmet som skickar avslutades i förtid",
        "the program that sends ended too early",
    ),
    "delivery.failed.composing": (
        "meddelandet gick inte att skriva; se loggen",
        "the message could not be written; see the log",
    ),
    "delivery.failed.overtaken": (
        "ett senare meddelande säger detsamma",
        "a later message says the same",
    ),
    "delivery.failed.gone": (
        "personen eller adressen finns inte längre i contacts.yaml",
        "the person or address is no longer in contacts.yaml",
    ),
    # rumskoll alerts
    "help.alerts": ("Larm: prova och se efter", "Alerts: try them, look at them"),
    "help.alerts_test": (
        "Skicka ett larm av varje slag till personerna på en väg",
        "Send one alert of each kind to the people of a route",
    ),
    "help.alerts_list": (
        "Visa vad som har skickats och vad som väntar",
        "Show what was sent and what waits",
    ),
    "help.alerts_route": ("Vägens id i rooms.yaml", "Id of the route in rooms.yaml"),
    "help.alerts_site": ("Husets id, om flera har vägen", "Id of the site, if several have it"),
    "help.alerts_most": ("Högst så många", "At most so many"),
    "alerts.no_route": (
        "Det finns ingen väg {route}. De som finns: {known}.",
        "There is no route {route}. Those that exist: {known}.",
    ),
    "alerts.which_site": (
        "Flera hus har vägen {route}. Välj med --site: {sites}.",
        "Several sites have the route {route}. Choose with --site: {sites}.",
    ),
    "alerts.nobody": (
        "Vägen {route} leder inte till någon. Ge någon i contacts.yaml rollen maintainer,"
        " eller namnge personer under to i rooms.yaml.",
        "The route {route} leads to nobody. Give somebody in contacts.yaml the role maintainer,"
        " or name people under to in rooms.yaml.",
    ),
    "alerts.sending": ("Skickar till {person} …", "Sending to {person} …"),
    "alerts.no_channel": ("nås inte på något sätt", "has no way to be reached"),
    "alerts.sent": ("skickat: {count} meddelanden", "sent: {count} messages"),
    "alerts.failed": ("gick inte: {why}", "failed: {why}"),
    "alerts.person": ("Person", "Person"),
    "alerts.channel": ("Kanal", "Channel"),
    "alerts.result": ("Resultat", "Result"),
    "alerts.time": ("Tid", "Time"),
    "alerts.kind": ("Slag", "Kind"),
    "alerts.state": ("Läge", "State"),
    "alerts.kind.faults": ("fel ({count})", "faults ({count})"),
    "alerts.kind.digest": ("morgonrapport ({count})", "morning report ({count})"),
    "alerts.kind.room_check": ("rumskoll ({count})", "room check ({count})"),
    "alerts.kind.test": ("test", "test"),
    "alerts.state.waits": ("väntar till {until}", "waits until {until}"),
    "alerts.state.dropped": ("inte längre aktuellt", "no longer true"),
    "alerts.state.on_its_way": ("på väg", "on its way"),
    "alerts.state.tries_again": (
        "försök {attempts} gick inte: {why}; nästa {until}",
        "try {attempts} failed: {why}; the next at {until}",
    ),
    "alerts.state.delivered": ("levererat {at}", "delivered {at}"),
    "alerts.state.failed": ("gick inte: {why}", "failed: {why}"),
    "alerts.state.nowhere": ("ingen kanal", "no channel"),
    "alerts.none": ("Inga larm än.", "No alerts yet."),
    # doctor
    "doctor.name.delivery": ("Larm", "Alerts"),
    "doctor.delivery_ok": (
        "{people} personer nås på {channels} sätt.",
        "{people} people can be reached in {channels} ways.",
    ),
    "doctor.delivery_nobody": (
        "ingen får några larm. Ge någon i contacts.yaml rollen maintainer.",
        "nobody is told of faults. Give somebody in contacts.yaml the role maintainer.",
    ),
    "doctor.delivery_unreachable": (
        "{person} ska få larm men har varken e-postadress eller deliver i contacts.yaml.",
        "{person} should get alerts but has neither email nor deliver in contacts.yaml.",
    ),
    "doctor.delivery_no_smtp": (
        "{people} har e-postadress, men RUMSKOLL_SMTP_HOST saknas, så ingen e-post skickas.",
        "{people} have an e-mail address, but RUMSKOLL_SMTP_HOST is missing: no e-mail is sent.",
    ),
    "doctor.delivery_smtp_ok": (
        "{host}:{port} tar emot e-post från oss.",
        "{host}:{port} takes e-mail from us.",
    ),
    "doctor.delivery_smtp": (
        "{host}:{port}: {why}. Rätta RUMSKOLL_SMTP_HOST, _PORT, _SECURITY, _USERNAME,"
        " _PASSWORD eller _FROM.",
        "{host}:{port}: {why}. Correct RUMSKOLL_SMTP_HOST, _PORT, _SECURITY, _USERNAME,"
        " _PASSWORD or _FROM.",
    ),
    "doctor.delivery_url": (
        "{person}: adress {number} under deliver: {why}. Hur adresser skrivs för varje tjänst"
        " står i Apprises dokumentation.",
        "{person}: address {number} under deliver: {why}. Apprise's documentation tells how"
        " to write it for each service.",
    ),
}
