"""Fixtures of the whole suite: servers from the system's packages, one file each."""

pytest_plugins = ["tests.servers.influxd", "tests.servers.mosquitto"]
