"""The board in both languages, and what every page must keep."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from api.checkin_links import checkin_path
from storage.quarantine import UnknownDevice
from tests.unit.api.house import HOUR, MIN, NOW, House, collector, room
from tests.unit.api.test_api_access import call


def page(house: House, path: str, lang: str = "sv", **headers: str) -> str:
    headers |= house.key("maintainer") | {"Accept-Language": lang, "Accept": "text/html"}
    answer = call(house, "GET", path, headers=headers)
    assert answer.status_code == 200
    return answer.text


def words(html: str) -> str:
    """What can be read, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("lang", "id_", "expected"),
    [
        (
            "sv",
            "granen",
            "Granen Upptaget sedan 08.55 8 platser I samtal Vädra: 1240 ppm CO₂ 21,5 °C"
            " Fel: Kameran (Quad) saknas sedan 08.55 granen-vc",
        ),
        (
            "en",
            "granen",
            "The Spruce Occupied since 08:55 8 seats In a call Open a window: 1240 ppm CO₂ 21.5 °C"
            " Error: The camera (Quad) has been missing since 08:55 granen-vc",
        ),
        (
            "sv",
            "tallen",
            "Tallen Ledigt sedan 09.12 12 platser Bra luft: 520 ppm CO₂ 20,0 °C"
            " Kamera övervakas inte",
        ),
        (
            "en",
            "tallen",
            "Tallen Free since 09:12 12 seats Good air: 520 ppm CO₂ 20.0 °C Camera is not watched",
        ),
        (
            "sv",
            "bjorken",
            "Björken Okänt Sensorn har inte hörts sedan 08.12. 6 platser"
            " Varning: Har inte hörts av sedan 08.37 bjorken-pir",
        ),
        (
            "en",
            "bjorken",
            "Björken Unknown The sensor has not been heard since 08:12. 6 seats"
            " Warning: Not heard from since 08:37 bjorken-pir",
        ),
        ("sv", "renen", "Renen Upptaget (preliminärt) sedan 09.51 3 personer av 4"),
        ("en", "renen", "Renen Occupied (provisional) since 09:51 3 people of 4"),
        (
            "sv",
            "kontoret",
            "Kontoret Privat Eget kontor. Närvaro visas inte och sparas inte. 1 plats",
        ),
        (
            "en",
            "kontoret",
            "Kontoret Private Someone's own office. Presence is neither shown nor kept. 1 seat",
        ),
    ],
)
def test_tiles(house: House, lang: str, id_: str, expected: str) -> None:
    tile = page(house, f"/tiles/{id_}", lang).replace("&#39;", "'")
    assert words(tile) == expected


def test_the_page_holds_the_very_same_tiles(house: House) -> None:
    board = page(house, "/")
    for id_ in house.registry.rooms:
        assert " ".join(page(house, f"/tiles/{id_}").split()) in " ".join(board.split())
    assert " ".join(page(house, "/summary").split()) in " ".join(board.split())


@pytest.mark.parametrize(
    ("states", "swedish", "english"),
    [
        ("vvvv", "Alla 4 rum är lediga. 3 fel.", "All 4 rooms are free. 3 problems."),
        ("ovvv", "1 av 4 rum är upptaget. 3 fel.", "1 of 4 rooms is occupied. 3 problems."),
        ("oovv", "2 av 4 rum är upptagna. 3 fel.", "2 of 4 rooms are occupied. 3 problems."),
        (
            "ouvv",
            "1 av 4 rum är upptaget. 1 är okänt. 3 fel.",
            "1 of 4 rooms is occupied. 1 is unknown. 3 problems.",
        ),
        (
            "vuuv",
            "Inget rum är upptaget. 2 är okända. 3 fel.",
            "No room is occupied. 2 are unknown. 3 problems.",
        ),
        (
            "uuuu",
            "Inget är känt om rummen just nu. 3 fel.",
            "Nothing is known of the rooms right now. 3 problems.",
        ),
    ],
)
def test_summary(house: House, states: str, swedish: str, english: str) -> None:
    names = {"v": "vacant", "o": "occupied", "u": "unknown"}
    shared = ("granen", "tallen", "bjorken", "renen")
    bodies = {id_: room(names[s]) for id_, s in zip(shared, states, strict=True)}
    house.state.live.put("room", bodies, NOW)
    assert words(page(house, "/summary")).startswith(swedish)
    assert words(page(house, "/summary", "en")).startswith(english)


