"""Duty sheets recognised: shifts or posts on one side, days on the other, and in the cells the names of people."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.calendar.reading.headings import DAY_FIELDS, NAMES
from toolkit.calendar.reading.lines import one_line
from toolkit.calendar.reading.roster_shape import Mark, Roster, mark_of, marks_in, row_mark
from toolkit.calendar.reading.shifts import OFF, shift_hours
from toolkit.core.dates import PartOfDay, parse_times
from toolkit.core.text import clean, fold
from toolkit.sheets.heading import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.sheets.model import Cell, Row, Sheet

NAME = "positions"
_SCANNED = 60  # rows in which the heading is looked for
_FEWEST_DAYS = 2
_NAME_LIMIT = 60
_MOST_NAMES = 12  # in one cell
_BETWEEN = re.compile(r"[\n,;+/&]| và | va | - ")
_BRACKET = re.compile(r"\([^()]{0,60}\)?")
_BULLET = re.compile(r"(?:\d{1,2}[.)]|[-•*]) ?")
_NAMED = re.compile(r"[^\W\d_][^\W\d_]{0,14}\.?(?: ?[^\W\d_][^\W\d_]{0,14}\.?){0,5}")
_HOURS = re.compile(r"\d{1,2} ?(?:h|g|:|giờ).{0,8}[-–đ].{0,3}\d")
_SHIFT = re.compile(r"(?:ca|kip|tua)(?: .{1,30})?")
_POST = re.compile(r"(?:.{1,40} )?truc(?: .{1,40})?")
_SHIFT_HEADINGS = frozenset({"ca", "ca truc", "ca lam", "ca lam viec", "kip", "kip truc", "ca ngay", "tua"})
_DUTY = re.compile(r"\b(?:truc|phan ca|xep ca|ca lam|lich lam|phan cong|lich ca|chia ca|roster|shifts?)\b")
_ASIDE = re.compile(r"(?:ghi chu|luu y|ky ten|xac nhan|stt|tt|note)\b")
_FIELDS = {heading_key(name): field for field, names in NAMES.items() for name in names}


@dataclass(frozen=True)
class Duty:
    """One name in one cell: who, on which day, at which shift or post (the cell that heads it)."""

    person: str
    mark: Mark
    post: Cell
    cell: Cell


@dataclass(frozen=True)
class PositionsLayout:
    """The duties of a sheet. `days` has the days as a roster has them; `posts` are the headings of shifts and posts."""

    days: Roster
    posts: tuple[Cell, ...]
    duties: tuple[Duty, ...]

    @property
    def title(self) -> tuple[str, ...]:
        return self.days.above

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(duty.person for duty in self.duties))


def recognise(sheet: Sheet, *, asked: bool) -> PositionsLayout | None:
    """Days down and shifts across, or shifts down and days across; None where the cells hold no names.

    `asked`: somebody's duties were asked for, so that sessions with names in them are duties whatever is written above.
    """
    for index, heading in enumerate(sheet.rows[:_SCANNED]):
        above = tuple(text for row in sheet.rows[:index] if (text := _alone(row)))
        for read in (_days_down, _days_across):
            found = read(heading, sheet.rows[index + 1 :], above, asked=asked)
            if found is not None:
                return found
    return None


def names_in(cell: Cell, *, any_case: bool = True) -> list[str]:
    """The names in a cell, one per line or with commas between; empty where any part of it is none.

    Unless `any_case`, every word of a name is a capital's: "Họp giao ban" is work, "Thu Trang" a person.
    """
    if not isinstance(cell.value, str) or len(cell.value) > 400:
        return []
    found = []
    for part in _BETWEEN.split(_BRACKET.sub(" ", clean(cell.text).replace("\r", "\n"))):
        name = _BULLET.sub("", one_line(part), count=1).strip(" .:")
        if name and not (_is_name(name) and (any_case or _is_capital(name))):
            return []
        if name:
            found.append(name)
    return found[: _MOST_NAMES + 1]


def _is_name(text: str) -> bool:
    return len(text) <= _NAME_LIMIT and _NAMED.fullmatch(text) is not None


def _is_capital(text: str) -> bool:
    return all(word[:1].isupper() for word in text.replace(".", " ").split())


def is_off(cell: Cell) -> bool:
    """Nobody is on duty."""
    return cell.blank or fold(cell.text[:40]) in OFF


def _days_down(heading: Row, body: Sequence[Row], above: tuple[str, ...], *, asked: bool) -> PositionsLayout | None:
    own = [cell for cell in heading.cells if not cell.blank and not cell.covered]
    if len(own) < 2 or not all(isinstance(cell.value, str) and len(cell.text) <= 80 for cell in own):
        return None
    days = [cell for cell in own if _FIELDS.get(heading_key(cell.text)) in DAY_FIELDS]
    posts = [cell for cell in own if cell not in days and not _ASIDE.match(heading_key(cell.text))]
    duty = asked or any(_DUTY.search(fold(line)) for line in above)
    if not days or len(posts) < 1 or any(post.column < days[-1].column for post in posts):
        return None
    if not all(_is_post(post, sessions=duty, hours=asked) for post in posts):
        return None
    first = min(post.column for post in posts)
    dated = [(row, mark) for row in body if (mark := row_mark(row, heading, first)) is not None]
    if len(dated) < _FEWEST_DAYS or len(dated) * 2 < len(body):
        return None
    cells = [(mark, post, row.at(post.column)) for row, mark in dated for post in posts]
    return _layout(above, [mark for _, mark in dated], posts, cells, asked=asked)


def _days_across(heading: Row, body: Sequence[Row], above: tuple[str, ...], *, asked: bool) -> PositionsLayout | None:
    marks = [mark for mark in marks_in(heading) if not mark.cell.covered]
    if len(marks) < _FEWEST_DAYS or not body:
        return None
    first = marks[0].cell.column
    below = {m.cell.column: m for cell in body[0].cells if cell.column >= first and (m := mark_of(cell)) is not None}
    if marks[0].is_weekday and len(below) == len(marks) and not any(m.is_weekday for m in below.values()):
        marks = [
            Mark(below[m.cell.column].cell, below[m.cell.column].number, below[m.cell.column].dated, m.weekday,
                 below[m.cell.column].text)
            for m in marks
        ]  # fmt: skip
        body = body[1:]
    headed = any(heading_key(heading.at(c).text) in _SHIFT_HEADINGS for c in range(1, first))
    duty = asked or headed or any(_DUTY.search(fold(line)) for line in above)
    rows: list[tuple[Row, Cell]] = []
    for row in body:
        labels = [cell for c in range(1, first) if not (cell := row.at(c)).blank and isinstance(cell.value, str)]
        if not labels:
            continue
        is_shift = duty or _SHIFT.fullmatch(_bare(labels[0].text)) is not None
        if not is_shift or not _is_post(labels[0], sessions=duty, hours=asked):
            if rows and _ASIDE.match(fold(labels[0].text)):
                break
            return None
        rows.append((row, labels[0]))
    cells = [(mark, post, row.at(mark.cell.column)) for row, post in rows for mark in marks]
    return _layout(above, marks, [post for _, post in rows], cells, asked=asked)


def _is_post(cell: Cell, *, sessions: bool, hours: bool) -> bool:
    """`Ca sáng (6h-14h)`, `Ca 1`, `Bác sĩ trực`; among duties also `Sáng`, `Tối (17h-22h30)`, or hours alone."""
    if not isinstance(cell.value, str) or len(cell.text) > 80:
        return False
    bare = _bare(cell.text)
    if _SHIFT.fullmatch(bare) or _POST.fullmatch(bare):
        return True
    if hours and (bool(not bare and _HOURS.search(cell.text)) or bool(shift_hours(cell.text))):
        return True
    if not sessions:
        return False
    slots = parse_times(bare).value if bare else None
    return slots is not None and len(slots) == 1 and isinstance(slots[0], PartOfDay)


def _bare(text: str) -> str:
    """What a shift is called, its hours left out; folded."""
    return fold(_HOURS.split(_BRACKET.sub(" ", one_line(text)), maxsplit=1)[0]).strip(" :,-–(")


def _layout(
    above: tuple[str, ...], marks: Sequence[Mark], posts: Sequence[Cell], cells: Sequence[tuple[Mark, Cell, Cell]], *,
    asked: bool,
) -> PositionsLayout | None:  # fmt: skip
    """The duties, if the cells hold names: nearly all of them, and some names more than once."""
    filled = [(mark, post, cell) for mark, post, cell in cells if not is_off(cell)]
    duties = tuple(_duties(filled, any_case=asked))
    named = len({(duty.cell.row, duty.cell.column) for duty in duties})
    if not duties or named * 10 < len(filled) * 9:
        return None
    often = Counter(fold(duty.person) for duty in duties)
    if not asked and max(often.values()) < 2:
        return None
    return PositionsLayout(Roster(above, tuple(dict.fromkeys(marks)), (), {}), tuple(posts), duties)


def _duties(cells: Sequence[tuple[Mark, Cell, Cell]], *, any_case: bool) -> Iterator[Duty]:
    for mark, post, cell in cells:
        for name in names_in(cell, any_case=any_case):
            yield Duty(name, mark, post, cell)


def _alone(row: Row) -> str:
    own = [cell for cell in row.cells if not cell.blank and not cell.covered]
    return one_line(own[0].text) if own and isinstance(own[0].value, str) and len(own) <= 3 else ""
