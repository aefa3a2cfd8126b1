"""``rumskoll doctor``: what is wrong, in one line each, and how to mend it (design 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from rumskoll.doctor.backup import check_backup
from rumskoll.doctor.broker import check_broker
from rumskoll.doctor.calendars import check_attributed, check_calendars
from rumskoll.doctor.check import Check, State, said
from rumskoll.doctor.delivery import check_delivery
from rumskoll.doctor.files import check_files, check_settings
from rumskoll.doctor.host import check_disk, check_port, check_public_url
from rumskoll.doctor.statements import check_statements
from rumskoll.doctor.store import check_server, check_store
from rumskoll.settings import Settings

__all__ = ["CHECKS", "FILE_CHECKS", "Check", "State", "exit_code", "run_checks", "said"]

FILE_CHECKS: Final[Sequence[Callable[[Settings], Iterable[Check]]]] = (
    check_settings,
    check_files,
)
CHECKS: Final = (
    *FILE_CHECKS,
    check_disk,
    check_broker,
    check_store,
    check_server,
    check_calendars,
    check_attributed,
    check_port,
    check_public_url,
    check_delivery,
    check_statements,
    check_backup,
)


def run_checks(
    settings: Settings, checks: Sequence[Callable[[Settings], Iterable[Check]]] = CHECKS
) -> list[Check]:
    """Every check in order. Takes settings of ``read_settings``: the rules between the
    variables are among the checks."""
    return [found for check in checks for found in check(settings)]


def exit_code(checks: Iterable[Check]) -> int:
    """1 if anything fails; warnings are no failure."""
    return int(any(check.state == "fail" for check in checks))
