"""InfluxDB 2.x is prepared with its official client: buckets named as databases, and tokens.

A bucket answers under its own name as ``db`` in the v1-compatible API, by a virtual
mapping since 2.1; where there is none, one is made. That API takes any user name
with a token as its password.
"""

# The client has no types of its own:
# mypy: disable-error-code="attr-defined, no-untyped-call"
from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from influxdb_client import (
    Authorization,
    Bucket,
    BucketRetentionRules,
    DBRPCreate,
    DBRPsService,
    InfluxDBClient,
    Permission,
    PermissionResource,
)
from influxdb_client.rest import ApiException
from urllib3.exceptions import HTTPError

from storage.influx_admin import ROLES, Plan, Step, retention_state
from storage.schema import Keeping
from storage.store import StoreMisconfigured, StoreUnavailable


def prepare_v2(
    url: str, token: str, org: str, ca: str | None, plan: Plan, renew: Collection[str] = ()
) -> list[Step]:
    """See ``storage.influx_admin.prepare``."""
    with _errors(url), InfluxDBClient(url, token, org=org, ssl_ca_cert=ca) as client:
        server = _Server(client, url, plan)
        return [
            server.organisation(org),
            *(step for name in plan.databases for step in server.bucket(name)),
            *(server.mapping(name) for name in plan.databases),
            *(
                server.token(name, writes=writes, renew=name in renew)
                for name, writes in ROLES.items()
            ),
        ]


@contextmanager
def _errors(url: str) -> Iterator[None]:
    try:
        yield
    except ApiException as error:
        if error.status == 401:
            raise StoreMisconfigured.say(
                "influx_credentials", url=url, detail=error.message
            ) from error
        values = {"url": url, "status": error.status, "detail": error.message}
        if error.status in {408, 429} or error.status >= 500:
            raise StoreUnavailable.say("influx_busy", **values) from error
        raise StoreMisconfigured.say("influx_admin_api", **values) from error
    except HTTPError as error:
        raise StoreUnavailable.say("influx_unreachable", url=url, detail=error) from error


class _Server:
    def __init__(self, client: InfluxDBClient, url: str, plan: Plan) -> None:
        self._client = client
        self._url = url
        self._plan = plan
        self._org_id = ""
        self._bucket_ids: dict[str, str] = {}

    def organisation(self, name: str) -> Step:
        organisations = self._client.organizations_api()
        try:
            self._org_id = organisations.find_organizations(org=name)[0].id
        except ApiException as error:
            if error.status != 404:
                raise
            self._org_id = organisations.create_organization(name=name).id
            return Step("organisation", name, "created")
        return Step("organisation", name, "kept")

    def bucket(self, name: str) -> list[Step]:
        buckets = self._client.buckets_api()
        wanted = self._plan.databases[name]
        bucket = next(
            (b for b in buckets.find_buckets_iter(org_id=self._org_id) if b.name == name), None
        )
        if bucket is None:
            bucket = buckets.create_bucket(
                bucket_name=name, org=self._org_id, retention_rules=_rules(wanted)
            )
            self._bucket_ids[name] = bucket.id
            return [Step("database", name, "created"), Step("retention", name, "created")]
        self._bucket_ids[name] = bucket.id
        state = retention_state(_found(bucket), wanted, shorten=self._plan.shorten)
        if state == "changed":
            bucket.retention_rules = [_rules(wanted)]
            buckets.update_bucket(bucket)
        return [Step("database", name, "kept"), Step("retention", name, state)]

    def mapping(self, name: str) -> Step:
        service = DBRPsService(self._client.api_client)
        mapped = service.get_dbr_ps(org_id=self._org_id, db=name).content or []
        others = [
            m.bucket_id for m in mapped if m.default and m.bucket_id != self._bucket_ids[name]
        ]
        if others:
            raise StoreMisconfigured.say("influx_mapped", url=self._url, name=name, other=others[0])
        if mapped:
            return Step("mapping", name, "kept")
        service.post_dbrp(
            DBRPCreate(
                org_id=self._org_id,
                bucket_id=self._bucket_ids[name],
                database=name,
                retention_policy="autogen",
                default=True,
            )
        )
        return Step("mapping", name, "created")

    def token(self, name: str, *, writes: bool, renew: bool) -> Step:
        authorizations = self._client.authorizations_api()
        found = authorizations.find_authorizations(org_id=self._org_id)
        old = [known for known in found if known.description == name]
        if old and not renew:
            return Step("token", name, "kept")
        for known in old:  # a token is told only when it is made
            authorizations.delete_authorization(known)
        permissions = [
            Permission(action, PermissionResource(type="buckets", id=id_, org_id=self._org_id))
            for id_ in self._bucket_ids.values()
            for action in (["read", "write"] if writes else ["read"])
        ]
        made = authorizations.create_authorization(
            authorization=Authorization(
                org_id=self._org_id, permissions=permissions, description=name
            )
        )
        return Step("token", name, "renewed" if old else "created", made.token)


def _rules(keeping: Keeping) -> BucketRetentionRules:
    return BucketRetentionRules(
        every_seconds=keeping.retention_s or 0, shard_group_duration_seconds=keeping.shard_s
    )


def _found(bucket: Bucket) -> Keeping:
    if not bucket.retention_rules:
        return Keeping(None, 0)
    rule = bucket.retention_rules[0]
    return Keeping(rule.every_seconds or None, rule.shard_group_duration_seconds or 0)
