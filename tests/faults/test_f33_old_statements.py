"""F33, F34: statements in old encodings say the same as in UTF-8; damaged rows are told with their number."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from builders.statements import MOVES, TODAY, Moved, day, vietcombank_plain, vpbank, write

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

SAID = (
    Moved(day(2), -85_000, "Đổ xăng ở cây xăng đầu ngõ", "FT1"),
    Moved(day(3), -1_250_000, "Trả tiền điện tháng mười", "FT2"),
    Moved(day(4), 300_000, "Bạn Nam trả nợ", "FT3"),
    Moved(day(5), -45_000, "Ăn trưa với đồng nghiệp", "FT4"),
)


def listed(cli: Cli, path: Path) -> list[tuple[str, int, str, str]]:
    ran = cli("expenses", "import", path, "--dry-run", "--today", TODAY, "--json")
    assert ran.exit_code == 0, ran
    return [(one["date"], one["amount"], one["category"], one["note"]) for one in ran.json["data"]["entries"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258", "nfd"])
def test_an_old_encoding_says_the_same(encoding: str, tmp_path: Path, cli: Cli) -> None:
    rows = vpbank(SAID, 5_000_000)
    wanted = listed(cli, write(tmp_path / "a.csv", rows))
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    if encoding == "nfd":
        data = unicodedata.normalize("NFD", text).encode()
    elif encoding == "cp1258":
        data = _cp1258(text)
    else:
        data = text.encode(encoding)
        if encoding in ("utf-16-le", "utf-16-be"):
            data = "\ufeff".encode(encoding) + data
    path = tmp_path / "b.csv"
    path.write_bytes(data)
    assert listed(cli, path) == wanted


def _cp1258(text: str) -> bytes:
    """Windows' Vietnamese: tones as combining marks behind their letter."""
    out = bytearray()
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            tones = "\u0300\u0301\u0303\u0309\u0323"
            parts = unicodedata.normalize("NFD", char)
            tone = "".join(one for one in parts if one in tones)
            base = unicodedata.normalize("NFC", "".join(one for one in parts if one not in tones))
            out += base.encode("cp1258") + tone.encode("cp1258")
    return bytes(out)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter_and_line_end_says_the_same(delimiter: str, tmp_path: Path, cli: Cli) -> None:
    wanted = listed(cli, write(tmp_path / "a.csv", vpbank(SAID, 5_000_000)))
    path = write(tmp_path / "b.csv", vpbank(SAID, 5_000_000), delimiter=delimiter)
    assert listed(cli, path) == wanted
    for ends in ("\r", "\n", "\r\n"):
        path.write_text(
            path.read_text("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").replace("\n", ends), newline=""
        )
        assert listed(cli, path) == wanted


def test_damaged_rows_are_told_and_the_others_go_in(tmp_path: Path, cli: Cli) -> None:
    rows = [",".join(str(cell).replace(",", ".") for cell in row) for row in vietcombank_plain(MOVES, 1_000_000)]
    rows[6] = rows[6].replace("GRAB* A-7XK2 HCM", '"GRAB chưa đóng')
    rows[8] = rows[8] + ",thừa,một,ô"
    rows[9] = "5,05/11/2026"
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    ran = cli("expenses", "import", path, "--yes", "--today", TODAY, "--json")
    assert ran.exit_code == 1
    told = {(problem["code"], problem["row"]) for problem in ran.json["problems"]}
    assert ("sheets.unclosed_quote", 7) in told
    assert ("sheets.row_too_long", 9) in told
    assert ran.json["data"]["entries"] == len(MOVES) - 1
