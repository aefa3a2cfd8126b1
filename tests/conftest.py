"""What holds for the whole suite: servers from the system's packages, one file each; profiles."""

import gc

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.servers.influxd", "tests.servers.mosquitto"]

gc.set_threshold(100_000)  # the usual 700 costs a tenth of the unit tests' time

# A busy computer is no mistake: neither an example's time nor that of making it up is judged.
settings.register_profile(
    "quick", max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=150)
settings.load_profile("quick")  # tests/integration/test_many_examples.py asks for the other
