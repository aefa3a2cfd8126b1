"""The service about itself, and errors."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from api.schemas.base import Body


class Account(Body):
    """What became of a device's messages of a day: `received` is the sum of `stored`,
    `duplicate`, all `ignored` and all `quarantined`."""

    source: str = Field(description="Empty where no source is known")
    device: str = Field(description="Empty where the message names none that is known")
    received: int
    stored: int
    duplicate: int
    ignored: dict[str, int] = Field(description="By reason", examples=[{"private": 12}])
    quarantined: dict[str, int] = Field(description="By reason", examples=[{"bad_json": 3}])
    missing: int = Field(description="Never received, where the source numbers its messages")


class Accounts(Body):
    day: date = Field(description="Local to the first site")
    accounts: list[Account]


class Ready(Body):
    status: Literal["ready"]


class Alive(Body):
    status: Literal["alive"]
    version: str


class FieldError(Body):
    field: str
    message: str


class ProblemDocument(BaseModel):
    """An error, as RFC 9457 describes it; `code` is fixed, `detail` is for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError] | None = None
