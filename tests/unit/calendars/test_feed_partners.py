"""Whose an event is: category, organiser's domain, what Exchange puts into the subject."""

from __future__ import annotations

import pytest

from collector.calendars.partners import partner_of
from collector.calendars.protocol import PartnerWords
from tests.unit.calendars.feeds import PARTNERS, event, read

NINE = ("DTSTART:20261103T090000Z", "DURATION:PT1H")


@pytest.mark.parametrize(
    ("organiser", "categories", "summary", "partner"),
    [
        ("mailto:elin@skogstek.example", [], "", "skogstek"),
        ("MAILTO:Elin@SKOGSTEK.EXAMPLE", [], "", "skogstek"),
        ("mailto:elin@nord.skogstek.example", [], "", "skogstek"),
        ("mailto:elin@inteskogstek.example", [], "", None),
        ("mailto:elin@skogstek.example.org", [], "", None),
        ("mailto:granen@example.org", [], "", None),
        ("invalid:nomail", [], "", None),
        ("", ["Röd", " vindel "], "", "vindel"),
        # the category is chosen on purpose: the arena's host books for others
        ("mailto:maja@arenan.example", ["Vindel"], "", "vindel"),
        ("mailto:maja@arenan.example", ["Vindel", "Arenan"], "", None),  # which?
        ("", [], "elin.berg@skogstek.example", "skogstek"),
        ("", [], "Elin Berg <elin@skogstek.example>", "skogstek"),
        ("mailto:granen@example.org", [], "Styrelsen (Vindel)", "vindel"),
        ("", [], "VINDEL: styrelsen", "vindel"),
        ("", [], "Vindelälven", None),
        ("", [], "Vindel och Arenan", None),
        ("", [], "a@skogstek.example b@norrsken.example", None),
        ("", [], "Skogstek", None),  # no category of that name
        ("", [], "Elin Berg", None),
    ],
)
def test_the_first_that_tells(
    organiser: str, categories: list[str], summary: str, partner: str | None
) -> None:
    assert partner_of(organiser, categories, summary, PARTNERS) == partner


def test_the_longer_domain_wins() -> None:
    partners = (PartnerWords("whole", ("x.example",)), PartnerWords("part", ("a.x.example",)))
    assert partner_of("mailto:a@a.x.example", (), "", partners) == "part"
    assert partner_of("mailto:a@b.x.example", (), "", partners) == "whole"


def test_an_address_beside_the_organiser_and_an_override_without_one() -> None:
    series = event(
        *NINE, "RRULE:FREQ=DAILY;COUNT=2", 'ORGANIZER;EMAIL="a@skogstek.example":invalid:nomail'
    )
    override = event("RECURRENCE-ID:20261104T090000Z", "DTSTART:20261104T120000Z", "DURATION:PT1H")
    assert [b.partner for b in read(series, override).events] == ["skogstek", "skogstek"]


def test_no_name_leaves_the_reader() -> None:
    person = "ORGANIZER;CN=Elin Berg:mailto:elin.berg@skogstek.example"
    found = read(event(*NINE, person, "SUMMARY:Elins löner"), event("DTSTART:Elin", uid="Elin"))
    assert found.events[0].partner == "skogstek"
    assert "Elin" not in str(found)
    assert "skogstek.example" not in str(found)
