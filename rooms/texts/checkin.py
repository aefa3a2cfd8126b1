"""Texts of the page behind a room's QR code, and of the sheet with the codes."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "checkin.title": ("Checka in", "Check in"),
    "checkin.who": ("Vems möte är det?", "Whose meeting is it?"),
    "checkin.why": (
        "Välj ert företag, så räknas tiden rätt. Inga namn sparas.",
        "Choose your company, so that the time is counted right. No names are kept.",
    ),
    "checkin.holder": (
        "Incheckat: {partner}, sedan {since}",
        "Checked in: {partner}, since {since}",
    ),
    "checkin.nobody": ("Ingen är incheckad.", "Nobody is checked in."),
    "checkin.booked": ("Bokat: {partner} {start}–{stop}", "Booked: {partner} {start}–{stop}"),
    "checkin.booked_by_somebody": ("Bokat {start}–{stop}", "Booked {start}–{stop}"),
    "checkin.has_booked": ("har bokat nu", "has booked now"),
    "checkin.is_in": ("incheckat", "checked in"),
    "checkin.out": ("Checka ut", "Check out"),
    "checkin.done.in": (
        "Klart! {partner} är incheckat i {room}.",
        "Done! {partner} is checked in to {room}.",
    ),
    "checkin.done.out": ("Klart! {room} är utcheckat.", "Done! {room} is checked out."),
    "checkin.ends": (
        "Incheckningen slutar av sig själv när rummet har stått tomt i en kvart, eller när"
        " någon annans bokning börjar.",
        "The check-in ends by itself when the room has been empty for a quarter of an hour, or"
        " when somebody else's booking starts.",
    ),
    "checkin.no_partners": (
        "Inga partner står i rooms.yaml, så det finns ingen att checka in.",
        "No partners stand in rooms.yaml, so there is nobody to check in.",
    ),
    "checkin.report": (
        "Fungerar inte något i rummet? Anmäl fel",
        "Is something in the room not working? Report it",
    ),
    "api.checkin_link": (
        "Koden stämmer inte för det här rummet. Skanna QR-koden i rummet igen. Är den gammal,"
        " be den som sköter Rumskoll skriva ut en ny (rumskoll qr).",
        "The code is not right for this room. Scan the QR code in the room again. If it is old,"
        " ask whoever looks after Rumskoll to print a new one (rumskoll qr).",
    ),
    "api.checkin_partner": (
        "Det företaget finns inte här. Gå tillbaka och välj ett av dem som visas.",
        "There is no such company here. Go back and choose one of those shown.",
    ),
    "api.too_many_checkins": (
        "Många har checkat in i rummet den senaste minuten. Vänta {seconds} sekunder.",
        "Many have checked in to the room in the last minute. Wait {seconds} seconds.",
    ),
    # rumskoll qr
    "qr.title": ("QR-koder till rummen", "QR codes for the rooms"),
    "qr.how": (
        "Sitter ni här? Skanna koden och välj ert företag. Fungerar inte något? Anmäl det där.",
        "Meeting here? Scan the code and choose your company. Something not working? Report it"
        " there.",
    ),
    "qr.sheet": (
        "Skriv ut sidan, klipp isär och sätt upp ett kort i varje rum. Den som har koden kan"
        " checka in och anmäla fel i just det rummet, och ingenting annat.",
        "Print the page, cut it apart and put up one card in each room. Whoever has the code can"
        " check in to that room and report what is broken there, and nothing else.",
    ),
    "qr.written": (
        "{file}: kort för {count} rum. Öppna filen i en webbläsare och skriv ut den.",
        "{file}: cards for {count} rooms. Open the file in a browser and print it.",
    ),
    "qr.no_address": (
        "RUMSKOLL_PUBLIC_URL är inte satt. QR-koderna behöver adressen där telefoner når tavlan,"
        " till exempel https://rum.example.",
        "RUMSKOLL_PUBLIC_URL is not set. The QR codes need the address where phones reach the"
        " board, for example https://rum.example.",
    ),
    "qr.no_secret": (
        "RUMSKOLL_SIGNING_SECRET saknas eller är för kort. Koderna undertecknas med den; ange"
        " samma hemlighet som tjänsten körs med.",
        "RUMSKOLL_SIGNING_SECRET is missing or too short. The codes are signed with it; give the"
        " same secret as the service runs with.",
    ),
    "qr.unknown_room": (
        "Rummet ”{room}” finns inte i rooms.yaml. Där finns: {known}.",
        "There is no room “{room}” in rooms.yaml. There are: {known}.",
    ),
    "qr.private_room": (
        "Rummet ”{room}” är privat; där kan ingen checka in.",
        "The room “{room}” is private; nobody can check in there.",
    ),
    "help.qr": (
        "Gör ett ark med QR-koder för incheckning och felanmälan, ett kort för varje rum.",
        "Make a sheet of QR codes for checking in and reporting faults, one card for each room.",
    ),
    "help.qr_room": ("Bara det här rummet; kan upprepas.", "Only this room; may be repeated."),
    "help.qr_out": ("Filen att skriva.", "The file to write."),
    "help.qr_language": ("Arkets språk, sv eller en.", "The sheet's language, sv or en."),
}
