"""Writes the files that follow from the code: JSON Schemas and ``.env.example``.

``python -m rumskoll.generate`` writes them, ``--check`` exits with 1 if one is stale.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from api.statements.json_file import statement_schema
from rooms.registry.models import Site
from rooms.registry.schema import json_schema
from rumskoll.contacts import Contacts
from rumskoll.device_table import device_table
from rumskoll.setting_errors import variable
from rumskoll.settings import Settings

_PAYLOADS: Final = Path(__file__).parents[1] / "tests" / "payloads"
_HEAD = """\
# Settings of Rumskoll. Copy this file to .env and set what differs; never commit that copy.
# Any variable may be given as RUMSKOLL_…_FILE instead: the path of a file with its value.
"""
# What docker-compose.yml reads beside the settings: its default and what it means.
_STACK: Final = {
    "COMPOSE_PROFILES": (
        "",
        "demo: the example house speaks, for a trial; bridges: watch equipment",
    ),
    "STACK_VERSION": ("0.1.0", "Which image of Rumskoll runs; the one before, to go back"),
    "STACK_UID": ("1000", "Who owns the files that setup writes: id -u"),
    "STACK_GID": ("1000", "and their group: id -g"),
    "STACK_MQTT_HOST": ("localhost", "Name or address by which devices reach the broker"),
    "STACK_MQTT_ADDRESS": (
        "0.0.0.0",  # noqa: S104 - devices come from everywhere in the house
        "Address on which the broker listens, port 8883",
    ),
    "STACK_BOARD_ADDRESS": ("127.0.0.1", "Address on which the board listens, port 8080"),
    "STACK_GRAFANA_ADDRESS": ("127.0.0.1", "Address on which Grafana listens, port 3000"),
    "STACK_GRAFANA_URL": ("http://localhost:3000", "Where people reach Grafana"),
    "STACK_GRAFANA_LANGUAGE": ("sv-SE", "Language of Grafana: sv-SE or en-US"),
    "STACK_GRAFANA_SMTP": ("false", "true: Grafana sends its alerts by the same mail server"),
    "STACK_GRAFANA_FROM": ("grafana@localhost", "Sender of Grafana's mail"),
    "STACK_BACKUPS": ("backups", "Folder for backups on another disk; a volume if not set"),
}
_STACK_HEAD = "# ---- For docker-compose.yml only"


def generated() -> dict[str, str]:
    """Path from the project's folder -> content."""
    return {
        "docs/schema/rooms.schema.json": _schema(json_schema(Site)),
        "docs/schema/contacts.schema.json": _schema(json_schema(Contacts)),
        "docs/schema/statement.schema.json": _schema(statement_schema()),
        ".env.example": _env_example(),
        **{
            f"docs/{language}/devices-supported.md": device_table(language, _PAYLOADS)
            for language in ("en", "sv")
        },
    }


def _schema(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _env_example() -> str:
    lines = [_HEAD]
    for name, field in Settings.model_fields.items():
        default = field.default
        if default is None or default is PydanticUndefined or isinstance(default, SecretStr):
            default = ""
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        lines += [*textwrap.wrap(field.description or "", 98, initial_indent="# ")]
        lines += [f"#{variable(name)}={shown}", ""]
    lines += [_STACK_HEAD, ""]
    for name, (shown, about) in _STACK.items():
        lines += [f"# {about}", f"#{name}={shown}", ""]
    return "\n".join(lines)


def main(arguments: Sequence[str], root: Path) -> int:
    """Exit code: 1 if ``--check`` found a stale file."""
    check = "--check" in arguments
    stale = 0
    for name, content in generated().items():
        path = root / name
        if path.exists() and path.read_text("utf-8") == content:
            continue
        stale += 1
        if check:
            line = f"{name} is stale: run python -m rumskoll.generate and commit it\n"
            sys.stderr.write(line)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
            sys.stdout.write(f"{name} written\n")
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).parents[1]))
