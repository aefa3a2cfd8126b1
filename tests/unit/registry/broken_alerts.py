"""``faults``, ``alerts`` and ``maintenance`` to break: ``WHOLE`` goes after a ``SITE`` in order."""

from __future__ import annotations

from tests.unit.registry.broken import SITE, mistakes

WHOLE = """\
faults:
  site:
    battery_low: {below: 15}
    air_quality: false
    flapping: {changes: 10}
  kinds:
    sensor:
      device_silent: {intervals: 4}
  devices:
    oga:
      battery_low: {below: 20, clear: 30}
alerts:
  digest: null
  routes:
    - id: granen
      to: [anna]
      rooms: [granen]
      kinds: [vc, display]
      codes: [equipment_error, peripheral_missing]
      severity: [error]
      hours: {mon-fri: "07:00-20:00"}
      escalate: {after: 1 h, to: [bo]}
maintenance:
  - id: helg
    from: 2026-12-05 08:00
    lasts: 4 h
    repeat: FREQ=WEEKLY;BYDAY=SA
    rooms: [granen]
    devices: [oga]
    codes: [device_silent]
    reason: {sv: Service, en: Service}
"""


def given(*changes: tuple[str, str]) -> list[str]:
    """The lines of a site with ``WHOLE`` after it, changed; its first line is 1."""
    text = WHOLE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    first = SITE.count("\n")
    found = mistakes(SITE + text)
    cut = [line.removeprefix("rooms.yaml:").partition(":") for line in found]
    return [f"{int(line) - first}:{rest}" for line, _, rest in cut]
