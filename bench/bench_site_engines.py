"""The report over exported tables by each engine that is here, beside what it takes to export them.

1,000,000 made-up lines by default: `bench_site_engines.py [LINES…]`. Each command runs alone, start-up included:
seconds of the processor, on the wall, and the most memory. Of a Spark server that TOOLKIT_SPARK names only the wall is
told: it works in a process of its own. Printed, not asserted; the files are deleted afterwards.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.demo.access_logs import write_access_log

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES = 1_000_000
FIRST = date(2026, 10, 20)
ZONE = "Asia/Ho_Chi_Minh"
_COMMAND = (sys.executable, "-m", "toolkit", "sitestats")


class Cost(NamedTuple):
    """What a command took: processor seconds, seconds on the wall, megabytes at most."""

    cpu: float
    wall: float
    memory: float


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end, its answer thrown away."""
    begun = time.perf_counter()
    with (folder / "out").open("wb") as out:
        child = subprocess.Popen(command, stdout=out, stderr=out)
        _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{command}: {status}\n{(folder / 'out').read_text('utf-8')[-2_000:]}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1024)


def engines() -> dict[str, str]:
    """What is here, under the name it is shown by."""
    found = {"DuckDB": "duckdb://local"}
    if find_spec("pysail") is not None:
        found["Sail"] = "sail://local"
    if find_spec("chdb") is not None:
        found["ClickHouse"] = "chdb://local"
    if server := os.environ.get("TOOLKIT_SPARK"):
        found["Spark"] = server
    return found


def main(lines: int) -> None:
    with tempfile.TemporaryDirectory(prefix="toolkit-bench-") as name:
        folder = Path(name)
        log, tables = folder / "access.log", folder / "tables"
        write_access_log(log, lines, first=FIRST, days=30, zone=ZONE)
        zone = ("--tz", ZONE, "--today", "2026-12-31")
        made = cost((*_COMMAND, "export", str(log), "--parquet", str(tables), *zone), folder)
        files = list(tables.rglob("*.parquet"))
        size = sum(file.stat().st_size for file in files)
        print(f"{lines:,} lines, {log.stat().st_size / 1e9:.2f} GB -> {size / 1e6:.0f} MB in {len(files)} files")
        print(f"  {'export':<12} cpu {made.cpu:7.2f} s   wall {made.wall:7.2f} s   memory {made.memory:6.0f} MB")
        log.unlink()
        for who, address in engines().items():
            for words in ((), ("--humans", "--path", "/san-pham/*")):
                report = (*_COMMAND, "report", "--data", str(tables), "--engine", address, *words, *zone, "--json")
                one = cost(report, folder)
                cpu = f"cpu {one.cpu:7.2f} s" if who != "Spark" else " " * 13
                shown = f"{who}{', part' if words else ''}"
                print(f"  {shown:<18} {cpu}   wall {one.wall:7.2f} s   memory {one.memory:6.0f} MB", flush=True)


if __name__ == "__main__":
    for typed in sys.argv[1:] or [str(LINES)]:
        main(int(typed))
