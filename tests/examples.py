"""How many examples a property gets: the profile says; what is costly gets fewer of them."""

from __future__ import annotations

from hypothesis import settings


def costly(divisor: int) -> settings:
    """One example where others get ``divisor``. The profiles stand in ``tests/conftest.py``."""
    return settings(max_examples=max(1, settings().max_examples // divisor))
