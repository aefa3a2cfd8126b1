"""Devices, for those who look after them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api import schemas
from api.depends import Lang, Maintainer, Now, problems
from api.problems import Problem
from api.views import device_view

router = APIRouter(prefix="/api/v1/devices", tags=["devices"])


@router.get("", responses=problems())
def all_devices(_: Maintainer, now: Now, language: Lang) -> schemas.Devices:
    """Every device with its last messages and what is wrong with it."""
    return schemas.Devices(
        devices=[device_view(now, id_, language) for id_ in now.registry.devices]
    )


@router.get("/{device}", responses=problems(404))
def one_device(
    _: Maintainer,
    device: Annotated[str, Path(examples=["granen-pir"])],
    now: Now,
    language: Lang,
) -> schemas.Device:
    """One device."""
    if device not in now.registry.devices:
        raise Problem(404, "no_device", device=device)
    return device_view(now, device, language)
