"""The filled house of the API's unit tests."""

from tests.unit.api.conftest import house

__all__ = ["house"]
