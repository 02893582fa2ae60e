"""What a view is made of. Blocks hold codes and values, no sentences: the same view is said in every language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.shell.messages import Messages


class Sayable(Protocol):
    """A value that knows its words in a language."""

    def said(self, messages: Messages) -> str: ...


Cell: TypeAlias = "str | int | date | datetime | Sayable | None"


@dataclass(frozen=True, init=False)
class Words(Sayable):
    """A sentence of the catalogue. Its parameters may be sayable themselves."""

    code: str
    params: dict[str, Cell] = field(default_factory=dict)

    def __init__(self, code: str, **params: Cell) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "params", params)

    def said(self, messages: Messages) -> str:
        plain = {
            name: value if isinstance(value, str | int) else said(value, messages)
            for name, value in self.params.items()
        }
        return messages.text(self.code, **plain)


@dataclass(frozen=True)
class When(Sayable):
    """A stretch of time as a diary says it: `T7 12/12 19:30–21:00`. `end` is exclusive, and for dates means whole days.

    The year is left out when it is `this_year`.
    """

    start: date | datetime
    end: date | datetime | None = None
    this_year: int | None = None

    def said(self, messages: Messages) -> str:
        if not isinstance(self.start, datetime):
            last = self.end - timedelta(days=1) if self.end else self.start
            first = self._day(self.start, messages)
            return first if last <= self.start else f"{first} – {self._day(last, messages)}"
        text = f"{self._day(self.start, messages)} {self.start:%H:%M}"
        if not isinstance(self.end, datetime) or self.end == self.start:
            return text
        end = self.end.astimezone(self.start.tzinfo) if self.start.tzinfo and self.end.tzinfo else self.end
        ends_that_night = end.date() == self.start.date() or end - self.start < timedelta(hours=24)
        return f"{text}–{end:%H:%M}" if ends_that_night else f"{text} – {self._day(end, messages)} {end:%H:%M}"

    def _day(self, day: date, messages: Messages) -> str:
        weekday = messages.text(f"shell.weekday_{day.weekday()}")
        code = "shell.day" if day.year == self.this_year else "shell.day_with_year"
        return messages.text(code, weekday=weekday, day=f"{day:%d}", month=f"{day:%m}", year=day.year)


def said(cell: Cell, messages: Messages) -> str:
    """The text of a cell. Numbers get separators, dates their Vietnamese or English form, None is empty."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return messages.number(cell)
    if isinstance(cell, date):
        return When(cell).said(messages)
    return cell.said(messages)


@dataclass(frozen=True)
class Joined(Sayable):
    """Several cells in one, those that say nothing left out."""

    cells: Sequence[Cell]
    between: str = " · "

    def said(self, messages: Messages) -> str:
        return self.between.join(text for cell in self.cells if (text := said(cell, messages)))


@dataclass(frozen=True)
class Line:
    """One line of the answer."""

    text: Cell


@dataclass(frozen=True)
class Verbatim:
    """Lines that have to stay as they are, such as a script."""

    text: Cell


@dataclass(frozen=True)
class Stroke:
    """A piece of a drawn line; a `faint` one steps back where the terminal can show it."""

    text: str
    faint: bool = False


@dataclass(frozen=True)
class Drawing:
    """Lines of a drawing, which stay as they are."""

    lines: Sequence[Sequence[Stroke]]


@dataclass(frozen=True)
class Heading:
    """A line that introduces what follows."""

    text: Cell


@dataclass(frozen=True)
class Note:
    """A remark beside the answer (standard error): how long it took, what to type next."""

    text: Cell


@dataclass(frozen=True)
class Column:
    heading: Cell
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class Table:
    """Rows under headings. `empty` is said when there are no rows. The first table of a view is what --csv writes."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    empty: Cell = None


@dataclass(frozen=True)
class Pairs:
    """Labels with their values, one below the other."""

    pairs: Sequence[tuple[Cell, Cell]]


Block: TypeAlias = Line | Verbatim | Drawing | Heading | Note | Table | Pairs
