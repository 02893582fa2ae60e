"""A big access log: the whole report beside GoAccess's, and beside `wc -l`, the limit of reading.

5,000,000 made-up lines (1.4 GB) by default, and three times as many for the slope: `bench_sitestats.py [LINES]`. Each
runs alone, one after the other on the same machine: processor seconds, seconds on the wall, and the most memory, of the
whole command, start-up included. GoAccess (Debian's, `apt-get install goaccess`) makes its report of all its panels as
JSON, without its --tz, which the log does not need and which costs it half as much again; ours all of its own. The
files are deleted afterwards. Printed, not asserted.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.demo.access_logs import write_access_log

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES = 5_000_000
FIRST = date(2026, 10, 20)
ZONE = "Asia/Ho_Chi_Minh"


class Cost(NamedTuple):
    """What a command took: processor seconds, seconds on the wall, megabytes at most."""

    cpu: float
    wall: float
    memory: float


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end, its output thrown away."""
    begun = time.perf_counter()
    child = os.fork()
    if child == 0:
        out = os.open(folder / "out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        environment = {**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder), "TZ": ZONE}
        os.execvpe(command[0], list(command), environment)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - begun
    if status:
        raise SystemExit(f"{command}: {status}\n{(folder / 'out').read_text('utf-8')[-2_000:]}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def measured(log: Path, folder: Path, *, with_peer: bool) -> dict[str, Cost]:
    """What each takes for this log."""
    commands: dict[str, Sequence[str]] = {"wc -l": ("wc", "-l", str(log))}
    ours = "from toolkit.cli import main; main()"
    today = f"{datetime.fromtimestamp(log.stat().st_mtime, UTC):%Y-%m-%d}"
    commands["toolkit"] = (
        sys.executable, "-c", ours, "sitestats", "report", str(log), "--tz", ZONE, "--today", today, "--json",
    )  # fmt: skip
    if with_peer and shutil.which("goaccess"):
        commands["goaccess"] = (
            "goaccess", str(log), "--log-format=COMBINED", "--no-global-config", "--no-progress",
            "-o", str(folder / "peer.json"),
        )  # fmt: skip
    return {name: cost(command, folder) for name, command in commands.items()}


def main(lines: int) -> None:
    with tempfile.TemporaryDirectory(prefix="toolkit-bench-") as name:
        folder = Path(name)
        log = folder / "access.log"
        slopes = []
        for count in (lines, 3 * lines):
            truth = write_access_log(log, count, first=FIRST, days=30, zone=ZONE)
            size = log.stat().st_size
            print(f"{count:,} lines, {size / 1e9:.2f} GB, {truth.visitors:,} visitors, {truth.visits:,} visits")
            found = measured(log, folder, with_peer=count == lines)
            for who, one in found.items():
                print(f"  {who:<10} cpu {one.cpu:7.2f} s   wall {one.wall:7.2f} s   memory {one.memory:6.0f} MB")
            slopes.append(found["toolkit"].cpu / count)
            if "goaccess" in found:
                ours, peer = found["toolkit"], found["goaccess"]
                print(f"  1/{peer.cpu / ours.cpu:.1f} of goaccess's cpu, 1/{peer.wall / ours.wall:.1f} of its wall")
        print(f"cpu per line, three times as many lines: x {slopes[1] / slopes[0]:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
