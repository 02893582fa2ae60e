"""xlsx and xlsm, read as a stream: values with their number formats, merged blocks, hidden rows, struck-through text.

Source: ECMA-376 part 1, chapter 18 (SpreadsheetML). A large sheet is never held as a whole.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO, TYPE_CHECKING

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.sheets.archive import open_member
from toolkit.sheets.found import Head, Item, RawRow, Remark
from toolkit.sheets.limits import MAX_COLUMN, check_reach, check_text
from toolkit.sheets.model import MergeRange
from toolkit.sheets.numbers import number_format, read_number
from toolkit.sheets.stored import iso_moment, plain_float
from toolkit.sheets.wire import STRUCK, Packed, pack
from toolkit.sheets.xlsx_parts import RichText, Strings, Style, read_book, read_strings, read_styles, tidy, whole
from toolkit.sheets.xmlstream import CHUNK, Attributes, listening

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_MERGES = 20_000
_CACHE = 20_000  # moments remembered per style: dates repeat down a column
_MERGE = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,60}?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_LONGEST_MERGE_TAG = 128


class XlsxReader:
    """Reads a workbook from its (already checked) archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.share = 0.0
        self._archive = archive

    def __iter__(self) -> Iterator[Item]:
        book = read_book(self._archive)
        strings = read_strings(self._archive, book.strings)
        styles = read_styles(self._archive, book.styles)
        sizes = {member.filename: member.file_size for member in self._archive.infolist()}
        total = sum(sizes.get(sheet.member, 0) for sheet in book.sheets) or 1
        before = 0
        for sheet in book.sheets:
            stream = open_member(self._archive, sheet.member)
            if stream is None:
                raise InputError("sheets.damaged")
            with stream:
                merges = _read_merges(stream)
            listener = _SheetListener(sheet.name, strings, styles, epoch_1904=book.epoch_1904)
            begun = False
            with self._archive.open(sheet.member) as stream:
                for read in listening(stream, listener):
                    self.share = min((before + read) / total, 1.0)
                    if listener.data_began and not begun:
                        begun = True
                        yield Head(sheet.name, sheet.visible, frozenset(listener.hidden_columns), merges)
                    if begun:
                        yield from listener.drain()
            if not begun:
                yield Head(sheet.name, sheet.visible, frozenset(listener.hidden_columns), merges)
            before += sizes.get(sheet.member, 0)


def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _read_merges(stream: IO[bytes]) -> tuple[MergeRange, ...]:
    """Merged blocks stand behind the rows in the file, but are needed before them."""
    found: list[MergeRange] = []
    tail = b""
    try:
        while chunk := stream.read(CHUNK):
            window = tail + chunk
            if b"mergeCell" in window:
                found.extend(_merges_in(window))
                if len(found) > _MAX_MERGES:
                    raise InputError("sheets.damaged")
                last = window.rfind(b"<")  # a tag that has been read whole must not be found twice
                tail = window[max(last, len(window) - _LONGEST_MERGE_TAG) :] if last >= 0 else b""
            else:
                tail = window[-_LONGEST_MERGE_TAG:]
    except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        raise InputError("sheets.damaged") from error
    return tuple(sorted(set(found)))


def _merges_in(window: bytes) -> Iterator[MergeRange]:
    for first_column, first_row, last_column, last_row in _MERGE.findall(window):
        merge = MergeRange(
            int(first_row),
            column_number(first_column.decode()),
            int(last_row),
            min(column_number(last_column.decode()), MAX_COLUMN),
        )
        if merge.first_row <= merge.last_row and merge.first_column <= merge.last_column:
            yield merge