def test_the_summary_says_what_is_wrong_with_the_service(house: House) -> None:
    told = words(page(house, "/summary"))
    assert "Databasen har inte tagit emot något sedan 09.55." in told
    house.state.live.put("role", {"collector": collector(heartbeat=NOW - HOUR)}, NOW)
    assert words(page(house, "/summary")).startswith("Insamlingen har stått stilla sedan 09.00.")


@pytest.mark.parametrize(
    ("heard", "swedish"),
    [
        (None, "Sensorn har inte hörts än."),
        (NOW - 26 * HOUR, "Sensorn har inte hörts sedan i går 08.00."),
        (NOW - MIN, "Sensorn hörs, men ger inget säkert besked just nu."),
    ],
)
def test_why_a_room_is_unknown(house: House, heard: int | None, swedish: str) -> None:
    house.state.live.put("device", {"bjorken-pir": {"heard": heard, "latest": {}}}, NOW)
    assert swedish in words(page(house, "/tiles/bjorken"))


def test_devices(house: House) -> None:
    told = words(page(house, "/devices"))
    assert "Granen granen-pir rörelsesensor (PIR) · av · granen-pir 09.58 87 % – Inget" in told
    assert "08.12 – −97 dBm Varning: Har inte hörts av sedan 08.37" in told
    assert "2 av 7 enheter har hörts i tid." in told


class Found:
    """A quarantine that has heard two devices that nobody knows."""

    def unknown_devices(self) -> list[UnknownDevice]:
        evil = '<script>alert("x")</script>'
        return [
            UnknownDevice("av", "ny-enhet", "ELSYS ERS CO2", "granen", NOW - HOUR, NOW - MIN, 12),
            UnknownDevice("av", evil, None, None, NOW - HOUR, NOW - MIN, 1),
        ]


def test_unknown_devices_come_with_their_lines(tmp_path: Path) -> None:
    house = House(tmp_path, quarantine=Found())
    html = page(house, "/unknown")
    assert "- id: ny-enhet" in html
    assert "room: granen" in html
    assert "09.59" in html
    assert "<script>alert" not in html  # what devices call themselves is never markup
    assert "&lt;script&gt;" in html
    house.close()


