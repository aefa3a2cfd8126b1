"""The tree that Grafana reads, for one installation and one language: what is committed here, with
the installation's addresses filled in.

Values are put in as they are and not as variables for Grafana to look up, so that one that is
missing is our error line and not a Grafana that does not start.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from dashboards.words import Language

HERE: Final = Path(__file__).parent
PROVISIONING: Final = HERE / "provisioning"
WRITTEN: Final = "# Written by `rumskoll dashboards`; the next run overwrites it.\n"
UI_LANGUAGES: Final[Mapping[Language, str]] = {"sv": "sv-SE", "en": "en-US"}
_COMMITTED_FOLDER: Final = "/etc/grafana/rumskoll"  # in grafana.env


class Installation(NamedTuple):
    """Addresses without a trailing slash; ``folder`` and ``password_file`` as Grafana sees them."""

    language: Language
    folder: str
    board: str
    influx: str
    password_file: str
    rooms: str = "rooms"  # the databases' names
    history: str = "rooms_history"
    ca_file: str = ""  # for an InfluxDB whose certificate the system does not trust
    email: str = ""
    webhook: str = ""


def tree(of: Installation) -> Iterator[tuple[str, str]]:
    """Each file's path below the folder, and its text."""
    yield "grafana.env", _environment(of)
    yield "provisioning/datasources/rumskoll.yaml", _yaml(_datasources(of))
    yield "provisioning/dashboards/rumskoll.yaml", _yaml(_filled("dashboards/rumskoll", of))
    yield "provisioning/alerting/rules.yaml", _yaml(_filled(f"alerting/rules-{of.language}", of))
    yield "provisioning/alerting/contact.yaml", _yaml(contact(of))
    for file in sorted((HERE / of.language).glob("*.json")):
        yield f"dashboards/{file.name}", _dashboard(file, of.board)


def contact(of: Installation) -> dict[str, Any]:
    """Contact points that have an address, and the policy that leads to them. Without any the
    policy goes back to Grafana's own: a contact point in use cannot be taken away."""
    whole = _filled("alerting/contact", of)
    used = [point for point in whole["contactPoints"] if _has_address(point)]
    if not used:
        return {"apiVersion": 1, "resetPolicies": [1]}
    names = [point["name"] for point in used]
    (policy,) = whole["policies"]
    routes = [route for route in policy["routes"] if route["receiver"] in names]
    return whole | {
        "contactPoints": used,
        "policies": [policy | {"receiver": names[0], "routes": routes}],
    }


def _has_address(point: dict[str, Any]) -> bool:
    return all(r["settings"].get("addresses", r["settings"].get("url")) for r in point["receivers"])


def _datasources(of: Installation) -> dict[str, Any]:
    whole = _filled("datasources/rumskoll", of)
    if of.ca_file:
        for source in whole["datasources"]:
            source["jsonData"]["tlsAuthWithCACert"] = True
            source["secureJsonData"]["tlsCACert"] = f"$__file{{{of.ca_file}}}"
    return whole


def _filled(name: str, of: Installation) -> dict[str, Any]:
    """A committed file with its ``${…}`` filled in."""
    whole = yaml.safe_load((PROVISIONING / f"{name}.yaml").read_text("utf-8"))
    values = {f"${{{key.upper()}}}": value for key, value in of._asdict().items()}
    return {key: _put(value, values) for key, value in whole.items()}


def _put(node: Any, values: Mapping[str, str]) -> Any:
    match node:
        case dict():
            return {key: _put(value, values) for key, value in node.items()}
        case list():
            return [_put(value, values) for value in node]
        case str():
            for mark, value in values.items():
                node = node.replace(mark, value)
    return node


def _yaml(whole: dict[str, Any]) -> str:
    return WRITTEN + yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=100)


def _environment(of: Installation) -> str:
    text = (PROVISIONING / "grafana.env").read_text("utf-8")
    return text.replace(_COMMITTED_FOLDER, of.folder).replace(
        UI_LANGUAGES["sv"], UI_LANGUAGES[of.language]
    )


def _dashboard(file: Path, board: str) -> str:
    """The board's address is a constant of each dashboard."""
    whole = json.loads(file.read_text("utf-8"))
    for variable in whole.get("templating", {}).get("list", []):
        if variable["name"] == "board":
            variable["query"] = board
            if "current" in variable:
                variable["current"] = {"text": board, "value": board}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
