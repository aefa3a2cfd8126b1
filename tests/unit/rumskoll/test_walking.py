"""The walk test on the command line: which message shows that a device noticed somebody."""

from __future__ import annotations

import pytest
from telling import refused

from collector.incoming import Incoming
from collector.known import Known
from rooms.reactions import Reaction
from rooms.registry import Registry, Site
from rumskoll.commands.common import say
from rumskoll.walking import Walk
from tests.unit.api.house import MIN, NOW, SITE


@pytest.fixture
def walk() -> Walk:
    return Walk(Known.of(Registry([Site.model_validate(SITE)])), NOW)


def message(device: str, body: str, kind: str = "presence", *, retain: bool = False) -> Incoming:
    topic = f"rumskoll/lycksele/any/{device}/{kind}"
    return Incoming(0, 0, topic, body.encode(), NOW, 1, False, retain, False)


def test_who_is_expected_room_by_room(walk: Walk) -> None:
    # neither the private room's, nor one that only tells of calls
    assert walk.expected == [
        "granen-pir",
        "granen-vc",
        "tallen-radar",
        "bjorken-pir",
        "renen-antal",
    ]


def test_a_reaction_names_device_and_room(walk: Walk) -> None:
    step = walk.take(message("tr", '{"occupied": true}'))
    assert step is not None
    assert (step.device, step.room, step.reactions) == (
        "tallen-radar",
        "tallen",
        [Reaction("presence")],
    )
    assert walk.take(message("tr", '{"occupied": true}')) is None
    assert walk.missing == ["granen-pir", "granen-vc", "bjorken-pir", "renen-antal"]


def test_an_unknown_device_is_shown_too(walk: Walk) -> None:
    step = walk.take(message("ny", '{"motion": true}'))
    assert step is not None
    assert (step.device, step.room, step.source, step.address) == (None, None, "av", "ny")
    assert len(walk.missing) == 5


@pytest.mark.parametrize(
    "no",
    [
        message("granen-pir", '{"motion": false}'),
        message("granen-pir", '{"motion": true}', retain=True),
        message("granen-pir", f'{{"motion": true, "time": {NOW - 11 * MIN}}}'),
        message("granen-pir", "broken"),
        message("kp", '{"motion": true}'),  # stands in a private room
        message("granen-pir", "online", "status"),
        Incoming(0, 0, "elsewhere", b"{}", NOW, 1, False, False, False),
        Incoming(0, 0, "x", b"", NOW, 1, False, False, False, True),
    ],
)
def test_what_is_no_reaction(walk: Walk, no: Incoming) -> None:
    assert walk.take(no) is None
    assert len(walk.missing) == 5


def test_counters_react_from_the_second_message_on(walk: Walk) -> None:
    assert walk.take(message("ra", '{"in_total": 5, "out_total": 5}')) is None
    step = walk.take(message("ra", '{"in_total": 6, "out_total": 8}'))
    assert step is not None
    assert step.reactions == [Reaction("in", 1), Reaction("out", 3)]


def test_an_unknown_room() -> None:
    said = say("devices.no_room", room="gran", known="granen, tallen")
    assert refused("walktest", "--room", "gran") == said
