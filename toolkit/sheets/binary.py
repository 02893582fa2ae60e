"""xls and xlsb through calamine: values, dates, merged blocks (xls).

What they don't tell: number formats, hidden rows and columns, struck-through text, fonts. A date is shown day first.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO

from toolkit.core.errors import InputError
from toolkit.sheets.found import Head, Item, RawRow
from toolkit.sheets.limits import MAX_COLUMN, check_reach, check_text
from toolkit.sheets.model import MergeRange, Value
from toolkit.sheets.numbers import general
from toolkit.sheets.wire import Packed, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class BinaryReader:
    """Reads an old or binary Excel file."""

    def __init__(self, stream: BinaryIO) -> None:
        self.share = 0.0
        self._stream = stream

    def __iter__(self) -> Iterator[Item]:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

        try:
            with CalamineWorkbook.from_filelike(self._stream) as book:
                sheets = [about for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
                for index, about in enumerate(sheets):
                    sheet = book.get_sheet_by_name(about.name)
                    merges = tuple(_merge(*corners) for corners in sheet.merged_cell_ranges or [])
                    name = unicodedata.normalize("NFC", about.name)
                    yield Head(name, about.visible == SheetVisibleEnum.Visible, merges=tuple(sorted(set(merges))))
                    if sheet.start is not None:
                        yield from self._rows(name, sheet.start[1], sheet.iter_rows())
                    self.share = (index + 1) / len(sheets)
        except PasswordError as error:
            raise InputError("sheets.password") from error
        except (CalamineError, OSError, ValueError, OverflowError) as error:
            raise InputError("sheets.damaged") from error

    @staticmethod
    def _rows(name: str, first_column: int, rows: Iterable[Sequence[object]]) -> Iterator[RawRow]:
        # calamine leaves out empty columns on the left, but not empty rows above.
        last = 0
        for number, values in enumerate(rows, start=1):
            cells: list[Packed] = [None] * first_column
            width = 0
            for value in values:
                packed = _pack(name, number, value)
                cells.append(packed)
                if packed is not None:
                    width = len(cells)
            if width:
                if width > MAX_COLUMN or number - last > 1:
                    check_reach(name, number, width, last)
                last = number
                yield RawRow(number, False, cells[:width])


def _merge(first: tuple[int, int], last: tuple[int, int]) -> MergeRange:
    return MergeRange(first[0] + 1, first[1] + 1, last[0] + 1, min(last[1] + 1, MAX_COLUMN))


def _pack(sheet: str, row: int, value: object) -> Packed:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        check_text(sheet, row, None, len(value))
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
        return pack(text, text, "", 0)
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        number = float(value)
        whole = number.is_integer() and abs(number) < 1e15
        return pack(int(number) if whole else number, general(number), "", 0)
    moment = _moment(value)
    return pack(moment, _shown(moment), "", 0)


def _moment(value: object) -> Value:
    """A moment rounded to the second: what lies below is noise of the binary fraction."""
    if isinstance(value, datetime):
        rounded = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return rounded.date() if rounded.time() == time() else rounded
    if isinstance(value, time):
        rounded = datetime.combine(date(2000, 1, 1), value) + timedelta(microseconds=500_000)
        return rounded.time().replace(microsecond=0)
    if isinstance(value, timedelta):
        elapsed = timedelta(seconds=round(value.total_seconds()))
        return (
            elapsed if elapsed >= timedelta(days=1) else (datetime.combine(date(2000, 1, 1), time()) + elapsed).time()
        )
    return value if isinstance(value, date) else None


def _shown(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y} {_clock(value.time())}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return _clock(value)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    return ""


def _clock(value: time) -> str:
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
