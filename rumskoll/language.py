"""Which language to speak, known before (and whatever) the other settings say."""

from __future__ import annotations

import os

from dotenv import dotenv_values

from rooms.texts import LANGUAGES, Language


def spoken() -> Language:
    """That of the one who is logged in; Swedish where nothing is said."""
    lang = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "en" if lang and lang.lower().startswith("en") else "sv"


def language() -> Language:
    """What ``RUMSKOLL_LANGUAGE`` asks for, without reading (and checking) all settings:
    ``rumskoll --help`` must come at once, and errors in settings need a language too."""
    for given in (os.environ, dotenv_values(".env")):
        for name, value in given.items():
            if name.upper() == "RUMSKOLL_LANGUAGE" and value:
                return next((lang for lang in LANGUAGES if lang == value.lower()), spoken())
    return spoken()
