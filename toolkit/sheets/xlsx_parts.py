"""What stands around the sheets of an xlsx: its list of sheets, its styles, its shared strings.

Source: ECMA-376 part 1, 18.2 (workbook), 18.8 (styles), 18.4 (shared strings).
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.core.errors import InputError
from toolkit.sheets.archive import open_member
from toolkit.sheets.fonts import font_flags
from toolkit.sheets.limits import check_text
from toolkit.sheets.numbers import BUILT_IN, NumberFormat, number_format
from toolkit.sheets.wire import STRUCK
from toolkit.sheets.xmlstream import Attributes, listen

if TYPE_CHECKING:
    import zipfile

    from toolkit.sheets.wire import Packed

_MAX_STYLES = 100_000  # Excel allows 65,490
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class Style:
    """How a cell looks: its number format, flags of its font. `seen` remembers numbers already read in this style."""

    form: NumberFormat
    flags: int = 0
    seen: dict[str, Packed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet's name and the archive member that holds its cells."""

    name: str
    visible: bool
    member: str


@dataclass(slots=True)
class Book:
    """The list of sheets, and the members with the shared strings and the styles, where there are such."""

    sheets: list[SheetPart]
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


def read_book(archive: zipfile.ZipFile) -> Book:
    main = next((m for _, kind, m in _relations(archive, "") if kind == "officeDocument"), "xl/workbook.xml")
    parts = {id_: (kind, member) for id_, kind, member in _relations(archive, main)}
    by_kind = dict(parts.values())
    book = Book([], by_kind.get("sharedStrings"), by_kind.get("styles"), epoch_1904=False)
    for element, attributes in _elements(archive, main):
        if element == "workbookPr":
            book.epoch_1904 = attributes.get("date1904") in ("1", "true")
        elif element == "sheet":
            id_ = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            kind, member = parts.get(id_, ("", ""))
            if kind == "worksheet":
                name = unicodedata.normalize("NFC", attributes.get("name", ""))
                book.sheets.append(SheetPart(name, attributes.get("state", "visible") == "visible", member))
    if not book.sheets:
        raise InputError("sheets.damaged")
    return book


class _Styles:
    """Styles of cells: which number format, which font."""

    def __init__(self) -> None:
        self.by_index: list[Style] = []
        self._section = ""
        self._codes: dict[int, str] = {}
        self._fonts: list[int] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("numFmts", "fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self._section = name
        elif self._section == "numFmts" and name == "numFmt":
            self._codes[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "General")
        elif self._section == "fonts":
            self._font(name, attributes)
        elif self._section == "cellXfs" and name == "xf":
            if len(self.by_index) > _MAX_STYLES:
                raise InputError("sheets.damaged")
            number, font = whole(attributes.get("numFmtId")), whole(attributes.get("fontId"))
            code = self._codes.get(number) or BUILT_IN.get(number, "General")
            flags = self._fonts[font] if font < len(self._fonts) else 0
            self.by_index.append(Style(number_format(code), flags))

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


def read_styles(archive: zipfile.ZipFile, member: str | None) -> list[Style]:
    listener = _Styles()
    stream = open_member(archive, member) if member else None
    if stream is not None:
        with stream:
            listen(stream, listener)
    return listener.by_index


class Strings:
    """The shared strings, as one piece of memory: a million Python strings would take five times as much."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")
        self._flags: dict[int, int] = {}
        self._run = RichText()
        self._inside = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._run = RichText()
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


class RichText:
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


def read_strings(archive: zipfile.ZipFile, member: str | None) -> Strings:
    listener = Strings()
    stream = open_member(archive, member) if member else None
    if stream is not None:
        with stream:
            listen(stream, listener)
    return listener


def whole(raw: str | None) -> int:
    """A whole number of an attribute; 0 if it is none."""
    return int(raw) if raw and raw.isdecimal() and raw.isascii() and len(raw) < 10 else 0