class _SheetListener:
    """Turns a sheet's elements into rows, which `drain` hands over."""

    def __init__(self, name: str, strings: Strings, styles: list[Style], *, epoch_1904: bool) -> None:
        self.hidden_columns: set[int] = set()
        self.data_began = False
        self._name = name
        self._strings = strings
        self._styles = styles
        self._epoch_1904 = epoch_1904
        self._ready: list[Item] = []
        self._columns: dict[str, int] = {}
        self._row = 0
        self._last_row = 0
        self._row_hidden = False
        self._cells: list[Packed] = []
        self._column = 0
        self._type = ""
        self._style: Style | None = None
        self._formula = False
        self._parts: list[str] | None = None
        self._raw = ""
        self._rich: RichText | None = None
        self._in_cell = False

    def drain(self) -> list[Item]:
        """The rows that are complete since the last call."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v":
            self._parts = []
        elif name == "row":
            self._begin_row(attributes)
        elif self._in_cell:
            if name == "f":
                self._formula = True
            elif name == "is":
                self._rich = RichText()
            elif self._rich is not None:
                self._rich.start(name, attributes)
        elif name == "sheetData":
            self.data_began = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = whole(attributes.get("min")), min(whole(attributes.get("max")), MAX_COLUMN)
            self.hidden_columns.update(range(first, last + 1))

    def end(self, name: str) -> None:
        if name == "v":
            self._raw = "".join(self._parts) if self._parts else ""
            self._parts = None
        elif name == "c":
            self._finish_cell()
        elif name == "row":
            if any(cell is not None for cell in self._cells):
                self._last_row = self._row
                self._ready.append(RawRow(self._row, self._row_hidden, self._cells))
            self._cells = []
        elif self._rich is not None:
            self._rich.end(name)

    def text(self, data: str) -> None:
        if self._rich is not None:
            self._rich.text(data)
        elif self._parts is not None:
            self._parts.append(data)

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        row = whole(number) if number else self._row + 1
        if row <= self._row:
            raise InputError("sheets.damaged", Place(sheet=self._name, row=row))
        self._row = row
        self._row_hidden = attributes.get("hidden") in ("1", "true")
        self._column = 0
        self._cells = []

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters) or self._new_column(letters)
            if column <= self._column:
                raise InputError("sheets.damaged", Place(sheet=self._name, row=self._row))
            self._column = column
        self._type = attributes.get("t", "n")
        style = attributes.get("s")
        index = int(style) if style is not None and style.isdecimal() and len(style) < 7 else 0
        self._style = self._styles[index] if index < len(self._styles) else None
        self._formula = False
        self._raw = ""
        self._in_cell = True

    def _new_column(self, letters: str) -> int:
        if not (1 <= len(letters) <= 3 and letters.isascii() and letters.isalpha() and letters.isupper()):
            raise InputError("sheets.damaged", Place(sheet=self._name, row=self._row))
        return self._columns.setdefault(letters, column_number(letters))

    def _finish_cell(self) -> None:
        self._in_cell = False
        packed = self._content()
        self._rich = None
        if packed is None or packed == "":
            return
        missing = self._column - len(self._cells) - 1
        if missing or self._row - self._last_row > 1:
            check_reach(self._name, self._row, self._column, self._last_row)
            self._cells.extend([None] * missing)
        self._cells.append(packed)

    def _content(self) -> Packed:
        style = self._style
        flags = style.flags if style is not None else 0
        if self._rich is not None:
            text, own = self._rich.finish()
            return pack(text, text, "", flags | own) if text else None
        raw = self._raw
        kind = self._type
        if not raw:
            if self._formula and kind != "str":
                self._remark("sheets.formula_without_value")
            return None
        if kind == "s":
            shared = self._strings.get(whole(raw))
            if shared is None:
                raise InputError("sheets.damaged", Place(sheet=self._name, row=self._row, column=self._column))
            return pack(shared[0], shared[0], "", flags | shared[1]) if shared[0] else None
        if kind == "n":
            if style is None:
                style = _GENERAL
            known = style.seen.get(raw)
            if known is None:
                if len(style.seen) >= _CACHE:
                    style.seen.clear()
                known = style.seen[raw] = self._number(raw, style)
            return known
        return self._other(raw, kind, flags)

    def _number(self, raw: str, style: Style) -> Packed:
        number = plain_float(raw)
        if number is None:
            return pack(raw, raw, "", style.flags)
        value, text, shows = read_number(number, style.form, epoch_1904=self._epoch_1904)
        return pack(value, text, shows, style.flags & STRUCK)

    def _other(self, raw: str, kind: str, flags: int) -> Packed:
        if kind == "b":
            return pack(raw.strip() in ("1", "true"), "TRUE" if raw.strip() in ("1", "true") else "FALSE", "", flags)
        if kind == "e":
            self._remark("sheets.cell_error", raw)
            return pack(None, raw[:20], "", flags)
        if kind == "d":
            return pack(iso_moment(raw), raw, "", flags)
        check_text(self._name, self._row, self._column, len(raw))
        text = tidy(raw)
        return pack(text, text, "", flags)

    def _remark(self, code: str, value: str | None = None) -> None:
        self._ready.append(Remark(code, self._row, self._column, value[:50] if value else None))


_GENERAL = Style(number_format("General"))
