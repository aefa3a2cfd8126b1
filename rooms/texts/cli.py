"""Texts of the command line: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "run.port_taken": (
        "Port {taken} är upptagen av ett annat program; tavlan får port {port} i stället.",
        "Port {taken} is taken by another program; the board gets port {port} instead.",
    ),
    "run.mqtt_port_taken": (
        "Port {taken} är upptagen av ett annat program; MQTT får port {port} i stället.",
        "Port {taken} is taken by another program; MQTT gets port {port} instead.",
    ),
    "run.cannot_listen": (
        "Kan inte lyssna på {host}:{port} ({reason}). Välj en annan adress eller port.",
        "Cannot listen on {host}:{port} ({reason}). Choose another address or port.",
    ),
    "run.no_mosquitto": (
        "Mosquitto finns inte på datorn. Installera paketet mosquitto, eller välj "
        "RUMSKOLL_BROKER=iotcore.",
        "Mosquitto is not on this computer. Install the package mosquitto, or choose "
        "RUMSKOLL_BROKER=iotcore.",
    ),
    "run.not_ready": (
        '{part} kom inte i gång. Raderna ovan säger varför; "rumskoll doctor" kan säga mer.',
        '{part} did not come up. The lines above say why; "rumskoll doctor" may say more.',
    ),
    "run.already": (
        "Rumskoll körs redan med mappen {folder} (process {process}). Avsluta den först, eller"
        " ange en annan mapp med --data.",
        "Rumskoll already runs with the folder {folder} (process {process}). Stop that one first,"
        " or name another folder with --data.",
    ),
    "run.no_folder": (
        "Mappen {folder} går inte att skriva i: {reason}. Rätta RUMSKOLL_DATA eller mappens"
        " rättigheter.",
        "The folder {folder} cannot be written: {reason}. Correct RUMSKOLL_DATA or the folder's"
        " permissions.",
    ),
    "run.ready": ("Tavlan: {address}", "Board: {address}"),
    "run.mqtt": ("MQTT:   {host}:{port}", "MQTT:  {host}:{port}"),
    "run.memory_only": (
        "Den inbyggda MQTT-servern minns bara så länge den körs: bra för prov, inte för drift.",
        "The built-in MQTT broker remembers only while it runs: good for trials, not for service.",
    ),
    "run.how_to_stop": ("Avsluta med Ctrl-C.", "Stop with Ctrl-C."),
    "run.history": ("Fyller på historik", "Filling in history"),
    "run.history_done": (
        "Historiken är på plats: {messages} meddelanden.",
        "The history is in place: {messages} messages.",
    ),
    "run.restarts": (
        "{part} avslutades (kod {code}) och startas om inom {pause} s.",
        "{part} ended (code {code}) and starts again within {pause} s.",
    ),
    "run.stopping": ("Avslutar …", "Stopping …"),
    "run.stopped": ("Avslutat.", "Stopped."),
    "cli.wrong_settings": ("Inställningarna går inte att använda:", "The settings cannot be used:"),
    "cli.wrong_registry": ("Filen går inte att använda:", "The file cannot be used:"),
    "cli.own_input": (
        "{file} är filen som ska läsas. Ange en annan att skriva till.",
        "{file} is the file to be read. Name another one to write to.",
    ),
    "cli.no_data": (
        "Det finns inga data i {folder}. Ange mappen med --data.",
        "There is no data in {folder}. Name the folder with --data.",
    ),
    "cli.file": (
        "{file} går inte att använda: {reason}.",
        "{file} cannot be used: {reason}.",
    ),
    "cli.database": (
        "Databasen går inte att använda just nu: {reason}. Försök igen om en stund.",
        "The database cannot be used right now: {reason}. Try again in a while.",
    ),
    "quarantine.empty": ("Karantänen är tom.", "The quarantine is empty."),
    "quarantine.none": ("Det finns inget meddelande {id}.", "There is no message {id}."),
    "quarantine.cut": (
        "(bara de första {kept} av {size} byte sparades)",
        "(only the first {kept} of {size} bytes were kept)",
    ),
    "quarantine.withheld": (
        "(innehållet, {size} byte, sparades inte: det är privat eller hemligt)",
        "(the content, {size} bytes, was not kept: it is private or secret)",
    ),
    "quarantine.not_whole": (
        "{count} går inte att pröva igen, eftersom de inte sparades hela.",
        "{count} cannot be tried again because they were not kept whole.",
    ),
    "quarantine.replayed": (
        "Meddelanden som prövas igen: {count}. Insamlaren gör det inom några sekunder, om den"
        " körs. De som ändå inte går att använda kommer tillbaka hit.",
        "Messages to be tried again: {count}. The collector does so within seconds, if it runs."
        " Those that still cannot be used come back here.",
    ),
    "quarantine.discarded": ("Borttagna meddelanden: {count}.", "Discarded messages: {count}."),
    "quarantine.which": (
        "Ange nummer, --reason eller --all.",
        "Name numbers, --reason or --all.",
    ),
    "quarantine.time": ("Ankom", "Arrived"),
    "quarantine.source": ("Källa", "Source"),
    "quarantine.device": ("Enhet", "Device"),
    "quarantine.topic": ("Ämne", "Topic"),
    "quarantine.reason": ("Orsak", "Reason"),
    "quarantine.detail": ("Förklaring", "Explanation"),
    "keys.created": (
        "Nyckel {id} ({role}). Den visas bara nu:",
        "Key {id} ({role}). It is shown only now:",
    ),
    "keys.partner_needed": (
        "Rollen partner kräver --partner med ett id ur rooms.yaml: {known}.",
        "The role partner needs --partner with an id of rooms.yaml: {known}.",
    ),
    "keys.partner_not": (
        "--partner hör till rollen partner.",
        "--partner goes with the role partner.",
    ),
    "keys.revoked": ("Nyckel {id} gäller inte längre.", "Key {id} is no longer valid."),
    "keys.unknown": ("Det finns ingen giltig nyckel {id}.", "There is no valid key {id}."),
    "keys.empty": ("Inga nycklar än.", "No keys yet."),
    "keys.valid": ("gäller", "valid"),
    "keys.is_revoked": ("indragen", "revoked"),
    "keys.role": ("Roll", "Role"),
    "keys.label": ("Namn", "Name"),
    "keys.made": ("Skapad", "Created"),
    "keys.kind": ("Sort", "Kind"),
    "keys.link": (
        "Inloggningslänk för {label} ({role}). Den gäller en gång, i {hours} timmar:",
        "Login link for {label} ({role}). It works once, for {hours} hours:",
    ),
    "keys.display": (
        "Länk för väggskärmen {label}: visar, men ändrar inget. "
        "Den gäller tills nyckel {id} dras in:",
        "Link for the wall screen {label}: shows, but changes nothing. "
        "It is valid until key {id} is revoked:",
    ),
    "keys.panel": (
        "Token för panelen {device} (nyckel {id}). Den visas bara nu:",
        "Token of the panel {device} (key {id}). It is shown only now:",
    ),
    "keys.no_device": (
        "Det finns ingen enhet {device} i rooms.yaml. Paneler: {panels}.",
        "There is no device {device} in rooms.yaml. Panels: {panels}.",
    ),
    "influx.sqlite": (
        "RUMSKOLL_STORE pekar på {store}: där finns inget att förbereda.",
        "RUMSKOLL_STORE points at {store}: there is nothing to prepare there.",
    ),
    "influx.kept": ("{name}: hemligheten ligger i {file}", "{name}: the secret is in {file}"),
    "influx.no_token": (
        "Administratörens lösenord eller token behövs: RUMSKOLL_INFLUX_ADMIN_TOKEN, eller"
        " RUMSKOLL_INFLUX_ADMIN_TOKEN_FILE med en fil.",
        "The administrator's password or token is needed: RUMSKOLL_INFLUX_ADMIN_TOKEN, or"
        " RUMSKOLL_INFLUX_ADMIN_TOKEN_FILE with a file.",
    ),
    "help.influx_keep": (
        "Lägg hemligheterna i den här mappen, en fil var (ROLL/token), i stället för att visa"
        " dem. Den vars fil saknas får en ny.",
        "Put the secrets into this folder, a file each (ROLE/token), in place of showing them."
        " Whose file is missing gets a new one.",
    ),
    "help.admin_token_file": (
        "Fil med administratörens lösenord eller token.",
        "File with the administrator's password or token.",
    ),
    "influx.secret": (
        "{name}: {secret}   (visas bara nu)",
        "{name}: {secret}   (shown only now)",
    ),
    "help.rumskoll": (
        "Rumskoll håller koll på mötesrum: vilka som används, vad som är trasigt.",
        "Rumskoll keeps an eye on meeting rooms: which are in use, what is broken.",
    ),
    "help.run": (
        "Starta insamlare, tavla och det som ska köras med.",
        "Start collector, board and what goes with them.",
    ),
    "help.doctor": (
        "Säg vad som är fel och hur det lagas.",
        "Say what is wrong and how to mend it.",
    ),
    "help.healthy": (
        "Går insamlaren eller API:et? Utgångskod 0 eller 1, för containrar.",
        "Does the collector or the API run? Exit code 0 or 1, for containers.",
    ),
    "help.healthy_role": ("collector eller api.", "collector or api."),
    "healthy.silent": (
        "Insamlaren har inte hörts på {seconds} s.",
        "The collector was not heard for {seconds} s.",
    ),
    "help.doctor_files": (
        "Bara inställningar och filer; inget annat rörs.",
        "Settings and files only; nothing else is touched.",
    ),
    "help.version": ("Visa versionen.", "Show the version."),
    "help.data": ("Mapp för data (RUMSKOLL_DATA).", "Folder for data (RUMSKOLL_DATA)."),
    "help.rooms": (
        "rooms.yaml, eller en mapp med flera (RUMSKOLL_ROOMS).",
        "rooms.yaml, or a folder of several (RUMSKOLL_ROOMS).",
    ),
    "help.demo": (
        "Prov: exempelhuset med simulerade sensorer, öppet för den här datorn (RUMSKOLL_DEMO).",
        "Trial: the example site with simulated sensors, open to this computer (RUMSKOLL_DEMO).",
    ),
    "help.port": ("Tavlans port (RUMSKOLL_PORT).", "The board's port (RUMSKOLL_PORT)."),
    "help.mqtt_port": (
        "Den inbyggda MQTT-serverns port (RUMSKOLL_MQTT_PORT).",
        "Port of the built-in MQTT broker (RUMSKOLL_MQTT_PORT).",
    ),
    "help.broker": (
        "Inbyggd MQTT-server (RUMSKOLL_BROKER).",
        "Built-in MQTT broker (RUMSKOLL_BROKER).",
    ),
    "help.store": (
        "sqlite:FIL eller http(s)://dator:8086 (RUMSKOLL_STORE).",
        "sqlite:FILE or http(s)://host:8086 (RUMSKOLL_STORE).",
    ),
    "help.history": (
        "Så lång historik simulatorn börjar med, t.ex. 28d (RUMSKOLL_HISTORY).",
        "How much history the simulator begins with, e.g. 28d (RUMSKOLL_HISTORY).",
    ),
    "help.seed": (
        "Annat tal, andra veckor på kontoret (RUMSKOLL_SEED).",
        "Another number, other weeks at the office (RUMSKOLL_SEED).",
    ),
    "help.simulator": (
        "Låt simulerade enheter tala (RUMSKOLL_SIMULATOR).",
        "Let simulated devices speak (RUMSKOLL_SIMULATOR).",
    ),
    "help.quarantine": (
        "Meddelanden som inte gick att använda.",
        "Messages that could not be used.",
    ),
    "help.quarantine_list": ("Lista de senaste.", "List the newest."),
    "help.quarantine_show": ("Visa ett helt.", "Show one whole."),
    "help.quarantine_replay": (
        "Pröva igen, efter att orsaken har åtgärdats.",
        "Try again, after the cause has been mended.",
    ),
    "help.quarantine_discard": ("Ta bort.", "Remove."),
    "help.reason": ("Bara de med denna orsak.", "Only those of this reason."),
    "help.most": ("Högst så många.", "At most so many."),
    "help.ids": ("Nummer ur listan.", "Numbers from the list."),
    "help.all": ("Alla.", "All of them."),
    "help.any_age": ("Godta hur gamla som helst.", "Accept any age."),
    "help.keys": (
        "Nycklar och länkar: vem som får se och göra vad.",
        "Keys and links: who may see and do what.",
    ),
    "help.keys_create": ("Skapa en API-nyckel.", "Create an API key."),
    "help.keys_list": ("Lista nycklarna.", "List the keys."),
    "help.keys_revoke": ("Dra in en nyckel.", "Revoke a key."),
    "help.keys_login": (
        "Skapa en engångslänk för inloggning i webbläsaren.",
        "Create a one-time link to log in with a browser.",
    ),
    "help.keys_display": ("Skapa en länk för en väggskärm.", "Create a link for a wall screen."),
    "help.keys_panel": (
        "Skapa en incheckningspanels token; skickas med varje incheckning.",
        "Create a check-in panel's token, which goes with each of its check-ins.",
    ),
    "help.panel": ("Panelens id ur rooms.yaml.", "The panel's id in rooms.yaml."),
    "help.role": ("Roll.", "Role."),
    "help.label": ("Vem eller vad den är till för.", "Whom or what it is for."),
    "help.partner": ("Partnerns id ur rooms.yaml.", "The partner's id in rooms.yaml."),
    "help.hours": ("Giltig så många timmar.", "Valid for so many hours."),
    "help.influx": ("Förbered InfluxDB.", "Prepare InfluxDB."),
    "help.influx_init": (
        "Skapa databaser, lagringstid och behörigheter; kan köras flera gånger.",
        "Create databases, retention and credentials; can be run again.",
    ),
    "help.admin_user": (
        "Administratörens namn (bara 1.x).",
        "The administrator's name (1.x only).",
    ),
    "help.admin_token": (
        "Administratörens lösenord eller token.",
        "The administrator's password or token.",
    ),
    "help.org": ("Organisation (bara 2.x).", "Organisation (2.x only)."),
    "help.shorten": (
        "Korta en längre lagringstid; det som är äldre raderas.",
        "Cut a longer retention; what is older is deleted.",
    ),
}
