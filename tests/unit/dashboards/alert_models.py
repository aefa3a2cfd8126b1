"""Grafana's files for provisioning, as its documentation gives them: data sources, dashboard
providers and alerting (``apiVersion: 1``). A key that Grafana does not know is a mistake here;
Grafana itself passes over it in silence."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Uid = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]{1,40}$")]
Text = Annotated[str, Field(min_length=1)]
Duration = Annotated[str, Field(pattern=r"^(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?$", min_length=2)]


class File(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Versioned(File):
    apiVersion: Literal[1]  # noqa: N815


class TimeRange(File):
    """Seconds before now."""

    from_: int = Field(alias="from", ge=0)
    to: int = Field(ge=0)

    @model_validator(mode="after")
    def _forward(self) -> TimeRange:
        assert self.from_ > self.to, "an empty time range"
        return self


class Evaluator(File):
    type: Literal["gt", "lt", "within_range", "outside_range"]
    params: list[float] = Field(min_length=1)


class Condition(File):
    evaluator: Evaluator


class Query(File):
    refId: str = Field(pattern="^[A-Z]$")  # noqa: N815
    relativeTimeRange: TimeRange | None = None  # noqa: N815
    datasourceUid: Uid  # noqa: N815
    model: dict[str, Any]

    @model_validator(mode="after")
    def _itself(self) -> Query:
        assert self.model["refId"] == self.refId
        assert self.model["datasource"]["uid"] == self.datasourceUid
        if self.datasourceUid == "__expr__":
            assert self.model["type"] in {"reduce", "threshold", "math", "resample"}
            for condition in self.model.get("conditions", ()):
                Condition.model_validate(condition)
        else:
            assert self.relativeTimeRange, "a query needs its time range"
        return self


class AlertRule(File):
    uid: Uid
    title: Text
    condition: str
    data: list[Query] = Field(min_length=1)
    noDataState: Literal["OK", "NoData", "Alerting", "KeepLast"]  # noqa: N815
    execErrState: Literal["OK", "Error", "Alerting", "KeepLast"]  # noqa: N815
    for_: Duration = Field(alias="for")
    labels: dict[Annotated[str, Field(pattern=r"^[a-zA-Z_]\w*$")], Text]
    annotations: dict[str, Text]

    @model_validator(mode="after")
    def _refers_to_its_own(self) -> AlertRule:
        known: set[str] = set()
        for query in self.data:
            assert query.refId not in known, f"{query.refId} twice"
            expression = query.model.get("expression")
            assert expression is None or expression in known, f"{expression} is not asked before"
            known.add(query.refId)
        assert self.condition in known, f"the condition {self.condition} is none of {known}"
        return self


class Group(File):
    orgId: int = Field(ge=1)  # noqa: N815
    name: Text
    folder: Text
    interval: Duration
    rules: list[AlertRule] = Field(min_length=1)


class Rules(Versioned):
    groups: list[Group] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Rules:
        uids = [rule.uid for group in self.groups for rule in group.rules]
        assert len(uids) == len(set(uids)), "a uid twice"
        return self


class Email(File):
    addresses: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")  # an empty one keeps Grafana from starting
    singleEmail: bool = False  # noqa: N815


class Webhook(File):
    url: str = Field(pattern="^https?://")
    httpMethod: Literal["POST", "PUT"] = "POST"  # noqa: N815


class Receiver(File):
    uid: Uid
    type: Literal["email", "webhook"]
    settings: dict[str, Any]
    disableResolveMessage: bool = False  # noqa: N815

    @model_validator(mode="after")
    def _of_its_type(self) -> Receiver:
        {"email": Email, "webhook": Webhook}[self.type].model_validate(self.settings)
        return self


class ContactPoint(File):
    orgId: int = Field(ge=1)  # noqa: N815
    name: Text
    receivers: list[Receiver] = Field(min_length=1)


class Route(File):
    receiver: Text
    continue_: bool = Field(False, alias="continue")
    group_by: list[str] = Field(default_factory=list)
    group_wait: Duration | None = None
    group_interval: Duration | None = None
    repeat_interval: Duration | None = None
    routes: list[Route] = Field(default_factory=list)


class Policy(Route):
    orgId: int = Field(ge=1)  # noqa: N815


class Contacts(Versioned):
    contactPoints: list[ContactPoint] = Field(default_factory=list)  # noqa: N815
    policies: list[Policy] = Field(default_factory=list, max_length=1)
    resetPolicies: list[int] = Field(default_factory=list)  # noqa: N815

    @model_validator(mode="after")
    def _leads_to_a_contact_point(self) -> Contacts:
        known = {point.name for point in self.contactPoints}
        for policy in self.policies:
            asked = {policy.receiver, *(route.receiver for route in policy.routes)}
            assert asked <= known, f"no contact point {asked - known}"
        return self


class Influxdb(File):
    """Of the data source's settings those for InfluxQL."""

    version: Literal["InfluxQL"]
    dbName: Text  # noqa: N815
    httpMode: Literal["GET", "POST"]  # noqa: N815
    timeInterval: Duration  # noqa: N815
    tlsAuthWithCACert: bool = False  # noqa: N815


class Datasource(File):
    name: Text
    uid: Uid
    type: Literal["influxdb"]
    access: Literal["proxy"]
    url: str = Field(pattern=r"^https?://[^/]+(/.*[^/])?$")
    isDefault: bool = False  # noqa: N815
    editable: bool
    basicAuth: Literal[True]  # noqa: N815
    basicAuthUser: Text  # noqa: N815
    secureJsonData: dict[Literal["basicAuthPassword", "tlsCACert"], Text]  # noqa: N815
    jsonData: Influxdb  # noqa: N815


class Datasources(Versioned):
    datasources: list[Datasource]

    @model_validator(mode="after")
    def _one_default(self) -> Datasources:
        assert sum(source.isDefault for source in self.datasources) == 1
        return self


class Provider(File):
    name: Text
    orgId: int = Field(ge=1)  # noqa: N815
    folder: Text
    type: Literal["file"]
    disableDeletion: bool  # noqa: N815
    allowUiUpdates: bool  # noqa: N815
    updateIntervalSeconds: int = Field(ge=10)  # noqa: N815
    options: dict[Literal["path", "foldersFromFilesStructure"], str]


class Providers(Versioned):
    providers: list[Provider]


# The text of a file, by its folder and name, is one of these
KINDS: dict[str, type[Versioned]] = {
    "datasources/rumskoll.yaml": Datasources,
    "dashboards/rumskoll.yaml": Providers,
    "alerting/rules.yaml": Rules,
    "alerting/contact.yaml": Contacts,
}
LOOKED_UP = re.compile(r"\$(?!__file\{/[^${}]+\}$)")  # a dollar sign that is no file to read
