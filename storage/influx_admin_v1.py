"""InfluxDB 1.x is prepared by its own statements."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Collection

from storage.influx_admin import ROLES, Plan, Step, retention_state
from storage.influx_http import InfluxHttp
from storage.schema import Keeping
from storage.store import StoreMisconfigured


def prepare_v1(
    url: str, user: str, password: str, ca: str | None, plan: Plan, renew: Collection[str] = ()
) -> list[Step]:
    """See ``storage.influx_admin.prepare``."""
    server = _Server(url, user, password, ca)
    try:
        return [
            *server.admin(user, password),
            *(step for name in plan.databases for step in server.database(name, plan)),
            *(
                server.user(name, plan, writes=writes, renew=name in renew)
                for name, writes in ROLES.items()
            ),
        ]
    finally:
        server.close()


class _Server:
    def __init__(self, url: str, user: str, password: str, ca: str | None) -> None:
        self._url = url
        self._http = InfluxHttp(url, user, password, ca, lambda: time.time_ns() // 1_000_000)
        self.close = self._http.close

    def ask(self, statement: str) -> list[dict[str, object]]:
        """One statement's rows by column name."""
        try:
            replies = self._http.query("", statement, {})
        except StoreMisconfigured as error:
            if error.key == "influx_rights" and "create admin user" not in str(error):
                raise StoreMisconfigured.say("influx_no_admin", **error.values) from error
            raise
        return [
            dict(zip(series.columns, row, strict=True))
            for series in replies
            for row in series.values
        ]

    def admin(self, user: str, password: str) -> list[Step]:
        """A server that asks for credentials but has no user yet gets its first one."""
        try:
            self.ask("SHOW DATABASES")
        except StoreMisconfigured as error:
            if "create admin user" not in str(error):
                raise
            if not user or not password:
                raise StoreMisconfigured.say("influx_first_admin", url=self._url) from error
            self.ask(
                f"CREATE USER {_name(user)} WITH PASSWORD {_text(password)} WITH ALL PRIVILEGES"
            )
            return [Step("admin", user, "created")]
        return []

    def database(self, name: str, plan: Plan) -> list[Step]:
        wanted = plan.databases[name]
        keeping = _keeping(wanted)
        if name not in {row["name"] for row in self.ask("SHOW DATABASES")}:
            self.ask(f'CREATE DATABASE {_name(name)} WITH {keeping} NAME "autogen"')
            return [Step("database", name, "created"), Step("retention", name, "created")]
        existing = Step("database", name, "kept")
        for row in self.ask(f"SHOW RETENTION POLICIES ON {_name(name)}"):
            if row["default"]:
                found = Keeping(
                    _seconds(row["duration"]) or None, _seconds(row["shardGroupDuration"])
                )
                state = retention_state(found, wanted, shorten=plan.shorten)
                if state == "changed":
                    policy = _name(str(row["name"]))
                    self.ask(f"ALTER RETENTION POLICY {policy} ON {_name(name)} {keeping}")
                return [existing, Step("retention", name, state)]
        self.ask(f'CREATE RETENTION POLICY "autogen" ON {_name(name)} {keeping} DEFAULT')
        return [existing, Step("retention", name, "created")]

    def user(self, name: str, plan: Plan, *, writes: bool, renew: bool) -> Step:
        step = Step("user", name, "kept")
        if name not in {row["user"] for row in self.ask("SHOW USERS")}:
            step = Step("user", name, "created", secrets.token_urlsafe(24))
            self.ask(f"CREATE USER {_name(name)} WITH PASSWORD {_text(step.secret)}")
        elif renew:
            step = Step("user", name, "renewed", secrets.token_urlsafe(24))
            self.ask(f"SET PASSWORD FOR {_name(name)} = {_text(step.secret)}")
        right = "ALL" if writes else "READ"
        for database in plan.databases:
            self.ask(f"GRANT {right} ON {_name(database)} TO {_name(name)}")
        return step


def _keeping(keeping: Keeping) -> str:
    kept = "INF" if keeping.retention_s is None else f"{keeping.retention_s}s"
    return f"DURATION {kept} REPLICATION 1 SHARD DURATION {keeping.shard_s}s"


def _seconds(told: object) -> int:
    """``168h0m0s`` -> 604800; ``0s`` (for ever) -> 0."""
    parts = dict(reversed(pair) for pair in re.findall(r"(\d+)([hms])", str(told)))
    return int(parts.get("h", 0)) * 3600 + int(parts.get("m", 0)) * 60 + int(parts.get("s", 0))


def _name(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
