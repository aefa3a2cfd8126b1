"""The folder and the clock of the import's unit tests."""

from tests.unit.importing.conftest import _folder, set_clock

__all__ = ["_folder", "set_clock"]
