"""Sample spreadsheets, ordinary, odd and hostile, for tests."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Content = str | int | float | bool | date | datetime | time | None

SCHEDULE: list[list[str]] = [
    ["STT", "Ngày", "Bắt đầu", "Kết thúc", "Nội dung", "Địa điểm", "Ghi chú"],
    ["1", "3/11/2026", "8h30", "10h", "Họp nhóm bán hàng", "Quán cà phê Sen Đầm", "mang sổ tay"],
    ["2", "4/11/2026", "14h", "15h", "Gặp chị Nguyễn Thị Hồng", "số 12 ngõ Thổ Quan", "hợp đồng bảo hiểm"],
    ["3", "5/11/2026", "9h", "", "Giao hàng cho anh Đặng", "chợ Đồng Xuân", ""],
    ["4", "7/11/2026", "cả ngày", "", "Giỗ ông nội", "quê ngoại Hưng Yên", "mua lễ trước một ngày"],
    ["5", "9/11/2026", "19h30", "21h", "Lớp kỹ năng thuyết trình", "trực tuyến", "phỏng vấn thử"],
]

# Vietnamese letters in alphabetical order and their bytes, as the iconv of the GNU C library has them.
_LETTERS = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
_TCVN3 = (
    "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbcccecfd0d1aad2d3d4d5d6d7d8dcdddedfe1e2e3e4abe5e6e7e8e9aceaebecedeeeff1f2f3f4ad"
    "f5f6f7f8f9fafbfcfdfeae"
)
_VISCII = (
    "e0e4e3e1d5e5a2c6c7a1a3e2a5a6e7a4a7e8eba8e9a9eaabacadaaaeecefeeedb8f2f6f5f3f7f4b0b1b2afb5bdb6b7debefef9fcfbfaf8df"
    "d7d8e6d1f1cfd6dbfddcf0"
)
_VISCII_CAPITALS = (
    "c0c4c3c180c58202058183c28586068487c8cb88c989ca8b8c8d8a8ecc9bcecd98d299a0d39ad49091928f93b49697b39594d99c9dda9ebf"
    "bbbcffbab99f1419dd1ed0"
)
_TCVN3_CAPITALS = {"Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7}
_TABLES = {
    "tcvn3": dict(zip(_LETTERS, bytes.fromhex(_TCVN3), strict=True)) | _TCVN3_CAPITALS,
    "viscii": dict(zip(_LETTERS, bytes.fromhex(_VISCII), strict=True))
    | dict(zip(_LETTERS.upper(), bytes.fromhex(_VISCII_CAPITALS), strict=True)),
}
# VNI's marks by what they add to a letter: quality and tone.
_VNI_MARKS = {
    ("", "\u0300"): "ø", ("", "\u0301"): "ù", ("", "\u0309"): "û", ("", "\u0303"): "õ", ("", "\u0323"): "ï",
    ("\u0302", ""): "â", ("\u0302", "\u0300"): "à", ("\u0302", "\u0301"): "á", ("\u0302", "\u0309"): "å",
    ("\u0302", "\u0303"): "ã", ("\u0302", "\u0323"): "ä",
    ("\u0306", ""): "ê", ("\u0306", "\u0300"): "è", ("\u0306", "\u0301"): "é", ("\u0306", "\u0309"): "ú",
    ("\u0306", "\u0303"): "ü", ("\u0306", "\u0323"): "ë",
}  # fmt: skip
_VNI_LETTERS = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def as_vni(text: str) -> str:
    """Text as VNI stores it, each byte as the Latin-1 character of its number."""
    out: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        lower = char.lower()
        if lower.isascii():
            stored = lower
        elif lower in _VNI_LETTERS:
            stored = _VNI_LETTERS[lower]
        else:
            base, *marks = list(unicodedata.normalize("NFD", lower))
            horn = "\u031b" in marks
            quality = next((mark for mark in marks if mark in "\u0302\u0306"), "")
            tone = next((mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
            letter = {"o": "ô", "u": "ö"}[base] if horn else base
            stored = letter + (_VNI_MARKS[quality, tone] if quality or tone else "")
        out.append(stored.upper() if char != lower else stored)
    return "".join(out)


def as_old(text: str, encoding: str) -> str:
    """Text as an old encoding ("tcvn3", "viscii", "vni") stores it, each byte as a Latin-1 character.

    TCVN3 has capitals only of the letters without a tone; others raise KeyError.
    """
    if encoding == "vni":
        return as_vni(text)
    table = _TABLES[encoding]
    return "".join(char if char.isascii() else chr(table[char]) for char in unicodedata.normalize("NFC", text))


def encode(text: str, encoding: str) -> bytes:
    """Text in any encoding that members' files come in; "utf-8-nfd", "utf-8-bom" and BOM-less "utf-16-…" included."""
    if encoding == "utf-8-nfd":
        return unicodedata.normalize("NFD", text).encode()
    if encoding == "utf-8-bom":
        return b"\xef\xbb\xbf" + text.encode()
    if encoding == "utf-16-bom":
        return b"\xff\xfe" + text.encode("utf-16-le")
    if encoding == "cp1258":
        return b"".join(_cp1258(char) for char in unicodedata.normalize("NFC", text))
    if encoding in ("tcvn3", "viscii", "vni"):
        return as_old(text, encoding).encode("latin-1")
    return text.encode(encoding)


