"""Why a calendar cannot be read, and what in it cannot be used: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

_ERRORS: Final[dict[str, tuple[str, str]]] = {
    "html": (
        "adressen leder till en webbsida, inte till en kalender. Kopiera ICS-adressen.",
        "the address leads to a web page, not to a calendar. Copy the ICS address.",
    ),
    "not_a_calendar": (
        "det som kom är ingen iCalendar-fil. Kopiera ICS-adressen.",
        "what came is no iCalendar file. Copy the ICS address.",
    ),
    "cut_off": (
        "kalendern tar slut mitt i. Den läses på nytt snart.",
        "the calendar ends in the middle. It is read again soon.",
    ),
    "too_big": (
        "kalendern är större än {mib} MiB. Publicera en kortare period.",
        "the calendar is larger than {mib} MiB. Publish a shorter period.",
    ),
    "too_many": (
        "kalendern har fler än {most} händelser. Publicera en kortare period.",
        "the calendar has more than {most} events. Publish a shorter period.",
    ),
    "too_slow": (
        "kalendern tog för lång tid att hämta och läsa. Den läses på nytt senare.",
        "the calendar took too long to fetch and read. It is read again later.",
    ),
    "too_heavy": (
        "kalendern kräver för mycket minne. Publicera en kortare period.",
        "the calendar needs too much memory. Publish a shorter period.",
    ),
    "crashed": (
        "läsningen avbröts oväntat (kod {code}). Rapportera gärna felet.",
        "reading broke off unexpectedly (code {code}). Please report this.",
    ),
    "no_process": (
        "läsningen kunde inte starta ({reason}). Kontrollera datorns minne.",
        "reading could not be started ({reason}). Check the computer's memory.",
    ),
    "unknown_host": (
        "datorn {host} finns inte. Rätta adressen i contacts.yaml.",
        "there is no host {host}. Correct the address in contacts.yaml.",
    ),
    "unreachable": (
        "{host} kan inte nås. Kontrollera nätverket och adressen i contacts.yaml.",
        "{host} is out of reach. Check the network and the address in contacts.yaml.",
    ),
    "timeout": (
        "{host} svarar inte i tid. Den frågas igen senare.",
        "{host} does not answer in time. It is asked again later.",
    ),
    "garbled": (
        "{host} bröt av mitt i svaret eller svarade obegripligt. Den frågas igen senare.",
        "{host} broke off its answer, or gave one that makes no sense. It is asked again later.",
    ),
    "certificate": (
        "certifikatet från {host} godtas inte. Kontrollera adressen och datorns CA-certifikat.",
        "the certificate of {host} is not trusted. Check the address and this computer's"
        " CA certificates.",
    ),
    "not_allowed": (
        "{host} släpper inte in oss ({status}). Publicera kalendern på nytt och byt adress.",
        "{host} does not let us in ({status}). Publish the calendar anew and change the address.",
    ),
    "gone": (
        "{host} har ingen sådan kalender ({status}). Rätta adressen i contacts.yaml.",
        "{host} has no such calendar ({status}). Correct the address in contacts.yaml.",
    ),
    "status": (
        "{host} svarade med fel ({status}). Den frågas igen senare.",
        "{host} answered with an error ({status}). It is asked again later.",
    ),
    "redirects": (
        "{host} skickar oss vidare utan att leda till en kalender ({status})."
        " Rätta adressen i contacts.yaml.",
        "{host} sends us on without leading to a calendar ({status})."
        " Correct the address in contacts.yaml.",
    ),
    "redirect_plain": (
        "{host} leder från https till okrypterad http. Rätta adressen i contacts.yaml.",
        "{host} leads from https to plain http. Correct the address in contacts.yaml.",
    ),
    "file_missing": (
        "filen {file} finns inte. Rätta adressen i contacts.yaml.",
        "there is no file {file}. Correct the address in contacts.yaml.",
    ),
    "file_unreadable": (
        "filen {file} kan inte läsas ({reason}).",
        "the file {file} cannot be read ({reason}).",
    ),
}

_CAUTIONS: Final[dict[str, tuple[str, str]]] = {
    "zone_unknown": (
        "okänd tidszon ”{detail}”: rummets tidszon används",
        "unknown time zone “{detail}”: the room's is used",
    ),
    "broken": (
        "händelsen går inte att läsa ({detail}): den hoppas över",
        "the event cannot be read ({detail}): left out",
    ),
    "twice": (
        "händelsen har samma UID som en annan: bara den nyaste används",
        "the event has the same UID as another: only the newest is used",
    ),
    "unended": ("händelsen har inget slut: den hoppas över", "the event does not end: left out"),
    "too_often": (
        "händelsen upprepas varje minut eller sekund: den hoppas över",
        "the event repeats every minute or second: left out",
    ),
    "too_many": (
        "händelsen upprepas för många gånger: den hoppas över",
        "the event repeats too many times: left out",
    ),
    "too_slow": (
        "händelsen tar för lång tid att räkna ut: den hoppas över",
        "the event takes too long to work out: left out",
    ),
}

_DOCTOR: Final[dict[str, tuple[str, str]]] = {
    "doctor.name.calendars": ("Kalendrar", "Calendars"),
    "doctor.name.attributed": ("Vems tid", "Whose time"),
    "doctor.calendars_none": (
        "inga är angivna, så bokad tid kan inte fördelas på partnerna. Lägg till dem under"
        " calendars i contacts.yaml.",
        "none are given, so booked time cannot be attributed to partners. Add them under"
        " calendars in contacts.yaml.",
    ),
    "doctor.calendars_missing": (
        "rum utan kalender: {rooms}. Lägg till dem under calendars i contacts.yaml.",
        "rooms without a calendar: {rooms}. Add them under calendars in contacts.yaml.",
    ),
    "doctor.calendar_ok": ("{room}: {events} händelser.", "{room}: {events} events."),
    "doctor.calendar_cautions": (
        "{room}: {events} händelser, {count} varningar. Rad {line}: {what}.",
        "{room}: {events} events, {count} warnings. Line {line}: {what}.",
    ),
    "doctor.calendar_fails": ("{room}: {what}", "{room}: {what}"),
    "doctor.events_attributed": (
        "{share} % av {count} händelser de senaste {days} dagarna hör till en partner.",
        "{share} % of {count} events of the last {days} days map to a partner.",
    ),
    "doctor.events_unattributed": (
        "bara {share} % av {count} händelser de senaste {days} dagarna hör till en partner."
        " Ange partnernas domains och categories i rooms.yaml, och låt kalendern visa"
        " arrangören.",
        "only {share} % of {count} events of the last {days} days map to a partner. Set the"
        " partners' domains and categories in rooms.yaml, and let the calendar show organisers.",
    ),
    "doctor.use_attributed": (
        "{share} % av {hours} timmars användning de senaste {days} dagarna är fördelad.",
        "{share} % of {hours} hours of use of the last {days} days is attributed.",
    ),
    "doctor.use_unattributed": (
        "bara {share} % av {hours} timmars användning de senaste {days} dagarna är fördelad."
        " Boka rummen i kalendern, eller checka in med rummets QR-kod.",
        "only {share} % of {hours} hours of use of the last {days} days is attributed. Book the"
        " rooms in their calendars, or check in with the room's QR code.",
    ),
}

TEXTS: Final[dict[str, tuple[str, str]]] = (
    {f"calendars.error.{key}": both for key, both in _ERRORS.items()}
    | {f"calendars.caution.{key}": both for key, both in _CAUTIONS.items()}
    | _DOCTOR
)
