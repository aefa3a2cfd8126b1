from tests.servers.influxd import influxd
from tests.unit.backup.conftest import _clean, _filled, _papers, house

__all__ = ["_clean", "_filled", "_papers", "house", "influxd"]
