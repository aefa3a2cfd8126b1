"""What can go wrong with an answer, on request."""

from __future__ import annotations

from typing import Literal

Fault = Literal["drop", "half", "slow", "garbage"]
"""``drop`` hangs up without a word, ``half`` in the middle of an answer, ``slow`` never ends one,
``garbage`` answers what nobody understands."""
