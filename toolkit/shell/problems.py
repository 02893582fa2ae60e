"""A problem in a member's words: where it stands, what is wrong, what to type instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from toolkit.core.cells import column_letters

if TYPE_CHECKING:
    from toolkit.core.outcome import Param, Place, Problem
    from toolkit.shell.messages import Messages

LONGEST_QUOTE: Final = 40
_CODE: Final = re.compile(r"core\.weekday_[0-6]")


def sentence(problem: Problem, messages: Messages) -> str:
    """What is wrong. `{value}`, `{file}`, `{sheet}`, `{row}` and `{column}` may be used beside the parameters."""
    return messages.text(problem.code, **_params(problem, messages))


def remedy(problem: Problem, messages: Messages) -> str | None:
    """What to type or do next; None where the catalogue has nothing to suggest."""
    code = f"{problem.code}.fix"
    return messages.text(code, **_params(problem, messages)) if messages.knows(code) else None


def problem_at(problem: Problem, place: Place, messages: Messages) -> str:
    """Where (as much of it as `place` has), what is written there, and what is wrong with it.

    What a cell says is quoted where it is short and the sentence doesn't quote it.
    """
    words, where = sentence(problem, messages), place_in_words(place, messages)
    if not where:
        return words
    written = " ".join((problem.value or "").split())
    if place.column is not None and 0 < len(written) <= LONGEST_QUOTE and written not in words:
        return messages.text("shell.problem_at_value", place=where, value=written, sentence=words)
    return messages.text("shell.problem_at", place=where, sentence=words)


def place_in_words(place: Place, messages: Messages) -> str:
    """`tệp lịch.xlsx, trang Tháng 12, dòng 7, cột B`; empty if nothing is known."""
    parts = []
    if place.file is not None:
        parts.append(messages.text("shell.place_file", file=place.file))
    if place.sheet is not None:
        parts.append(messages.text("shell.place_sheet", sheet=place.sheet))
    if place.row is not None:
        parts.append(messages.text("shell.place_row", row=place.row))
    if place.column is not None:
        parts.append(messages.text("shell.place_column", column=column_letters(place.column)))
    return ", ".join(parts)


def _params(problem: Problem, messages: Messages) -> dict[str, Param]:
    """A parameter that is a code itself, such as a weekday's, stands for its own words."""
    place = problem.place
    given = {
        name: messages.text(value) if isinstance(value, str) and _CODE.fullmatch(value) else value
        for name, value in problem.params.items()
    }
    known: dict[str, Param | None] = {
        "value": problem.value,
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": column_letters(place.column) if place.column else None,
    }
    return {name: value for name, value in known.items() if value is not None} | given
