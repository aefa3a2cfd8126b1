"""Calls a command as a user would, and returns what it says."""

from __future__ import annotations

from functools import cache
from unittest.mock import patch

from typer.main import get_command
from typer.testing import CliRunner, Result

from rumskoll.cli import app

# the runner makes up all commands anew at each call, which takes longer than most of them
_MADE_ONCE = patch("typer.testing._get_command", cache(get_command))


def rumskoll(*args: str) -> Result:
    with _MADE_ONCE:
        result = CliRunner().invoke(app, args)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def told(*args: str) -> str:
    """What a successful command says."""
    result = rumskoll(*args)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def refused(*args: str, code: int = 2) -> str:
    """What is said of a mistake, on standard error alone."""
    result = rumskoll(*args)
    assert (result.exit_code, result.stdout) == (code, "")
    return result.stderr.strip()
