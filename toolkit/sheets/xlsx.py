"""xlsx and xlsm, read as a stream: values with their number formats, merged blocks, hidden rows, struck-through text.

Source: ECMA-376 part 1, chapter 18 (SpreadsheetML). A large sheet is never held as a whole.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
import zipfile
from array import array
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.sheets.archive import open_member
from toolkit.sheets.fonts import font_flags
from toolkit.sheets.found import Head, Item, RawRow, Remark
from toolkit.sheets.limits import MAX_COLUMN, check_reach, check_text
from toolkit.sheets.model import MergeRange
from toolkit.sheets.numbers import BUILT_IN, NumberFormat, number_format, read_number
from toolkit.sheets.stored import iso_moment, plain_float
from toolkit.sheets.wire import STRUCK, Packed, pack
from toolkit.sheets.xmlstream import CHUNK, Attributes, listen, listening

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_MERGES = 20_000
_MAX_STYLES = 100_000  # Excel allows 65,490
_CACHE = 20_000  # moments remembered per style: dates repeat down a column
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGE = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,60}?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_LONGEST_MERGE_TAG = 128


@dataclass(slots=True)
class _Style:
    form: NumberFormat
    flags: int = 0
    seen: dict[str, Packed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _SheetPart:
    name: str
    visible: bool
    member: str


class XlsxReader:
    """Reads a workbook from its (already checked) archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.share = 0.0
        self._archive = archive

    def __iter__(self) -> Iterator[Item]:
        book = _read_book(self._archive)
        strings = _read_strings(self._archive, book.strings)
        styles = _read_styles(self._archive, book.styles)
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


# --- the parts around the sheets ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Book:
    sheets: list[_SheetPart]
    strings: str | None
    styles: str | None
    epoch_1904: bool


class _Elements:
    """Collects the start tags of a small part."""

    def __init__(self) -> None:
        self.found: list[tuple[str, Attributes]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if len(self.found) > _MAX_STYLES:
            raise InputError("sheets.damaged")
        self.found.append((name, attributes))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


def _elements(archive: zipfile.ZipFile, member: str) -> list[tuple[str, Attributes]]:
    stream = open_member(archive, member)
    if stream is None:
        return []
    listener = _Elements()
    with stream:
        listen(stream, listener)
    return listener.found


def _relations(archive: zipfile.ZipFile, member: str) -> list[tuple[str, str, str]]:
    """(id, last word of the type, member) of everything that a part points at."""
    folder, name = posixpath.split(member)
    found = []
    for element, attributes in _elements(archive, posixpath.join(folder, "_rels", name + ".rels")):
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], full))
    return found


def _read_book(archive: zipfile.ZipFile) -> _Book:
    main = next((m for _, kind, m in _relations(archive, "") if kind == "officeDocument"), "xl/workbook.xml")
    parts = {id_: (kind, member) for id_, kind, member in _relations(archive, main)}
    by_kind = dict(parts.values())
    book = _Book([], by_kind.get("sharedStrings"), by_kind.get("styles"), epoch_1904=False)
    for element, attributes in _elements(archive, main):
        if element == "workbookPr":
            book.epoch_1904 = attributes.get("date1904") in ("1", "true")
        elif element == "sheet":
            id_ = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            kind, member = parts.get(id_, ("", ""))
            if kind == "worksheet":
                name = unicodedata.normalize("NFC", attributes.get("name", ""))
                book.sheets.append(_SheetPart(name, attributes.get("state", "visible") == "visible", member))
    if not book.sheets:
        raise InputError("sheets.damaged")
    return book


