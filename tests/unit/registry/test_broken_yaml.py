"""Files whose YAML is broken, and files that are no site at all."""

from __future__ import annotations

import pytest

from tests.unit.registry.broken import broken, mistakes


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("name: Arenan", "\tname: Arenan", "2: this line has a tab character. Use spaces instead."),
        (
            "name: Arenan",
            "name: Arenan: huset",
            "2: a colon stands where none may. Put text with a colon in quotes,"
            " and check the indentation.",
        ),
        (
            "name: Arenan",
            "name: 'Arenan",
            "2: the quotation mark that opens here is not closed properly.",
        ),
        (
            "[renen.example]",
            "[renen.example",
            "17: the bracket that opens here is not closed properly."
            " Check commas and the closing ] or }.",
        ),
        ("name: Arenan", "name", "2: this line lacks a colon after its name. Write name: value."),
        (
            "name: Arenan",
            "name: *arenan",
            "2: this alias (*) names no anchor (&) above it."
            " Put text that begins with * in quotes.",
        ),
        (
            "name: Arenan",
            "name: @arenan",
            "2: this value begins with a character that has a special meaning."
            " Put the value in quotes.",
        ),
        (
            "  - id: egna",
            "   - id: egna",
            "8: this line does not fit the lines above."
            " Indent them alike, and begin list items with -.",
        ),
        ("name: Arenan", "name: Are\x07nan", "2: this text holds an invisible control character."),
        ("name: Arenan", 'name: "Are\\0nan"', "2: name: this text holds an invisible control"),
        (
            "name: Arenan",
            "name: Arenan\nid: annan",
            '3: "id" stands on line 1 already. Remove one or join them.',
        ),
        ("name: Arenan", "name: !!python/name:os.system x", "2: name: the tag"),
    ],
)
def test_a_broken_line_is_named(old: str, new: str, line: str) -> None:
    [found] = mistakes(broken((old, new)))
    assert found.startswith(f"rooms.yaml:{line}")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "rooms.yaml: the file is empty."),
        ("# only a comment\n", "rooms.yaml: the file is empty."),
        ("- a\n", "rooms.yaml:1: must consist of lines"),
        ("a: 1\n---\nb: 2\n", "rooms.yaml:2: the file holds several documents"),
        ("[" * 2000, "rooms.yaml:1: this is nested too deeply."),
        ("a: " + "[" * 60 + "]" * 60, "rooms.yaml:1: a"),
        ("x" * 1_000_001, "rooms.yaml: the file is larger than 1 MB."),
        ("&a [*a]", "rooms.yaml:1: [0]"),
    ],
)
def test_files_that_are_no_site(text: str, line: str) -> None:
    assert mistakes(text)[0].startswith(line)


def test_aliases_that_explode_are_stopped() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for i in range(1, 9):
        lines.append(f"a{i}: &a{i} [" + ", ".join([f"*a{i - 1}"] * 10) + "]")
    [found] = mistakes("\n".join(lines))
    assert "grows beyond reason" in found
