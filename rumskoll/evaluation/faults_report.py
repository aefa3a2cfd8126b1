"""What was found of known faults, for people (terminal, Markdown) and for scripts (JSON)."""

from __future__ import annotations

from datetime import UTC, datetime
from statistics import median
from typing import Any, Final

from babel.numbers import format_decimal

from rooms.texts import Language, text
from rumskoll.evaluation.faults_judging import CodeScore
from rumskoll.evaluation.faults_run import Month
from rumskoll.evaluation.report import percent

_MINUTE: Final = 60_000
_KINDS: Final = ("faults", "digest", "room_check")
_COLUMNS: Final = (
    "code",
    "made",
    "found",
    "rate",
    "median",
    "longest",
    "allowed",
    "false",
    "per_month",
)


def as_json(month: Month) -> dict[str, Any]:
    """Times in minutes, shares of 0 to 1; null where nothing was made of a code."""
    return {
        "days": month.days,
        "devices": month.devices,
        "codes": [
            {
                "code": score.code,
                "made": len(score.detections),
                "found": len(score.took),
                "rate": score.rate,
                "median_min": _minutes(_median(score)),
                "longest_min": _minutes(max(score.took, default=None)),
                "rule_waits_min": _minutes(score.delay),
                "interval_min": _minutes(score.every),
                "in_time": score.in_time,
                "false": len(score.false),
                "false_per_device_month": round(month.per_device_month(len(score.false)), 4),
            }
            for score in month.scores
        ],
        "messages": {
            "in_all": sum(month.messages.values()),
            **{kind: month.messages[kind] for kind in _KINDS},
            "busiest_day": month.busiest,
        },
        "met": month.met,
    }


def headings(language: Language) -> list[str]:
    return [text(language, f"evaluate_faults.column.{name}") for name in _COLUMNS]


def rows(month: Month, language: Language) -> list[list[str]]:
    """One for each code, and one for all of them."""
    made = sum(len(score.detections) for score in month.scores)
    found = sum(len(score.took) for score in month.scores)
    false = sum(len(score.false) for score in month.scores)
    last = [
        text(language, "evaluate_faults.all"),
        str(made),
        str(found),
        percent(found / made if made else None, language),
        *[""] * 3,
        str(false),
        _rate(month, false, language),
    ]
    return [*(_row(month, score, language) for score in month.scores), last]


def _row(month: Month, score: CodeScore, language: Language) -> list[str]:
    delay, every = score.delay, score.every
    allowed = (
        ""
        if delay is None or every is None
        else " + ".join(_span(one, language) for one in (delay, every))
    )
    return [
        score.code,
        str(len(score.detections)),
        str(len(score.took)),
        percent(score.rate, language),
        _span(_median(score), language),
        _span(max(score.took, default=None), language),
        allowed,
        str(len(score.false)),
        _rate(month, len(score.false), language),
    ]


def of_messages(month: Month, language: Language) -> str:
    """How often one maintainer was disturbed."""
    counts = {kind: month.messages[kind] for kind in _KINDS}
    return text(
        language,
        "evaluate_faults.messages",
        days=month.days,
        count=sum(counts.values()),
        busiest=month.busiest,
        **counts,
    )


def markdown(month: Month, language: Language) -> str:
    """As it stands in docs/accuracy.md."""
    head, *body = headings(language), *rows(month, language)
    body = [[f"`{row[0]}`", *row[1:]] for row in body[:-1]] + [body[-1]]
    table = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    lines = ["| " + " | ".join(line) + " |" for line in table]
    return "\n".join([*lines, "", of_messages(month, language)])


def amiss(month: Month, language: Language) -> list[str]:
    """What was not found, or found too late, or is not there: a line for each."""
    lines = []
    for score in month.scores:
        for one in score.detections:
            if one.took is None:
                missed = one.expected
                subject = _subject(missed.subject, missed.detail or "")
                lines.append(_line("missed", score.code, subject, missed.onsets[0], language))
        for fault in score.false:
            subject = _subject(fault.subject, fault.detail)
            lines.append(_line("false", score.code, subject, fault.opened, language))
        if not score.in_time:
            lines.append(text(language, "evaluate_faults.late", code=score.code))
    return lines


def _line(key: str, code: str, subject: str, at: int, language: Language) -> str:
    start = datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return text(language, f"evaluate_faults.{key}", code=code, subject=subject, start=start)


def _subject(subject: str, detail: str) -> str:
    return f"{subject}: {detail}" if detail else subject


def _median(score: CodeScore) -> float | None:
    return median(score.took) if score.took else None


def _span(ms: float | None, language: Language) -> str:
    """Minutes, or what longer times are counted in."""
    if ms is None:
        return "–"
    minutes = round(ms / _MINUTE)
    for name, length in (("days", 1440), ("hours", 60)):
        if minutes >= 2 * length:
            number = format_decimal(minutes / length, "0.#", locale=language)
            return text(language, f"time.{name}", **{name: number})
    return text(language, "time.minutes", minutes=minutes)


def _rate(month: Month, count: int, language: Language) -> str:
    return format_decimal(month.per_device_month(count), "0.00", locale=language)


def _minutes(ms: float | None) -> float | None:
    return None if ms is None else round(ms / _MINUTE, 1)
