"""All that users see, in Swedish and English, side by side so that neither is forgotten.

A text is looked up by key and filled with values; each part of the product has
its own table. Nothing here formats dates or money: callers pass them formatted.
"""

from __future__ import annotations

from typing import Final, Literal

from rooms.texts import (
    alert_faults,
    alerts,
    alerts_cli,
    api,
    backup,
    board,
    bridge_cli,
    calendar,
    calendars,
    checkin,
    cli,
    dashboards_cli,
    day_pages,
    decode_cli,
    devices_cli,
    doctor,
    errors,
    evaluate,
    evaluate_faults,
    fault_charts,
    fault_pages,
    faults_api,
    first_steps,
    importing,
    init_cli,
    maintenance_pages,
    mqtt_cli,
    privacy_cli,
    problems,
    publish,
    reading_names,
    report,
    rollup,
    statement_appendix,
    statement_cli,
    statement_files,
    statement_mail,
    statement_pages,
    statement_papers,
    statements,
    store,
    usage,
    use_pages,
    walktest,
    whatif,
)

Language = Literal["sv", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")

_TABLES = (
    alerts_cli.TEXTS,
    alert_faults.TEXTS,
    alerts.TEXTS,
    api.TEXTS,
    backup.TEXTS,
    board.TEXTS,
    bridge_cli.TEXTS,
    calendar.TEXTS,
    calendars.TEXTS,
    checkin.TEXTS,
    cli.TEXTS,
    dashboards_cli.TEXTS,
    day_pages.TEXTS,
    decode_cli.TEXTS,
    devices_cli.TEXTS,
    doctor.TEXTS,
    errors.TEXTS,
    evaluate.TEXTS,
    evaluate_faults.TEXTS,
    fault_charts.TEXTS,
    fault_pages.TEXTS,
    faults_api.TEXTS,
    first_steps.TEXTS,
    importing.TEXTS,
    init_cli.TEXTS,
    maintenance_pages.TEXTS,
    mqtt_cli.TEXTS,
    privacy_cli.TEXTS,
    problems.TEXTS,
    publish.TEXTS,
    reading_names.TEXTS,
    report.TEXTS,
    rollup.TEXTS,
    statement_appendix.TEXTS,
    statement_cli.TEXTS,
    statement_files.TEXTS,
    statement_mail.TEXTS,
    statement_pages.TEXTS,
    statement_papers.TEXTS,
    statements.TEXTS,
    store.TEXTS,
    usage.TEXTS,
    use_pages.TEXTS,
    walktest.TEXTS,
    whatif.TEXTS,
)
TEXTS: Final[dict[str, tuple[str, str]]] = {k: v for table in _TABLES for k, v in table.items()}


def text(language: Language, key: str, /, **values: object) -> str:
    """The text of ``key`` in ``language``; a missing key is a programming error (KeyError)."""
    return TEXTS[key][LANGUAGES.index(language)].format(**values)
