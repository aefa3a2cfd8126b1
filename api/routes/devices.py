"""Devices, for those who look after them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api import schemas
from api.depends import Lang, Maintainer, Now, PartsOf, Viewer, problems
from api.faults import history
from api.parameters import only_known
from api.problems import Problem
from api.views import device_view

router = APIRouter(prefix="/api/v1/devices", tags=["devices"])


@router.get("", responses=problems())
def all_devices(_: Maintainer, now: Now, language: Lang) -> schemas.Devices:
    """Every device with its last messages and what is wrong with it."""
    return schemas.Devices(
        devices=[device_view(now, id_, language) for id_ in now.registry.devices]
    )


DeviceId = Annotated[str, Path(examples=["granen-pir"])]


@router.get("/{device}", responses=problems(404))
def one_device(
    _: Maintainer,
    device: DeviceId,
    now: Now,
    language: Lang,
) -> schemas.Device:
    """One device."""
    if device not in now.registry.devices:
        raise Problem(404, "no_device", device=device)
    return device_view(now, device, language)


@router.get("/{device}/history", responses=problems(404), dependencies=[Depends(only_known)])
def device_history(
    _: Viewer,
    device: DeviceId,
    now: Now,
    parts: PartsOf,
    language: Lang,
    limit: Annotated[int, Query(ge=1, le=500, description="So many faults")] = 100,
) -> schemas.FaultHistory:
    """What was wrong with a device, and what was done, newest first. One that is no longer in
    rooms.yaml keeps its history."""
    return history(parts, now, device, limit, language)
