"""The domain: what rooms, devices and readings mean. No I/O, no clock."""

# The version of the definitions in the house's metrics page, printed with every number.
METRICS_VERSION = "1"
