"""Issues one statement after the other over real files, until it is killed. ``main`` forks one
such process for each line on its standard input, as imports take longer than the work."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Final, NamedTuple

from tests.issuing import H, Issuing

FOREVER: Final = 10**9


class Plan(NamedTuple):
    folder: str
    month: str
    times: int = FOREVER


def work(plan: Plan) -> None:
    house = Issuing(Path(plan.folder), fill=False)
    for _ in range(plan.times):
        issued = house.statements.issued()
        version = sum(one.month == plan.month for one in issued)
        # a day that was used a little longer than the version before knew
        house.use("granen", f"{plan.month}-07", {"norr": 3 * H + 60 * version, "skog": 600})
        house.statements.issue(plan.month, "åsa", reason=f"late data {version}")
        tell("issued")
    house.close()


def tell(what: object) -> None:
    os.write(1, f"{what}\n".encode())


def main() -> None:
    for line in sys.stdin:
        if not (pid := os.fork()):
            work(Plan(*json.loads(line)))
            os._exit(0)
        tell(pid)
        _, status = os.waitpid(pid, 0)
        tell(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
