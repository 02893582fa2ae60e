"""Import planning: 10,000 rows of an xlsx through the whole command, wall time and peak memory of all its processes.

Three runs of `toolkit calendar plan FILE --json` as a member would type it, on a fresh home. Printed, not asserted.
The promise is at most 3 s and 250 MB.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import psutil
import xlsxwriter

ROWS = 10_000
RUNS = 3


def write_workbook(path: Path, rows: int) -> None:
    """A list as members keep it: day, hours as text, what, where, note. No two rows are alike."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Lịch")
    sheet.write_row(0, 0, ["LỊCH LÀM VIỆC"])
    sheet.write_row(2, 0, ["Ngày", "Giờ", "Nội dung", "Địa điểm", "Ghi chú"])
    first = date(2026, 12, 1)
    for n in range(rows):
        day, hour = first + timedelta(days=n // 10), 7 + n % 10
        sheet.write_row(
            3 + n,
            0,
            [f"{day:%d/%m/%Y}", f"{hour}h30 - {hour + 1}h15", f"Gặp khách {n}", f"Quán số {n % 40}", "mang hợp đồng"],
        )
    book.close()


def measure(command: list[str], environment: dict[str, str]) -> tuple[float, float, bytes]:
    """Seconds, peak resident megabytes summed over the process and its children, standard output."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    peak = 0
    over = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.01):
            try:
                family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
                peak = max(peak, sum(one.memory_info().rss for one in family))
            except psutil.Error:
                continue

    watcher = threading.Thread(target=watch)
    watcher.start()
    output = process.communicate()[0]
    elapsed = time.perf_counter() - start
    over.set()
    watcher.join()
    return elapsed, peak / 1e6, output


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lich.xlsx")
        write_workbook(path, ROWS)
        environment = {**os.environ, "TOOLKIT_HOME": str(Path(folder, "home"))}
        command = [sys.executable, "-m", "toolkit", "calendar", "plan", str(path), "--today=2026-11-22", "--json"]
        results = [measure(command, environment) for _ in range(RUNS)]
    counts = json.loads(results[-1][2])["data"]["counts"]
    print(f"plan of {ROWS:,} rows: {counts}")
    print(f"  wall   median {statistics.median(r[0] for r in results):6.2f} s   (promise: at most 3 s)")
    print(f"  memory peak   {max(r[1] for r in results):6.0f} MB  (promise: at most 250 MB, children included)")


if __name__ == "__main__":
    main()
