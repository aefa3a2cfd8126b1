"""The trial with bridges: the example site, and behind ``connect`` what bridges can log in to."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.bridges import BRIDGES
from devices.simulator.av.house import Equipment
from rumskoll import demo_equipment
from rumskoll.bridging import read_logins, targets
from rumskoll.commands.run import _with_trial
from rumskoll.registry_files import read_registry
from rumskoll.wiring import example_rooms


@pytest.fixture
def data(tmp_path: Path) -> Path:
    demo_equipment.write(tmp_path / "data å")
    return tmp_path / "data å"


def test_it_is_the_example_but_for_connect(data: Path) -> None:
    made = read_registry(demo_equipment.rooms_file(data))
    example = read_registry(example_rooms())
    (site,) = made.sites.values()
    devices = tuple(d.model_copy(update={"connect": None}) for d in site.devices)
    assert [site.model_copy(update={"devices": devices})] == [*example.sites.values()]


def test_all_equipment_is_watched_on_a_port_of_its_own(data: Path) -> None:
    registry = read_registry(demo_equipment.rooms_file(data))
    logins = read_logins(demo_equipment.LOGINS, "en")
    watched = {name: targets(bridge, registry, logins) for name, bridge in BRIDGES.items()}
    assert {name: len(found) for name, found in watched.items()} == {
        "roomos": 3,
        "pjlink": 4,
        "poly": 1,
        "collabos": 1,
    }
    all_ = [target for found in watched.values() for target in found.values()]
    assert len({target.port for target in all_}) == 9
    assert {t.password for t in all_ if t.certificate} == {"secret"}


def test_the_simulator_lets_it_answer(data: Path) -> None:
    assert not demo_equipment.answers(data)
    with Equipment(read_registry(demo_equipment.rooms_file(data))):
        assert demo_equipment.answers(data)
    assert not demo_equipment.answers(data)


def test_only_trials_with_bridges_use_it(tmp_path: Path) -> None:
    given = {"demo": True, "data": tmp_path}
    assert _with_trial(given, bridges=True).rooms == demo_equipment.rooms_file(tmp_path)
    assert _with_trial(given).rooms == example_rooms()
    own = {**given, "rooms": example_rooms()}
    assert _with_trial(own, bridges=True).rooms == example_rooms()
