"""``rumskoll quarantine``: looked at, tried again, let go."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest
from telling import refused, told

from rumskoll.commands.common import say
from storage.outbox import Batch, Outbox
from storage.quarantine import Unusable


def fill(*messages: Unusable) -> Path:
    folder = Path("data")
    folder.mkdir(exist_ok=True)
    with closing(Outbox(folder / "outbox.db")) as outbox:
        outbox.commit(Batch(unusable=list(messages)))
    return folder


def kept() -> list[tuple[int, int]]:
    """(id, replay) of what is in quarantine."""
    with closing(Outbox(Path("data") / "outbox.db")) as outbox:
        return [(row.id, row.replay) for row in reversed(outbox.quarantine.newest())]


BAD = Unusable(1_795_424_400_000, "av", "rumskoll/s/a/b", b'{"a":\n1', "bad_json", "cut off", "b")
OLD = BAD._replace(reason="too_old", payload=b'{"people": 1}', device="radar")
HOSTILE = BAD._replace(topic="t/[/red]\x1b[2J:smile:", detail="[bold]", payload=b"\n\x1b[2J")


@pytest.mark.parametrize(
    "command",
    [["list"], ["show", "1"], ["replay", "--all"], ["discard", "--all"]],
)
def test_no_data(command: list[str]) -> None:
    assert refused("quarantine", *command, "--data", "nowhere") == say(
        "cli.no_data", folder="nowhere"
    )
    assert not Path("nowhere").exists()


def test_an_empty_quarantine() -> None:
    fill()
    assert told("quarantine", "list").strip() == say("quarantine.empty")


def test_list() -> None:
    fill(BAD, OLD)
    lines = told("quarantine", "list").splitlines()
    assert lines[0].split() == [
        "#",
        *(
            say(f"quarantine.{n}")
            for n in ("time", "source", "device", "reason", "topic", "detail")
        ),
    ]
    assert re.fullmatch(
        r"1 +2026-11-23 \d\d:00:00 +av +b +bad_json +rumskoll/s/a/b +cut off *", lines[1]
    )
    assert re.fullmatch(r"2 .* radar +too_old .*", lines[2])
    assert "bad_json" not in told("quarantine", "list", "--reason", "too_old")
    assert len(told("quarantine", "list", "--most", "1").splitlines()) == 2


def test_show() -> None:
    fill(BAD, OLD)
    shown = told("quarantine", "show", "1")
    assert f"{say('quarantine.reason')}: bad_json" in shown
    assert shown.endswith('\n\n{"a":\n1\n')
    assert refused("quarantine", "show", "9", code=1) == say("quarantine.none", id=9)


def test_what_was_not_kept_whole_is_said() -> None:
    fill(BAD._replace(payload=b"x" * (2**18 + 1)), BAD._replace(withheld=True))
    assert say("quarantine.cut", kept=2**18, size=2**18 + 1) in told("quarantine", "show", "1")
    assert say("quarantine.withheld", size=7) in told("quarantine", "show", "2")
    said = told("quarantine", "replay", "--all")
    assert say("quarantine.not_whole", count=2) in said


def test_hostile_messages_do_nothing_to_the_terminal() -> None:
    fill(HOSTILE, HOSTILE._replace(payload=b"\xff\x00"))
    shown = told("quarantine", "list")
    assert r"t/[/red]\x1b[2J:smile:" in shown
    assert "[bold]" in shown
    assert "\x1b" not in shown
    assert told("quarantine", "show", "1").endswith("\n0a 1b 5b 32 4a\n")
    assert told("quarantine", "show", "2").endswith("\nff 00\n")


def test_replay_asks_the_collector() -> None:
    fill(BAD, OLD, BAD)
    assert told("quarantine", "replay", "1").strip() == say("quarantine.replayed", count=1)
    assert kept() == [(1, 1), (2, 0), (3, 0)]
    told("quarantine", "replay", "--reason", "too_old", "--any-age")
    assert kept() == [(1, 1), (2, 2), (3, 0)]
    told("quarantine", "replay", "--all")
    assert kept() == [(1, 1), (2, 1), (3, 1)]


def test_discard() -> None:
    fill(BAD, OLD, BAD)
    assert told("quarantine", "discard", "3").strip() == say("quarantine.discarded", count=1)
    told("quarantine", "discard", "--reason", "bad_json")
    assert kept() == [(2, 0)]
    told("quarantine", "discard", "--all")
    assert kept() == []


@pytest.mark.parametrize("command", ["replay", "discard"])
def test_which(command: str) -> None:
    fill(BAD)
    assert refused("quarantine", command) == say("quarantine.which")
    assert refused("quarantine", command, "1", "7", code=1) == say("quarantine.none", id=7)
    assert kept() == [(1, 0)]
