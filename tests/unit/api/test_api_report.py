"""The page on which people in a room report what is broken: no login, no script, one room."""

from __future__ import annotations

import html
import re

import httpx
import pytest

from api.checkin_links import checkin_path, report_path, signature
from rooms.faults import Fault, Finding
from rooms.faults.report import THINGS
from rooms.texts import LANGUAGES, text
from tests.unit.api.house import HOUR, MIN, NOW, House
from tests.unit.api.test_api_access import call

SECRET = "s" * 40
PAGE = {"Accept": "text/html", "Accept-Language": "sv"}


def shown(house: House, id_: str = "tallen", query: str = "", **headers: str) -> str:
    answer = call(house, "GET", report_path(SECRET, id_) + query, headers=PAGE | headers)
    assert answer.status_code == 200
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split()))


def sent(house: House, id_: str = "tallen", **form: str) -> httpx.Response:
    data = {"k": signature(SECRET, id_)} | form
    return call(house, "POST", f"/report/{id_}", data=data, headers=PAGE)


def reported(house: House) -> list[Fault]:
    return [fault for fault in house.state.faults.open() if fault.code == "reported"]


def said(house: House, fault: Fault) -> list[tuple[str, str, str]]:
    return [(t.kind, t.who, t.note) for t in house.state.faults.transitions(fault.id)]


def test_a_report_opens_a_fault_of_the_room(house: House) -> None:
    page = shown(house)
    assert "Anmäl fel: Tallen Vad är det som inte fungerar?" in page
    assert "redan känt" not in page

    answer = sent(house, what="sound", words="Det ekar när vi pratar.")
    assert answer.status_code == 303
    assert answer.headers["location"] == report_path(SECRET, "tallen") + "&done=new"

    (fault,) = reported(house)
    assert fault.key == ("reported", "tallen", "sound")
    assert (fault.severity, fault.since, fault.opened) == ("warning", NOW, NOW)
    assert (fault.site, fault.room) == ("lycksele", "tallen")
    assert said(house, fault) == [("opened", "report", "Det ekar när vi pratar.")]

    house.now += 2 * MIN
    page = shown(house, query="&done=new")
    assert "Tack! De som sköter rummen har fått din anmälan." in page
    assert "Ljud eller mikrofon: anmält 10.00, driften vet om det" in page


def test_the_audit_trail_knows_of_it_and_not_the_words(house: House) -> None:
    sent(house, what="air", words="Ring Anna")
    (fault,) = reported(house)
    with house.state.reading() as db:
        rows = db.execute("SELECT at, actor, action, subject, detail FROM audit").fetchall()
    assert rows == [(NOW, "report", "report", fault.id, "air")]


def test_a_crowd_makes_one_fault_of_each_kind(house: House) -> None:
    sent(house, what="picture")
    house.now += MIN
    again = sent(house, what="picture")
    with_words = sent(house, what="picture", words="Bilden är grön")
    other = sent(house, what="cables")
    assert [a.headers["location"].rpartition("=")[2] for a in (again, with_words, other)] == [
        "known",
        "words",
        "new",
    ]
    picture, cables = reported(house)
    assert picture.since == NOW
    assert said(house, picture) == [
        ("opened", "report", ""),
        ("commented", "report", "Bilden är grön"),
    ]
    assert cables.detail == "cables"
    assert "Det var redan anmält" in shown(house, query="&done=known")
    assert "läser också det du skrev" in shown(house, query="&done=words")
    assert "Tack" not in shown(house, query="&done=<b>")


def test_words_on_one_fault_come_to_an_end(house: House) -> None:
    for n in range(20):
        house.now = NOW + n * MIN
        assert sent(house, what="other", words=f"nummer {n}").status_code == 303
    answer = sent(house, what="other", words="nummer 20")
    assert answer.status_code == 429
    assert "Många har redan skrivit om just det här felet" in answer.text
    (fault,) = reported(house)
    assert len(said(house, fault)) == 20
    assert sent(house, what="other").status_code == 303  # without words nothing is added
    assert sent(house, what="air", words="kallt").status_code == 303  # another kind may
    # it was mended, and is broken again
    house.state.faults.act(fault.id, "resolved", house.now, "anna")
    assert sent(house, what="other", words="trasig igen").status_code == 303
    assert said(house, fault)[-1] == ("reopened", "report", "trasig igen")


def test_what_is_known_is_shown_and_names_no_device(house: House) -> None:
    sent(house, id_="granen", what="sound")
    (fault,) = reported(house)
    house.state.faults.act(fault.id, "acknowledged", NOW, "anna")
    page = shown(house, "granen", "&lang=en")
    assert "This is known already The camera has been missing since 08:55" in page
    assert "Sound or microphone: reported 10:00, somebody is seeing to it" in page
    assert "granen-vc" not in page
    assert "Quad" not in page
    assert "anna" not in page
    assert "redan känt" not in shown(house, "bjorken")  # a silent sensor is nothing to report
    assert "redan känt" not in shown(house, "tallen")


