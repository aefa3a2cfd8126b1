"""What holds for every unit test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def _quickly() -> Iterator[None]:
    """No waiting for the disk: a power cut is no matter here, but in
    ``tests/integration/test_durability.py``. No reading of the world's certificate
    authorities, whom nobody meets here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.versions.SYNCHRONOUS", "OFF")
        patch.setattr("ssl.SSLContext.set_default_verify_paths", lambda _: None)
        yield
