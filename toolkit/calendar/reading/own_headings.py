"""Headings of a member's own: what they say their columns mean, and what the cells of an unknown column look like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from toolkit.calendar.reading.days import DayContext, read_days, time_of
from toolkit.calendar.reading.headings import ALIASES, DAY_FIELDS, NAMES, TITLE_FIELDS, Field
from toolkit.calendar.reading.inferring import infer, is_time, likely_field
from toolkit.calendar.reading.said import when_in
from toolkit.core.dates import TimeRange, parse_times, parse_weekdays
from toolkit.core.errors import InputError
from toolkit.core.text import clean, fold
from toolkit.sheets.heading import Heading, UnknownColumn, find_heading, heading_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.core.outcome import Place
    from toolkit.sheets.model import Cell, Row, Sheet

NAME_LIMIT: Final = 80
_SCANNED = 60  # rows in which headings are looked for
_SAMPLES = 3
_LOOKED_AT = 40  # rows that are looked at to tell what a column holds
_SHOWN = 24  # characters of a sample

#: What a column may be said to be where somebody is asked, by what its cells look like; the likeliest first.
OFFERED: Final[dict[str, tuple[Field, ...]]] = {
    "day": ("date", "start_date", "end_date", "lunar"),
    "moment": ("when", "start", "end"),
    "time": ("time", "start_time", "end_time"),
    "weekday": ("weekday", "repeat"),
    "address": ("email",),
    "number": ("number", "duration", "id", "note"),
    "text": ("title", "place", "note", "people", "repeat", "status"),
}


@dataclass(frozen=True)
class OwnHeading:
    """A heading and what its column means. A `required` one was typed for this very file, so it has to be there."""

    name: str
    field: Field
    required: bool = False

    @property
    def key(self) -> str:
        return heading_key(self.name)


@dataclass(frozen=True)
class OpenColumn:
    """A column that no one can tell the meaning of: its heading, what some cells say, what it may be (best first)."""

    heading: str
    samples: tuple[str, ...]
    offered: tuple[Field, ...]


class HeadingsUnknownError(InputError):
    """No sheet says what takes place and on which day. `columns` are those that could be asked about."""

    def __init__(self, code: str, place: Place, columns: Sequence[OpenColumn], **params: str) -> None:
        super().__init__(code, place, **params)
        self.columns = tuple(columns)


def field_named(text: str) -> Field | None:
    """The field that a member's word means: `ngày`, `Date`, `tiêu đề`, `việc gì`, `start_time`."""
    key = fold(text[:NAME_LIMIT]).strip()
    if key in ALIASES:
        return key
    by_name = _by_name()
    return by_name.get(heading_key(text)) or by_name.get(key.removeprefix("cot "))


def own_heading(typed: str, *, required: bool = True) -> OwnHeading | None:
    """`Hôm nào=ngày` as a heading and its meaning; None where it doesn't say both."""
    name, _, meaning = clean(typed[: 4 * NAME_LIMIT]).rpartition("=")
    field = field_named(meaning) if meaning.strip() else None
    name = name.strip()
    if field is None or not 0 < len(name) <= NAME_LIMIT or not heading_key(name):
        return None
    return OwnHeading(name, field, required)


def with_own(own: Iterable[OwnHeading]) -> Mapping[str, Sequence[str]]:
    """The names of the fields, those of the member's own included; an own one means nothing else any more."""
    mine = {heading.key: heading for heading in own}
    if not mine:
        return NAMES
    names = {field: [name for name in known if heading_key(name) not in mine] for field, known in NAMES.items()}
    for key, heading in mine.items():
        names[heading.field].append(key)
    return names


def stands_in(sheet: Sheet, own: Iterable[OwnHeading]) -> frozenset[str]:
    """The keys of the own headings that the sheet has."""
    wanted = {heading.key for heading in own}
    if not wanted:
        return frozenset()
    return frozenset(
        key
        for row in sheet.rows[:_SCANNED]
        for cell in row.cells
        if isinstance(cell.value, str) and len(cell.value) <= 200 and (key := heading_key(cell.value)) in wanted
    )


def list_heading(sheet: Sheet, own: Sequence[OwnHeading]) -> Heading | None:
    """The heading row of a list, its unknown columns told from what they hold where that can be but one thing."""
    heading = find_heading(sheet, with_own(own), likely=likely_field)
    return infer(_without_places(heading, sheet), sheet) if heading is not None else None


def _without_places(heading: Heading, sheet: Sheet) -> Heading:
    """The heading, "Từ" and "Đến" left out where they lead from town to town: their columns name no hour and no day."""
    rows = [row for row in sheet.rows if row.number > heading.last_row][:_LOOKED_AT]
    places = {
        field: column
        for field in ("start", "end")
        if (column := heading.columns.get(field)) is not None and _names_places([row.at(column) for row in rows])
    }
    if not places:
        return heading
    columns = {field: column for field, column in heading.columns.items() if field not in places}
    unknown = [UnknownColumn(column, heading.names[column]) for column in places.values()]
    return replace(heading, columns=columns, unknown=(*heading.unknown, *unknown))


def _names_places(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if not cell.blank]
    return bool(filled) and all(
        isinstance(cell.value, str)
        and not any(c.isdigit() for c in cell.value)
        and parse_times(cell.value[:100]).value is None
        and parse_weekdays(cell.value[:100]).value is None
        for cell in filled
    )


