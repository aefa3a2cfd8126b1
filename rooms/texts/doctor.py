"""Texts of doctor: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

_WRITTEN: Final[dict[str, tuple[str, str]]] = {
    "ok": ("OK", "OK"),
    "warn": ("VARNING", "WARNING"),
    "fail": ("FEL", "ERROR"),
    "as_said": ("{what}", "{what}"),
    "more": ("… och {count} fel till.", "… and {count} more mistakes."),
    # what is checked
    "name.settings": ("Inställningar", "Settings"),
    "name.rooms": ("Rum och enheter", "Rooms and devices"),
    "name.contacts": ("Kontakter", "Contacts"),
    "name.disk": ("Disk", "Disk"),
    "name.broker": ("MQTT-server", "MQTT broker"),
    "name.store": ("Databas", "Store"),
    "name.clock": ("Klocka", "Clock"),
    "name.shards": ("Lagringsperioder", "Shards"),
    "name.port": ("Port", "Port"),
    "name.public": ("Publik adress", "Public address"),
    "name.statements": ("Avräkningar", "Statements"),
    # settings and files
    "settings_ok": ("alla variabler går att använda.", "all variables are usable."),
    "variable_misspelt": (
        "{name} används inte. Menade du {meant}?",
        "nothing reads {name}. Did you mean {meant}?",
    ),
    "variable_unknown": (
        "{name} används inte. Ta bort variabeln; de som finns står i .env.example.",
        "nothing reads {name}. Remove it; .env.example lists those that exist.",
    ),
    "rooms_ok": ("{rooms} rum och {devices} enheter.", "{rooms} rooms and {devices} devices."),
    "devices_unplaced": (
        "enheter som inte står i något rum: {devices}. Lägg till dem under placements.",
        "devices that stand in no room: {devices}. Add them under placements.",
    ),
    "contacts_ok": ("{people} personer.", "{people} people."),
    # disk
    "disk_ok": ("{gib} GiB ledigt i {folder}.", "{gib} GiB free in {folder}."),
    "disk_low": (
        "bara {mib} MiB ledigt i {folder}. Frigör utrymme, helst minst 1 GiB.",
        "only {mib} MiB free in {folder}. Make room, best at least 1 GiB.",
    ),
    "disk_full": (
        "{mib} MiB ledigt i {folder}: för lite för att ta emot mätvärden."
        " Frigör utrymme eller flytta RUMSKOLL_DATA; MQTT-servern behåller det som väntar.",
        "{mib} MiB free in {folder}: too little to take readings."
        " Make room or move RUMSKOLL_DATA; the broker keeps what waits.",
    ),
    "disk_unwritable": (
        "det går inte att skriva i {folder} ({detail})."
        " Ändra RUMSKOLL_DATA eller mappens rättigheter.",
        "{folder} is not writable ({detail}). Change RUMSKOLL_DATA or the folder's permissions.",
    ),
    # broker
    "broker_ok": (
        "{host}:{port} tog emot ett provmeddelande och skickade tillbaka det.",
        "{host}:{port} took a test message and gave it back.",
    ),
    "broker_old": (
        "Mosquitto {version} följer inte sina egna kögränser och kan tappa meddelanden."
        " Uppgradera till 2.0.22 eller senare.",
        "Mosquitto {version} does not hold to its own queue limits and may lose messages."
        " Upgrade to 2.0.22 or later.",
    ),
    "broker_nobody": (
        "ingen svarar på {host}:{port}. Starta MQTT-servern eller rätta RUMSKOLL_MQTT_URL.",
        "nobody listens on {host}:{port}. Start the broker or correct RUMSKOLL_MQTT_URL.",
    ),
    "broker_unknown_host": (
        "datorn {host} finns inte. Rätta RUMSKOLL_MQTT_URL.",
        "there is no host {host}. Correct RUMSKOLL_MQTT_URL.",
    ),
    "broker_timeout": (
        "{host}:{port} svarar inte. Kontrollera brandväggen och RUMSKOLL_MQTT_URL.",
        "{host}:{port} does not answer. Check the firewall and RUMSKOLL_MQTT_URL.",
    ),
    "broker_unreachable": (
        "{host}:{port} kan inte nås ({detail}). Kontrollera nätverket och RUMSKOLL_MQTT_URL.",
        "{host}:{port} is out of reach ({detail}). Check the network and RUMSKOLL_MQTT_URL.",
    ),
    "broker_no_answer": (
        "{host}:{port} svarar, men inte på MQTT."
        " Kräver porten TLS? Då ska RUMSKOLL_MQTT_URL börja med mqtts://.",
        "{host}:{port} answers, but does not speak MQTT."
        " Does the port need TLS? Then RUMSKOLL_MQTT_URL begins with mqtts://.",
    ),
    "broker_tls": (
        "ingen TLS-förbindelse med {host}:{port} ({detail})."
        " Är det porten för TLS? Annars ska RUMSKOLL_MQTT_URL börja med mqtt://.",
        "no TLS connection with {host}:{port} ({detail})."
        " Is this its TLS port? Otherwise RUMSKOLL_MQTT_URL begins with mqtt://.",
    ),
    "broker_certificate": (
        "certifikatet från {host}:{port} godtas inte ({detail})."
        " Ange rätt CA-fil i RUMSKOLL_MQTT_CA, eller det värdnamn som certifikatet gäller för.",
        "the certificate of {host}:{port} is not trusted ({detail})."
        " Set RUMSKOLL_MQTT_CA to its CA file, or use the host name that the certificate is for.",
    ),
    "broker_expired": (
        "certifikatet från {host}:{port} har gått ut. Gör ett nytt på MQTT-serverns dator med"
        " rumskoll mqtt-tls, och låt Mosquitto läsa om det.",
        "the certificate of {host}:{port} has expired. Make a new one on the broker's computer with"
        " rumskoll mqtt-tls, and let Mosquitto read it again.",
    ),
    "broker_expires": (
        "certifikatet från {host}:{port} går ut {until}, om {days} dygn. Gör ett nytt på"
        " MQTT-serverns dator med rumskoll mqtt-tls, och låt Mosquitto läsa om det.",
        "the certificate of {host}:{port} expires on {until}, in {days} days. Make a new one on the"
        " broker's computer with rumskoll mqtt-tls, and let Mosquitto read it again.",
    ),
    "broker_tls_files": (
        "certifikatfilerna kan inte läsas ({detail})."
        " Rätta RUMSKOLL_MQTT_CA, RUMSKOLL_MQTT_CERT och RUMSKOLL_MQTT_KEY.",
        "the certificate files cannot be read ({detail})."
        " Correct RUMSKOLL_MQTT_CA, RUMSKOLL_MQTT_CERT and RUMSKOLL_MQTT_KEY.",
    ),
    "broker_login": (
        "{host}:{port} godtar inte användarnamnet ({user}) eller lösenordet."
        " Rätta RUMSKOLL_MQTT_USERNAME och RUMSKOLL_MQTT_PASSWORD.",
        "{host}:{port} does not accept the user name ({user}) or the password."
        " Correct RUMSKOLL_MQTT_USERNAME and RUMSKOLL_MQTT_PASSWORD.",
    ),
    "broker_rights": (
        "{host}:{port} släpper inte in användaren ({user})."
        " Kontrollera RUMSKOLL_MQTT_USERNAME, RUMSKOLL_MQTT_PASSWORD och serverns regler.",
        "{host}:{port} does not let the user ({user}) in."
        " Check RUMSKOLL_MQTT_USERNAME, RUMSKOLL_MQTT_PASSWORD and the broker's rules.",
    ),
    "broker_version": (
        "{host}:{port} kan inte den MQTT-version som är vald. Ändra RUMSKOLL_MQTT_VERSION.",
        "{host}:{port} does not know the chosen version of MQTT. Change RUMSKOLL_MQTT_VERSION.",
    ),
    "broker_unavailable": (
        "{host}:{port} tar inte emot någon just nu. Försök igen, och läs serverns logg.",
        "{host}:{port} takes nobody right now. Try again, and read the broker's log.",
    ),
    "broker_refused": (
        "{host}:{port} säger nej ({detail}). Läs serverns logg.",
        "{host}:{port} refuses ({detail}). Read the broker's log.",
    ),
    "broker_no_subscribe": (
        "användaren ({user}) får inte prenumerera på {topic}. Tillåt det i serverns ACL.",
        "the user ({user}) may not subscribe to {topic}. Allow it in the broker's ACL.",
    ),
    "broker_lost": (
        "förbindelsen med {host}:{port} bröts ({detail}). Rumskoll försöker igen.",
        "the connection to {host}:{port} was lost ({detail}). Rumskoll will try again.",
    ),
    "broker_no_publish": (
        "{host}:{port} kvitterar inte meddelanden. Läs serverns logg.",
        "{host}:{port} does not acknowledge messages. Read the broker's log.",
    ),
    "broker_no_canary": (
        "provmeddelandet försvann: användaren ({user}) får inte skriva till eller läsa {topic}."
        " Tillåt båda i serverns ACL.",
        "the test message vanished: the user ({user}) may not write to or read {topic}."
        " Allow both in the broker's ACL.",
    ),
    # store
    "store_ok": (
        "{url}: ett provvärde skrevs och lästes tillbaka.",
        "{url}: a test value was written and read back.",
    ),
    "store_refused": (
        "{url}: provvärdet avvisades ({reason}). Kör rumskoll influx init.",
        "{url}: the test value was refused ({reason}). Run rumskoll influx init.",
    ),
    "store_no_canary": (
        "{url}: provvärdet skrevs men gick inte att läsa tillbaka."
        " Kontrollera läsrättigheten och att databasen är den rätta.",
        "{url}: the test value was written but could not be read back."
        " Check the right to read, and that this is the right database.",
    ),
    "clock_ok": ("går lika med databasens.", "agrees with the store's."),
    "clock_off": (
        "skiljer {seconds} sekunder från databasens. Slå på tidssynkronisering (NTP) på båda.",
        "differs from the store's by {seconds} seconds. Switch on time synchronisation (NTP).",
    ),
    "clock_unreadable": (
        "databasens svar har ingen begriplig tid ({date}). Kontrollera dess klocka.",
        "the store's answer has no sensible time ({date}). Check its clock.",
    ),
    "shards_ok": ("{days} dagar i {database}.", "{days} days in {database}."),
    "shards_warn": (
        "{days} dagar i {database} gör långa frågor långsamma. Kör rumskoll influx init.",
        "{days} days in {database} make long queries slow. Run rumskoll influx init.",
    ),
    # port and address
    "port_ok": ("{host}:{port} är ledig.", "{host}:{port} is free."),
    "port_taken": (
        "{host}:{port} används redan, kanske av Rumskoll. Annars: välj en annan RUMSKOLL_PORT.",
        "{host}:{port} is in use, perhaps by Rumskoll. If not, choose another RUMSKOLL_PORT.",
    ),
    "port_forbidden": (
        "{host}:{port} kräver systemets tillstånd. Välj en RUMSKOLL_PORT över 1023.",
        "{host}:{port} needs the system's permission. Choose a RUMSKOLL_PORT above 1023.",
    ),
    "port_not_ours": (
        "{host} är ingen adress på den här datorn. Rätta RUMSKOLL_HOST.",
        "{host} is no address of this computer. Correct RUMSKOLL_HOST.",
    ),
    "public_ok": ("{url}", "{url}"),
    "public_demo": ("behövs inte i demoläget.", "not needed in demo mode."),
    "public_missing": (
        "saknas, så länkar från ”rumskoll keys” fungerar bara på den här datorn. Ange"
        " RUMSKOLL_PUBLIC_URL.",
        "is missing, so links of “rumskoll keys” work on this computer only. Set"
        " RUMSKOLL_PUBLIC_URL.",
    ),
    "public_local": (
        "{url} fungerar bara på den här datorn."
        " Ange den adress som andra når i RUMSKOLL_PUBLIC_URL.",
        "{url} works on this computer only. Set RUMSKOLL_PUBLIC_URL to what others can reach.",
    ),
    "public_plain": (
        "{url} är okrypterad."
        " Sätt en omvänd proxy med https framför, och ändra RUMSKOLL_PUBLIC_URL.",
        "{url} is not encrypted."
        " Put a reverse proxy with https before it, and change RUMSKOLL_PUBLIC_URL.",
    ),
    # statements
    "statements_ok": (
        "månadens kostnader kan delas; avräkningen når {partners} partner.",
        "the month's costs can be shared; statements reach {partners} partners.",
    ),
    "statements_no_costs": (
        "poolen {pool} har inga kostnader i {month}. Lägg till dem under costs i rooms.yaml.",
        "the pool {pool} has no costs in {month}. Add them under costs in rooms.yaml.",
    ),
    "statements_no_agreement": (
        "poolen {pool} saknar avtal från och med {day}, så {month} kan inte avräknas. Lägg till"
        " ett under agreements i rooms.yaml.",
        "the pool {pool} has no agreement from {day} on, so {month} cannot be billed. Add one"
        " under agreements in rooms.yaml.",
    ),
    "statements_nobody": (
        "ingen får avräkningen för: {partners}. Ange partner och email för någon i contacts.yaml.",
        "nobody gets the statements of: {partners}. Set partner and email for a person in"
        " contacts.yaml.",
    ),
}

TEXTS: Final[dict[str, tuple[str, str]]] = {f"doctor.{key}": both for key, both in _WRITTEN.items()}
