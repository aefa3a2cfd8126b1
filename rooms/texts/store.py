"""Texts of store: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # files
    "file_newer": (
        "{file}: filen ({what}) har version {found}, men det här programmet kan bara version"
        " {known}. Installera en nyare Rumskoll, eller återställ en äldre kopia av filen.",
        "{file}: the {what} has version {found}, but this program knows only version {known}."
        " Install a newer Rumskoll, or restore an older copy of the file.",
    ),
    "file_foreign": (
        "{file}: filen är inte skapad av Rumskoll ({what}). Ange en annan fil.",
        "{file}: this file was not made by Rumskoll as its {what}. Name another file.",
    ),
    "file_damaged": (
        "{file}: filen är skadad eller ingen SQLite-databas ({detail})."
        " Återställ den från en säkerhetskopia.",
        "{file}: the file is damaged or no SQLite database ({detail}). Restore it from a backup.",
    ),
    "file_unopenable": (
        "{file}: kan inte öppnas ({detail}). Finns mappen, och får Rumskoll skriva där?",
        "{file}: cannot be opened ({detail}). Does the folder exist, and may Rumskoll write there?",
    ),
    "file_readonly": (
        "{file}: kan inte skrivas ({detail}). Ge Rumskoll skrivrättighet till filen och mappen.",
        "{file}: cannot be written ({detail}). Let Rumskoll write to the file and its folder.",
    ),
    "file_no_wal": (
        "{file}: här kan SQLite inte skriva säkert (läge {mode})."
        " Lägg filen på en lokal disk, inte på en nätverksdisk eller i minnet.",
        "{file}: SQLite cannot write safely here (mode {mode})."
        " Put the file on a local disk, not on a network share or in memory.",
    ),
    "file_full": (
        "{file}: disken är full. Frigör utrymme; inget har gått förlorat.",
        "{file}: the disk is full. Free some space; nothing is lost.",
    ),
    "file_trouble": (
        "{file}: just nu går det inte ({detail}). Rumskoll försöker igen.",
        "{file}: not possible right now ({detail}). Rumskoll will try again.",
    ),
    "not_typeset": (
        "PDF:en kunde inte sättas. Försök igen; räcker minnet på datorn?",
        "The PDF could not be typeset. Try again; has the computer enough memory?",
    ),
    "not_settable": (
        "PDF:en går inte att sätta ({detail}). Det är ett fel i Rumskoll: rapportera det.",
        "The PDF cannot be typeset ({detail}). This is a fault in Rumskoll: report it.",
    ),
    # addresses
    "store_address": (
        'Lagrets adress "{url}" går inte att använda.'
        " Skriv sqlite:FIL eller http(s)://värd:port[?db=rooms&history=rooms_history&ca=FIL].",
        'The store\'s address "{url}" cannot be used.'
        " Write sqlite:FILE or http(s)://host:port[?db=rooms&history=rooms_history&ca=FILE].",
    ),
    "store_address_secret": (
        "Lagrets adress ({host}) innehåller inloggningsuppgifter. Flytta dem till"
        " RUMSKOLL_INFLUX_USER och RUMSKOLL_INFLUX_TOKEN; adressen syns i loggar.",
        "The store's address ({host}) contains credentials. Move them to"
        " RUMSKOLL_INFLUX_USER and RUMSKOLL_INFLUX_TOKEN; the address is shown in logs.",
    ),
    # InfluxDB
    "influx_unreachable": (
        "InfluxDB på {url} svarar inte ({detail}). Är servern igång och adressen rätt?",
        "InfluxDB at {url} does not answer ({detail}). Is it running, and is the address right?",
    ),
    "influx_tls": (
        "InfluxDB på {url} visar ett certifikat som inte godtas ({detail})."
        " Ange certifikatutfärdaren med ?ca=FIL i adressen.",
        "InfluxDB at {url} shows a certificate that is not trusted ({detail})."
        " Name its authority with ?ca=FILE in the address.",
    ),
    "influx_ca": (
        "Certifikatfilen {file} kan inte läsas ({detail}).",
        "The certificate file {file} cannot be read ({detail}).",
    ),
    "influx_busy": (
        "InfluxDB på {url} kan inte svara just nu (HTTP {status}: {detail})."
        " Rumskoll försöker igen.",
        "InfluxDB at {url} cannot answer right now (HTTP {status}: {detail})."
        " Rumskoll will try again.",
    ),
    "influx_credentials": (
        "InfluxDB på {url} godtar inte användarnamn och lösenord/token ({detail})."
        " Rätta RUMSKOLL_INFLUX_USER och RUMSKOLL_INFLUX_TOKEN.",
        "InfluxDB at {url} does not accept user name and password/token ({detail})."
        " Correct RUMSKOLL_INFLUX_USER and RUMSKOLL_INFLUX_TOKEN.",
    ),
    "influx_rights": (
        'InfluxDB på {url}: användaren saknar rättighet till "{database}" ({detail}).'
        ' Kör "rumskoll influx init".',
        'InfluxDB at {url}: the user has no right to "{database}" ({detail}).'
        ' Run "rumskoll influx init".',
    ),
    "influx_database": (
        'InfluxDB på {url} har ingen databas "{database}" ({detail}). Kör "rumskoll influx init".',
        'InfluxDB at {url} has no database "{database}" ({detail}). Run "rumskoll influx init".',
    ),
    "influx_foreign": (
        "{url} svarar, men inte som InfluxDB (HTTP {status}: {detail}). Rätta adressen.",
        "{url} answers, but not as InfluxDB does (HTTP {status}: {detail}). Correct the address.",
    ),
    "influx_cut": (
        'InfluxDB på {url} kapar långa svar. Sätt "max-row-limit" till 0 eller minst {rows}'
        " i serverns inställningar.",
        'InfluxDB at {url} cuts long replies. Set "max-row-limit" to 0 or at least {rows}'
        " in the server's settings.",
    ),
    "influx_query": (
        "InfluxDB på {url} förstod inte en fråga (HTTP {status}: {detail})."
        " Stöds serverns version? Rumskoll kräver 1.6 eller nyare.",
        "InfluxDB at {url} did not understand a query (HTTP {status}: {detail})."
        " Is its version supported? Rumskoll needs 1.6 or newer.",
    ),
    # rumskoll influx init
    "influx_init_version": (
        "InfluxDB på {url} har version {version}, som inte kan förberedas härifrån."
        " Skapa databaserna och en token med serverns egna verktyg.",
        "InfluxDB at {url} has version {version}, which cannot be prepared from here."
        " Create the databases and a token with the server's own tools.",
    ),
    "influx_no_version": (
        "{url} säger inte vilken InfluxDB-version det är. Rätta adressen.",
        "{url} does not tell which version of InfluxDB it is. Correct the address.",
    ),
    "influx_no_admin": (
        "InfluxDB på {url}: användaren är inte administratör ({detail})."
        " Ange serverns administratör.",
        "InfluxDB at {url}: the user is not an administrator ({detail})."
        " Name the server's administrator.",
    ),
    "influx_first_admin": (
        "InfluxDB på {url} har ingen användare än. Ange namn och lösenord för den administratör"
        " som ska skapas.",
        "InfluxDB at {url} has no user yet. Give name and password of the administrator"
        " to be created.",
    ),
    "influx_mapped": (
        'InfluxDB på {url}: databasnamnet "{name}" pekar redan på en annan bucket ({other}).'
        " Ta bort den DBRP-mappningen eller välj ett annat namn.",
        'InfluxDB at {url}: the database name "{name}" leads to another bucket already ({other}).'
        " Remove that DBRP mapping, or choose another name.",
    ),
    "influx_admin_api": (
        "InfluxDB på {url} avvisade en åtgärd (HTTP {status}: {detail})."
        " Ange en token som får skapa buckets och tokens.",
        "InfluxDB at {url} refused to do something (HTTP {status}: {detail})."
        " Give a token that may create buckets and tokens.",
    ),
    "init_organisation": ("Organisationen {name}", "Organisation {name}"),
    "init_database": ("Databasen {name}", "Database {name}"),
    "init_retention": ("Lagringstiden för {name}", "Retention of {name}"),
    "init_admin": ("Administratören {name}", "Administrator {name}"),
    "init_user": ("Användaren {name}", "User {name}"),
    "init_token": ("Token för {name}", "Token for {name}"),
    "init_mapping": ("Databasnamnet {name}", "Database name {name}"),
    "init_created": ("skapad", "created"),
    "init_changed": ("ändrad", "changed"),
    "init_renewed": (
        "fick en ny hemlighet; den gamla gäller inte längre",
        "got a new secret; the old one holds no longer",
    ),
    "init_kept": ("fanns redan", "was there already"),
    "init_longer": (
        "är längre än önskat och lämnas så; att korta den raderar äldre data",
        "is longer than asked for and is left so; shortening it deletes older data",
    ),
}
