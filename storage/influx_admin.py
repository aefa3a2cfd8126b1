"""Prepares an InfluxDB server: databases (1.x) or buckets (2.x), retention, shard length, and
credentials that may do no more than they must. Running it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal, NamedTuple

import httpx

from rooms.texts import Language, text
from storage.influx_http import trust
from storage.schema import DAY_S, KEEPING, Keeping
from storage.store import StoreMisconfigured, StoreUnavailable

# who may write; all may read. The API and Grafana only ever read.
ROLES: Final[Mapping[str, bool]] = {
    "rumskoll-collector": True,
    "rumskoll-api": False,
    "rumskoll-grafana": False,
}

Kind = Literal["organisation", "database", "retention", "admin", "user", "token", "mapping"]
State = Literal["created", "changed", "kept", "longer", "renewed"]


class Step(NamedTuple):
    """One thing that was looked after. ``secret`` (a password or token) is told only once."""

    kind: Kind
    name: str
    state: State
    secret: str = ""

    def render(self, language: Language) -> str:
        """One line, without the secret."""
        what = text(language, f"init_{self.kind}", name=self.name)
        return f"{what}: {text(language, f'init_{self.state}')}"


class Plan(NamedTuple):
    """What shall be on the server when all is done."""

    databases: Mapping[str, Keeping]
    shorten: bool  # may a longer retention be cut, which deletes what is older?


def plan(database: str, history: str, retention_days: int | None, *, shorten: bool = False) -> Plan:
    """The two databases by their names; a shard never covers more than is kept."""
    retention_s = None if retention_days is None else retention_days * DAY_S
    shard_s = KEEPING["rooms"].shard_s
    raw = Keeping(retention_s, min(shard_s, retention_s or shard_s))
    return Plan({database: raw, history: KEEPING["rooms_history"]}, shorten)


def prepare(
    url: str,
    *,
    user: str = "",
    token: str,
    org: str = "rumskoll",
    ca: str | None = None,
    plan: Plan,
    renew: Collection[str] = (),
) -> list[Step]:
    """Prepare the server at ``url`` as its administrator; what was done, in order.

    1.x: ``user`` and ``token`` are the administrator's name and password (made, if the
    server has none yet). 2.x: ``token`` may create buckets and tokens in ``org``. Of the roles
    in ``renew`` nobody has the secret any more: they get a new one, the old one ends.
    Raises ``StoreUnavailable`` or ``StoreMisconfigured``; running it again goes on.
    """
    url = url.rstrip("/")
    major = version(url, ca).partition(".")[0]
    if major == "1":
        from storage.influx_admin_v1 import prepare_v1

        return prepare_v1(url, user, token, ca, plan, renew)
    if major == "2":
        from storage.influx_admin_v2 import prepare_v2

        return prepare_v2(url, token, org, ca, plan, renew)
    raise StoreMisconfigured.say("influx_init_version", url=url, version=major)


def version(url: str, ca: str | None = None) -> str:
    """The server's version as it tells it, such as ``1.6.7`` (without a leading v)."""
    try:
        with httpx.Client(verify=trust(ca), trust_env=False, timeout=10) as client:
            told = str(client.get(f"{url}/ping").headers.get("x-influxdb-version", ""))
            if not told:
                told = str(client.get(f"{url}/health").json()["version"])
    except httpx.HTTPError as error:
        raise StoreUnavailable.say("influx_unreachable", url=url, detail=error) from error
    except (ValueError, KeyError, TypeError):
        raise StoreMisconfigured.say("influx_no_version", url=url) from None
    return told.removeprefix("v")


def retention_state(found: Keeping, wanted: Keeping, *, shorten: bool) -> State:
    """What to do about a database's keeping: a longer retention is cut only when asked to."""
    endless = float("inf")
    longer = (found.retention_s or endless) > (wanted.retention_s or endless)
    if longer and not shorten:
        return "longer"
    return "kept" if found == wanted else "changed"
