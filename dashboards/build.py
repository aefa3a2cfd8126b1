"""Writes the dashboards as classic JSON, which Grafana 11 to 13 read:
``python -m dashboards.build [--lang sv|en] [--check]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from grafana_foundation_sdk.builders.dashboard import (
    ConstantVariable,
    Dashboard,
    DashboardLink,
)
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import dashboard as models

from dashboards.alerting import rules_file
from dashboards.equipment import equipment
from dashboards.overview import overview
from dashboards.panels import BOARD
from dashboards.room import room
from dashboards.service import service
from dashboards.utilisation import utilisation
from dashboards.words import LANGUAGES, Language, Say, say_in

FOLDER: Final = Path(__file__).parent
# One line each: file name -> its builder
DASHBOARDS: Final[Mapping[str, Callable[[Say], Dashboard]]] = {
    "overview": overview,
    "room": room,
    "utilisation": utilisation,
    "equipment": equipment,
    "service": service,
}
TAG: Final = "rumskoll"


class _Hidden(ConstantVariable):
    """Not shown at the dashboard's top, for which the SDK has no method."""

    def build(self) -> models.VariableModel:
        self._internal.hide = models.VariableHide.HIDE_VARIABLE
        return super().build()


def built(name: str, language: Language) -> dict[str, Any]:
    """The dashboard's JSON: what all of them have in common, and ids by place."""
    say = say_in(language)
    made = (
        DASHBOARDS[name](say)
        .tags([TAG])
        .timezone("browser")
        .week_start("monday")
        .readonly()
        .tooltip(models.DashboardCursorSync.CROSSHAIR)
        .link(
            DashboardLink(say("Fler sidor", "More pages"))
            .type(models.DashboardLinkType.DASHBOARDS)
            .tags([TAG])
            .as_dropdown(False)
        )
        .link(
            DashboardLink(say("Tavlan", "The board"))
            .type(models.DashboardLinkType.LINK)
            .icon("external link")
            .url(BOARD)
        )
        .with_variable(_Hidden(BOARD.removeprefix("$")).value("http://localhost:8080"))
    )
    whole: dict[str, Any] = as_json(made.build())
    for id_, panel in enumerate(whole["panels"], 1):
        panel["id"] = id_
    return whole


def as_json(made: models.Dashboard) -> Any:
    """As Grafana reads it. The SDK puts every link and annotation into the controls menu, where
    some releases of Grafana 12 show none (grafana/grafana issue 115084): without the mark
    they stand above the dashboard in all of them."""

    def unmarked(part: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in part.items() if value != "inControlsMenu"}

    return json.loads(json.dumps(made, cls=JSONEncoder), object_hook=unmarked)


def files(languages: tuple[Language, ...] = LANGUAGES) -> Iterator[tuple[Path, str]]:
    """Each file below ``dashboards/`` and what it holds."""
    for language in languages:
        for name in DASHBOARDS:
            text = json.dumps(built(name, language), indent=2, ensure_ascii=False)
            yield FOLDER / language / f"{name}.json", text + "\n"
        yield FOLDER / "provisioning" / "alerting" / f"rules-{language}.yaml", rules_file(language)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m dashboards.build", description=__doc__)
    parser.add_argument("--lang", choices=LANGUAGES, help="only this language")
    parser.add_argument("--check", action="store_true", help="only tell which files are stale")
    options = parser.parse_args(arguments)
    wanted = (options.lang,) if options.lang else LANGUAGES
    stale = 0
    for path, text in files(wanted):
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale += 1
        if not options.check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        verb = "stale" if options.check else "written"
        sys.stdout.write(f"{verb}: {path.relative_to(FOLDER)}\n")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
