"""Texts of the page on which people in a room report what is broken there."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "report.title": ("Anmäl fel", "Report a fault"),
    "report.what": ("Vad är det som inte fungerar?", "What is not working?"),
    "report.thing.picture": ("Bild eller kamera", "Picture or camera"),
    "report.thing.sound": ("Ljud eller mikrofon", "Sound or microphone"),
    "report.thing.screen": ("Skärm eller projektor", "Screen or projector"),
    "report.thing.cables": ("Sladdar eller anslutning", "Cables or connection"),
    "report.thing.air": ("Värme eller luft", "Heating or air"),
    "report.thing.other": ("Möbler eller något annat", "Furniture or something else"),
    "report.words": ("Berätta mer, om du vill", "Tell more, if you like"),
    "report.words_hint": (
        "Till exempel vad som händer när ni försöker. Skriv inga namn.",
        "For example what happens when you try. Please write no names.",
    ),
    "report.send": ("Skicka", "Send"),
    "report.done.new": (
        "Tack! De som sköter rummen har fått din anmälan.",
        "Thank you! Those who look after the rooms have your report.",
    ),
    "report.done.known": (
        "Tack! Det var redan anmält, och de som sköter rummen vet om det.",
        "Thank you! It had been reported already; those who look after the rooms know.",
    ),
    "report.done.words": (
        "Tack! Det var redan anmält. De som sköter rummen läser också det du skrev.",
        "Thank you! It had been reported already. Those who look after the rooms will read your"
        " words too.",
    ),
    "report.known": ("Det här är redan känt", "This is known already"),
    "report.known.open": (
        "{thing}: anmält {since}, driften vet om det",
        "{thing}: reported {since}, the staff know",
    ),
    "report.known.acknowledged": (
        "{thing}: anmält {since}, någon tar hand om det",
        "{thing}: reported {since}, somebody is seeing to it",
    ),
    "report.checkin": ("Till incheckningen", "To the check-in"),
    "api.report_thing": (
        "Välj vad som inte fungerar. Gå tillbaka och kryssa för ett av alternativen.",
        "Choose what is not working. Go back and tick one of the choices.",
    ),
    "api.report_long": (
        "Texten är för lång. Gå tillbaka och korta den till högst {most} tecken.",
        "The text is too long. Go back and shorten it to {most} characters at most.",
    ),
    "api.too_many_reports": (
        "Många har anmält fel i rummet den senaste minuten. Vänta {seconds} sekunder.",
        "Many have reported faults in the room in the last minute. Wait {seconds} seconds.",
    ),
    "api.reported_often": (
        "Många har redan skrivit om just det här felet, och driften vet om det.",
        "Many have written about this very fault already, and the staff know.",
    ),
}