class _Styles:
    """Styles of cells: which number format, which font."""

    def __init__(self) -> None:
        self.by_index: list[_Style] = []
        self._section = ""
        self._codes: dict[int, str] = {}
        self._fonts: list[int] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("numFmts", "fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self._section = name
        elif self._section == "numFmts" and name == "numFmt":
            self._codes[_index(attributes.get("numFmtId"))] = attributes.get("formatCode", "General")
        elif self._section == "fonts":
            self._font(name, attributes)
        elif self._section == "cellXfs" and name == "xf":
            if len(self.by_index) > _MAX_STYLES:
                raise InputError("sheets.damaged")
            number, font = _index(attributes.get("numFmtId")), _index(attributes.get("fontId"))
            code = self._codes.get(number) or BUILT_IN.get(number, "General")
            flags = self._fonts[font] if font < len(self._fonts) else 0
            self.by_index.append(_Style(number_format(code), flags))

    def _font(self, name: str, attributes: Attributes) -> None:
        if name == "font":
            self._fonts.append(0)
        elif self._fonts:
            self._fonts[-1] |= _font_element(name, attributes)

    def end(self, name: str) -> None:
        if name == self._section:
            self._section = ""

    def text(self, data: str) -> None:
        pass


def _font_element(name: str, attributes: Attributes) -> int:
    if name == "strike" and attributes.get("val", "1") not in ("0", "false"):
        return STRUCK
    if name in ("name", "rFont"):
        return font_flags(attributes.get("val", ""))
    return 0


def _read_styles(archive: zipfile.ZipFile, member: str | None) -> list[_Style]:
    listener = _Styles()
    stream = open_member(archive, member) if member else None
    if stream is not None:
        with stream:
            listen(stream, listener)
    return listener.by_index


class _Strings:
    """The shared strings, as one piece of memory: a million Python strings would take five times as much."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")
        self._flags: dict[int, int] = {}
        self._run = _RichText()
        self._inside = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._run = _RichText()
            self._inside = True
        elif self._inside:
            self._run.start(name, attributes)

    def end(self, name: str) -> None:
        if name == "si":
            text, flags = self._run.finish()
            check_text("", None, None, len(text))
            if flags:
                self._flags[len(self._ends)] = flags
            self._bytes += text.encode("utf-8", "surrogatepass")
            self._ends.append(len(self._bytes))
            self._inside = False
        else:
            self._run.end(name)

    def text(self, data: str) -> None:
        if self._inside:
            self._run.text(data)

    def get(self, index: int) -> tuple[str, int] | None:
        if not 0 <= index < len(self._ends):
            return None
        start = self._ends[index - 1] if index else 0
        return self._bytes[start : self._ends[index]].decode("utf-8", "surrogatepass"), self._flags.get(index, 0)


class _RichText:
    """Text that may consist of runs; struck through only if every run is. Pronunciation aids are left out."""

    __slots__ = ("_aid", "_collecting", "_flags", "_length", "_parts", "_run_flags", "_struck")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._collecting = False
        self._aid = False
        self._run_flags = 0
        self._flags = 0
        self._struck: bool | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "t":
            self._collecting = not self._aid
        elif name == "r":
            self._run_flags = 0
        elif name == "rPh":
            self._aid = True
        else:
            self._run_flags |= _font_element(name, attributes)

    def text(self, data: str) -> None:
        if self._collecting:
            self._parts.append(data)
            self._length += len(data)
            check_text("", None, None, self._length)
            if data.strip():
                struck = bool(self._run_flags & STRUCK)
                self._struck = struck if self._struck is None else self._struck and struck
                self._flags |= self._run_flags & ~STRUCK

    def end(self, name: str) -> None:
        if name == "t":
            self._collecting = False
        elif name == "rPh":
            self._aid = False

    def finish(self) -> tuple[str, int]:
        return tidy("".join(self._parts)), self._flags | (STRUCK if self._struck else 0)


def tidy(text: str) -> str:
    """Stored text as the member sees it: `_x000A_` escapes resolved, one kind of line end, NFC."""
    if text.isascii() and "_x" not in text and "\r" not in text:
        return text
    if "_x" in text:
        text = _ESCAPE.sub(_unescape, text)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF or code == 0 else chr(code)


def _read_strings(archive: zipfile.ZipFile, member: str | None) -> _Strings:
    listener = _Strings()
    stream = open_member(archive, member) if member else None
    if stream is not None:
        with stream:
            listen(stream, listener)
    return listener


# --- a sheet -------------------------------------------------------------------------------------------------------


class _SheetListener:
    """Turns a sheet's elements into rows, which `drain` hands over."""

    def __init__(self, name: str, strings: _Strings, styles: list[_Style], *, epoch_1904: bool) -> None:
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
        self._style: _Style | None = None
        self._formula = False
        self._parts: list[str] | None = None
        self._raw = ""
        self._rich: _RichText | None = None
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
                self._rich = _RichText()
            elif self._rich is not None:
                self._rich.start(name, attributes)
        elif name == "sheetData":
            self.data_began = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _index(attributes.get("min")), min(_index(attributes.get("max")), MAX_COLUMN)
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
        row = _index(number) if number else self._row + 1
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
            shared = self._strings.get(_index(raw))
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

    def _number(self, raw: str, style: _Style) -> Packed:
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


_GENERAL = _Style(number_format("General"))


def _index(raw: str | None) -> int:
    """A whole number of an attribute; 0 if it is none."""
    return int(raw) if raw and raw.isdecimal() and raw.isascii() and len(raw) < 10 else 0
