"""What a file really is, by its content: a name ending is only a hint."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, BinaryIO

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place

if TYPE_CHECKING:
    from toolkit.sheets.model import Kind
    from toolkit.sheets.snapshot import Snapshot

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = [
    (b"%PDF-", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7-Zip"), (b"\x1f\x8b", "gzip"), (b"SQLite format 3", "SQLite"),
    (b"RIFF", "RIFF"), (b"BM", "BMP"), (b"MZ", "EXE"), (b"\x7fELF", "ELF"), (b"PAR1", "Parquet"),
    (b"MIME-Version:", "MHTML"),
]  # fmt: skip
# Streams of an OLE container, by the UTF-16 name in its directory (MS-CFB, MS-XLS, MS-OFFCRYPTO).
_OLE_STREAMS = [("EncryptedPackage", "password"), ("Workbook", "xls"), ("WordDocument", "Word"),
                ("PowerPoint Document", "PowerPoint"), ("Book", "xls")]  # fmt: skip
_HTML = re.compile(rb"<(?:!doctype\s+html|html|table|head|body|meta|style|tr|div)\b", re.IGNORECASE)
# Control characters that no text has, those aside that VISCII uses for letters.
_CONTROLS = bytes(set(range(1, 32)) - set(b"\t\n\r\x0b\x0c\x1a\x02\x05\x06\x14\x19\x1e"))
_BY_ENDING: dict[str, Kind] = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".txt": "csv"}


def recognise(snapshot: Snapshot) -> Kind:
    """The kind of a file; raises InputError naming what it is instead, when no table can be read from it."""
    place = Place(file=snapshot.name)
    ending = snapshot.path.suffix.lower()
    head = snapshot.head
    if not snapshot.size or not head.strip(b"\x00 \t\r\n"):
        raise InputError("sheets.empty", place)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_archive(snapshot.stream, place)
    if head.startswith(_OLE):
        return _in_ole(snapshot.stream, place)
    if head[:2] == b"\x09\x08" and head[2:4] in (b"\x10\x00", b"\x08\x00"):  # a bare BIFF5/BIFF8 stream
        return "xls"
    for mark, name in _FOREIGN:
        if head.startswith(mark) and (len(mark) > 2 or ending not in _BY_ENDING):
            raise InputError("sheets.other_kind", place, kind=name)
    if ending in (".gsheet", ".gdoc") or (head.lstrip().startswith(b"{") and b"docs.google.com" in head):
        raise InputError("sheets.google_shortcut", place)
    return _in_text(head, ending, place)


def _in_text(head: bytes, ending: str, place: Place) -> Kind:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00\xff\xfe").replace(b"\x00", b"")
    if start[:5].lower() == b"<?xml" and b"spreadsheet" in head:
        raise InputError("sheets.other_kind", place, kind="XML Spreadsheet 2003")
    if start.startswith(b"<") and _HTML.search(start):
        return "html"
    if not _looks_utf16(head):
        controls = len(head) - len(head.translate(None, _CONTROLS))
        if head.count(b"\x00") > max(8, len(head) // 20) or controls > max(8, len(head) // 50):
            raise InputError("sheets.unknown_kind", place)
    return _BY_ENDING.get(ending, "csv")


def _looks_utf16(head: bytes) -> bool:
    even, odd = head[0::2].count(b"\x00"), head[1::2].count(b"\x00")
    return head[:2] in (b"\xff\xfe", b"\xfe\xff") or max(even, odd) > 4 * max(min(even, odd), 1)


def _in_archive(stream: BinaryIO, place: Place) -> Kind:
    try:
        names = {name.casefold() for name in zipfile.ZipFile(stream).namelist()}
        if "mimetype" in names:
            with zipfile.ZipFile(stream).open("mimetype") as member:
                mime = member.read(200)
            if b"opendocument.spreadsheet" in mime:
                return "ods"
            if b"opendocument" in mime:
                raise InputError("sheets.other_kind", place, kind=mime.decode("ascii", "replace").rpartition(".")[2])
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, KeyError) as error:
        raise InputError("sheets.damaged", place) from error
    finally:
        stream.seek(0)
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "[content_types].xml" in names:
        for folder, kind in (("word/", "Word"), ("ppt/", "PowerPoint")):
            if any(name.startswith(folder) for name in names):
                raise InputError("sheets.other_kind", place, kind=kind)
        return "xlsx"
    if "index/document.iwa" in names or any(name.endswith(".numbers") for name in names):
        raise InputError("sheets.other_kind", place, kind="Apple Numbers")
    raise InputError("sheets.other_kind", place, kind="ZIP")


def _in_ole(stream: BinaryIO, place: Place) -> Kind:
    tail = b""
    found: set[str] = set()
    while chunk := stream.read(1 << 20):
        window = tail + chunk
        found.update(kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") + b"\x00\x00" in window)
        tail = window[-64:]
    stream.seek(0)
    for _, kind in _OLE_STREAMS:
        if kind in found:
            if kind == "password":
                raise InputError("sheets.password", place)
            if kind == "xls":
                return "xls"
            raise InputError("sheets.other_kind", place, kind=kind)
    raise InputError("sheets.unknown_kind", place)
