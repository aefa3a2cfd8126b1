"""What every body of ``/api/v1`` shares. Times carry the offset of the site's zone."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

State = Literal["occupied", "vacant", "unknown", "private"]
Severity = Literal["info", "warning", "error"]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
