"""Every file under tests/payloads/codecs/<codec>/ is a test: a frame in, readings out.

``model`` and ``hex``; then ``now`` (kind -> fields), ``past`` ([ms, kind -> fields]), ``note`` and
``settings``, or ``error``, the reason.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.decoders.codecs import CODECS, codec_of
from collector.decoders.codecs.base import Decode, Given
from rooms.devicemodels import MODELS
from rooms.readings import DecodeError
from rooms.values import checked

FILES = sorted((Path(__file__).parents[2] / "payloads" / "codecs").glob("*/*.json"))
WITH_CODEC = sorted(id_ for id_, model in MODELS.items() if model.codec is not None)


def codec(model: str) -> Decode:
    found = codec_of(model)
    assert found is not None
    return found


def test_there_are_cases_for_every_codec() -> None:
    assert {path.parent.name for path in FILES} == CODECS.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_case(path: Path) -> None:
    case: dict[str, Any] = json.loads(path.read_text("utf-8"))
    frame = bytes.fromhex(case["hex"])
    if "error" in case:
        with pytest.raises(DecodeError) as told:
            codec(case["model"])(frame)
        assert told.value.reason == case["error"]
        return
    got = codec(case["model"])(frame)
    assert got.now == case["now"]
    assert [[time, given] for time, given in got.past] == case.get("past", [])
    assert (got.note, got.settings) == (case.get("note"), case.get("settings", False))


@given(model=st.sampled_from(WITH_CODEC), frame=st.binary(max_size=80))
def test_any_bytes_give_values_in_store_form_or_a_decode_error(model: str, frame: bytes) -> None:
    try:
        got = codec(model)(frame)
    except DecodeError:
        return
    for said in (got.now, *(said for _, said in got.past)):
        assert_storable(said)


@given(data=st.data(), path=st.sampled_from(FILES))
def test_a_frame_that_is_cut_says_no_more_than_the_whole(data: st.DataObject, path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    whole = bytes.fromhex(case["hex"])
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    try:
        got, all_of_it = codec(case["model"])(cut), codec(case["model"])(whole)
    except DecodeError:
        return
    told = {(k, name) for k, fields in got.now.items() for name in fields}
    assert told <= {(k, name) for k, fields in all_of_it.now.items() for name in fields}
    assert got.past == all_of_it.past[: len(got.past)]


def assert_storable(said: Given) -> None:
    for kind, fields in said.items():
        assert fields
        assert checked(kind, fields) == fields
        assert all(type(value) in (float, str) for value in fields.values())
