"""The simulator's panels have tokens that the collector knows."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from devices.simulator.cli import TOKENS
from rumskoll.registry_files import read_registry
from rumskoll.settings import Settings
from rumskoll.simulated_panels import ENV, panel_tokens
from rumskoll.wiring import example_rooms, state_of


def test_each_run_has_its_own_tokens(tmp_path: Path) -> None:
    settings = Settings(demo=True, data=tmp_path, rooms=example_rooms())
    registry = read_registry(settings.rooms)
    first, second = panel_tokens(settings, registry), panel_tokens(settings, registry)
    assert first.keys() == second.keys() == {"granen-panel", "vindelalven-panel"}
    with closing(state_of(settings)) as state:
        _, real = state.access.create_key("viewer", "x", 1, kind="panel", device="granen-panel")
        third = panel_tokens(settings, registry)
        panel_of = state.access.panel_of
        assert [panel_of(token) for tokens in (first, second) for token in tokens.values()] == (
            [None] * 4
        )
        assert {panel: panel_of(token) for panel, token in third.items()} == {
            panel: panel for panel in first
        }
        assert panel_of(real) == "granen-panel"  # a person made it


def test_simulator_and_supervisor_mean_the_same_variable() -> None:
    assert ENV == TOKENS
