"""What every body of ``/api/v1`` shares. Times carry the offset of the site's zone."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

State = Literal["occupied", "vacant", "unknown", "private"]


def _whole(value: str) -> str:
    value.encode()  # JSON can tell half a character, which nothing can store
    return value


Text = Annotated[str, AfterValidator(_whole)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
