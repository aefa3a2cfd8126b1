"""What Grafana is given: files of its own format, complete, and with nothing left to look up."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from dashboards.alert_rules import RULES
from dashboards.alerting import rules_file
from dashboards.installing import HERE, PROVISIONING, Installation, contact, tree
from dashboards.words import LANGUAGES, Language
from tests.unit.dashboards.alert_models import KINDS, LOOKED_UP, Contacts, Rules

HOUSE = Installation(
    language="sv",
    folder="/etc/grafana/rumskoll",
    board="https://rum.example",
    influx="http://influxdb:8086",
    password_file="/run/token/rumskoll-grafana",
    email="drift@foretag.se",
    webhook="https://chat.example/hook?key=1",
)


def written(house: Installation = HOUSE) -> dict[str, str]:
    return dict(tree(house))


def provisioned(kind: str, house: Installation = HOUSE) -> Any:
    return yaml.safe_load(written(house)[f"provisioning/{kind}"])


def strings(node: object) -> list[str]:
    match node:
        case dict():
            return [text for value in node.values() for text in strings(value)]
        case list():
            return [text for value in node for text in strings(value)]
        case str():
            return [node]
    return []


# ---- the format


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ca", ["", "/etc/ssl/own.pem"])
def test_every_file_has_grafanas_form(kind: str, language: Language, ca: str) -> None:
    whole = provisioned(kind, HOUSE._replace(language=language, ca_file=ca))
    KINDS[kind].model_validate(whole)
    assert [text for text in strings(whole) if LOOKED_UP.search(text)] == []


def test_there_is_no_file_that_nobody_checks() -> None:
    yamls = {name for name in written() if name.endswith((".yaml", ".yml"))}
    assert yamls == {f"provisioning/{kind}" for kind in KINDS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_are_fresh(language: Language) -> None:
    committed = PROVISIONING / "alerting" / f"rules-{language}.yaml"
    assert committed.read_text("utf-8") == rules_file(language), "run python -m dashboards.build"


# ---- the rules


def test_rules_ask_a_data_source_that_is_there() -> None:
    known = {source["uid"] for source in provisioned("datasources/rumskoll.yaml")["datasources"]}
    (group,) = provisioned("alerting/rules.yaml")["groups"]
    asked = {query["datasourceUid"] for rule in group["rules"] for query in rule["data"]}
    assert known == {"rumskoll-rooms", "rumskoll-history"}
    assert asked == {"rumskoll-history", "__expr__"}


def test_all_rules_keep_their_state_when_a_query_fails_and_one_hears_silence() -> None:
    (group,) = provisioned("alerting/rules.yaml")["groups"]
    assert len(group["rules"]) == len(RULES)
    assert {rule["execErrState"] for rule in group["rules"]} == {"KeepLast"}
    alarmed = [rule["uid"] for rule in group["rules"] if rule["noDataState"] == "Alerting"]
    assert alarmed == ["rumskoll-collector-silent"]


def test_each_rule_leads_to_the_board_and_to_its_row_on_the_page() -> None:
    for language in LANGUAGES:
        (group,) = provisioned("alerting/rules.yaml", HOUSE._replace(language=language))["groups"]
        for rule in group["rules"]:
            notes = rule["annotations"]
            assert notes["runbook_url"] == "https://rum.example/faults"
            page = (HERE.parent / notes["runbook"]).read_text("utf-8")
            assert f"| {rule['title']} |" in page


def test_both_languages_have_the_same_rules_and_no_words_in_common() -> None:
    swedish, english = (
        provisioned("alerting/rules.yaml", HOUSE._replace(language=language))["groups"][0]["rules"]
        for language in LANGUAGES
    )
    for one, other in zip(swedish, english, strict=True):
        assert [q["model"] for q in one["data"]] == [q["model"] for q in other["data"]]
        assert one["uid"] == other["uid"]
        assert one["title"] != other["title"]
        assert one["annotations"]["description"] != other["annotations"]["description"]


def broken(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = provisioned("alerting/rules.yaml")
    whole["groups"][0]["rules"][0] |= changes
    return whole


@pytest.mark.parametrize(
    "changes",
    [
        {"condition": "D"},
        {"for": "5 minutes"},
        {"for": "3m5h"},
        {"uid": "r" * 41},
        {"uid": "rumskoll-refused"},
        {"execErrState": "Keep"},
        {"dasboardUid": "x"},
        {"data": []},
    ],
)
def test_the_models_find_mistakes(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Rules.model_validate(broken(**changes))


# ---- who hears


@pytest.mark.parametrize(
    ("email", "webhook", "names"),
    [
        ("a@b.se", "https://x.example", ["Rumskoll e-mail", "Rumskoll webhook"]),
        ("a@b.se", "", ["Rumskoll e-mail"]),
        ("", "https://x.example", ["Rumskoll webhook"]),
    ],
)
def test_only_addresses_that_are_set(email: str, webhook: str, names: list[str]) -> None:
    found = Contacts.model_validate(contact(HOUSE._replace(email=email, webhook=webhook)))
    assert [point.name for point in found.contactPoints] == names
    (policy,) = found.policies
    assert policy.receiver == names[0]
    assert [route.receiver for route in policy.routes] == names
    assert all(route.continue_ for route in policy.routes)  # else the first would hear alone


def test_nobody() -> None:
    assert contact(HOUSE._replace(email="", webhook="")) == {"apiVersion": 1, "resetPolicies": [1]}


def test_an_empty_address_would_be_found() -> None:
    whole = contact(HOUSE)
    whole["contactPoints"][0]["receivers"][0]["settings"]["addresses"] = ""
    with pytest.raises(ValidationError):
        Contacts.model_validate(whole)


# ---- addresses


def test_data_sources() -> None:
    rooms, history = provisioned(
        "datasources/rumskoll.yaml",
        HOUSE._replace(rooms="r", history="h", ca_file="/etc/ssl/own.pem"),
    )["datasources"]
    assert (rooms["jsonData"]["dbName"], history["jsonData"]["dbName"]) == ("r", "h")
    assert rooms["url"] == history["url"] == "http://influxdb:8086"
    assert rooms["secureJsonData"] == {
        "basicAuthPassword": "$__file{/run/token/rumskoll-grafana}",
        "tlsCACert": "$__file{/etc/ssl/own.pem}",
    }


def test_dashboards_of_one_language_with_the_boards_address() -> None:
    for language in LANGUAGES:
        files = written(HOUSE._replace(language=language))
        names = {name for name in files if name.startswith("dashboards/")}
        assert names == {f"dashboards/{file.name}" for file in (HERE / language).glob("*.json")}
        for name in names:
            whole = json.loads(files[name])
            (board,) = (v for v in whole["templating"]["list"] if v["name"] == "board")
            assert board["query"] == "https://rum.example"
            original = json.loads((HERE / language / name.partition("/")[2]).read_text("utf-8"))
            assert whole["panels"] == original["panels"]


# ---- settings


def environment(house: Installation) -> dict[str, str]:
    lines = written(house)["grafana.env"].splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_environment() -> None:
    committed = (PROVISIONING / "grafana.env").read_text("utf-8")
    assert written()["grafana.env"] == committed  # what docker-compose.yml reads
    english = environment(HOUSE._replace(language="en", folder="/srv/g"))
    assert english["GF_USERS_DEFAULT_LANGUAGE"] == "en-US"
    assert english["GF_PATHS_PROVISIONING"] == "/srv/g/provisioning"
    home = english["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert home.removeprefix("/srv/g/") in written()


def test_environment_is_closed_and_quiet() -> None:
    found = environment(HOUSE)
    assert all(name.startswith("GF_") for name in found)
    assert not [name for name in found if "PASSWORD" in name or "SECRET" in name]
    assert found["GF_AUTH_ANONYMOUS_ENABLED"] == "false"
    assert found["GF_USERS_AUTO_ASSIGN_ORG_ROLE"] == "Viewer"
    assert found["GF_ANALYTICS_REPORTING_ENABLED"] == "false"
    assert found["GF_DATE_FORMATS_DEFAULT_TIMEZONE"] == "Europe/Stockholm"
