"""Mistakes in one value: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

VALUES: Final[dict[str, tuple[str, str]]] = {
    # values
    "missing": ("{name} saknas. Lägg till det.", "{name} is missing. Add it."),
    "unknown_field": ("{name} är inget känt namn här.", "{name} is not a known name here."),
    "empty_value": (
        "värdet är tomt. Ange ett värde eller ta bort raden.",
        "the value is empty. Give a value or remove the line.",
    ),
    "text_needed": ("måste vara text.", "must be text."),
    "quote": (
        'läses inte som text. Skriv det inom citattecken: "{written}".',
        'does not read as text. Put it in quotes: "{written}".',
    ),
    "too_long": (
        "texten är för lång (högst {max_length} tecken).",
        "the text is too long (at most {max_length} characters).",
    ),
    "pattern": ("{value} har fel form.", "{value} has the wrong form."),
    "id": (
        "{value} är inget id. Börja med en liten bokstav a–z; sedan a–z, 0–9 och bindestreck.",
        "{value} is not an id. Begin with a small letter a–z; then a–z, 0–9 and hyphens.",
    ),
    "weight": (
        '{value} är ingen vikt. Skriv till exempel "1", "1.5" eller "3/2".',
        '{value} is not a weight. Write for example "1", "1.5" or "3/2".',
    ),
    "domain": (
        "{value} är ingen domän. Skriv det som står efter @ i adressen, till exempel foretag.se.",
        "{value} is not a domain. Write what follows the @ in addresses, e.g. company.se.",
    ),
    "list_empty": ("listan behöver minst en post.", "the list needs at least one item."),
    "list_needed": (
        "måste vara en lista: [a, b] eller rader som börjar med -.",
        "must be a list: [a, b], or lines that begin with -.",
    ),
    "mapping_needed": (
        "måste bestå av rader på formen namn: värde.",
        "must consist of lines of the form name: value.",
    ),
    "whole_number": (
        "{value} är inget heltal. Skriv det med siffror, utan citattecken.",
        "{value} is not a whole number. Write digits, without quotes.",
    ),
    "number": (
        "{value} är inget tal. Skriv det med siffror och decimalpunkt, utan citattecken.",
        "{value} is not a number. Write digits and a decimal point, without quotes.",
    ),
    "flag": (
        "{value} är varken true eller false. Skriv ett av dem, utan citattecken.",
        "{value} is neither true nor false. Write one of them, without quotes.",
    ),
    "one_of": (
        "{value} går inte. Välj bland: {words}.",
        "{value} will not do. Choose from: {words}.",
    ),
    "more_than": (
        "{value} är för litet. Ange mer än {gt}.",
        "{value} is too small. Give more than {gt}.",
    ),
    "at_least": (
        "{value} är för litet. Ange minst {ge}.",
        "{value} is too small. Give at least {ge}.",
    ),
    "at_most": (
        "{value} är för stort. Ange högst {le}.",
        "{value} is too large. Give at most {le}.",
    ),
    "duration": (
        '{value} är ingen tidslängd. Skriv till exempel "90s", "10 min", "2h" eller "7d".',
        '{value} is not a length of time. Write for example "90s", "10 min", "2h" or "7d".',
    ),
    "span": (
        '{value} är inget klockslagsintervall. Skriv till exempel "08:00-17:00".',
        '{value} is not a span of clock times. Write for example "08:00-17:00".',
    ),
    "span_order": (
        '{value} slutar inte efter att det börjar. Dela det vid midnatt ("24:00").',
        '{value} does not end after it starts. Split it at midnight ("24:00").',
    ),
    "clock": (
        '{value} är inget klockslag. Skriv till exempel "07:15".',
        '{value} is not a time of day. Write for example "07:15".',
    ),
    "local_time": (
        "{value} är ingen tidpunkt mellan år 2000 och 2100."
        ' Skriv datum och klockslag, till exempel "2026-12-01 22:00".',
        "{value} is not a date and time from 2000 to 2100."
        ' Write both, for example "2026-12-01 22:00".',
    ),
    "rrule_never": (
        "{value} infaller aldrig från och med början i from. Ändra regeln eller början.",
        "{value} never falls on a day from the beginning in from on. Change the rule or from.",
    ),
    "rrule": (
        "{value} är ingen regel för upprepning. Skriv till exempel FREQ=WEEKLY;BYDAY=SU"
        " (DAILY, WEEKLY, MONTHLY eller YEARLY; början anges i from).",
        "{value} is not a rule of recurrence. Write for example FREQ=WEEKLY;BYDAY=SU (DAILY,"
        " WEEKLY, MONTHLY or YEARLY; from says when it begins).",
    ),
    "limit_off": (
        "{value} går inte. Ange gränser, {{namn: värde}}, eller false för att stänga av regeln.",
        "{value} will not do. Give thresholds, {{name: value}}, or false to turn the rule off.",
    ),
    "day": (
        "{value} är inget datum. Skriv år-månad-dag, till exempel 2026-01-31.",
        "{value} is not a date. Write year-month-day, e.g. 2026-01-31.",
    ),
    "dated_order": (
        "datumen måste komma i ordning, vart och ett en gång; bara det första värdet får"
        " sakna from.",
        "the dates must ascend, each once; only the first value may lack its from.",
    ),
    "weekday": (
        "{key} är ingen veckodag. Skriv mon, tue, wed, thu, fri, sat eller sun; mon-fri för flera.",
        "{key} is not a weekday. Write mon, tue, wed, thu, fri, sat or sun; mon-fri for several.",
    ),
    "weekday_twice": ("{day} anges två gånger.", "{day} is given twice."),
    "timezone": (
        "{value} är ingen känd tidszon. Skriv till exempel Europe/Stockholm.",
        "{value} is not a known time zone. Write for example Europe/Stockholm.",
    ),
    "country": (
        "{value} är inget land vars helgdagar är kända. Skriv landskoden, till exempel SE,"
        " eller null.",
        "{value} is not a country whose holidays are known. Write its code, e.g. SE, or null.",
    ),
    "email": (
        "{value} är ingen e-postadress. Skriv den som namn@foretag.se.",
        "{value} is not an e-mail address. Write it like name@company.se.",
    ),
    "calendar_url": (
        "{value} är ingen adress till en kalender. Skriv en adress som börjar med https://,"
        " http:// eller webcal://, eller file:/// och hela sökvägen till en fil.",
        "{value} is no calendar's address. Write an address that begins with https://,"
        " http:// or webcal://, or file:/// and the whole path of a file.",
    ),
    "delivery_url": (
        "adressen har fel form. Skriv en Apprise-adress som ntfy://server/namn eller msteams://…",
        "this has the wrong form. Write an Apprise URL such as ntfy://server/name or msteams://…",
    ),
    "size": (
        "{value} är ingen storlek. Skriv till exempel 500MiB eller 2GiB.",
        "{value} is not a size. Write for example 500MiB or 2GiB.",
    ),
}
