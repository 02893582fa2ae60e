"""A28: archives that are bombs, hold ten thousand members, point outside or link elsewhere are refused unread."""

from __future__ import annotations

import stat
import zipfile
from typing import TYPE_CHECKING

import pytest

from builders.workbooks import inline, raw_xlsx, zip_bomb
from toolkit.core.errors import InputError
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

ROWS = f'<row r="1">{inline("A1", "x")}</row>'


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    return caught.value.problem.code


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    assert refusal(zip_bomb(tmp_path / "a.xlsx")) == "sheets.archive_ratio"


def test_ten_thousand_members_are_refused(tmp_path: Path) -> None:
    extra = {f"xl/media/{n}.png": b"" for n in range(10_000)}
    assert refusal(raw_xlsx(tmp_path / "a.xlsx", ROWS, extra=extra)) == "sheets.archive_members"


@pytest.mark.parametrize(
    "name", ["../evil.xml", "xl/../../evil.xml", "/etc/evil.xml", "..\\evil.xml", "C:/evil.xml", "C:evil.xml", "a/b/.."]
)
def test_a_member_that_points_outside_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(raw_xlsx(tmp_path / "a.xlsx", ROWS, extra={name: b"x"})) == "sheets.archive_name"
    assert not list(tmp_path.parent.glob("**/evil.xml"))


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", ROWS)
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refusal(path) == "sheets.archive_name"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_the_same_name_are_refused(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    assert refusal(path) == "sheets.archive_name"


def test_a_member_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", ROWS * 1 + f'<row r="2">{inline("A2", "y" * 100_000)}</row>')
    data = bytearray(path.read_bytes())
    directory = data.find(b"PK\x01\x02")
    while (at := data.find(b"PK\x01\x02", directory)) >= 0:
        length = int.from_bytes(data[at + 28 : at + 30], "little")
        if data[at + 46 : at + 46 + length] == b"xl/worksheets/sheet1.xml":
            data[at + 24 : at + 28] = (500).to_bytes(4, "little")
        directory = at + 4
    path.write_bytes(data)
    assert refusal(path) == "sheets.damaged"


def test_an_unusual_compression_is_refused(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/extra.xml", "x" * 1000)
    assert refusal(path) == "sheets.damaged"
