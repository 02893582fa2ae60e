"""F44: a file that is edited or exchanged while it is read gives the rows that it had at the start."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from builders.workbooks import csv_text, large_xlsx, write_xlsx
from toolkit.core.errors import InputError
from toolkit.sheets.read import open_rows, read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.sheets.model import Row, SheetInfo


def rows(items: list[SheetInfo | Row]) -> list[str]:
    from toolkit.sheets.model import Row

    return [item.cells[0].text for item in items if isinstance(item, Row)]


@pytest.mark.parametrize("how", ["exchanged", "emptied", "removed"])
@pytest.mark.parametrize("name", ["lich.csv", "lich.xlsx"])
def test_rows_and_digest_belong_to_the_same_moment(tmp_path: Path, name: str, how: str) -> None:
    path = tmp_path / name
    before = [[f"dòng {n}"] for n in range(5000)]
    if name.endswith("csv"):
        path.write_text(csv_text(before), encoding="utf-8")
    else:
        write_xlsx(path, {"S": before})
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with open_rows(path) as (findings, items):
        read = [next(items), next(items)]
        if how == "exchanged":
            write_xlsx(tmp_path / "mới.xlsx", {"S": [["khác"]]}).replace(path)
        elif how == "emptied":
            path.write_bytes(b"")
        else:
            path.unlink()
        read += list(items)
    assert rows(read) == [row[0] for row in before]
    assert findings.digest == digest


def test_the_same_bytes_have_the_same_digest_and_others_another(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [["một"]]})
    copy = tmp_path / "b.xlsx"
    copy.write_bytes(path.read_bytes())
    other = write_xlsx(tmp_path / "c.xlsx", {"S": [["hai"]]})
    assert read_workbook(path).digest == read_workbook(copy).digest != read_workbook(other).digest


def test_no_copy_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    path = large_xlsx(tmp_path / "a.xlsx", 3000)
    read_workbook(path)
    with pytest.raises(InputError):
        read_workbook(path, max_rows=10)
    assert list(scratch.iterdir()) == []
