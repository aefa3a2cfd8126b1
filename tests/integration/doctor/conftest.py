"""The folder of the doctor's unit tests."""

from tests.unit.doctor.conftest import _clean

__all__ = ["_clean"]
