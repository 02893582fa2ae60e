"""A file that is no readable spreadsheet is named for what it is, with the way out."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zipfile
from random import Random
from typing import TYPE_CHECKING

import pytest

from builders.workbooks import SCHEDULE, csv_text, raw_xlsx, write_xls, write_xlsx
from running import unprivileged
from toolkit.core.errors import InputError
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.core.outcome import Problem


def refused(path: Path) -> Problem:
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    assert caught.value.problem.place.file == path.name
    return caught.value.problem


def ole(stream: str) -> bytes:
    """The beginning of an OLE container whose directory names one stream."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + stream.encode("utf-16-le") + bytes(64 - 2 * len(stream)) * 8
    )


def archive(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x1f\x8b\x08" + bytes(20), "gzip"),
        (b"SQLite format 3\x00" + bytes(90), "SQLite"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "MHTML"),
        (ole("WordDocument"), "Word"),
        (ole("PowerPoint Document"), "PowerPoint"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML Spreadsheet 2003",
        ),
    ],
)
def test_another_kind_of_file_is_named_whatever_its_ending(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "lich.xlsx"
    path.write_bytes(content)
    problem = refused(path)
    assert (problem.code, problem.params) == ("sheets.other_kind", {"kind": kind})


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "Word"),
        ({"[Content_Types].xml": "", "ppt/presentation.xml": ""}, "PowerPoint"),
        ({"Index/Document.iwa": ""}, "Apple Numbers"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "text"),
        ({"ảnh.jpg": ""}, "ZIP"),
    ],
)
def test_another_kind_of_archive_is_named(tmp_path: Path, members: dict[str, str], kind: str) -> None:
    problem = refused(archive(tmp_path / "lich.xlsx", members))
    assert (problem.code, problem.params) == ("sheets.other_kind", {"kind": kind})


def test_a_name_ending_does_not_decide_what_a_file_is(tmp_path: Path) -> None:
    named = write_xlsx(tmp_path / "a.xlsx", {"S": [["x"]]}).rename(tmp_path / "a.csv")
    assert read_workbook(named).kind == "xlsx"
    named = write_xls(tmp_path / "b.xls", [["x"]]).rename(tmp_path / "b.xlsx")
    assert read_workbook(named).kind == "xls"
    (tmp_path / "c.xls").write_text(csv_text(SCHEDULE, "\t"), encoding="utf-16")
    assert [c.text for c in read_workbook(tmp_path / "c.xls").sheets[0].rows[1].cells] == SCHEDULE[1]


@pytest.mark.parametrize("content", [ole("EncryptedPackage"), ole("Workbook") + ole("EncryptedPackage")])
def test_a_workbook_with_a_password_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mật.xlsx"
    path.write_bytes(content)
    assert refused(path).code == "sheets.password"


def test_an_encrypted_ods_is_told(tmp_path: Path) -> None:
    members = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest:encryption-data/>",
        "content.xml": "\x00\x01",
    }
    assert refused(archive(tmp_path / "mật.ods", members)).code == "sheets.password"


def test_a_zip_with_encrypted_members_is_told(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", "")
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        flags = struct.unpack_from("<H", data, at + 8)[0]
        struct.pack_into("<H", data, at + 8, flags | 1)
        at = data.find(b"PK\x01\x02", at + 1)
    path.write_bytes(data)
    assert refused(path).code == "sheets.password"


@pytest.mark.parametrize("name", ["lịch.gsheet", "lịch.csv"])
def test_a_shortcut_to_google_sheets_says_how_to_get_the_sheet(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(json.dumps({"url": "https://docs.google.com/open?id=1", "doc_id": "1"}), encoding="utf-8")
    assert refused(path).code == "sheets.google_shortcut"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\t\r\n", bytes(100), b",,,\n,,\n"])
def test_an_empty_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "trống.csv"
    path.write_bytes(content)
    assert refused(path).code == "sheets.empty"


def test_a_workbook_without_any_value_is_empty(tmp_path: Path) -> None:
    assert refused(write_xlsx(tmp_path / "trống.xlsx", {"S": [[]], "T": []})).code == "sheets.empty"


@pytest.mark.parametrize("content", [Random(1).randbytes(3000), b"\x01\x02\x00\x00" * 200, ole("Contents")])
def test_random_bytes_are_no_rows(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rác.csv"
    path.write_bytes(content)
    assert refused(path).code == "sheets.unknown_kind"


def test_a_missing_file_a_folder_and_a_pipe_are_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "không có.xlsx").code == "sheets.missing"
    assert refused(tmp_path).code == "sheets.folder"
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "ống")
        assert refused(tmp_path / "ống").code == "sheets.no_file"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [["x"]]})
    path.chmod(0)
    probe = f"""
from pathlib import Path
from toolkit.core.errors import InputError
from toolkit.sheets.snapshot import take_snapshot
try:
    take_snapshot(Path({str(path)!r}))
except InputError as error:
    print(error.problem.code)
"""
    ended = subprocess.run([sys.executable, "-c", probe], preexec_fn=unprivileged, capture_output=True, check=True)
    assert ended.stdout == b"sheets.forbidden\n"


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.95])
@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_a_file_that_was_saved_only_in_part_is_damaged(tmp_path: Path, ending: str, keep: float) -> None:
    path = tmp_path / f"a.{ending}"
    if ending == "xlsx":
        write_xlsx(path, {"S": [[f"dòng {n}"] for n in range(500)]})
    else:
        write_xls(path, [[f"dòng {n}"] for n in range(500)])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    assert refused(path).code in {"sheets.damaged", "sheets.unknown_kind"}
