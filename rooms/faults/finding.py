"""What a rule finds wrong at a moment."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["info", "warning", "error"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")  # ascending

SERVICE = "service"  # the subject of what the service finds wrong with itself
SOURCE = "source:"  # before a source's id, as the subject of what is wrong with all of it

Key = tuple[str, str, str]


class Finding(NamedTuple):
    """``key`` tells findings apart and stays equal while one lasts.

    ``subject`` is a device, a room, "source:<id>" or "service". ``detail`` is "", a word
    ("fan"), a word and a name ("camera: Quad Camera"), or what the device says. ``since`` is
    the onset, ms of UTC: of the thing itself, not of when it was noticed. ``members`` are the
    devices that one finding stands for.
    """

    code: str
    subject: str
    detail: str
    severity: Severity
    since: int
    members: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self[:3]
