"""Maintenance windows: when alerts are kept back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from api import schemas
from api.depends import Lang, Maintainer, PartsOf, Viewer, problems
from api.maintenance import kept_windows, make, remove, window_view
from api.parameters import only_known

router = APIRouter(
    prefix="/api/v1/maintenance", tags=["faults"], dependencies=[Depends(only_known)]
)


@router.get("", responses=problems())
def all_windows(_: Viewer, parts: PartsOf, language: Lang) -> schemas.MaintenanceWindows:
    """Those of rooms.yaml, then those made here."""
    registry, now = parts.registry(), parts.clock()
    windows = [window_view(registry, kept, now, language) for kept in kept_windows(parts)]
    return schemas.MaintenanceWindows(windows=windows)


@router.post("", status_code=201, responses=problems(409))
def post_window(
    caller: Maintainer, asked: schemas.MaintenanceAsked, parts: PartsOf, language: Lang
) -> schemas.MaintenanceWindow:
    """Keep alerts back, once or again and again; recording goes on."""
    made = make(parts, asked, caller.name, language)
    return window_view(parts.registry(), made, parts.clock(), language)


@router.delete("/{window}", responses=problems(404, 409))
def delete_window(
    caller: Maintainer,
    window: Annotated[str, Path(examples=["m-0f3a9c51"])],
    parts: PartsOf,
    language: Lang,
) -> schemas.MaintenanceWindow:
    """It holds nothing any more: what it held and still is wrong is told."""
    gone = remove(parts, window, caller.name)
    return window_view(parts.registry(), gone, parts.clock(), language)
