"""Texts of ``rumskoll mqtt-users`` and ``rumskoll mqtt-tls``: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.mqtt_group": (
        "Grupp som Mosquitto tillhör och som får läsa filerna: ett namn eller ett nummer.",
        "The group that Mosquitto belongs to and that may read the files: a name or a number.",
    ),
    "help.mqtt_users": (
        "Skapa Mosquittos användare, lösenord och rättigheter efter rooms.yaml.",
        "Make Mosquitto's users, passwords and rights from rooms.yaml.",
    ),
    "help.mqtt_users_folder": ("Mapp för filerna.", "Folder for the files."),
    "help.mqtt_users_renew": (
        "Ge den här användaren ett nytt lösenord. Kan upprepas.",
        "Give this user a new password. May be repeated.",
    ),
    "help.mqtt_users_remove": (
        "Glöm lösenorden för dem som inte längre finns i rooms.yaml.",
        "Forget the passwords of those who are not in rooms.yaml any more.",
    ),
    "help.mqtt_users_simulator": (
        "Lägg till en användare som får tala för alla enheter, för prov.",
        "Add a user that may speak for all devices, for trials.",
    ),
    "help.mqtt_users_secret": (
        "Skriv Rumskolls eget lösenord i den här filen också.",
        "Write Rumskoll's own password to this file too.",
    ),
    "mqtt.no_group": (
        'Gruppen "{group}" finns inte på datorn. Ange en som finns, eller dess nummer.',
        'There is no group "{group}" on this computer. Name one that exists, or its number.',
    ),
    "mqtt.reload": (
        "Låt Mosquitto läsa om filerna:\n"
        "  sudo systemctl reload mosquitto\n"
        "  docker compose kill -s HUP mosquitto   (i Docker)",
        "Let Mosquitto read the files again:\n"
        "  sudo systemctl reload mosquitto\n"
        "  docker compose kill -s HUP mosquitto   (in Docker)",
    ),
    "mqtt_users.new": ("Nya användare ({count}): {names}", "New users ({count}): {names}"),
    "mqtt_users.renewed": ("Nytt lösenord ({count}): {names}", "New password ({count}): {names}"),
    "mqtt_users.changed": (
        "Ändrade rättigheter ({count}): {names}",
        "Changed rights ({count}): {names}",
    ),
    "mqtt_users.gone": ("Utan tillträde nu ({count}): {names}", "Shut out now ({count}): {names}"),
    "mqtt_users.kept": (
        "Finns inte i rooms.yaml; lösenordet sparas, och glöms med --remove ({count}): {names}",
        "Not in rooms.yaml; the password is kept, and forgotten with --remove ({count}): {names}",
    ),
    "mqtt_users.same": ("Ingenting är ändrat.", "Nothing has changed."),
    "mqtt_users.where": (
        "{count} användare. Lösenorden står i {file}.",
        "{count} users. Their passwords are in {file}.",
    ),
    "mqtt_users.plain_note": (
        "Användare hos MQTT-servern: namn och lösenord. Håll filen hemlig.\n"
        "Den skrivs om av rumskoll mqtt-users, som behåller lösenorden. Ett nytt lösenord:\n"
        "rumskoll mqtt-users --renew NAMN",
        "Users of the MQTT broker: name and password. Keep this file secret.\n"
        "It is written anew by rumskoll mqtt-users, which keeps the passwords. A new password:\n"
        "rumskoll mqtt-users --renew NAME",
    ),
    "mqtt_users.kept_note": (
        "Utan tillträde: finns inte i rooms.yaml. Glöms med rumskoll mqtt-users --remove.",
        "Shut out: not in rooms.yaml. Forgotten with rumskoll mqtt-users --remove.",
    ),
    "mqtt_users.no_plain": (
        "users.txt saknas i {folder}, men passwd finns: utan lösenorden skulle alla enheter få nya"
        " och tystna. Lägg tillbaka users.txt från en säkerhetskopia, eller ta bort passwd om alla"
        " ska få nya lösenord.",
        "users.txt is missing in {folder}, but passwd is there: without the passwords all devices"
        " would get new ones and fall silent. Put users.txt back from a backup, or remove passwd if"
        " everybody is to get a new password.",
    ),
    "mqtt_users.bad_line": (
        "{file}, rad {line}: här ska stå ett namn, ett blanksteg och ett lösenord, varje namn en"
        " gång. Rätta raden.",
        "{file}, line {line}: a name, a space and a password should stand here, each name once."
        " Correct the line.",
    ),
    "mqtt_users.unknown": (
        "Ingen användare heter {names}. De heter: {known}",
        "There is no user {names}. Their names are: {known}",
    ),
    "mqtt_users.bad_base": (
        "Källan {source}: {topic} kan inte stå i Mosquittos regler. Ett ämne får inte börja eller"
        " sluta med blanksteg eller ha tecken som inte syns, och base varken + eller # eller $"
        " först. Rätta i rooms.yaml.",
        "The source {source}: {topic} cannot stand in Mosquitto's rules. A topic must not begin or"
        " end with a space or hold invisible characters, and a base neither + nor # nor begin with"
        " $. Correct rooms.yaml.",
    ),
    "mqtt_users.bad_address": (
        "Enheten {device}: adressen {address} kan inte stå i ett ämne och i Mosquittos regler: den"
        " får inte innehålla /, + eller # eller tecken som inte syns. Rätta i rooms.yaml.",
        "The device {device}: the address {address} cannot stand in a topic and in Mosquitto's"
        " rules: it must not hold /, + or # or invisible characters. Correct rooms.yaml.",
    ),
    "help.mqtt_tls": (
        "Skapa certifikat för MQTT-servern, utfärdat av en egen utfärdare (CA).",
        "Make a certificate for the MQTT broker, issued by an authority (CA) of your own.",
    ),
    "help.mqtt_tls_host": (
        "Namn eller IP-adress som enheterna når servern på. Kan upprepas.",
        "Name or IP address by which devices reach the broker. May be repeated.",
    ),
    "help.mqtt_tls_folder": ("Mapp för filerna.", "Folder for the files."),
    "help.mqtt_tls_renew": (
        "Gör ett nytt certifikat, även om det gamla räcker ett tag till.",
        "Make a new certificate, even if the old one lasts for a while.",
    ),
    "mqtt_tls.new_ca": (
        "Ny utfärdare (CA), giltig till {until}. Fingeravtryck (SHA-256):\n  {fingerprint}",
        "New authority (CA), valid until {until}. Fingerprint (SHA-256):\n  {fingerprint}",
    ),
    "mqtt_tls.new": (
        "Nytt certifikat för {hosts}, giltigt till {until}.",
        "New certificate for {hosts}, valid until {until}.",
    ),
    "mqtt_tls.same": (
        "Certifikatet för {hosts} gäller till {until}; ingenting är ändrat.",
        "The certificate for {hosts} is valid until {until}; nothing has changed.",
    ),
    "mqtt_tls.copy": (
        "Kopiera {ca} till enheterna och till RUMSKOLL_MQTT_CA. Adressen är mqtts://{host}:8883.\n"
        "Förvara {key} på ett säkert ställe: den som har den kan låtsas vara servern.",
        "Copy {ca} to the devices and to RUMSKOLL_MQTT_CA. The address is mqtts://{host}:8883.\n"
        "Keep {key} in a safe place: whoever has it can pretend to be the broker.",
    ),
    "mqtt_tls.need_host": (
        "Ange med --host de namn eller IP-adresser som enheterna når MQTT-servern på.",
        "Give with --host the names or IP addresses by which devices reach the broker.",
    ),
    "mqtt_tls.bad_host": (
        "{host} är varken ett datornamn eller en IP-adress. Ange det utan mqtts:// och port.",
        "{host} is neither a host name nor an IP address. Give it without mqtts:// and port.",
    ),
    "mqtt_tls.no_key": (
        "{key} saknas, och utan den kan inget certifikat göras. Lägg tillbaka den, eller ta bort"
        " {ca} också: då görs en ny utfärdare, som alla enheter måste få.",
        "{key} is missing, and no certificate can be made without it. Put it back, or remove {ca}"
        " too: then a new authority is made, which all devices must be given.",
    ),
    "mqtt_tls.unreadable": (
        "{file} är inget certifikat eller ingen nyckel som går att läsa. Lägg tillbaka den från en"
        " säkerhetskopia, eller ta bort den.",
        "{file} is no certificate or key that can be read. Put it back from a backup, or"
        " remove it.",
    ),
    "mqtt_tls.no_pair": (
        "{key} hör inte till {ca}. Lägg tillbaka båda från samma säkerhetskopia, eller ta bort"
        " båda: då görs en ny utfärdare, som alla enheter måste få.",
        "{key} does not belong to {ca}. Put both back from the same backup, or remove both: then a"
        " new authority is made, which all devices must be given.",
    ),
    "mqtt_tls.ca_expired": (
        "Utfärdaren i {ca} gick ut {until}. Ta bort {ca} och {key}: då görs en ny, som alla enheter"
        " måste få.",
        "The authority in {ca} expired on {until}. Remove {ca} and {key}: then a new one is made,"
        " which all devices must be given.",
    ),
}
