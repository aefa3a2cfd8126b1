"""``rumskoll init``: the files of a new installation."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from rooms.texts import Language, text
from rumskoll.cannot_run import CannotRun
from rumskoll.commands.common import LANGUAGE, errors, fail, out, plainly, say

if TYPE_CHECKING:
    from rumskoll.setup.files import NewFiles
    from rumskoll.setup.questions import Answers

CONFIG: Final = Path("/etc/rumskoll")
DATA: Final = Path("/var/lib/rumskoll")


@plainly
def init(
    folder: Annotated[Path, typer.Argument(help=say("help.init_folder"))] = Path(),
    language: Annotated[str, typer.Option(help=say("help.init_language"))] = LANGUAGE,
    answers: Annotated[Path | None, typer.Option(help=say("help.init_answers"))] = None,
    force: Annotated[bool, typer.Option("--force", help=say("help.init_force"))] = False,
) -> None:
    from rumskoll.setup import writing
    from rumskoll.setup.files import ALWAYS, files_of

    spoken: Language = "en" if language == "en" else "sv"
    if answers is None and not force:
        _free(writing.in_the_way(folder, ALWAYS), spoken)  # before twenty questions, not after
    given = _asked(spoken) if answers is None else _read(answers, spoken)
    files = files_of(given, spoken, _service_data(folder))
    _check(files)
    if not force:
        _free(writing.in_the_way(folder, files), spoken)
    written = writing.write(folder, files)
    if given.get("broker") == "here":
        written += _broker_users(folder, spoken)
    out.print("\n" + text(spoken, "init.written", folder=folder.resolve()))
    for path in written:
        out.print(f"  {path.relative_to(folder)}")
    _tell_next(given, spoken)


def _free(there: Sequence[Path], language: Language) -> None:
    if there:
        names = ", ".join(str(path) for path in there)
        raise fail(text(language, "init.in_the_way", files=names))


def _service_data(folder: Path) -> Path | None:
    """Where deploy/install has put the service's data, if this is its folder."""
    return DATA if folder.resolve() == CONFIG and DATA.is_dir() else None


class _Terminal:
    def tell(self, line: str) -> None:
        out.print(line)

    def ask(self, prompt: str, *, hidden: bool) -> str:
        return out.input(
            prompt, markup=False, emoji=False, password=hidden and sys.stdin.isatty()
        ).strip()


def _asked(language: Language) -> Answers:
    from rumskoll.setup.asking import ask_all

    out.print(text(language, "init.hello"))
    try:
        return ask_all(_Terminal(), language)
    except (EOFError, KeyboardInterrupt):
        errors.print("\n" + text(language, "init.cut_short"))
        raise typer.Exit(130) from None


def _read(path: Path, language: Language) -> Answers:
    from rooms.registry.document import read_document
    from rumskoll.registry_files import decode, read_file
    from rumskoll.setup.asking import CannotUse, from_file

    data: Any = read_document(decode(str(path), read_file(path, "--answers")), str(path)).data
    if not isinstance(data, Mapping):
        raise CannotRun(text(language, "init.file.not_a_mapping", file=path))
    try:
        return from_file(data, language)
    except CannotUse as error:
        raise CannotRun(f"{text(language, 'init.file.wrong', file=path)}\n{error}") from None


def _check(files: NewFiles) -> None:
    """As the service will read them: what we write must never be refused. Raises
    ``RegistryError`` before anything is on the disk."""
    from rooms.registry.parse import build_registry, parse_site
    from rumskoll.contacts import parse_contacts

    by_name = {Path(path).name: content for path, content in files.open.items()}
    registry = build_registry([parse_site(by_name["rooms.yaml"], "rooms.yaml")])
    if "contacts.yaml" in by_name:
        parse_contacts(by_name["contacts.yaml"], "contacts.yaml", registry)


def _broker_users(folder: Path, language: Language) -> list[Path]:
    """As ``rumskoll mqtt-users`` makes them; passwords that are there already stay."""
    from rumskoll.broker.user_files import ACL, PASSWD, PLAIN, write_users
    from rumskoll.broker.users import RUMSKOLL, users_of
    from rumskoll.broker.writing import replace
    from rumskoll.registry_files import read_registry

    users = users_of(read_registry(folder / "rooms.yaml"))
    made = write_users(folder / "broker", users, language)
    secret = folder / "secrets" / "mqtt_password"
    mode = (folder / "secrets" / "signing_secret").stat().st_mode & 0o777
    replace(secret, f"{made.passwords[RUMSKOLL]}\n".encode(), mode)
    return [*(folder / "broker" / name for name in (PASSWD, ACL, PLAIN)), secret]


def _tell_next(answers: Answers, language: Language) -> None:
    out.print("\n" + text(language, "init.next"))
    if answers["size"] == "influx":
        out.print(text(language, "init.next.influx", store=answers["store"]))
    docker = answers["size"] == "docker"
    key = "docker" if docker else "box" if answers["broker"] == "here" else "other"
    out.print(text(language, f"init.next.{key}"))
