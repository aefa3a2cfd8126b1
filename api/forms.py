"""What a page's form sends: names and texts, small."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import Depends, Request

from api.problems import Problem


def _form(most_bytes: int, most_fields: int) -> Callable[..., Coroutine[Any, Any, dict[str, str]]]:
    async def read(request: Request) -> dict[str, str]:
        """``application/x-www-form-urlencoded``; of a name given twice, the last. Raises
        ``Problem`` 413 and 400."""
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > most_bytes:
                raise Problem(413, "too_large")
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=most_fields)
        except ValueError:  # not UTF-8, or too many
            raise Problem(400, "bad_request") from None
        return dict(pairs)

    return read


Form = Annotated[dict[str, str], Depends(_form(8_192, 20))]
LongForm = Annotated[dict[str, str], Depends(_form(65_536, 200))]  # a field for every room
