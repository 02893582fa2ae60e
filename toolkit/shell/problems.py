"""A problem in a member's words: where it stands, what is wrong, what to type instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.core.outcome import Param, Place, Problem
    from toolkit.shell.messages import Messages


def sentence(problem: Problem, messages: Messages) -> str:
    """What is wrong. `{value}`, `{file}`, `{sheet}`, `{row}` and `{column}` may be used beside the parameters."""
    return messages.text(problem.code, **_params(problem))


def remedy(problem: Problem, messages: Messages) -> str | None:
    """What to type or do next; None where the catalogue has nothing to suggest."""
    code = f"{problem.code}.fix"
    return messages.text(code, **_params(problem)) if messages.knows(code) else None


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


def column_letters(number: int) -> str:
    """The letters a spreadsheet shows over column `number` (1 = A, 27 = AA)."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _params(problem: Problem) -> dict[str, Param]:
    place = problem.place
    known: dict[str, Param | None] = {
        "value": problem.value,
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": column_letters(place.column) if place.column else None,
    }
    return {name: value for name, value in known.items() if value is not None} | dict(problem.params)