def _cp1258(char: str) -> bytes:
    try:
        return char.encode("cp1258")
    except UnicodeEncodeError:  # cp1258 writes a tone as a character of its own, behind its vowel
        parts = unicodedata.normalize("NFD", char)
        tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
        vowel = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
        return vowel.encode("cp1258") + "".join(tones).encode("cp1258")


def csv_text(rows: Iterable[Sequence[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    """Rows as csv; fields are quoted where they must be."""
    import csv

    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def write_xlsx(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Content]]],
    *,
    formats: Mapping[int, str] | None = None,
    merges: Iterable[tuple[str, str, Content]] = (),
) -> Path:
    """An xlsx with these rows. `formats` are number formats by column (from 0); dates are shown day first otherwise.

    `merges` are (sheet, "A1:B2", content).
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    by_code = {code: book.add_format({"num_format": code}) for code in {*(formats or {}).values()}}
    shown = {
        datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        time: book.add_format({"num_format": "hh:mm"}),
    }
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, content in enumerate(row):
                form = by_code.get((formats or {}).get(c, "")) or shown.get(type(content))
                if content is None:
                    continue
                if isinstance(content, str):
                    sheet.write_string(r, c, content)
                elif isinstance(content, (date, time)):
                    sheet.write_datetime(r, c, content, form)
                else:
                    sheet.write(r, c, content, form)
        for where, cells, content in merges:
            if where == name:
                sheet.merge_range(cells, content)
    book.close()
    return path


def write_xls(
    path: Path, rows: Sequence[Sequence[Content]], *, merges: Iterable[tuple[int, int, int, int]] = ()
) -> Path:
    """An xls (Excel 97) with these rows; `merges` are (row, row, column, column) from 0, of cells already written."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Lịch")
    merged = {(first, left): (first, last, left, right) for first, last, left, right in merges}
    shown = {
        datetime: xlwt.easyxf(num_format_str="dd/mm/yyyy hh:mm"),
        date: xlwt.easyxf(num_format_str="dd/mm/yyyy"),
        time: xlwt.easyxf(num_format_str="hh:mm"),
    }
    for r, row in enumerate(rows):
        for c, content in enumerate(row):
            if content is None:
                continue
            style = shown.get(type(content)) or xlwt.Style.default_style
            if (r, c) in merged:
                sheet.write_merge(*merged[r, c], content, style)
            else:
                sheet.write(r, c, content, style)
    book.save(str(path))
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def raw_xlsx(
    path: Path,
    rows: str | bytes,
    *,
    strings: str | bytes | None = None,
    before: str = "",
    behind: str = "",
    book: str = "",
    extra: Mapping[str, bytes] | None = None,
    stored: bool = False,
) -> Path:
    """The smallest xlsx around a sheet's XML: `rows` stand in sheetData, `before` and `behind` around it."""
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>'.encode() + _bytes(rows)
    sheet += f"</sheetData>{behind}</worksheet>".encode()
    kind = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    if strings is not None:
        relations += f'<Relationship Id="r2" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    compression = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w", compression, compresslevel=None if stored else 9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{kind}"><Relationship Id="r" Type="{_RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONS}">{book}<sheets><sheet name="Lịch" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{kind}">{relations}</Relationships>')
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if strings is not None:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">'.encode() + _bytes(strings) + b"</sst>")
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return path


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def inline(reference: str, text: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def zip_bomb(path: Path) -> Path:
    """98 KB that unpack to 100 MB of rows."""
    return raw_xlsx(path, b"<row><c><v>1</v></c></row>" * 3_900_000)


def far_cell(path: Path) -> Path:
    """1,440 bytes with two cells, first and last of the sheet: readers that fill the space between end at once."""
    return raw_xlsx(path, f'<row r="1">{inline("A1", "a")}</row><row r="1048576">{inline("XFD1048576", "b")}</row>')


def long_cell(path: Path) -> Path:
    """One cell with 100 MB of text in a file of 98 KB."""
    return raw_xlsx(
        path, '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=b"<si><t>" + b"a" * 10**8 + b"</t></si>"
    )


def with_document_type(path: Path) -> Path:
    """A sheet whose XML declares entities that multiply: a billion laughs."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    rows = f'<row r="1">{inline("A1", "&l9;")}</row>'
    return replace_member(
        raw_xlsx(path, ""),
        "xl/worksheets/sheet1.xml",
        f'{declared}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    )


def replace_member(path: Path, name: str, data: str | bytes) -> Path:
    """The same archive with one member's content exchanged."""
    with zipfile.ZipFile(path) as archive:
        members = {member.filename: archive.read(member) for member in archive.infolist()}
    members[name] = _bytes(data)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def large_xlsx(path: Path, rows: int) -> Path:
    """A sheet of `rows` sales (date, customer, good, amount, note), each with a text that no other row has.

    Written as XML piece by piece: a spreadsheet library takes half a minute for a million rows, this a few seconds.
    """
    raw_xlsx(path, "", strings="", before=f'<dimension ref="A1:E{rows}"/>')
    with zipfile.ZipFile(path) as archive:
        members = {member.filename: archive.read(member) for member in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            head, mark, tail = content.partition(b"</sheetData>" if b"<sheetData>" in content else b"</sst>")
            with archive.open(name, "w") as member:
                member.write(head)
                for start in range(1, rows + 1, 10_000) if mark else ():
                    numbers = range(start, min(start + 10_000, rows + 1))
                    member.write(
                        "".join(_sale(n) if name.endswith("sheet1.xml") else _customer(n) for n in numbers).encode()
                    )
                member.write(mark + tail)
    return path


def _sale(n: int) -> str:
    return (
        f'<row r="{n}"><c r="A{n}"><v>{45000 + n % 700}</v></c><c r="B{n}" t="s"><v>{n - 1}</v></c>'
        f'<c r="C{n}" t="inlineStr"><is><t>Gói {n % 50}</t></is></c><c r="D{n}"><v>{1000 * (n % 5000)}</v></c>'
        f'<c r="E{n}" t="str"><v>giao sáng</v></c></row>'
    )


def _customer(n: int) -> str:
    return f"<si><t>Khách hàng số {n}</t></si>"


def write_xlsb(path: Path, rows: Sequence[Sequence[str | float | None]]) -> Path:
    """An xlsb (binary workbook, MS-XLSB) with these rows, as small as readers accept."""

    def record(kind: int, data: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, out = len(data), bytearray()
        while size > 0x7F:
            out.append(size & 0x7F | 0x80)
            size >>= 7
        return number + bytes([*out, size]) + data

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")

    width = max(len(row) for row in rows)
    sheet = record(129) + record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1)) + record(145)
    for r, row in enumerate(rows):
        sheet += record(0, struct.pack("<IIHBBBI", r, 0, 300, 0, 0, 0, 0))
        for c, content in enumerate(row):
            if isinstance(content, str):
                sheet += record(6, struct.pack("<II", c, 0) + wide(content))
            elif content is not None:
                sheet += record(5, struct.pack("<IId", c, 0, content))
    sheet += record(146) + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("r1") + wide("Lịch"))
    kind = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book + record(144) + record(132))
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{kind}"><Relationship Id="r1" Type="{_RELATIONS}/worksheet" '
            'Target="worksheets/sheet1.bin"/></Relationships>',
        )
    return path
