"""Reminders, escalations, endings, several at once, the morning's messages, links and tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from composed import URL, Words, at, reader

from collector.composing import SAMPLES, summary
from collector.composing.sentences import Sentence, sentence
from rooms.alerts.links import AlertLink, read_alert_token
from rooms.alerts.message import Alert, Entry
from rooms.faults import Finding
from rooms.registry import Registry
from rooms.units import DAY_MS

STEP = "Kontrollera USB-kabeln."


@pytest.fixture
def words(tmp_path: Path) -> Words:
    return Words(tmp_path, URL)


def test_all_that_is_told_of_one_fault(words: Words) -> None:
    words.vacant("tallen")
    words.book("granen", ("09.00", "10.00"), ("13.00", "14.00"))
    words.book("tallen", ("11.00", "12.00"))
    camera = words.find("peripheral_missing", "granen-vc", "camera: Quad Camera")
    told = words.tell(camera, now="09.20")
    token = read_alert_token("s", told.text.partition("/answer/")[2].split()[0])
    assert token == AlertLink(7, "anna", at("09.20") + 7 * DAY_MS)
    link = told.text.partition("om det:\n")[2].split()[0]
    assert told.text == (
        "Granen: kameran borta sedan 08.55. Möte pågår till 10.00. Kontrollera USB-kabeln."
        " Tallen är ledig till 11.00.\n\n"
        "Plats: Granen, Innovationsarena Inland\n"
        "Vad: Quad Camera, granen-vc (Cisco RoomOS)\n"
        "Sedan: 08.55 (25 min)\n"
        "Gör först: Kontrollera USB-kabeln.\n"
        "Nästa möte: pågår till 10.00, 2 möten i rummet i dag\n"
        "Ersättare: Tallen är ledig till 11.00\n"
        "Kostar: 25 min av öppettiden hittills\n\n"
        f"Jag tar hand om det:\n{link}\n\n"
        f"Visa i Rumskoll:\n{URL}/faults/{camera.id}\n\n"
        "--\n"
        "Knappen gäller i sju dagar och för dig. Den tystar påminnelserna tills felet är borta.\n"
        "Du får det här för att du sköter rummen i Innovationsarena Inland. Vem som får vad står"
        " i rooms.yaml.\n"
    )
    for said in told.text.replace("om det:", "om det").replace("koll:", "koll").splitlines():
        assert said == "--" or said.partition(": ")[2] in told.html


def test_still_again_and_over(words: Words) -> None:
    camera = words.find("peripheral_missing", "granen-vc", "camera")
    assert words.tell(camera, event="reminder", now="08.00", day=1).line == (
        f"Granen: kameran fortfarande borta sedan i går 08.55. {STEP}"
    )
    assert words.tell(camera, event="released", now="09.30").line == (
        f"Granen: kameran fortfarande borta sedan 08.55. {STEP}"
    )
    words.nobody_answers(camera, "09.25")
    assert words.tell(camera, event="escalated", now="09.25").line == (
        f"Granen: kameran fortfarande borta sedan 08.55. Ingen har svarat. {STEP}"
    )
    words.end(camera, "09.35")
    over = words.tell(camera, event="resolved", now="09.35")
    assert over.line == over.subject == "Granen: kameran fungerar igen efter 40 min."
    assert "Tid: 08.55–09.35 (40 min)\nKostade: 40 min av öppettiden\n" in over.text
    words.find("peripheral_missing", "granen-vc", "camera", since="10.00")
    assert words.tell(camera, event="reopened", now="10.01").line == (
        f"Granen: kameran borta igen sedan 10.00. {STEP}"
    )
    words.end(camera, "10.05")  # its second time, not since 08.55
    assert words.tell(camera, event="resolved", now="10.05").line == (
        "Granen: kameran fungerar igen efter 5 min."
    )


def test_what_is_told_is_as_of_now(words: Words) -> None:
    """An alert that waited in the queue or could not be delivered."""
    camera = words.find("peripheral_missing", "granen-vc", "camera")
    words.end(camera, "09.05")
    late = words.tell(camera, event="opened", now="11.00")
    assert late.line == "Granen: kameran fungerar igen efter 10 min."
    assert "/answer/" not in late.text + late.html


def test_it_got_worse(words: Words) -> None:
    silent = words.find("device_silent", "granen-skarm", "", "warning")
    words.find("device_silent", "granen-skarm", "", "error", since="09.10")
    assert words.tell(silent, event="escalated", now="09.10", language="en").line == (
        "Granen (The Spruce): display still out of contact since 08:55. It has got worse."
        " Check the power and the network cable."
    )


def test_several_at_once_the_worst_first(words: Words) -> None:
    battery = words.find("battery_low", "tallen-oga", "", "warning", "07.10")
    lamp = words.find("equipment_error", "tallen-skarm", "lamp", since="08.56")
    first = words.find("peripheral_missing", "granen-vc", "camera: Left")
    second = words.find("peripheral_missing", "granen-vc", "camera: Right")
    told = words.tell(battery, lamp, second, first, now="08.57")
    assert told.subject == told.text.splitlines()[0] == "4 fel: Granen, Tallen."
    lines = [line for line in told.text.splitlines() if line.startswith("- ")]
    cameras = {
        f"- Granen: kameran ({name}) borta sedan 08.55. {STEP}" for name in ("Left", "Right")
    }
    assert {*lines[:2]} == cameras
    assert lines[2:] == [
        "- Tallen: lampan i skärmen trasig sedan 08.56. Byt lampan.",
        "- Tallen: svagt batteri i sensorn tallen-oga sedan 07.10."
        " Byt batteri: AA litium 3,6 V, inte vanliga AA.",
    ]
    assert told.line.startswith("4 fel: Granen, Tallen. Granen: kameran borta sedan 08.55. ")
    assert f"{URL}/faults/{lamp.id}" in told.html
    assert told.text.count("/answer/") == 1


def test_some_new_some_old_some_over(words: Words) -> None:
    camera = words.find("peripheral_missing", "granen-vc", "camera")
    lamp = words.find("equipment_error", "tallen-skarm", "lamp")
    silent = words.find("device_silent", "bjorken-vc")
    words.end(silent, "09.00")
    entries = tuple(
        Entry(fault.id, event, 0)  # type: ignore[arg-type]
        for fault, event in ((camera, "opened"), (lamp, "reminder"), (silent, "resolved"))
    )
    told = words.say(entries, "faults", "sv", at("09.01"))
    assert told.subject == "1 nytt fel: Granen. 1 fel kvarstår: Tallen. 1 fel avhjälpt: Björken."
    english = words.say(entries, "digest", "en", at("09.01"))
    assert english.subject == (
        "Morning report: 1 new fault: Granen (The Spruce). 1 fault remains: Tallen (The Pine)."
        " 1 fault mended: Björken (The Birc…"
    )


def test_many_places_and_many_faults(words: Words) -> None:
    many = [words.find("device_silent", id_) for id_ in words.registry.devices]
    told = words.tell(*many, *[words.find("clock_skew", d.subject) for d in many])
    count = 2 * len(many)
    assert told.subject == f"{count} fel: Björken, Gammplatsen (kontor), Granen med flera."
    assert sum(line.startswith("- ") for line in told.text.splitlines()) == 50
    assert f"… och {count - 50} till" in told.text
    assert f"… och {count - 50} till" in told.html


def test_a_long_line_takes_no_longer_than_it_is(
    words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With thousands of faults nobody must wait for sentences that have no room."""
    said = []

    def counted(*given: Any) -> Sentence:
        said.append(given)
        return sentence(*given)

    monkeypatch.setattr(summary, "sentence", counted)
    line = words.tell(*[words.find("clock_skew", id_) for id_ in words.registry.devices]).line
    assert line.endswith("…")
    assert len(said) == 20


