"""Every file under tests/payloads/bridges/<bridge>/ is a test: one answer in, what it means out.

``answer`` is text as on the wire, ``request`` the question where that is needed; then ``told``
(kind -> fields), or ``error`` where nobody can make sense of it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.bridges import BRIDGES
from devices.bridges.base import BadAnswer
from rooms.readings import FIELDS
from rooms.values import checked
from tests.unit.bent import bent

FILES = sorted((Path(__file__).parents[2] / "payloads" / "bridges").glob("*/*.json"))


def test_there_are_cases_for_every_bridge() -> None:
    assert {path.parent.name for path in FILES} == BRIDGES.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_case(path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    read = BRIDGES[path.parent.name].read  # type: ignore[index]
    answer, request = case["answer"].encode(), case.get("request", "")
    if "error" in case:
        with pytest.raises(BadAnswer):
            read(answer, request)
    else:
        assert read(answer, request) == case["told"]


def texts() -> st.SearchStrategy[bytes]:
    """Rubbish, JSON of any shape, and cases with a piece of them changed."""
    words = [json.loads(path.read_text("utf-8"))["answer"] for path in FILES]
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    keys = st.sampled_from(["code", "result", "state", "uptime", "stateList", "name", "Status"])
    values = st.recursive(
        leaves, lambda v: st.lists(v, max_size=3) | st.dictionaries(keys, v, max_size=3)
    )
    changed = st.builds(
        lambda text, at, put: (text[: at % (len(text) + 1)] + put + text[at:]).encode(),
        st.sampled_from(words),
        st.integers(0, 200),
        st.text(max_size=4),
    )
    return st.binary(max_size=60) | values.map(lambda v: json.dumps(v).encode()) | changed


@given(bridge=st.sampled_from(sorted(BRIDGES)), answer=texts())
def test_any_answer_gives_fields_that_can_be_published_or_a_bad_answer(
    bridge: str, answer: bytes
) -> None:
    assert_total(bridge, answer)


def assert_total(bridge: str, answer: bytes, request: str = "") -> None:
    try:
        told = BRIDGES[bridge].read(answer, request)  # type: ignore[index]
    except BadAnswer:
        return
    for kind, fields in told.items():
        assert kind in FIELDS
        assert checked(kind, fields).keys() == fields.keys()  # type: ignore[arg-type]


CASES = [(path.parent.name, json.loads(path.read_text("utf-8"))) for path in FILES]
NUMBERS = st.integers(-(10**12), 10**12) | st.floats()
LEAVES = st.none() | st.booleans() | NUMBERS | st.text(max_size=8)
VALUES = LEAVES | st.lists(LEAVES, max_size=2) | st.dictionaries(st.just("id"), LEAVES)


@pytest.mark.parametrize("bridge", BRIDGES)
@given(data=st.data())
def test_an_answer_with_one_other_value(bridge: str, data: st.DataObject) -> None:
    own = [case for name, case in CASES if name == bridge and case["answer"].startswith("{")]
    if own:
        case = data.draw(st.sampled_from(own))
        try:
            document = json.loads(case["answer"])
        except ValueError:
            return
        answer = data.draw(bent([document], VALUES))
        assert_total(bridge, json.dumps(answer).encode(), case.get("request", ""))
