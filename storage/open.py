"""From a store's address to the store: the one place that knows both kinds."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from storage.influx import InfluxStore
from storage.schema import DAY_S
from storage.sqlite import SqliteStore
from storage.store import Store, StoreMisconfigured

_OPTIONS = {"db": "database", "history": "history", "ca": "ca"}


class StoreAddressError(StoreMisconfigured, ValueError):
    """The address is none of the accepted forms; the message tells them."""


def open_store(
    url: str,
    *,
    token: str = "",
    user: str = "",
    retention_days: int | None = None,
    clock: Callable[[], int],
) -> Store:
    """``sqlite:FILE`` or ``http(s)://host:port[?db=…&history=…&ca=FILE]``; ``clock`` gives ms.

    ``retention_days`` is for raw readings, ``None`` keeps them. Raises ``StoreAddressError``,
    and for a file that cannot be opened another ``StoreError``; InfluxDB is not yet asked.
    """
    retention_s = None if retention_days is None else retention_days * DAY_S
    if url.startswith("sqlite:") and url != "sqlite:" and not url.startswith("sqlite://"):
        return SqliteStore(url.removeprefix("sqlite:"), retention_s=retention_s, clock=clock)
    address, options = influx_address(url)
    return InfluxStore(
        address, **options, user=user, token=token, retention_s=retention_s, clock=clock
    )


def influx_address(url: str) -> tuple[str, dict[str, str]]:
    """The server's address and the store's arguments told in its query part: ``database``,
    ``history``, ``ca``. Raises ``StoreAddressError``."""
    try:
        parts = urlsplit(url)
        given = parse_qsl(parts.query, strict_parsing=True) if parts.query else []
        whole = bool(parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0)
    except ValueError:  # a port that is no number, a query part of another form
        raise StoreAddressError.say("store_address", url=url) from None
    if parts.username is not None or parts.password is not None:
        raise StoreAddressError.say("store_address_secret", host=parts.hostname)
    if not whole or parts.fragment or not {name for name, _ in given} <= _OPTIONS.keys():
        raise StoreAddressError.say("store_address", url=url)
    address = f"{parts.scheme}://{parts.netloc}{parts.path}"
    return address, {_OPTIONS[name]: value for name, value in given}
