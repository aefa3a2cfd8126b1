"""The result for people (terminal, Markdown) and for scripts (JSON)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from babel.numbers import format_decimal

from rooms import METRICS_VERSION
from rooms.texts import Language, text
from rumskoll.evaluation.comparison import CAUSES, Score
from rumskoll.evaluation.run import Outcome

BAR: Final = 40  # characters


def as_json(score: Score) -> dict[str, Any]:
    """Shares of 0 to 1 (null where nothing could be judged), the rest in seconds or minutes.

    ``coverage`` is the share of all asked time whose state is known; the other shares are of
    the time in which the truth is known as well.
    """
    return {
        "accuracy": _rounded(score.accuracy),
        "occupied_share": _rounded(score.occupied_share),
        "true_share": _rounded(score.true_share),
        "coverage": _rounded(score.coverage),
        "asked_s": score.asked,
        "known_s": score.known,
        "judged_s": score.judged,
        "wrong_s": score.wrong,
        "missed_min": _minutes(score.missed),
        "invented_min": _minutes(score.invented),
        "definition_version": METRICS_VERSION,
    }


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "scenario": outcome.scenario.key,
        **as_json(outcome.whole),
        "opening_hours": as_json(outcome.open),
    }


def summary(score: Score, language: Language) -> Iterator[str]:
    """A few plain lines about one comparison."""
    for name in ("accuracy", "occupied_share", "true_share", "coverage"):
        share = percent(getattr(score, name), language)
        yield text(language, f"evaluate.{name}", share=share)


def headings(language: Language) -> list[str]:
    names = ("scenario", "right", "right_open", "occupied", "true", "coverage")
    return [text(language, f"evaluate.column.{name}") for name in names]


def name_of(outcome: Outcome, language: Language) -> str:
    return text(language, f"evaluate.scenario.{outcome.scenario.key}")


def row(outcome: Outcome, language: Language) -> list[str]:
    return [
        name_of(outcome, language),
        percent(outcome.whole.accuracy, language),
        percent(outcome.open.accuracy, language),
        percent(outcome.whole.occupied_share, language),
        percent(outcome.whole.true_share, language),
        percent(outcome.whole.coverage, language),
    ]


def cause_headings(language: Language) -> list[str]:
    first = text(language, "evaluate.column.scenario")
    return [first, *(text(language, f"evaluate.cause.{cause}") for cause in CAUSES)]


def cause_row(name: str, score: Score, language: Language) -> list[str]:
    """Minutes missed and invented, by cause."""
    return [
        name,
        *(
            f"{_number(score.missed.get(cause, 0) / 60, language)} / "
            f"{_number(score.invented.get(cause, 0) / 60, language)}"
            for cause in CAUSES
        ),
    ]


def bar(score: Score, longest: int, language: Language) -> str:
    """Missed time dark, invented time light, to the scale of the ``longest``; and its minutes."""
    missed = sum(score.missed.values())
    dark, all_ = (round(BAR * n / longest) if longest else 0 for n in (missed, score.wrong))
    return f"{'█' * dark}{'░' * (all_ - dark)} {_number(score.wrong / 60, language)} min".lstrip()


def markdown(outcomes: Sequence[Outcome], language: Language) -> str:
    """Both tables, as they stand in docs/accuracy.md."""
    results = [headings(language), *(row(outcome, language) for outcome in outcomes)]
    causes = [
        cause_headings(language),
        *(cause_row(name_of(outcome, language), outcome.whole, language) for outcome in outcomes),
    ]
    return f"{_table(results)}\n\n{text(language, 'evaluate.causes')}\n\n{_table(causes)}"


def percent(share: float | None, language: Language) -> str:
    return "–" if share is None else f"{_number(100 * share, language, '0.00')} %"


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(value: float, language: Language, form: str = "#,##0") -> str:
    return format_decimal(value, form, locale=language)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)


def _minutes(wrong: Mapping[Any, int]) -> dict[str, float]:
    return {cause: round(wrong.get(cause, 0) / 60, 1) for cause in CAUSES}
