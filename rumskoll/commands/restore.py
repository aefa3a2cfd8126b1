"""``rumskoll restore``: an empty installation from a backup, or only a look whether it is good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.backup import progress
from rumskoll.commands.common import LANGUAGE, Data, errors, out, plainly, say, settings_for, when

if TYPE_CHECKING:
    from rumskoll.backup.manifest import Manifest
    from rumskoll.backup.restore import Restored


@plainly
def restore(
    file: Annotated[Path, typer.Argument(help=say("help.restore_file"))],
    config: Annotated[Path, typer.Option(help=say("help.restore_config"))] = Path(),
    store: Annotated[str | None, typer.Option(help=say("help.store"))] = None,
    check: Annotated[bool, typer.Option("--check", help=say("help.restore_check"))] = False,
    data: Data = None,
) -> None:
    from rumskoll.backup.archive import opened
    from rumskoll.backup.restore import check_store, check_versions
    from rumskoll.backup.restore import restore as fill

    with progress() as told, opened(file) as archive:
        check_versions(archive, file)
        archive.verify(told)
        if check:
            _describe(archive.manifest)
            return
        settings = settings_for(data=data, store=store)
        if store is None:
            check_store(archive, settings)
        done = fill(archive, file, settings, config, told)
    _describe(archive.manifest)
    _tell(done)
    out.print(say("restore.done", data=settings.data, config=config.resolve()))


def _describe(found: Manifest) -> None:
    made, points = when(found.time), sum(found.points.values())
    key = f"restore.what_{found.kind}"
    out.print(say(key, made=made, program=found.program, points=points))


def _tell(done: Restored) -> None:
    for reason, count in sorted(done.refused.items()):
        errors.print(say("restore.refused", count=count, reason=reason))
    alerts, deliveries, mails = done.dropped
    if alerts + deliveries + mails:
        out.print(say("restore.dropped", alerts=alerts, deliveries=deliveries, mails=mails))
    if done.registry_wrong is not None:
        errors.print(say("restore.registry_wrong"))
        for line in done.registry_wrong.lines(LANGUAGE):
            errors.print(line)
