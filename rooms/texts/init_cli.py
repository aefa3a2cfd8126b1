"""The command ``rumskoll init``: its questions, what is wrong with an answer, and what the files
say about themselves."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.init": (
        "Ställ några frågor och skriv filerna för en ny installation.",
        "Ask a few questions and write the files of a new installation.",
    ),
    "help.init_folder": (
        "Mapp som filerna skrivs i; den du står i om inget anges.",
        "Folder to write the files into; the current one if left out.",
    ),
    "help.init_language": (
        "Språk på frågorna och på anläggningen: sv eller en.",
        "Language of the questions and of the site: sv or en.",
    ),
    "help.init_answers": (
        "YAML-fil med svaren, i stället för frågor.",
        "YAML file with the answers, in place of questions.",
    ),
    "help.init_force": (
        "Skriv även om filer redan finns; de gamla sparas som NAMN.bak.",
        "Write even if files are there already; the old ones are kept as NAME.bak.",
    ),
    "init.hello": (
        "Några frågor om huset. Enter väljer det som står inom hakparentes. Inget skrivs förrän"
        " alla svar är klara, och allt kan ändras i filerna efteråt.",
        "A few questions about the house. Enter takes what stands in brackets. Nothing is written"
        " until all is answered, and everything can be changed in the files afterwards.",
    ),
    "init.ask.site": ("Vad heter huset eller anläggningen?", "What is the house or site called?"),
    "init.ask.timezone": ("Tidszon?", "Time zone?"),
    "init.ask.hours": (
        "När är det öppet? Till exempel: mån-tor 07:00-18:00, fre 07:00-17:00",
        "When is it open? For example: mon-thu 07:00-18:00, fri 07:00-17:00",
    ),
    "init.ask.rooms": (
        "Vilka rum finns? Ett per rad, namn och antal platser: Granen 8\nAvsluta med en tom rad.",
        "Which rooms are there? One a line, name and seats: Granen 8\nEnd with an empty line.",
    ),
    "init.ask.partners": (
        "Vilka delar på rummen? En per rad, gärna med e-postdomän, så att deras bokningar känns"
        " igen:\nNorrsken Digital AB, norrsken.example\nAvsluta med en tom rad.",
        "Who shares the rooms? One a line, best with their mail domain, by which their bookings"
        " are known:\nNorrsken Digital AB, norrsken.example\nEnd with an empty line.",
    ),
    "init.ask.sources": (
        "Hur kommer sensorernas meddelanden? Flera går bra: 1 2\n"
        "  1  LoRaWAN genom ChirpStack\n"
        "  2  Zigbee genom Zigbee2MQTT\n"
        "  3  Videoutrustning och egna program (Rumskolls eget format)",
        "How do the sensors' messages come? Several are fine: 1 2\n"
        "  1  LoRaWAN by ChirpStack\n"
        "  2  Zigbee by Zigbee2MQTT\n"
        "  3  Video equipment and own programs (Rumskoll's own format)",
    ),
    "init.ask.size": (
        "Hur ska det köras?\n"
        "  1  En liten dator: Mosquitto och Rumskoll, ingen databas att sköta\n"
        "  2  Docker: allt på en gång, med InfluxDB och Grafana\n"
        "  3  Egen InfluxDB som redan finns",
        "How is it to run?\n"
        "  1  One small computer: Mosquitto and Rumskoll, no database to look after\n"
        "  2  Docker: everything at once, with InfluxDB and Grafana\n"
        "  3  An InfluxDB of your own that is there already",
    ),
    "init.ask.store": ("InfluxDB:s adress?", "The address of InfluxDB?"),
    "init.ask.broker": (
        "Vilken MQTT-mäklare?\n  1  Mosquitto på den här datorn\n  2  En annan",
        "Which MQTT broker?\n  1  Mosquitto on this computer\n  2  Another one",
    ),
    "init.ask.mqtt_url": (
        "Mäklarens adress? Till exempel mqtts://mqtt.arenan.example:8883",
        "The broker's address? For example mqtts://mqtt.arenan.example:8883",
    ),
    "init.ask.mqtt_username": ("Rumskolls användare där?", "Rumskoll's user there?"),
    "init.ask.mqtt_password": (
        "Lösenord? (Enter om det inte behövs något; det syns inte)",
        "Password? (Enter if none is needed; it does not show)",
    ),
    "init.ask.host": (
        "Under vilket namn eller vilken adress når sensorerna den här datorn?"
        " (Står i certifikatet för MQTT.)",
        "By which name or address do the sensors reach this computer?"
        " (It stands in the certificate for MQTT.)",
    ),
    "init.ask.public_url": (
        "Vilken adress har tavlan för dem som ska läsa den? Till exempel"
        " https://rum.arenan.example (Enter om den inte är bestämd)",
        "At which address will people read the board? For example https://rooms.arenan.example"
        " (Enter if that is not settled)",
    ),
    "init.ask.alerts": (
        "Vem ska få larm när något går sönder? En per rad, namn och e-post:\n"
        "Anna Berg, anna@arenan.example\nAvsluta med en tom rad. Den första får också utkast till"
        " avräkningar.",
        "Who is to be told when something breaks? One a line, name and e-mail:\n"
        "Anna Berg, anna@arenan.example\nEnd with an empty line. The first also gets drafts of"
        " statements.",
    ),
    "init.ask.smtp_host": (
        "E-postserver? Till exempel smtp.arenan.example (Enter: senare)",
        "Mail server? For example smtp.arenan.example (Enter: later)",
    ),
    "init.ask.smtp_from": ("Avsändarens adress?", "The sender's address?"),
    "init.ask.smtp_username": (
        "Användare på e-postservern? (Enter om det inte behövs någon)",
        "User at the mail server? (Enter if none is needed)",
    ),
    "init.ask.smtp_password": ("Lösenord? (syns inte)", "Password? (does not show)"),
    "init.wrong.needed": ("Det här behövs ett svar på.", "This needs an answer."),
    "init.wrong.name": (
        "Högst 80 tecken, utan radbrytningar och styrtecken.",
        "At most 80 characters, without line breaks and control characters.",
    ),
    "init.wrong.twice": ('"{value}" finns redan ovan.', '"{value}" is there already.'),
    "init.wrong.timezone": (
        "Inte en känd tidszon. Skriv som Europe/Stockholm.",
        "Not a known time zone. Write it as Europe/Stockholm.",
    ),
    "init.wrong.hours": (
        "Skriv dagar och tider så här: mån-tor 07:00-18:00, fre 07:00-17:00 – varje dag högst"
        " en gång.",
        "Write days and times like this: mon-thu 07:00-18:00, fri 07:00-17:00 – each day once"
        " at most.",
    ),
    "init.wrong.room": (
        "Skriv rummets namn och antalet platser (1 till 10 000): Granen 8",
        "Write the room's name and its seats (1 to 10,000): Granen 8",
    ),
    "init.wrong.domain": (
        "Det efter kommat ska vara en e-postdomän, till exempel norrsken.example",
        "What follows the comma must be a mail domain, for example norrsken.example",
    ),
    "init.wrong.person": (
        "Skriv namn och e-postadress: Anna Berg, anna@arenan.example",
        "Write name and e-mail address: Anna Berg, anna@arenan.example",
    ),
    "init.wrong.one_of": (
        "Svara med en siffra, 1 till {count}.",
        "Answer with a number, 1 to {count}.",
    ),
    "init.wrong.host": (
        "Bara namnet eller adressen, utan https:// och port: rumskoll.arenan.example",
        "Only the name or address, without https:// and port: rumskoll.arenan.example",
    ),
    "init.wrong.web": (
        "Skriv hela adressen: https://rum.arenan.example",
        "Write the whole address: https://rooms.arenan.example",
    ),
    "init.wrong.mqtt": (
        "Skriv mqtt://dator:1883 eller mqtts://dator:8883, utan lösenord.",
        "Write mqtt://computer:1883 or mqtts://computer:8883, without a password.",
    ),
    "init.wrong.influx": (
        "Skriv http://dator:8086 eller https://dator:8086, utan lösenord.",
        "Write http://computer:8086 or https://computer:8086, without a password.",
    ),
    "init.wrong.sender": (
        "Skriv en e-postadress, gärna med namn: Rumskoll <rum@arenan.example>",
        "Write an e-mail address, with a name if you like: Rumskoll <rooms@arenan.example>",
    ),
    "init.file.not_a_mapping": (
        "{file} ska innehålla svaren som nyckel: svar, till exempel site: Arenan",
        "{file} must hold the answers as key: answer, for example site: Arenan",
    ),
    "init.file.unknown": (
        "{key} är ingen fråga. Menade du {near}?",
        "{key} is no question. Did you mean {near}?",
    ),
    "init.file.wrong": (
        "Svaren i {file} går inte att använda:",
        "The answers in {file} cannot be used:",
    ),
    "init.cut_short": (
        "Avbrutet. Inget är skrivet.",
        "Cut short. Nothing was written.",
    ),
    "init.in_the_way": (
        "Finns redan: {files}. Inget är skrivet. Välj en annan mapp, eller använd --force: då"
        " sparas de gamla som NAMN.bak.",
        "Already there: {files}. Nothing was written. Choose another folder, or use --force: the"
        " old ones are then kept as NAME.bak.",
    ),
    "init.written": ("Skrivet i {folder}:", "Written in {folder}:"),
    "init.next": ("Härnäst:", "Next:"),
    "init.next.box": (
        "  1  Sätt upp Mosquitto: användare och rättigheter ligger i broker/ (docs/broker.md)\n"
        "  2  rumskoll doctor        kontrollerar filer, mäklare och disk\n"
        "  3  rumskoll run           startar; tavlan finns på http://127.0.0.1:8080",
        "  1  Set up Mosquitto: users and rights are in broker/ (docs/broker.md)\n"
        "  2  rumskoll doctor        checks files, broker and disk\n"
        "  3  rumskoll run           starts; the board is at http://127.0.0.1:8080",
    ),
    "init.next.other": (
        "  1  rumskoll doctor        kontrollerar filer, mäklare, databas och disk\n"
        "  2  rumskoll run           startar; tavlan finns på http://127.0.0.1:8080",
        "  1  rumskoll doctor        checks files, broker, database and disk\n"
        "  2  rumskoll run           starts; the board is at http://127.0.0.1:8080",
    ),
    "init.next.influx": (
        "  Först: rumskoll influx init --store {store}   gör databaser och inloggningar",
        "  First: rumskoll influx init --store {store}   makes databases and logins",
    ),
    "init.next.docker": (
        "  docker compose up -d      startar allt; tavlan på http://127.0.0.1:8080, Grafana på\n"
        "                            http://127.0.0.1:3000",
        "  docker compose up -d      starts everything; the board is at http://127.0.0.1:8080,\n"
        "                            Grafana at http://127.0.0.1:3000",
    ),
    "init.note.rooms_yaml": (
        "Husets rum, öppettider och sensorer. Läses om inom fem sekunder när filen ändras.\n"
        "Id:n (a-z, siffror och -) namnger rum och partner för alltid; namnen får ändras.\n"
        "Alla fält: docs/sv/rooms.md",
        "The house's rooms, opening hours and sensors. Read again within 5 seconds of a change.\n"
        "Ids (a-z, digits and -) name rooms and partners for ever; names may be changed.\n"
        "Every field: docs/en/rooms.md",
    ),
    "init.note.hours": (
        "Nyttjande räknas bara i öppettid. Svenska röda dagar och aftnar är stängda.",
        "Use is counted in opening hours only. Swedish public holidays and eves are closed.",
    ),
    "init.note.sources": (
        "Varifrån meddelanden kommer.",
        "Where messages come from.",
    ),
    "init.note.rooms": (
        "Någons eget kontor: lägg till  private: true  så sparas inget om närvaro.",
        "One person's own office: add  private: true  and no presence is kept.",
    ),
    "init.note.partners": (
        "Vilka som delar på rummen; bokningar känns igen på e-postdomänen.",
        "Who shares the rooms; bookings are known by the mail domain.",
    ),
    "init.note.devices": (
        "Sensorer som hörs men inte står här visas på tavlan under Enheter, med rader att\n"
        "klistra in. Så här ser de ut:\n"
        "  devices:\n"
        "    - {{id: granen-pir, source: lora, address: a81758fffe0a1001, model: elsys-ers}}\n"
        "  placements:\n"
        "    - {{device: granen-pir, room: granen}}",
        "Sensors that are heard but not listed here are shown on the board below Devices, with\n"
        "lines to paste. They look like this:\n"
        "  devices:\n"
        "    - {{id: granen-pir, source: lora, address: a81758fffe0a1001, model: elsys-ers}}\n"
        "  placements:\n"
        "    - {{device: granen-pir, room: granen}}",
    ),
    "init.note.contacts_yaml": (
        "Vilka som får larm och avräkningar. maintainer får larm, manager får utkast till\n"
        "avräkningar. Alla fält: docs/sv/alerts.md",
        "Who gets alerts and statements. maintainer gets alerts, manager gets drafts of\n"
        "statements. Every field: docs/en/alerts.md",
    ),
    "init.note.env": (
        "Inställningar som skiljer sig från det vanliga; alla finns i .env.example.\n"
        "Hemligheter ligger i mappen secrets/. Checka aldrig in någotdera.",
        "Settings that differ from the usual; all are in .env.example.\n"
        "Secrets are in the folder secrets/. Never commit either.",
    ),
}
