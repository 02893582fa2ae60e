"""A08: file names out of foreign text never lead out of the folder they are meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.errors import StoreError
from toolkit.disk.atomic import atomic_write
from toolkit.disk.names import safe_name

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = [
    "../../thoát.txt",
    "..\\..\\thoát.txt",
    "/etc/thoát",
    "~/thoát",
    "C:\\thoát",
    "C:thoát",
    "\\\\máy\\chung\\thoát",
    "//máy/chung",
    "file:///etc/passwd",
    "a/../../b",
    "..",
    ".",
    "",
    "thoát\0.txt",
    "CON",
    "nul.txt",
    "aux ",
    "com1.tar.gz",
    "tệp.txt:ẩn",
    "tên. . .",
    "‥/thoát",
    "．．／thoát",
    "%2e%2e%2fthoát",
    "-rf",
    "a\r\nb",
    "x" * 5000,
    "ồ" * 5000,
    "🎉" * 300,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_file_named_by_a_stranger_stands_in_its_folder(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "đây"
    folder.mkdir()
    atomic_write(folder / safe_name(text), "nội dung")
    (only,) = folder.iterdir()
    assert only.read_text() == "nội dung"
    assert only.is_file()
    assert list(tmp_path.iterdir()) == [folder]


@given(st.lists(st.sampled_from(["..", "/", "\\", "~", ":", "\0", "CON", "a", ".", " ", "\u202e", "／"])).map("".join))
def test_no_mixture_leads_out(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("a08")
    assert (folder / safe_name(text)).resolve().parent == folder.resolve()


def test_a_planted_link_is_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "ngoài"
    outside.write_text("của người khác")
    folder = tmp_path / "đây"
    folder.mkdir()
    (folder / "báo cáo.csv").symlink_to(outside)
    (folder / "dangling").symlink_to(tmp_path / "chưa có")
    for name in ("báo cáo.csv", "dangling"):
        with pytest.raises(StoreError) as refused:
            atomic_write(folder / safe_name(name), "của mình")
        assert refused.value.problem.code == "disk.link"
    assert outside.read_text() == "của người khác"
    assert not (tmp_path / "chưa có").exists()