def test_what_equipment_says_of_itself_stays_inside(house: House) -> None:
    said = [
        Finding("equipment_error", "tallen-vc", "SIP: 192.0.2.1 refused", "error", NOW),
        Finding("equipment_error", "tallen-vc", "disk", "error", NOW),
        Finding("equipment_warning", "tallen-vc", "lamp", "warning", NOW),
        Finding("peripheral_missing", "tallen-vc", "part: Dongle", "error", NOW),
    ]
    house.state.faults.settle({f.code for f in said}, said, NOW)
    page = shown(house)
    assert page.count("Utrustningen rapporterar ett fel (sedan 10.00)") == 1
    assert "Lampan behöver snart bytas (sedan 10.00)" in page
    for word in ("SIP", "192.0.2.1", "disk", "Dongle", "part"):
        assert word not in page


def test_hostile_words_are_one_harmless_line(house: House) -> None:
    words = "<script>alert(1)</script>\r\nSubject: x\x00\x1b[31m\u202eabc  {since} åäö 🎥"
    sent(house, what="other", words=words)
    (fault,) = reported(house)
    kept = "<script>alert(1)</script> Subject: x [31m abc {since} åäö 🎥"
    assert said(house, fault) == [("opened", "report", kept)]
    assert "<script" not in call(house, "GET", report_path(SECRET, "tallen"), headers=PAGE).text


def test_wrong_forms(house: House) -> None:
    for form in ({}, {"what": "nothing"}, {"words": "x"}):
        answer = sent(house, **form)
        assert answer.status_code == 422
        assert "Gå tillbaka" in answer.text
    answer = sent(house, what="other", words="x" * 501)
    assert answer.status_code == 422
    assert "högst 500 tecken" in answer.text
    assert not reported(house)
    # as a browser counts: line breaks are one character, and sent as two
    assert sent(house, what="other", words="å\r\n" * 250).status_code == 303
    (fault,) = reported(house)
    assert said(house, fault)[0][2] == ("å " * 250).strip()


def test_too_often(house: House) -> None:
    for n in range(20):
        house.now = NOW + n
        assert sent(house, what=THINGS[n % 6]).status_code == 303
    answer = sent(house, what="air")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) == 60
    assert sent(house, "granen", what="air").status_code == 303  # another room may
    house.now = NOW + MIN
    assert sent(house, what="air").status_code == 303


def test_only_with_the_code_that_hangs_in_the_room(house: House) -> None:
    other = signature(SECRET, "granen")
    for path in ("/report/tallen", f"/report/tallen?k={other}", "/report/nowhere?k=å"):
        assert call(house, "GET", path, headers=PAGE).status_code == 403
    assert sent(house, k=other, what="air").status_code == 403
    for id_ in ("nowhere", "kontoret"):  # the private room is not there either
        answer = call(house, "GET", report_path(SECRET, id_), headers=PAGE)
        assert answer.status_code == 404
        assert "Kontoret" not in answer.text
        assert sent(house, id_, what="air").status_code == 404
    assert not reported(house)


def test_one_code_in_the_room_leads_to_both_pages(house: House) -> None:
    checkin = call(house, "GET", checkin_path(SECRET, "tallen"), headers=PAGE).text
    assert f'href="{html.escape(report_path(SECRET, "tallen"))}"' in checkin
    report = call(house, "GET", report_path(SECRET, "tallen"), headers=PAGE).text
    assert f'href="{html.escape(checkin_path(SECRET, "tallen"))}"' in report


def test_it_needs_no_cookie_and_sets_none(house: House) -> None:
    assert "set-cookie" not in sent(house, what="air").headers
    answer = call(house, "GET", report_path(SECRET, "tallen"), headers=PAGE)
    assert "set-cookie" not in answer.headers
    assert "<script" not in answer.text


def test_an_old_report_is_another_fault_once_the_first_is_long_over(house: House) -> None:
    sent(house, what="air", words="kallt")
    (first,) = reported(house)
    house.state.faults.act(first.id, "resolved", NOW, "anna")
    house.now = NOW + HOUR + 1
    sent(house, what="air", words="varmt")
    (second,) = reported(house)
    assert second.id != first.id
    assert said(house, second) == [("opened", "report", "varmt")]


def test_a_clock_that_was_set_back_makes_another_fault(house: House) -> None:
    sent(house, what="air")
    (first,) = reported(house)
    house.state.faults.act(first.id, "resolved", NOW + 5, "anna")
    house.now = NOW - 3 * HOUR
    sent(house, what="air", words="kallt igen")
    (again,) = reported(house)
    times = house.state.faults.times(again.id)
    assert times[-1][1] is None
    assert [a for a, _ in times] == sorted(a for a, _ in times)


@pytest.mark.parametrize("thing", THINGS)
def test_every_choice_has_its_words(thing: str) -> None:
    for language in LANGUAGES:
        assert text(language, f"report.thing.{thing}")
        assert "08.55" in text(language, f"problem.reported.{thing}", since="08.55")


def test_faults_of_others_are_not_shown_as_known(house: House) -> None:
    silent = Finding("device_silent", "tallen-radar", "", "warning", NOW)
    house.state.faults.settle({"device_silent"}, [silent], NOW)
    assert "redan känt" not in shown(house)
