"""The files of an issued statement: each format is one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import version
from typing import Final, NamedTuple

from api.statements.csv_files import intervals_csv, intervals_excel, lines_csv, lines_excel
from api.statements.json_file import statement_json
from api.statements.pdf import PRESS, document
from api.statements.sie import voucher
from api.statements.xlsx import workbook
from rooms.statement.document import Statement
from rooms.statement.view import of_partner
from storage.ledger_files import STATEMENT, folder_of

Writer = Callable[[Statement], bytes]

LIBRARIES: Final = ("XlsxWriter", "typst")  # that write files whose bytes depend on them


class File(NamedTuple):
    name: str
    write: Writer
    computed: bool = True  # does it follow from inputs.json and manifest.json, byte for byte?
    partner: bool = True  # does a partner get its own?
    aside: bool = False  # is it made by another process, so that others can be made meanwhile?


FILES: Final[tuple[File, ...]] = (
    File(STATEMENT, statement_json),
    File("lines.csv", lines_csv),
    File("lines.excel.csv", lines_excel),
    File("intervals.csv", intervals_csv),
    File("intervals.excel.csv", intervals_excel),
    File("voucher.si", voucher, partner=False),
    File("statement.sv.xlsx", partial(workbook, language="sv"), computed=False),
    File("statement.en.xlsx", partial(workbook, language="en"), computed=False),
    File("statement.sv.pdf", partial(document, language="sv"), computed=False, aside=True),
    File("statement.en.pdf", partial(document, language="en"), computed=False, aside=True),
)


def libraries() -> dict[str, str]:
    """Their versions, by name."""
    return {name: version(name) for name in LIBRARIES}


def partners_of(statement: Statement) -> tuple[str, ...]:
    """Who gets a statement of its own."""
    return tuple(total.partner for total in statement.totals)


def written(statement: Statement, *, computed_only: bool = False) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file, the manager's and each partner's, as they get ready."""
    partners = partners_of(statement)
    views = [statement, *(of_partner(statement, partner) for partner in partners)]
    asked = [
        (folder_of(view.partner) + file.name, file, view)
        for view in views
        for file in FILES
        if (file.partner or view.partner is None) and (file.computed or not computed_only)
    ]
    with ThreadPoolExecutor(1, "press") as executor:
        try:
            aside = {
                path: executor.submit(file.write, view) for path, file, view in asked if file.aside
            }
            for path, file, view in asked:
                if not file.aside:
                    yield path, file.write(view)
                for ready in [path for path, made in aside.items() if made.done()]:
                    yield ready, aside.pop(ready).result()
            for path, made in aside.items():
                yield path, made.result()
        finally:
            executor.shutdown(cancel_futures=True)
            PRESS.rest()
