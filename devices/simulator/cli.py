"""``python -m devices.simulator``: options, signals and the exit code."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from devices.simulator.av.house import CannotAnswer
from devices.simulator.link import Address, Refused
from devices.simulator.progress import reporter
from devices.simulator.run import Options, run
from devices.simulator.texts import say
from rooms.registry.fields import parse_duration
from rooms.registry.mistakes import RegistryError
from rooms.registry.parse import build_registry, parse_site_file
from rooms.registry.registry import Registry

TOKENS = "RUMSKOLL_PANEL_TOKENS"  # {"granen-panel": "..."}: panels without one tell no check-ins


class _Mistake(Exception):
    """The user's: one line to show."""


def run_simulator(argv: Sequence[str] | None = None) -> int:
    """Run until the history is out or a signal comes; returns the exit code."""
    given = _parser().parse_args(argv)
    broker = f"{given.host}:{given.port}"
    stop = Event()
    previous = {
        sign: signal.signal(sign, lambda *_: stop.set()) for sign in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        registry = _registry(given.rooms, given.language)
        run(
            registry,
            _options(given, registry),
            stop,
            reporter(given.progress, say(given.language, "label")),
            lambda reason: _complain(say(given.language, "waiting", broker=broker, reason=reason)),
        )
    except RegistryError as error:
        return _complain(*error.lines(given.language))
    except _Mistake as error:
        return _complain(str(error))
    except Refused as error:
        return _complain(say(given.language, "refused", broker=broker, reason=error))
    except CannotAnswer as error:
        device, port, reason = error.args
        return _complain(say(given.language, "port", device=device, port=port, reason=reason))
    except OSError as error:  # only the truth and calendar files are written
        path, reason = error.filename or given.truth, error.strerror
        return _complain(say(given.language, "disk", path=path, reason=reason))
    finally:
        for sign, handler in previous.items():
            signal.signal(sign, handler)
    return 0


def _complain(*lines: str) -> int:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    return 1


def _registry(path: Path, language: str) -> Registry:
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    try:
        parsed = [parse_site_file(file.read_text("utf-8"), str(file)) for file in files]
    except (OSError, UnicodeDecodeError):
        raise _Mistake(say(language, "no-file", path=path)) from None
    registry = build_registry([p.value for p in parsed], [p.document for p in parsed])
    if not registry.devices:
        raise _Mistake(say(language, "no-devices", path=path))
    return registry


def _options(given: argparse.Namespace, registry: Registry) -> Options:
    for option in ("skew", "silence"):
        for device, _ in getattr(given, option):
            if device and device not in registry.devices:
                text = say(given.language, "unknown-device", option=option, device=device)
                raise _Mistake(text)
    return Options(
        Address(given.host, given.port, given.username, given.password),
        seed=given.seed,
        history_s=given.history,
        live=given.live,
        lively=given.lively,
        truth=given.truth,
        calendars=given.calendars,
        loss=given.loss,
        duplicates=given.duplicates,
        disorder=given.disorder,
        garbage=given.garbage,
        skew_s=dict(given.skew),
        silence_s=dict(given.silence),
        tokens=_tokens(given.language),
        cut_s=given.cut,
    )


def _tokens(language: str) -> dict[str, str]:
    """The panels' tokens: secrets, and so from the environment only."""
    mistake = _Mistake(say(language, "bad-tokens", name=TOKENS))
    try:
        tokens = json.loads(os.environ.get(TOKENS) or "{}")
    except ValueError:
        raise mistake from None
    if not isinstance(tokens, dict) or not all(isinstance(t, str) for t in tokens.values()):
        raise mistake
    return tokens


def _parser() -> argparse.ArgumentParser:
    env = os.environ.get
    parser = argparse.ArgumentParser(
        prog="python -m devices.simulator",
        description="Publishes what the devices of a site would: a history, the present, or both.",
    )
    add = parser.add_argument
    add("--rooms", type=Path, required=True, help="rooms.yaml, or a folder of them")
    add("--host", default="127.0.0.1", help="MQTT broker (%(default)s)")
    add("--port", type=int, default=1883, help="(%(default)s)")
    add("--username", default=env("RUMSKOLL_MQTT_USERNAME"), help="or RUMSKOLL_MQTT_USERNAME")
    # a default, so that it need not stand in the list of processes
    add("--password", default=env("RUMSKOLL_MQTT_PASSWORD"), help="better RUMSKOLL_MQTT_PASSWORD")
    add("--seed", type=int, default=1, help="same seed, same messages (%(default)s)")
    add("--history", type=_duration, default=0, metavar="28d", help="past to publish first")
    add("--live", action=argparse.BooleanOptionalAction, default=True, help="go on in real time")
    add(
        "--lively",
        action="store_true",
        help="visits at any hour and a camera unplugged, for demonstrations",
    )
    add("--truth", type=Path, help="file for the true occupancy (JSON lines)")
    add("--calendars", type=Path, help="folder for the rooms' calendars (iCalendar files)")
    add("--loss", type=_chance, default=0.0, help="chance that a message is lost, 0 to 1")
    add("--duplicates", type=_chance, default=0.0, help="chance that it comes twice")
    add("--disorder", type=_chance, default=0.0, help="chance that it comes up to 90 s late")
    add("--garbage", type=_chance, default=0.0, help="chance of an unusable message after it")
    add(
        "--skew",
        type=_skew,
        action="append",
        default=[],
        metavar="[DEVICE=]SECONDS",
        help="own clocks of native and mapped devices are ahead (or behind, below 0)",
    )
    add(
        "--silence",
        type=_silence,
        action="append",
        default=[],
        metavar="DEVICE=2h",
        help="the device fell silent so long ago and stays so",
    )
    add("--cut", type=_positive, metavar="SECONDS", help="drop the connection again and again")
    add("--progress", choices=("bar", "json", "none"), default="bar", help="(%(default)s)")
    add("--language", choices=("sv", "en"), default=env("RUMSKOLL_LANGUAGE", "sv"))
    return parser


def _duration(text: str) -> int:
    """``28d``, ``90 min``, ``0``; pydantic's own error is a ``ValueError`` for argparse."""
    return int(text) if text.isdigit() else int(parse_duration(text))


def _chance(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError
    return value


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise ValueError
    return value


def _skew(text: str) -> tuple[str, int]:
    device, _, seconds = text.rpartition("=")
    return device, int(seconds)


def _silence(text: str) -> tuple[str, int]:
    device, equals, since = text.rpartition("=")
    if not (device and equals):
        raise ValueError
    return device, _duration(since)