class Reader(HTMLParser):
    """Collects what the checks below look at."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, Any]]:
        return [attributes for name, attributes in self.tags if name == tag]


def every_page(house: House) -> dict[str, str]:
    secret = house.state.access.create_link("viewer", "Åsa", NOW, NOW + HOUR)
    paths = ("/", "/devices", "/unknown", "/walktest", "/?display=1", "/utilisation", "/day")
    paths = (*paths, "/rooms/renen/day")
    pages = {path: page(house, path) for path in paths}
    pages["checkin"] = page(house, checkin_path("s" * 40, "granen"))
    pages["login"] = call(house, "GET", f"/login/{secret}").text
    pages["error"] = call(house, "GET", "/nowhere", headers={"Accept": "text/html"}).text
    return pages


def test_pages_are_accessible_in_the_basics(house: House) -> None:
    for name, html in every_page(house).items():
        read = Reader(html)
        assert len(read.all("h1")) == 1, name
        assert read.all("html")[0]["lang"] == "sv", name
        assert read.all("title"), name
        assert len(read.all("main")) == 1, name
        ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
        assert len(ids) == len(set(ids)), name
        for _, attributes in read.tags:  # labels point at something
            assert attributes.get("aria-labelledby", ids[0]) in ids, name
        assert all(svg["aria-hidden"] == "true" for svg in read.all("svg")), name
        assert any(a["href"] == "#main" for a in read.all("a")), name
        headings = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
        steps = pairwise(headings)
        assert all(b - a <= 1 for a, b in steps), name


def test_no_page_asks_another_host_or_runs_inline_code(house: House) -> None:
    texts = every_page(house) | {
        name: call(house, "GET", f"/static/{name}").text
        for name in ("style.css", "use.css", "board.js", "icon.svg")
    }
    for name, text in texts.items():
        plain = text.replace("http://www.w3.org/2000/svg", "")
        # url(#…) is a pattern on the same page
        assert not re.search(r"https?://|src=\"//|@import|url\((?!#)", plain), name
        if name not in ("style.css", "use.css", "board.js", "icon.svg"):
            read = Reader(text)
            assert all("src" in script for script in read.all("script")), name
            assert not read.all("style"), name
            for _, attributes in read.tags:
                assert not [a for a in attributes if a == "style" or a.startswith("on")], name


def test_it_works_without_javascript(house: House) -> None:
    html = page(house, "/")
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in html
    assert "Upptaget" in html


def test_the_language_is_remembered(house: House) -> None:
    headers = house.key()
    chosen = call(house, "GET", "/?lang=en", headers=headers)
    assert "rumskoll_lang=en" in chosen.headers["set-cookie"]
    assert '<html lang="en">' in chosen.text
    cookies = dict(chosen.cookies)
    swedish = headers | {"Accept-Language": "sv"}
    assert '<html lang="en">' in call(house, "GET", "/", headers=swedish, cookies=cookies).text
    assert "set-cookie" not in call(house, "GET", "/?lang=de", headers=headers).headers


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_text_colour_has_contrast_enough(house: House) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1, in light and in dark."""
    css = house.app.state.pages.static["style.css"].body.decode()
    light, dark = re.findall(r":root \{(.*?)\n\s*\}", css, re.S)[:2]
    for theme in (light, dark):
        colour = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", theme))
        pairs = [
            (text, ground)
            for text in ("ink", "soft", "link", "occupied", "amber")
            for ground in ("ground", "card")
        ]
        tones = ("vacant", "occupied", "unknown", "private", "amber")
        pairs += [(tone, f"{tone}-wash") for tone in tones]
        pairs += [("ink", f"{tone}-wash") for tone in tones] + [("soft", "unknown-wash")]
        pairs += [("heat-ink", f"heat-{n}") for n in range(5)]
        pairs += [("heat-ink-strong", f"heat-{n}") for n in range(5, 8)]
        for text, ground in pairs:
            a, b = sorted((_luminance(colour[text]), _luminance(colour[ground])))
            assert (b + 0.05) / (a + 0.05) >= 4.5, (text, ground)
        for shape in ("bar", "nobody", *(f"p{n}" for n in range(8))):  # 1.4.11: shapes, 3 to 1
            a, b = sorted((_luminance(colour[shape]), _luminance(colour["card"])))
            assert (b + 0.05) / (a + 0.05) >= 3, shape


@pytest.mark.parametrize(
    ("state", "booked_until", "next_booking", "swedish", "english"),
    [
        ("vacant", None, NOW + HOUR, "Ledigt till 11.00", "Free until 11:00"),
        ("vacant", None, NOW + 14 * HOUR, "Ledigt", "Free"),  # tomorrow
        ("vacant", NOW + HOUR, None, "Ledigt, bokat till 11.00", "Free, booked until 11:00"),
        ("occupied", None, NOW + HOUR, "Upptaget", "Occupied"),
    ],
)
def test_a_free_room_says_until_when(
    house: House, state: str, booked_until: int, next_booking: int, swedish: str, english: str
) -> None:
    body = room(state, booked_until=booked_until, next_booking=next_booking)
    house.state.live.put("room", {"tallen": body}, NOW)
    for lang, expected in (("sv", swedish), ("en", english)):
        assert f"<strong>{expected}</strong>" in page(house, "/tiles/tallen", lang)
