"""Texts of ``rumskoll dashboards``: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.dashboards": (
        "Skriv det som Grafana läser: datakällor, översikter och larmregler.",
        "Write what Grafana reads: data sources, dashboards and alert rules.",
    ),
    "help.dashboards_to": (
        "Mapp att skriva i, med samma sökväg som Grafana ser den.",
        "Folder to write to, by the same path as Grafana sees it.",
    ),
    "help.dashboards_lang": ("Språk: sv eller en.", "Language: sv or en."),
    "help.dashboards_board": (
        "Tavlans adress, för länkar (annars RUMSKOLL_PUBLIC_URL).",
        "The board's address, for links (else RUMSKOLL_PUBLIC_URL).",
    ),
    "help.dashboards_influx": (
        "InfluxDB som Grafana når den (annars RUMSKOLL_STORE).",
        "InfluxDB as Grafana reaches it (else RUMSKOLL_STORE).",
    ),
    "help.dashboards_password": (
        "Fil som Grafana läser lösenordet eller token till InfluxDB ur (annars rumskoll-grafana i"
        " mappen).",
        "File from which Grafana reads InfluxDB's password or token (else rumskoll-grafana in the"
        " folder).",
    ),
    "dashboards.written": (
        "{count} filer skrivna i {folder}. Grafana läser dem när den startas om.",
        "{count} files written to {folder}. Grafana reads them when it is restarted.",
    ),
    "dashboards.board": (
        "Länkarna leder till tavlan på {address}",
        "Links lead to the board at {address}",
    ),
    "dashboards.alerts": (
        "Grafanas egna larm går till: {who}",
        "Grafana's own alerts go to: {who}",
    ),
    "dashboards.no_alerts": (
        "Grafanas egna larm syns bara i Grafana. Ange RUMSKOLL_GRAFANA_EMAIL eller"
        " RUMSKOLL_GRAFANA_WEBHOOK om någon ska få dem.",
        "Grafana's own alerts show in Grafana only. Set RUMSKOLL_GRAFANA_EMAIL or"
        " RUMSKOLL_GRAFANA_WEBHOOK if somebody is to get them.",
    ),
    "dashboards.sqlite": (
        "Grafana läser InfluxDB, men mätvärdena ligger i {store}. Tavlan visar samma sak utan"
        " Grafana. Med InfluxDB: ange RUMSKOLL_STORE eller --influx http://värd:8086.",
        "Grafana reads InfluxDB, but the readings are in {store}. The board shows the same without"
        " Grafana. With InfluxDB: set RUMSKOLL_STORE or --influx http://host:8086.",
    ),
    "dashboards.dollar": (
        "{value} går inte att använda: Grafana läser $ som början på en variabel, och }} i en"
        " sökväg som dess slut. Välj en adress eller mapp utan sådana tecken.",
        "{value} cannot be used: Grafana reads $ as the start of a variable, and }} in a path as"
        " its end. Choose an address or folder without such characters.",
    ),
}
