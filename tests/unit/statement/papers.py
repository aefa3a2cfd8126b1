"""PDF and XLSX that are quickly written, for tests that are not about what stands in them.

``test_pdf.py`` and ``test_xlsx.py`` are, ``tests/integration/test_statement_bytes.py`` issues the
real ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from api.statements import files
from rooms.statement.document import Statement


def _paper(name: str, statement: Statement) -> bytes:
    """Tells apart whose it is, in which format and language."""
    return f"{name} {statement.head.number} {statement.partner}".encode()


@pytest.fixture(autouse=True, scope="module")
def _papers() -> Iterator[None]:
    quick = tuple(
        one if one.computed else one._replace(write=partial(_paper, one.name))
        for one in files.FILES
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "FILES", quick)
        yield
