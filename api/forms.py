"""What a page's form sends: names and texts, small."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import parse_qsl

from fastapi import Depends, Request

from api.problems import Problem

_MOST_BYTES: Final = 8_192
_MOST_FIELDS: Final = 20


async def _form(request: Request) -> dict[str, str]:
    """``application/x-www-form-urlencoded``; of a name given twice, the last. Raises ``Problem``
    413 and 400."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise Problem(413, "too_large")
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:  # not UTF-8, or too many
        raise Problem(400, "bad_request") from None


Form = Annotated[dict[str, str], Depends(_form)]
