"""Texts of api: key -> (Swedish, English). Titles by HTTP status, details by code."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "api.title.400": ("Felaktig fråga", "Bad request"),
    "api.title.401": ("Logga in", "Log in"),
    "api.title.403": ("Inte tillåtet", "Not allowed"),
    "api.title.404": ("Finns inte", "Not found"),
    "api.title.405": ("Går inte så", "Method not allowed"),
    "api.title.410": ("Länken gäller inte längre", "The link is no longer valid"),
    "api.title.413": ("För stort", "Too large"),
    "api.title.422": ("Något i frågan är fel", "Something in the request is wrong"),
    "api.title.429": ("För många försök", "Too many attempts"),
    "api.title.500": ("Något gick fel hos oss", "Something went wrong on our side"),
    "api.title.503": ("Inte tillgängligt just nu", "Not available right now"),
    "api.no_access": (
        "Du behöver en inloggningslänk eller en nyckel. Be den som sköter Rumskoll om en"
        " (rumskoll keys).",
        "You need a login link or a key. Ask whoever looks after Rumskoll for one (rumskoll keys).",
    ),
    "api.wrong_key": (
        "Nyckeln är okänd eller återkallad. Be den som sköter Rumskoll om en ny (rumskoll keys).",
        "The key is unknown or revoked. Ask whoever looks after Rumskoll for a new one"
        " (rumskoll keys).",
    ),
    "api.role": (
        "Rollen {role} räcker inte för det här.",
        "The role {role} is not enough for this.",
    ),
    "api.read_only": (
        "En skärm kan bara visa, inte ändra.",
        "A display can only show things, not change them.",
    ),
    "api.cross_site": (
        "Frågan kom från en annan webbplats än Rumskoll. Öppna sidan igen och försök därifrån.",
        "The request came from another web site than Rumskoll."
        " Open the page again and try from there.",
    ),
    "api.too_many_failures": (
        "För många felaktiga försök. Vänta {seconds} sekunder.",
        "Too many wrong attempts. Wait {seconds} seconds.",
    ),
    "api.used_link": (
        "Länken är redan använd, för gammal eller felskriven. En inloggningslänk fungerar en"
        " gång. Be den som sköter Rumskoll om en ny.",
        "The link has been used already, is too old or mistyped. A login link works once."
        " Ask whoever looks after Rumskoll for a new one.",
    ),
    "api.not_found": (
        "Här finns ingenting. Kontrollera adressen.",
        "There is nothing here. Check the address.",
    ),
    "api.no_room": (
        "Rummet ”{room}” finns inte i rooms.yaml.",
        "There is no room “{room}” in rooms.yaml.",
    ),
    "api.no_device": (
        "Enheten ”{device}” finns inte i rooms.yaml.",
        "There is no device “{device}” in rooms.yaml.",
    ),
    "api.method": (
        "Adressen finns, men inte med den metoden.",
        "The address exists, but not with that method.",
    ),
    "api.bad_request": ("Frågan kunde inte tolkas.", "The request could not be understood."),
    "api.too_large": ("Frågan är för stor.", "The request is too large."),
    "api.invalid": ("Kontrollera: {fields}.", "Check: {fields}."),
    "api.internal": (
        "Felet står i Rumskolls logg. Försök igen om en stund.",
        "The error is in Rumskoll's log. Try again in a while.",
    ),
    "api.state": (
        "Rumskolls tillstånd (service.db) går inte att läsa just nu.",
        "Rumskoll's state (service.db) cannot be read right now.",
    ),
    "api.store_unavailable": (
        "Databasen svarar inte just nu; inget har gått förlorat.",
        "The database does not answer right now; nothing is lost.",
    ),
    "api.store_misconfigured": (
        "Databasen kan inte läsas förrän någon har åtgärdat det.",
        "The database cannot be read until someone mends this.",
    ),
    "api.no_accounts": (
        "Det finns inget bokslut över meddelanden här.",
        "No account of messages is kept here.",
    ),
    "api.streams_full": (
        "Redan {most} webbläsare följer med. Försök igen om en stund.",
        "Already {most} browsers are following. Try again in a while.",
    ),
    "api.not_ready": ("Inte redo: {missing}.", "Not ready: {missing}."),
    "api.missing.state": ("service.db kan inte läsas", "service.db cannot be read"),
    "api.missing.registry": ("rooms.yaml är inte inläst", "rooms.yaml is not loaded"),
    "api.missing.collector": ("insamlingen går inte", "the collector is not running"),
    "api.missing.broker": (
        "insamlingen har ingen kontakt med MQTT-servern",
        "the collector has no contact with the MQTT broker",
    ),
    "api.missing.watch": ("fel bevakas inte", "nothing watches for faults"),
    "api.missing.queue": ("fel blir inte larm", "faults do not become alerts"),
    "api.missing.alerts": ("larm skickas inte", "alerts are not being sent"),
    "api.missing.disk": ("disken är full", "the disk is full"),
    # one field of a request
    "api.field.missing": ("Saknas.", "Is missing."),
    "api.field.bool_parsing": (
        "”{value}” är varken true eller false.",
        "“{value}” is neither true nor false.",
    ),
    "api.field.int_parsing": ("”{value}” är inget heltal.", "“{value}” is not a whole number."),
    "api.field.literal_error": (
        "”{value}” går inte; välj bland {expected}.",
        "“{value}” is not possible; choose one of {expected}.",
    ),
    "api.field.extra_forbidden": ("Fältet finns inte.", "There is no such field."),
    "api.field.too_long": ("Högst {most} åt gången.", "At most {most} at a time."),
    "api.field.unknown": (
        "Parametern finns inte; det finns {known}.",
        "There is no such parameter; there is {known}.",
    ),
    "api.field.twice": (
        "Står {count} gånger; en räcker.",
        "Is given {count} times; once is enough.",
    ),
    "api.field.json_invalid": (
        "Det som skickades är inte giltig JSON.",
        "What was sent is not valid JSON.",
    ),
    "api.field.model_attributes_type": (
        "Skicka ett JSON-objekt, med Content-Type: application/json.",
        "Send a JSON object, with Content-Type: application/json.",
    ),
    "api.field.other": ("”{value}” går inte att använda.", "“{value}” cannot be used."),
    "api.field.time": (
        "”{value}” är ingen tid. Skriv datum, klockslag och tidszon, till exempel"
        " 2026-11-23T08:00:00+01:00 eller 2026-11-23T07:00:00Z.",
        "“{value}” is not a time. Write date, time of day and offset, for example"
        " 2026-11-23T08:00:00+01:00 or 2026-11-23T07:00:00Z.",
    ),
    "api.field.day": (
        "”{value}” är inget datum. Skriv till exempel 2026-11-23.",
        "“{value}” is not a date. Write for example 2026-11-23.",
    ),
    "api.field.order": ("start ska ligga före end.", "start must lie before end."),
    "api.field.future": (
        "start ligger i framtiden; det finns bara historia att läsa.",
        "start lies in the future; there is only history to read.",
    ),
    "api.field.days": (
        "Högst {days} dygn åt gången.",
        "At most {days} days at a time.",
    ),
}