def test_room_check(words: Words) -> None:
    words.book("granen", ("09.00", "10.00"))
    words.book("tallen", ("10.30", "12.00"))
    camera = words.find("peripheral_missing", "granen-vc", "camera", since="16.20", day=-1)
    lamp = words.find("equipment_error", "tallen-skarm", "lamp", since="07.00")
    both = words.tell(camera, lamp, kind="room_check", now="07.30")
    assert both.subject == (
        "Rumskoll inför dagen: fel i bokade rum: Granen (möte 09.00), Tallen (möte 10.30)."
    )
    one = words.tell(camera, kind="room_check", now="07.30")
    assert one.line == (
        f"Rumskoll inför dagen: Granen: kameran borta sedan i går 16.20. Möte 09.00. {STEP}"
    )
    late = Alert(7, "anna", "room_check", "lycksele", at("07.30"), at("07.30"))
    late = late._replace(entries=(Entry(camera.id, "opened", at("07.30")),))
    assert words.composer.compose(late, reader("sv"), at("06.00", day=1)).line == (
        f"Granen: kameran borta sedan 23 nov. 16.20. {STEP}"
    )


@pytest.mark.parametrize(
    ("vacant", "broken", "said"),
    [
        ("tallen umealven", "", "Tallen är ledig till 11.00."),
        ("umealven vindelalven", "", "Umeälven är ledig till 18.00."),
        ("bjorken", "", "Björken är ledig till 18.00."),  # too small, but the only one
        ("tallen umealven", "tallen-vc", "Umeälven är ledig till 18.00."),
        ("renen ripan", "", ""),  # nothing to call with
        ("gammplatsen granen", "", ""),  # somebody's own office, and the room itself
        ("", "", ""),
    ],
)
def test_a_room_instead(words: Words, vacant: str, broken: str, said: str) -> None:
    words.vacant(*vacant.split())
    words.book("granen", ("09.00", "10.00"))
    words.book("tallen", ("11.00", "12.00"))
    camera = words.find("peripheral_missing", "granen-vc", "camera")
    if broken:
        words.find("peripheral_missing", broken, "microphone")
    expected = f"Granen: kameran borta sedan 08.55. Möte 09.00. {STEP} {said}".rstrip()
    assert words.tell(camera).line == expected


