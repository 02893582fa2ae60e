"""Reading spreadsheets: time and peak memory (this process and the reading process together), for each kind of file.

Builds its files in a temporary folder. Nothing is asserted.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from builders.measuring import Memory
from builders.workbooks import SCHEDULE, csv_text, encode, far_cell, large_xlsx, long_cell, write_xls, zip_bomb
from toolkit.core.errors import InputError
from toolkit.sheets.read import read_workbook, stream_rows


def measure(name: str, path: Path, *, whole: bool) -> None:
    begin = time.perf_counter()
    with Memory(every=0.02) as memory:
        try:
            if whole:
                rows = sum(len(sheet.rows) for sheet in read_workbook(path).sheets)
            else:
                rows = sum(1 for _ in stream_rows(path))
            result = f"{rows:,} rows"
        except InputError as error:
            result = error.problem.code
    seconds = time.perf_counter() - begin
    print(f"{name:<34}{path.stat().st_size / 1e6:>9.2f}{seconds:>9.2f}{memory.most / 1e6:>9.0f}   {result}")


def main() -> None:
    many = [SCHEDULE[0], *(SCHEDULE[1 + n % 5] for n in range(10_000))]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        print(f"{'file':<34}{'MB':>9}{'s':>9}{'peak MB':>9}   result")
        measure("xlsx, 10,000 rows", large_xlsx(home / "a.xlsx", 10_000), whole=True)
        measure("xls, 10,000 rows", write_xls(home / "b.xls", many), whole=True)
        for encoding in ("utf-8", "utf-16-le", "cp1258", "tcvn3", "vni", "viscii"):
            path = home / f"{encoding}.csv"
            path.write_bytes(encode(csv_text(many), encoding))
            measure(f"csv {encoding}, 10,000 rows", path, whole=True)
        measure("xlsx, 200,000 rows", large_xlsx(home / "c.xlsx", 200_000), whole=True)
        measure("xlsx, 1,000,000 rows, streamed", large_xlsx(home / "d.xlsx", 1_000_000), whole=False)
        for build in (zip_bomb, far_cell, long_cell):
            measure(build.__name__, build(home / f"{build.__name__}.xlsx"), whole=True)


if __name__ == "__main__":
    main()
