"""The alert rules in Grafana's file format (``apiVersion: 1``, ``groups``): each asks InfluxDB (A),
takes the last value of each series (B) and holds it against the limit (C)."""

from __future__ import annotations

from typing import Any, Final

import yaml

from dashboards.alert_rules import RULES, Rule
from dashboards.words import Language, Say, say_in

UID: Final = "rumskoll-history"  # the data source; influxql.py would need the SDK, a run must not
EXPRESSIONS: Final = "__expr__"  # Grafana's own "data source" for reduce and threshold
BOARD: Final = "${BOARD}"  # the board's address; `rumskoll dashboards` puts it in
FOLDER: Final = "Rumskoll"


def rules_file(language: Language) -> str:
    """``provisioning/alerting/rules-….yaml``, as it is committed."""
    text = yaml.safe_dump(rules(language), sort_keys=False, allow_unicode=True, width=100)
    return "# Generated from dashboards/alerting.py: python -m dashboards.build\n" + text


def rules(language: Language) -> dict[str, Any]:
    """The whole file of alert rules, in one language."""
    say = say_in(language)
    group = {
        "orgId": 1,
        "name": say("Tjänsten", "The service"),
        "folder": FOLDER,
        "interval": "1m",
        "rules": [_rule(rule, say, language) for rule in RULES],
    }
    return {"apiVersion": 1, "groups": [group]}


def _rule(rule: Rule, say: Say, language: Language) -> dict[str, Any]:
    return {
        "uid": f"rumskoll-{rule.name}",
        "title": say(*rule.title),
        "condition": "C",
        "data": [_asked(rule), _reduced(), _judged(rule)],
        "noDataState": rule.no_data,
        # an InfluxDB that does not answer is what Rumskoll itself says (store_down)
        "execErrState": "KeepLast",
        "for": rule.lasts,
        "labels": {"severity": rule.severity, "service": "rumskoll"},
        "annotations": {
            "summary": say(*rule.title) + "{{ with .Labels.site }} ({{ . }}){{ end }}",
            "description": f"{say(*rule.about)} {say(*rule.todo)}",
            "runbook": f"docs/{language}/grafana.md",
            "runbook_url": f"{BOARD}/faults",
        },
    }


def _asked(rule: Rule) -> dict[str, Any]:
    """A, in the form of a panel's target."""
    model = {
        "refId": "A",
        "datasource": {"type": "influxdb", "uid": UID},
        "query": rule.query,
        "rawQuery": True,
        "resultFormat": "time_series",
    }
    span = {"from": rule.looks_back, "to": 0}
    return {"refId": "A", "relativeTimeRange": span, "datasourceUid": UID, "model": model}


def _reduced() -> dict[str, Any]:
    return _expression("B", type="reduce", expression="A", reducer="last")


def _judged(rule: Rule) -> dict[str, Any]:
    limit = {"evaluator": {"type": rule.when, "params": [rule.limit]}}
    return _expression("C", type="threshold", expression="B", conditions=[limit])


def _expression(ref: str, **settings: Any) -> dict[str, Any]:
    source = {"type": EXPRESSIONS, "uid": EXPRESSIONS}
    model = {"refId": ref, "datasource": source, **settings}
    return {"refId": ref, "datasourceUid": EXPRESSIONS, "model": model}
