"""F33: the same rows whatever encoding a text file is in, or a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.workbooks import SCHEDULE, Content, as_old, csv_text, encode, write_xls, write_xlsx
from toolkit.core.errors import InputError
from toolkit.sheets.charset import best_decoding
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

ENCODINGS = {
    "utf-8": "utf-8", "utf-8-nfd": "utf-8", "utf-8-bom": "utf-8", "utf-16-bom": "utf-16-le", "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be", "cp1258": "cp1258", "tcvn3": "tcvn3", "vni": "vni", "viscii": "viscii",
}  # fmt: skip
# Ordinary sentences of members' sheets; several of them in any order make a file.
SENTENCES = [
    "gặp chị Hồng ở quán cà phê", "họp nhóm đầu tuần", "giao hàng chợ Đồng Xuân", "đám giỗ ông nội",
    "trả góp tiền điện thoại", "học tiếng Anh buổi tối", "gửi hợp đồng bảo hiểm", "khám sức khỏe định kỳ",
    "đưa con đi tiêm phòng", "sinh nhật bạn Thủy", "nộp tiền học cho cháu", "thử máy lọc nước nhà chị Quỳnh",
    "uống nước với đối tác", "ký nhận hoa hồng tháng", "kiểm kê kho lạnh", "chuyển khoản tiền thuê nhà",
]  # fmt: skip


def cells(path: Path) -> list[list[str]]:
    (sheet,) = read_workbook(path).sheets
    return [[cell.text for cell in row.cells] for row in sheet]


@pytest.mark.parametrize(("written", "found"), ENCODINGS.items())
def test_a_schedule_reads_the_same_in_every_encoding(tmp_path: Path, written: str, found: str) -> None:
    path = tmp_path / "lich.csv"
    path.write_bytes(encode(csv_text(SCHEDULE), written))
    workbook = read_workbook(path)
    assert [[c.text for c in row.cells] for row in workbook.sheets[0]] == SCHEDULE
    assert workbook.decoding is not None
    assert (workbook.decoding.encoding, workbook.decoding.sure) == (found, True)
    said = [note.params["encoding"] for note in workbook.notes if note.code == "sheets.encoding_found"]
    assert said == ([] if found == "utf-8" else [found])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=12, unique=True),
    st.sampled_from(["cp1258", "tcvn3", "vni", "viscii"]),
)
def test_a_dozen_words_are_enough_to_recognise_an_old_encoding(tmp_path: Path, lines: list[str], encoding: str) -> None:
    path = tmp_path / "lich.csv"
    path.write_bytes(encode("\n".join(lines), encoding))
    workbook = read_workbook(path)
    read = [row.cells[0].text for row in workbook.sheets[0]]
    assert workbook.decoding is not None
    # The same rows, or a question: never other rows without a word.
    assert read == lines or (not workbook.decoding.sure and encoding in workbook.decoding.candidates)
    assert workbook.decoding.encoding == encoding


@pytest.mark.parametrize("text", ["Café Zürich, naïve Straße", "é", "\u00b5\u00df", "Björk Ångström señor"])
def test_what_reads_as_vietnamese_in_no_encoding_is_asked_about(tmp_path: Path, text: str) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes(text.encode("cp1252"))
    workbook = read_workbook(path)
    assert workbook.decoding is not None
    assert not workbook.decoding.sure
    assert [note.code for note in workbook.notes] == ["sheets.encoding_unsure"]


def test_the_member_has_the_last_word_on_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes("Café,Zürich".encode("cp1252"))
    workbook = read_workbook(path, encoding="latin-1")
    assert [c.text for c in workbook.sheets[0].rows[0].cells] == ["Café", "Zürich"]
    with pytest.raises(InputError) as caught:
        read_workbook(path, encoding="klingon")
    assert caught.value.problem.code == "sheets.unknown_encoding"
    assert "tcvn3" in str(caught.value.problem.params["known"])


def test_a_few_bad_bytes_do_not_turn_utf8_into_something_else(tmp_path: Path) -> None:
    path = tmp_path / "lich.csv"
    lines = csv_text(SCHEDULE).encode().split(b"\r\n")
    lines[3] += b"\xff"
    path.write_bytes(b"\r\n".join(lines))
    workbook = read_workbook(path)
    assert [c.text for c in workbook.sheets[0].rows[1].cells] == SCHEDULE[1]
    assert [(p.code, p.params["line"]) for p in workbook.problems] == [("sheets.bad_bytes", 4)]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_text_typed_in_an_old_font_inside_a_workbook_is_mended(tmp_path: Path, encoding: str, ending: str) -> None:
    rows: list[list[Content]] = [[as_old(cell, encoding) for cell in row] for row in SCHEDULE]
    path = tmp_path / f"lich.{ending}"
    workbook = read_workbook(write_xls(path, rows) if ending == "xls" else write_xlsx(path, {"S": rows}))
    assert [[c.text for c in row.cells if c.text] for row in workbook.sheets[0]] == [
        [cell for cell in row if cell] for row in SCHEDULE
    ]
    (note,) = workbook.notes
    assert (note.code, note.params["encoding"]) == ("sheets.old_font", encoding)


@pytest.mark.parametrize(("font", "encoding"), [(".VnTime", "tcvn3"), ("VNI-Times", "vni"), (".VnArialH", "tcvn3")])
def test_a_font_name_alone_tells_how_one_cell_was_typed(tmp_path: Path, font: str, encoding: str) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "có thể là tiếng Việt đúng")
    sheet.write_string(1, 0, as_old("giỗ ông nội", encoding), book.add_format({"font_name": font}))
    book.close()
    first, second = read_workbook(tmp_path / "a.xlsx").sheets[0].rows
    assert first.cells[0].text == "có thể là tiếng Việt đúng"
    assert second.cells[0].text == ("GIỖ ÔNG NỘI" if font.endswith("H") else "giỗ ông nội")


def test_proper_vietnamese_with_western_letters_only_is_left_alone(tmp_path: Path) -> None:
    rows = [["có hàng"], ["là và"], ["thú nhà"], ["Café"], ["hôm sau"], ["São Paulo"], ["bó rau"]]
    workbook = read_workbook(write_xlsx(tmp_path / "a.xlsx", {"S": rows}))
    assert [[row.cells[0].text] for row in workbook.sheets[0]] == rows
    assert workbook.notes == ()


def test_text_in_capitals_typed_in_tcvn3_is_in_capitals(tmp_path: Path) -> None:
    rows = [[as_old(line, "tcvn3")] for line in SENTENCES] + [["CéNG HOµ X· HéI"]]
    workbook = read_workbook(write_xlsx(tmp_path / "a.xlsx", {"S": rows}))
    assert [row.cells[0].text for row in workbook.sheets[0]] == [*SENTENCES, "CỘNG HOÀ XÃ HỘI"]


@given(st.binary(max_size=300))
def test_no_bytes_are_too_odd_to_be_judged(data: bytes) -> None:
    assert best_decoding(data).encoding
