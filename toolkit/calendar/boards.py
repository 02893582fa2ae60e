"""A week and a month as a wall calendar shows them: days in columns, as wide as the terminal allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from toolkit.calendar.almanac import holiday, lunar_day
from toolkit.shell.blocks import Sayable
from toolkit.shell.layout import cell_width, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.calendar.agenda import Occurrence
    from toolkit.shell.messages import Messages

NARROWEST_WEEK: Final = 10  # cells of a day's column; in less a title can't be read
NARROWEST_MONTH: Final = 9
_WITH_END: Final = 11  # cells that 08:30–09:30 takes
_TITLE_LINES: Final = 3
_MONTH_LINES: Final = 3
_WEEK: Final = 7


def column_width(width: int) -> int:
    """The cells of one of seven columns, a space between them."""
    return (width - (_WEEK - 1)) // _WEEK


def touches(one: Occurrence, day: date) -> bool:
    """Whether an occurrence takes up part of this day; one that ends at midnight doesn't reach the next."""
    if isinstance(one.start, datetime) and isinstance(one.end, datetime):
        last = one.end - timedelta(microseconds=1) if one.end > one.start else one.end
        return one.start.date() <= day <= last.date()
    return one.start <= day < one.end


@dataclass(frozen=True)
class WeekBoard(Sayable):
    """Seven days beside each other, each with its events one below the other."""

    first: date
    found: Sequence[Occurrence]
    width: int
    lunar: bool
    today: date

    def said(self, messages: Messages) -> str:
        column = column_width(self.width)
        days = [self.first + timedelta(days=n) for n in range(_WEEK)]
        heads = [_head(day, column, messages, lunar=self.lunar, today=self.today) for day in days]
        bodies = [self._body(day, column, messages) for day in days]
        rule = ["─" * column] * _WEEK
        return "\n".join([*_beside(heads, column), " ".join(rule), *_beside(bodies, column)])

    def _body(self, day: date, column: int, messages: Messages) -> list[str]:
        lines: list[str] = []
        named = holiday(day)
        if named is not None:
            lines += [*wrap(messages.text(named), column), ""]
        for one in self.found:
            if touches(one, day):
                title = wrap(one.event.summary, column)
                if len(title) > _TITLE_LINES:
                    title = [*title[: _TITLE_LINES - 1], crop(" ".join(title[_TITLE_LINES - 1 :]), column)]
                lines += [_time(one, day, messages, with_end=column >= _WITH_END), *title, ""]
        return lines[:-1]


@dataclass(frozen=True)
class MonthBoard(Sayable):
    """A month in weeks. Where the columns are too narrow for words, a mark beside the number of a day with events."""

    first: date
    found: Sequence[Occurrence]
    width: int
    lunar: bool
    today: date

    def said(self, messages: Messages) -> str:
        column = max(column_width(self.width), 3)
        lines = [" ".join(pad(messages.text(f"shell.weekday_{n}"), column) for n in range(_WEEK)).rstrip()]
        lines.append(" ".join(["─" * column] * _WEEK))
        begins = self.first - timedelta(days=self.first.weekday())
        weeks = []
        while begins < self.first or begins.month == self.first.month:
            cells = [self._cell(begins + timedelta(days=n), column, messages) for n in range(_WEEK)]
            weeks.append(_beside(cells, column))
            begins += timedelta(days=_WEEK)
        wide = column >= NARROWEST_MONTH
        for number, week in enumerate(weeks):
            lines += ["", *week] if wide and number else week
        return "\n".join(lines)

    def _cell(self, day: date, column: int, messages: Messages) -> list[str]:
        if day.month != self.first.month:
            return []
        events = [one for one in self.found if touches(one, day)]
        if column < NARROWEST_MONTH:
            return [f"{day.day:>2}{'*' if events or holiday(day) else ''}"]
        head = f"{day.day:>2}{'*' if day == self.today else ''}"
        if self.lunar and (lunar := _lunar_text(day, messages)):
            head += " " * max(1, column - cell_width(head) - cell_width(lunar)) + lunar
        named = holiday(day)
        words = [messages.text(named)] if named else []
        words += [_short(one, day) for one in events]
        shown = words if len(words) <= _MONTH_LINES else words[: _MONTH_LINES - 1]
        lines = [head, *(crop(text, column) for text in shown)]
        if len(words) > len(shown):
            lines.append(messages.text("calendar.board_more", n=len(words) - len(shown)))
        return lines


def crop(text: str, width: int) -> str:
    """A text on one line of at most `width` cells, its rest an ellipsis."""
    text = " ".join(text.split())
    if cell_width(text) <= width:
        return text
    kept = ""
    for character in text:
        if cell_width(kept + character) > width - 1:
            break
        kept += character
    return f"{kept.rstrip()}…"


def _head(day: date, column: int, messages: Messages, *, lunar: bool, today: date) -> list[str]:
    mark = "*" if day == today else ""
    lines = [f"{messages.text(f'shell.weekday_{day.weekday()}')} {day:%d/%m}{mark}"]
    if lunar:
        lines.append(crop(_lunar_text(day, messages), column))
    return lines


def _lunar_text(day: date, messages: Messages) -> str:
    found = lunar_day(day)
    if found is None:
        return ""
    code = "calendar.board_leap" if found.leap else "calendar.board_lunar"
    return messages.text(code, day=found.day, month=found.month)


def _time(one: Occurrence, day: date, messages: Messages, *, with_end: bool) -> str:
    """When on this day an event begins, and ends where there is room; an open side where it is another day."""
    if not isinstance(one.start, datetime) or not isinstance(one.end, datetime):
        return messages.text("calendar.board_all_day")
    begins = f"{one.start:%H:%M}" if one.start.date() == day else "…"
    ends = f"{one.end:%H:%M}" if one.end.date() == day or one.end - one.start < timedelta(hours=24) else "…"
    return f"{begins}–{ends}" if with_end or begins == "…" else begins


def _short(one: Occurrence, day: date) -> str:
    if isinstance(one.start, datetime) and one.start.date() == day:
        return f"{one.start:%H:%M} {one.event.summary}"
    return one.event.summary


def _beside(columns: Sequence[Sequence[str]], width: int) -> list[str]:
    """Columns of lines as lines over all of them."""
    height = max(map(len, columns), default=0)
    return [
        " ".join(pad(lines[index] if index < len(lines) else "", width) for lines in columns).rstrip()
        for index in range(height)
    ]
