"""How many examples a property gets: the profile says; what is costly gets fewer of them."""

from __future__ import annotations

from hypothesis import settings


def costly(divisor: int) -> settings:
    """One example where others get ``divisor``. The profiles stand in ``tests/conftest.py``."""
    return settings(max_examples=max(1, settings().max_examples // divisor))


def often(factor: int) -> settings:
    """So many times more where examples are many: for what money depends on."""
    few, now = settings.get_profile("quick").max_examples, settings().max_examples
    return settings(max_examples=now * factor if now > few else now)
