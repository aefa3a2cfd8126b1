"""Mistakes in settings: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

SETTINGS: Final[dict[str, tuple[str, str]]] = {
    # settings
    "mqtt_url": (
        "{value} är ingen adress till en MQTT-server. Skriv mqtt://server:1883 eller"
        " mqtts://server:8883.",
        "{value} is not the address of a broker. Write mqtt://host:1883 or mqtts://host:8883.",
    ),
    "store_url": (
        "{value} är ingen databas. Skriv sqlite:FIL eller http://server:8086 (https med TLS).",
        "{value} is not a store. Write sqlite:PATH or http://host:8086 (https with TLS).",
    ),
    "web_url": (
        "{value} är ingen webbadress. Skriv till exempel https://rum.foretag.se.",
        "{value} is not a web address. Write for example https://rooms.company.se.",
    ),
    "plain_email": (
        "{value} är ingen e-postadress. Skriv till exempel drift@foretag.se.",
        "{value} is no e-mail address. Write for example operations@company.se.",
    ),
    "sender": (
        "{value} är ingen avsändare. Skriv till exempel rum@foretag.se eller"
        " Rumskoll <rum@foretag.se>.",
        "{value} is no sender. Write for example rooms@company.se or Rumskoll <rooms@company.se>.",
    ),
    "topic_prefix": (
        "{value} kan inte inleda ett MQTT-ämne. Skriv till exempel homeassistant.",
        "{value} cannot begin an MQTT topic. Write for example homeassistant.",
    ),
    "url_with_password": (
        "adressen innehåller ett användarnamn eller lösenord. Ange dem i egna variabler.",
        "the address holds a user name or password. Set those in their own variables.",
    ),
    "set_twice": (
        "{other} säger något annat. Behåll bara en av dem.",
        "{other} says something else. Keep only one of them.",
    ),
    "secret_file": (
        "{path} kan inte läsas ({message}). Rätta sökvägen eller filens rättigheter.",
        "{path} cannot be read ({message}). Correct the path or the file's permissions.",
    ),
    "secret_file_empty": (
        "{path} är tom. Skriv värdet i filen.",
        "{path} is empty. Write the value into the file.",
    ),
    "secret_missing": (
        "hemligheten saknas. Skapa en: python3 -c 'import secrets;"
        " print(secrets.token_urlsafe(32))'",
        "the secret is missing. Make one: python3 -c 'import secrets;"
        " print(secrets.token_urlsafe(32))'",
    ),
    "secret_weak": (
        "hemligheten är för svag (minst {shortest} slumpade tecken). Skapa en ny: python3 -c"
        " 'import secrets; print(secrets.token_urlsafe(32))'",
        "the secret is too weak (at least {shortest} random characters). Make a new one:"
        " python3 -c 'import secrets; print(secrets.token_urlsafe(32))'",
    ),
    "demo_open": (
        "demoläget släpper in alla, och {value} nås från andra datorer. Använd 127.0.0.1,"
        " eller ange RUMSKOLL_SIGNING_SECRET om det är meningen.",
        "demo mode lets everybody in, and {value} is reachable from other computers. Use"
        " 127.0.0.1, or set RUMSKOLL_SIGNING_SECRET if you mean it.",
    ),
    "needed_by": ("behövs tillsammans med {other}.", "is needed together with {other}."),
    "needs_mqtts": (
        "{other} gäller bara med TLS. Skriv mqtts:// i stället för mqtt://.",
        "{other} works with TLS only. Write mqtts:// instead of mqtt://.",
    ),
}
