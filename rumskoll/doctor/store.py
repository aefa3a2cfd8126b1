"""Is the store there, may we write, does it give back what it took, and is its clock right?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC
from email.utils import parsedate_to_datetime
from secrets import randbelow
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import httpx

from rooms.readings import Point
from rooms.registry.mistakes import RegistryError
from rumskoll.doctor.check import Check, State, said
from rumskoll.registry_files import read_registry
from rumskoll.settings import Settings
from storage.open import open_store
from storage.store import Store, StoreError

_TIMEOUT: Final = 5.0  # seconds
_SKEW_WARN, _SKEW_FAIL = 5, 300  # seconds; HTTP tells whole ones
_YEAR_HOURS: Final = 52 * 7 * 24


def _now_ms() -> int:
    return int(time.time() * 1000)


def open_as_set(
    settings: Settings, now_ms: Callable[[], int], open_: Callable[..., Store] = open_store
) -> Store:
    """As the service would, but without making the data folder. Raises ``StoreError``."""
    return open_(
        settings.store_url,
        user=settings.influx_user,
        token=settings.influx_token.get_secret_value(),
        retention_days=settings.retention_days,
        clock=now_ms,
    )


def check_store(
    settings: Settings,
    open_: Callable[..., Store] = open_store,
    now_ms: Callable[[], int] = _now_ms,
) -> Iterator[Check]:
    """A canary written and read back proves address, rights and precision."""
    try:
        with closing(open_as_set(settings, now_ms, open_)) as store:
            store.check()
            key, reason = _canary(store, _site(settings), now_ms())
    except StoreError as error:
        yield said("store", "fail", "as_said", what=error)
        return
    state: State = "ok" if key == "store_ok" else "fail"
    yield said("store", state, key, url=settings.store_url, reason=reason)


def _canary(store: Store, site: str, now: int) -> tuple[str, str]:
    """The key of what happened to one point, and the store's reason if it refused."""
    canary = Point("service", {"site": site}, now, {"canary": float(randbelow(2**31))})
    refused = store.write([canary])
    if refused:
        return "store_refused", refused[0].reason
    back = [p for p in store.read("service", {"site": [site]}, now, now + 1) if p.time == now]
    same = any(p.fields.get("canary") == canary.fields["canary"] for p in back)
    return ("store_ok" if same else "store_no_canary"), ""


def _site(settings: Settings) -> str:
    """The first site's id; the registry's own mistakes are told elsewhere."""
    try:
        return next(iter(read_registry(settings.rooms).sites))
    except RegistryError:
        return "doctor"


class _Server(NamedTuple):
    """An InfluxDB as its address in the settings tells it."""

    base: str
    history: str
    verify: Any

    @classmethod
    def of(cls, url: str) -> _Server:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        base = f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")
        return cls(base, options.get("history", "rooms_history"), options.get("ca") or True)


def check_server(
    settings: Settings, now_ms: Callable[[], int] = _now_ms, timeout: float = _TIMEOUT
) -> Iterator[Check]:
    """The server's clock against ours, and the shard length where 1.x tells it.

    Says nothing of an embedded store, nor of a server that does not answer
    (``check_store`` has said that).
    """
    if not settings.store_url.startswith("http"):
        return
    server = _Server.of(settings.store_url)
    token = settings.influx_token.get_secret_value()
    auth = (settings.influx_user, token) if token else None
    try:
        with httpx.Client(verify=server.verify, auth=auth, timeout=timeout) as http:
            date = http.get(f"{server.base}/ping").headers.get("Date")
            statement = f'SHOW RETENTION POLICIES ON "{server.history}"'
            policies = http.post(f"{server.base}/query", data={"q": statement})
    except (httpx.HTTPError, OSError):
        return
    if date:
        yield _clock(date, now_ms())
    hours = _shard_hours(policies)
    if hours is not None:
        state: State = "ok" if hours >= _YEAR_HOURS else "warn"
        yield said("shards", state, f"shards_{state}", days=hours // 24, database=server.history)


def _clock(date: str, now: int) -> Check:
    try:
        theirs = parsedate_to_datetime(date).astimezone(UTC).timestamp()
    except (ValueError, OverflowError):
        return said("clock", "warn", "clock_unreadable", date=date)
    skew = round(now / 1000 - theirs)
    off = abs(skew)
    state: State = "ok" if off <= _SKEW_WARN else "warn" if off <= _SKEW_FAIL else "fail"
    return said("clock", state, "clock_ok" if state == "ok" else "clock_off", seconds=off)


def _shard_hours(answer: httpx.Response) -> int | None:
    """``shardGroupDuration`` of the default policy in hours, e.g. of "8736h0m0s"."""
    try:
        series = answer.json()["results"][0]["series"][0]
        rows = [dict(zip(series["columns"], row, strict=True)) for row in series["values"]]
        default = next(row for row in rows if row["default"])
        return int(default["shardGroupDuration"].split("h")[0])
    except (ValueError, LookupError, TypeError, AttributeError, StopIteration):
        return None  # 2.x and 3.x, or no right to ask
