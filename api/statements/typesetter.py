"""Sets a statement's data as PDF: run as a process of its own by ``press``.

A line of JSON comes in (``data``, ``at``: the PDF's time), eight bytes with the length and the
PDF go out; where Typst refuses, the length is below zero and its reason follows. It ends with
its input, so with its parent.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from importlib.resources import files
from typing import Final

import typst

_UNIVERSAL: Final[list[typst.PDFStandard]] = ["ua-1"]


def main() -> None:
    layout = files("api.statements").joinpath("statement.typ").read_bytes()
    compiler = typst.Compiler(ignore_system_fonts=True)
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        try:
            made = typeset(compiler, layout, asked["data"], datetime.fromisoformat(asked["at"]))
            length = len(made)
        except typst.TypstError as error:
            made = str(error).encode()
            length = -len(made)
        sys.stdout.buffer.write(length.to_bytes(8, "big", signed=True) + made)
        sys.stdout.buffer.flush()


def typeset(compiler: typst.Compiler, layout: bytes, data: str, at: datetime) -> bytes:
    """PDF/UA-1 forbids signs that no font has, such as an emoji in a name: still a tagged PDF
    with the sign in its text, but shown as a box and without the claim."""

    def compile_(standards: list[typst.PDFStandard]) -> bytes:
        made = compiler.compile(
            layout,
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=standards,
            timestamp=at,
        )
        assert isinstance(made, bytes)
        return made

    try:
        return compile_(_UNIVERSAL)
    except typst.TypstError:
        return compile_([])


if __name__ == "__main__":
    main()