def headings_in(sheet: Sheet) -> list[str]:
    """The headings of a sheet as they are written there, as far as its heading row can be told."""
    heading = list_heading(sheet, ())
    if heading is not None:
        return list(heading.names.values())
    return [" ".join(c.text.split()) for c in _fullest(sheet.rows).cells if not c.blank] if sheet.rows else []


def not_understood(sheet: Sheet, own: Sequence[OwnHeading], place: Place) -> HeadingsUnknownError:
    """Why a sheet makes no list: which of its headings are known, which aren't, and the line that would say so."""
    heading = list_heading(sheet, own)
    if heading is None:
        row = _fullest(sheet.rows)
        unknown = [(c.column, " ".join(c.text.split())) for c in row.cells if not c.blank and not c.covered]
        code, known = "calendar.headings_unknown", ", ".join(names[0] for names in ALIASES.values() if names[0])
        number, below = row.number, row.number
    else:
        unknown = [(u.column, u.heading) for u in heading.unknown]
        fields = set(heading.columns)
        code = "calendar.title_column_unknown" if fields & DAY_FIELDS else "calendar.day_column_unknown"
        known = ", ".join(heading.names[column] for column in sorted(heading.columns.values()))
        number, below = heading.row, heading.last_row
    rows = [row for row in sheet.rows if row.number > below][:_LOOKED_AT]
    columns = [OpenColumn(name, *_looks(column, rows)) for column, name in unknown if len(name) <= NAME_LIMIT]
    return HeadingsUnknownError(
        code,
        replace(place, row=number),
        columns,
        found=", ".join(name[:40] for _, name in unknown[:12]) or "—",
        known=known,
        line=_line(columns, needs_day=code != "calendar.title_column_unknown"),
    )


def _by_name() -> dict[str, Field]:
    return {heading_key(name): field for field, names in ALIASES.items() for name in (*names, *_MORE.get(field, ()))}


#: Words for a meaning that nobody would write above a column.
_MORE: Final[dict[Field, tuple[str, ...]]] = {
    "title": ("việc gì", "tên việc", "tựa đề"),
    "date": ("ngày nào", "hôm nào"),
    "time": ("mấy giờ", "lúc nào"),
    "place": ("ở đâu", "chỗ nào"),
}


def _fullest(rows: Sequence[Row]) -> Row:
    """The row that is most likely one of headings: the first of those with the most texts and no number or date."""

    def names(row: Row) -> int:
        own = [cell for cell in row.cells if not cell.blank and not cell.covered]
        return len(own) if all(isinstance(c.value, str) and not c.text.strip()[:1].isdigit() for c in own) else 0

    best = max(rows[:20], key=names)
    if names(best):
        return best
    return max(rows[:20], key=lambda row: sum(not c.blank and not c.covered for c in row.cells))


def _looks(column: int, rows: Sequence[Row]) -> tuple[tuple[str, ...], tuple[Field, ...]]:
    """Some of a column's texts, and the fields that it may be."""
    cells = [cell for row in rows if not (cell := row.at(column)).blank and not cell.covered]
    samples = tuple(dict.fromkeys(" ".join(c.text.split())[:_SHOWN] for c in cells))[:_SAMPLES]
    kinds = [_kind(cell) for cell in cells]
    best = max(OFFERED, key=kinds.count) if kinds else "text"
    if kinds.count(best) * 2 < len(kinds):
        best = "text"
    others = () if best == "text" else ("title", "note")
    return samples, tuple(dict.fromkeys((*OFFERED[best], *others)))


def _kind(cell: Cell) -> str:
    """What one cell looks like; `text` where it could be anything."""
    value = cell.value
    if isinstance(value, datetime) and time_of(cell) is not None:
        return "moment"
    if isinstance(value, date):
        return "day"
    if isinstance(value, time):
        return "time"
    if isinstance(value, bool) or value is None:
        return "text"
    if isinstance(value, (int, float)):
        return "number"
    if not isinstance(value, str) or len(value) > 100:
        return "text"
    context = DayContext(date(2026, 1, 1))
    if parse_weekdays(value).value is not None:
        return "weekday"
    if read_days(cell, context).value is not None:
        return "day"
    if is_time(cell):
        return "time"
    when = when_in(value, context).value
    if when is not None and any(isinstance(slot, TimeRange) for slot in when.slots):
        return "moment"
    return "address" if "@" in value and "." in value else "text"


def _line(columns: Sequence[OpenColumn], *, needs_day: bool) -> str:
    """What to type so that these columns are known: the likely day, and one column of texts as what takes place."""
    day = next((c for c in columns if c.offered[0] in DAY_FIELDS and c.offered[0] != "weekday"), None)
    text = next((c for c in columns if c.offered[0] in TITLE_FIELDS), None)
    said = []
    if needs_day and (day or columns):
        said.append((day or columns[0], "ngày"))
    if not needs_day or (text is not None and text is not (said[0][0] if said else None)):
        said += [(one, "tiêu đề") for one in [text or (columns[0] if columns else None)] if one is not None]
    return " ".join(f'--heading "{column.heading}={meaning}"' for column, meaning in said) or '--heading "…=ngày"'
