"""The account of a day, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.outbox import Account
from tests.unit.api.house import HOUR, House
from tests.unit.api.test_api_access import call
from tests.unit.api.test_api_rooms import get

DAY = "2026-11-23"


def fill(house: House) -> None:
    house.accounts.update(
        {
            Account("2026-11-22", "av", "granen-pir", "stored"): 40,
            Account(DAY, "av", "granen-vc", "stored"): 20,
            Account(DAY, "av", "granen-vc", "duplicate"): 2,
            Account(DAY, "av", "granen-vc", "ignored", "retained"): 3,
            Account(DAY, "av", "granen-vc", "ignored", "no_fields"): 4,
            Account(DAY, "av", "granen-vc", "quarantined", "bad_json"): 5,
            Account(DAY, "av", "granen-vc", "quarantined", "bad_time"): 0,  # replayed
            Account(DAY, "av", "granen-vc", "missing"): 7,
            Account(DAY, "", "granen-vc", "refused", "presence"): 9,  # points, not messages
            Account(DAY, "av", "", "quarantined", "unknown_device"): 1,
        }
    )


def test_today(house: House) -> None:
    fill(house)
    nobody, vc = get(house, "/api/v1/accounts")["accounts"]
    assert vc == {
        "source": "av",
        "device": "granen-vc",
        "received": 34,  # 20 + 2 + 3 + 4 + 5
        "stored": 20,
        "duplicate": 2,
        "ignored": {"no_fields": 4, "retained": 3},
        "quarantined": {"bad_json": 5},
        "missing": 7,
    }
    assert (nobody["device"], nobody["received"], nobody["missing"]) == ("", 1, 0)
    assert nobody["quarantined"] == {"unknown_device": 1}


def test_another_day_and_the_local_midnight(house: House) -> None:
    fill(house)
    before = get(house, "/api/v1/accounts?day=2026-11-22")
    assert before["day"] == "2026-11-22"
    assert [(a["device"], a["received"]) for a in before["accounts"]] == [("granen-pir", 40)]
    house.now -= 10 * HOUR  # midnight in Lycksele, 23:00 UTC the day before
    assert get(house, "/api/v1/accounts")["day"] == DAY
    house.now -= 1
    assert get(house, "/api/v1/accounts") == before
    assert get(house, "/api/v1/accounts?day=2020-01-01")["accounts"] == []


@pytest.mark.parametrize(
    "day", ["", "today", "20261123", "2026-W48-1", "2026-02-30", "2026-11-23T"]
)
def test_what_is_no_day(house: House, day: str) -> None:
    headers = house.key("maintainer") | {"Accept-Language": "en"}
    answer = call(house, "GET", "/api/v1/accounts", params={"day": day}, headers=headers)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == "query.day"
    assert error["message"] == f"“{day}” is not a date. Write for example 2026-11-23."


def test_where_no_account_is_kept(house: House) -> None:
    house.app.state.parts = replace(house.parts, accounts_of=None)
    answer = call(house, "GET", "/api/v1/accounts", headers=house.key("maintainer"))
    assert (answer.status_code, answer.json()["code"]) == (503, "no_accounts")
