"""The example site, as the simulator's unit tests have it."""

from tests.unit.simulator.conftest import registry, rooms_file, site, utc

__all__ = ["registry", "rooms_file", "site", "utc"]