def test_nothing_is_said_of_meetings_where_no_calendar_is_read(words: Words) -> None:
    camera = words.find("peripheral_missing", "granen-vc", "camera")
    assert "möte" not in words.tell(camera).text.lower()
    words.book("granen")
    assert "Nästa möte: ingen bokad i dag eller i morgon\n" in words.tell(camera).text
    words.book("granen", ("09.00", "10.00"), day=1)
    told = words.tell(camera)
    assert told.line == f"Granen: kameran borta sedan 08.55. Möte i morgon 09.00. {STEP}"
    assert "Nästa möte: i morgon 09.00–i morgon 10.00\n" in told.text


def test_nothing_is_said_of_when_somebody_is_in_their_own_office(words: Words) -> None:
    words.vacant("tallen")
    words.book("gammplatsen", ("09.00", "10.00"))
    told = words.tell(words.find("reported", "gammplatsen", "screen", "warning"))
    assert told.line == (
        "Gammplatsen (kontor): fel på skärmen eller projektorn, anmält 08.55."
        " Kontrollera skärmens ström och ingång."
    )
    assert "09.00" not in told.text + told.html


def test_long_subjects_lose_the_advice_first(words: Words) -> None:
    words.vacant("tallen")
    words.book("granen", ("09.00", "10.00"))
    said = "The connection to the external loudspeaker is lost"
    told = words.tell(words.find("equipment_error", "granen-vc", said))
    assert told.subject == (
        f"Granen: videosystemet rapporterar fel ({said}) sedan 08.55. Möte 09.00."
    )
    assert "Starta om" in told.line
    assert "Tallen" in told.line


def test_a_source_names_its_devices_and_rooms(words: Words) -> None:
    members = tuple(id_ for id_ in words.registry.devices if "klimat" in id_)
    told = words.tell(words.find("source_silent", "source:lora", members=members))
    assert "Gäller: granen-klimat, tallen-klimat, bjorken-klimat, umealven-klimat," in told.text
    assert "vindelalven-klimat och 2 till\n" in told.text
    assert "Rum: Granen, Tallen, Björken, Umeälven, Vindelälven och 2 till\n" in told.text


