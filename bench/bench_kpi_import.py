"""100,000 lines of a shop system into the book: planned, written, again with nothing new, taken back, and out again.

Each step is a whole process as a member would start it, in a throw-away home. `seconds` are the clock's, `work` those
of the processors (on a busy machine the clock says little), `MB` the most memory of the process. Gates nothing.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from builders.shops import TODAY, lazada, many, shopee, tiktok, write

MEASURE = """
import re, sys
from pathlib import Path
from toolkit.cli import main
code = main(sys.argv[1:])
# getrusage remembers what the process that started this one took; the kernel's own mark does not.
print(re.search("VmHWM:[^0-9]+([0-9]+)", Path("/proc/self/status").read_text())[1], file=sys.stderr)
sys.exit(code)
"""


def timed(home: Path, *arguments: object) -> tuple[float, float, int]:
    """Seconds on the clock, seconds of work (the reading child's, too), megabytes of the process itself."""
    command = [sys.executable, "-c", MEASURE, "kpi", *map(str, arguments)]
    work = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    begun = time.perf_counter()
    done = subprocess.run(
        command, env={**os.environ, "TOOLKIT_HOME": str(home)}, check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - begun
    work = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - work
    return seconds, work, int(done.stderr.split()[-1]) // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    lines = parser.parse_args().lines
    orders = many(lines)
    print(f"{'step':<46}{'seconds':>9}{'work':>7}{'lines/s':>10}{'MB':>7}")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        files = {
            "shopee, csv": write(here / "shopee.csv", shopee(orders)),
            "shopee, xlsx": write(here / "shopee.xlsx", shopee(orders)),
            "tiktok, csv": write(here / "tiktok.csv", tiktok(orders)),
            "lazada (one row a unit), csv": write(here / "lazada.csv", lazada(orders)),
        }
        for kind, file in files.items():
            home = here / f"home-{file.name}"
            usual = ("--yes", "--json", "--today", TODAY)
            steps = {
                f"plan, {kind}": ("import", file, "--dry-run", "--json", "--today", TODAY),
                f"import, {kind}": ("import", file, *usual),
                f"import again, nothing new, {kind}": ("import", file, *usual),
                f"export, {kind}": ("export", here / "out.csv"),
                f"undo, {kind}": ("undo", 1),
            }
            for name, words in steps.items():
                seconds, work, most = timed(home, *words)
                print(f"{name:<46}{seconds:>9.2f}{work:>7.2f}{lines / seconds:>10.0f}{most:>7}", flush=True)


if __name__ == "__main__":
    main()
