"""The delivered configuration: the numbers hold what they promise, everywhere the same."""

from __future__ import annotations

import re
from pathlib import Path

from rumskoll.embedded_broker import _MOSQUITTO, MAX_PAYLOAD

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy" / "mosquitto"
LIMITS = (
    "max_inflight_messages",
    "max_queued_messages",
    "max_queued_bytes",
    "message_size_limit",
    "persistent_client_expiration",
)


def options(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    return {name: value for name, _, value in (line.partition(" ") for line in lines)}


DELIVERED = options((DEPLOY / "mosquitto.conf").read_text())


def test_a_days_outage_fits() -> None:
    """500 devices, two messages in five minutes, as ChirpStack's largest are: 1,500 bytes."""
    a_day = 500 * 2 * 24 * 12
    assert a_day == 288_000
    assert a_day <= int(DELIVERED["max_queued_messages"])
    assert a_day * 1500 <= int(DELIVERED["max_queued_bytes"])
    assert int(DELIVERED["max_queued_bytes"]) // a_day == 1864  # as the comment says


def test_the_page_and_the_trial_broker_have_the_same_limits() -> None:
    page = (ROOT / "docs" / "broker.md").read_text()
    debian = options(page.partition("```conf\n")[2].partition("```")[0])
    trial = options(_MOSQUITTO.format(port=1, folder="x", payload=MAX_PAYLOAD))
    for name in LIMITS:
        assert debian[name] == DELIVERED[name]
        assert trial.get(name, DELIVERED[name]) == DELIVERED[name]
    older = options((DEPLOY / "persistence-2.0.conf").read_text())
    assert debian["autosave_interval"] == trial["autosave_interval"] == older["autosave_interval"]


def test_nobody_without_a_name_and_no_way_around_it() -> None:
    assert DELIVERED["allow_anonymous"] == "false"
    assert {"password_file", "acl_file", "certfile", "keyfile"} <= set(DELIVERED)
    assert DELIVERED["tls_version"] == "tlsv1.2"


def test_every_line_has_a_comment_of_its_own() -> None:
    """What follows a commented line directly is explained by the same comment."""
    for file in DEPLOY.glob("*.conf"):
        for block in re.split(r"\n\n", file.read_text().strip()):
            assert block.startswith("#") or options(block).keys() <= {
                "log_dest",
                "log_timestamp_format",
                "persistence_location",
                "include_dir",
            }, block