def test_no_links_without_an_address_and_none_to_answer_what_is_answered(tmp_path: Path) -> None:
    words = Words(tmp_path)
    camera = words.find("peripheral_missing", "granen-vc", "camera")
    told = words.tell(camera)
    assert "http" not in told.text + told.html
    words = Words(tmp_path, URL)
    words.state.faults.act(camera.id, "acknowledged", at("08.57"), "anna")
    told = words.tell(camera, event="reminder")
    assert "/answer/" not in told.text + told.html
    assert f"{URL}/faults/{camera.id}" in told.text


def test_what_has_left_the_registry_can_still_be_told(words: Words) -> None:
    camera = words.find("peripheral_missing", "granen-vc", "camera")
    site = words.registry.sites["lycksele"]
    kept = {"rooms": site.rooms[1:], "devices": (), "placements": ()}
    words.registry = Registry([site.model_copy(update=kept)])
    words.end(camera, "09.00")
    assert words.tell(camera, event="resolved").line == "granen: kameran fungerar igen efter 5 min."


def test_a_fault_that_is_kept_no_more(words: Words) -> None:
    told = words.say((Entry("gone", "opened", 0),), "faults", "sv", at("08.56"))
    assert told.subject == "Felen finns inte kvar i Rumskoll."


def test_the_same_twice(words: Words) -> None:
    words.vacant("tallen", "umealven")
    camera = words.find("peripheral_missing", "granen-vc", "camera")
    lamp = words.find("equipment_error", "tallen-skarm", "lamp")
    assert words.tell(camera, lamp) == words.tell(camera, lamp)
    assert words.tell(lamp, camera) == words.tell(camera, lamp)


def test_samples_say_that_they_are_a_test(words: Words) -> None:
    changes = words.state.live.last_change()
    said = {}
    for which in SAMPLES:
        told = words.composer.sample(which, "lycksele", reader("sv"), at("10.00"))
        said[which] = told.line
        assert told.subject.startswith("Test: ")
        assert "Inget är trasigt." in told.text
        assert "http" not in told.text + told.html
    assert said == {
        "opened": f"Test: Granen: kameran borta sedan 09.55. {STEP}",
        "reminder": f"Test: Granen: kameran fortfarande borta sedan i går 10.00. {STEP}",
        "resolved": "Test: Granen: kameran fungerar igen efter 30 min.",
        "digest": "Test: Morgonrapport: Granen: svagt batteri i sensorn granen-klimat sedan 02.00."
        " Byt batteri: AA litium 3,6 V, inte vanliga AA.",
        "room_check": f"Test: Rumskoll inför dagen: Granen: kameran borta sedan 02.00. {STEP}",
    }
    assert words.state.live.last_change() == changes
    alert = Alert(1, "anna", "test", "", 0, 0)
    told = words.composer.compose(alert, reader("sv"), at("10.00"))
    assert told.line == said["opened"]


def test_words_of_the_one_who_reported(words: Words) -> None:
    place = words.registry.place_of
    fault = words.state.faults.report(
        "granen", "picture", "Svart <b>bild</b>", at("08.50"), lambda s: place(s, at("08.50"))
    )
    told = words.tell(fault)
    assert told.line == (
        "Granen: fel på bilden eller kameran, anmält 08.50."
        " Kontrollera kamerans kabel och linsskydd."
    )
    assert "Anmälarens ord: Svart <b>bild</b>\n" in told.text
    assert "Svart &lt;b&gt;bild&lt;/b&gt;" in told.html


def test_findings_of_the_service_have_no_place(words: Words) -> None:
    down = Finding("store_down", "service", "", "error", at("08.55"))
    (change,) = words.state.faults.settle(["store_down"], [down], at("08.55"))
    told = words.tell(change.fault)
    assert told.text.splitlines()[2] == "Plats: Rumskoll"
