"""F38: a zip bomb, a far cell, a cell of 100 MB and an entity bomb are refused within a second and 100 MB."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from builders.workbooks import far_cell, inline, long_cell, raw_xlsx, with_document_type, write_xls, zip_bomb
from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.sheets import assemble
from toolkit.sheets.read import read_workbook

BOMBS = {
    zip_bomb: "sheets.archive_ratio",
    far_cell: "sheets.far_cell",
    long_cell: "sheets.archive_ratio",
    with_document_type: "sheets.document_type",
}

# A process of its own, so that the memory is that of this one reading: its own and its child's.
READ = """
import os, re, resource, sys
from pathlib import Path
from toolkit.core.errors import InputError
from toolkit.sheets.read import read_workbook
begin = sum(os.times()[:4])  # seconds of work, its child's too: a busy machine doesn't count
try:
    read_workbook(Path(sys.argv[1]))
except InputError as error:
    print(error.problem.code)
seconds = sum(os.times()[:4]) - begin
# getrusage remembers what the process that started this one took; the kernel's own mark does not.
own = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
print(seconds)
print((own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
@pytest.mark.parametrize("build", BOMBS, ids=lambda build: build.__name__)
def test_a_bomb_is_refused_at_once_and_without_unpacking_it(tmp_path: Path, build: object) -> None:
    assert callable(build)
    path = build(tmp_path / "lich.xlsx")
    assert path.stat().st_size < 300_000
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    code, seconds, most = done.stdout.split()
    assert code == BOMBS[build]
    assert float(seconds) < 1
    assert int(most) < 100_000_000


def test_the_far_cell_is_named_so_that_it_can_be_deleted(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_workbook(far_cell(tmp_path / "a.xlsx"))
    assert caught.value.problem.place == Place("a.xlsx", "Lịch", 1_048_576, 16_384)
    assert caught.value.problem.params == {"cell": "XFD1048576"}


def test_a_long_cell_that_is_stored_without_compression_is_refused_too(tmp_path: Path) -> None:
    text = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"a" * 3_000_000 + b"</t></is></c></row>"
    with pytest.raises(InputError) as caught:
        read_workbook(raw_xlsx(tmp_path / "a.xlsx", text, stored=True))
    assert caught.value.problem.code == "sheets.long_cell"


def test_a_tag_without_end_is_given_up_before_it_is_long(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_workbook(raw_xlsx(tmp_path / "a.xlsx", b'<row r="' + b"1" * 9_000_000 + b'"/>', stored=True))
    assert caught.value.problem.code == "sheets.damaged"


def test_one_long_text_in_every_cell_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5001))
    path = raw_xlsx(tmp_path / "a.xlsx", rows, strings=f"<si><t>{'a' * 900_000}</t></si>")
    assert path.stat().st_size < 50_000
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    assert caught.value.problem.code == "sheets.too_big"


@pytest.mark.parametrize(
    "merges",
    ["".join(f'<mergeCell ref="A1:ALL{n}"/>' for n in range(3000, 3100)), '<mergeCell ref="A1:ALL4000"/>'],
    ids=["upon each other", "over everything"],
)
def test_merged_blocks_are_refused_before_they_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, merges: str
) -> None:
    monkeypatch.setattr(assemble, "_MOST_FILLED", 100_000)  # the real limit is 3 million: seconds of filling
    rows = "".join(f'<row r="{n}">{inline(f"A{n}", "x")}</row>' for n in range(1, 4001))
    with pytest.raises(InputError) as caught:
        read_workbook(raw_xlsx(tmp_path / "a.xlsx", rows, behind=f"<mergeCells>{merges}</mergeCells>"))
    assert caught.value.problem.code == "sheets.too_big"


def test_an_xls_that_would_fill_the_memory_ends_the_reading_process_only(tmp_path: Path) -> None:
    rows: list[list[str]] = [[] for _ in range(65_536)]
    rows[0], rows[65_535] = ["a"], [""] * 255 + ["b"]
    with pytest.raises(InputError) as caught:
        read_workbook(write_xls(tmp_path / "a.xls", rows))
    assert caught.value.problem.code in {"sheets.unreadable", "sheets.too_big", "sheets.far_cell"}
