"""Gets the answers: from a terminal, line by line, or from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from rooms.registry.mistakes import nearest, shown
from rooms.texts import Language, text
from rumskoll.setup.checks import Wrong
from rumskoll.setup.questions import QUESTIONS, Answers, Question


class Terminal(Protocol):
    """``ask`` returns a line that was typed, stripped, and raises ``EOFError`` at the end."""

    def tell(self, line: str) -> None: ...
    def ask(self, prompt: str, *, hidden: bool) -> str: ...


class CannotUse(Exception):
    """The file with the answers; the lines say what is wrong with it."""


def ask_all(terminal: Terminal, language: Language) -> Answers:
    """All that applies, one after the other; a wrong answer is asked for again."""
    answers: dict[str, Any] = {"language": language}
    for question in QUESTIONS:
        if question.when(answers):
            terminal.tell("")
            terminal.tell(text(language, f"init.ask.{question.key}"))
            answers[question.key] = _ask(terminal, language, question, answers)
    return answers


def _ask(terminal: Terminal, language: Language, question: Question, answers: Answers) -> Any:
    default = question.default(answers)
    shown_default = f" [{default}]" if default and not question.several else ""
    found: list[Any] = []
    while True:
        typed = terminal.ask(f"{shown_default} > ".lstrip(), hidden=question.hidden)
        if not typed and question.several and (found or default is not None):
            return tuple(found)
        if not typed and default is None:
            terminal.tell("  " + text(language, "init.wrong.needed"))
            continue
        try:
            answer = _checked(question, typed or default or "", found)
        except Wrong as wrong:
            terminal.tell("  " + text(language, f"init.wrong.{wrong.key}", **wrong.values))
            continue
        if not question.several:
            return answer
        found.append(answer)


def _checked(question: Question, typed: str, before: Sequence[Any]) -> Any:
    if not typed:
        return ""
    answer = question.check(typed)
    if question.several and any(answer.name.casefold() == one.name.casefold() for one in before):
        raise Wrong("twice", value=answer.name)
    return answer


def from_file(given: Mapping[str, Any], language: Language) -> Answers:
    """Answers as they would be typed, by key; of what takes several, a list. What is left out is
    as if Enter were pressed. Raises ``CannotUse`` with a line for each mistake."""
    known = {question.key for question in QUESTIONS}
    wrong = [
        text(language, "init.file.unknown", key=shown(key), near=nearest(key, known) or "–")
        for key in given
        if key not in known
    ]
    answers: dict[str, Any] = {"language": language}
    for question in QUESTIONS:
        if question.when(answers):
            try:
                answers[question.key] = _given(question, given.get(question.key), answers)
            except Wrong as error:
                why = text(language, f"init.wrong.{error.key}", **error.values)
                wrong.append(f"{question.key}: {why}")
                answers[question.key] = ()
    if wrong:
        raise CannotUse("\n".join(wrong))
    return answers


def _given(question: Question, value: Any, answers: Answers) -> Any:
    default = question.default(answers)
    if not question.several:
        typed = (default if value is None else str(value)) or ""
        if not typed and default is None:
            raise Wrong("needed")
        return _checked(question, typed.strip(), ())
    found: list[Any] = []
    for one in [] if value is None else value if isinstance(value, list) else [value]:
        found.append(_checked(question, str(one).strip(), found))
    if not found and default is None:
        raise Wrong("needed")
    return tuple(found)
