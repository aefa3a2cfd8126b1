"""Tokens for the check-in panels that the simulator plays."""

from __future__ import annotations

from contextlib import closing
from typing import Final

from rooms.registry import Registry
from rumskoll.settings import Settings
from rumskoll.wiring import clock, state_of

ENV: Final = "RUMSKOLL_PANEL_TOKENS"  # as JSON, so that they do not stand in the list of processes
LABEL: Final = "simulator"


def panel_tokens(settings: Settings, registry: Registry) -> dict[str, str]:
    """A new token for each panel, by device; those of earlier runs are revoked."""
    panels = [id_ for id_, device in registry.devices.items() if device.model.family == "panel"]
    with closing(state_of(settings)) as state, state.transaction():
        access = state.access
        old = access.keys()
        for key in old:
            if key.kind == "panel" and key.label == LABEL and key.revoked is None:
                access.revoke(key.id, clock(), LABEL)
        return {
            id_: access.create_key("viewer", LABEL, clock(), kind="panel", device=id_, actor=LABEL)[
                1
            ]
            for id_ in panels
        }
