"""20,000 lines of a bank into the book, and again: read, proven, sorted, written; then exported.

Each step is a whole process as a member would start it, in a throw-away home. Prints a table; gates nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from builders.statements import TODAY, many, techcombank, vietcombank, write


def timed(home: Path, *arguments: object) -> float:
    command = [sys.executable, "-m", "toolkit", "expenses", *map(str, arguments)]
    begun = time.perf_counter()
    subprocess.run(command, env={**os.environ, "TOOLKIT_HOME": str(home)}, check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=20_000)
    lines = parser.parse_args().lines
    moves = many(lines)
    print(f"{'step':<44}{'seconds':>9}{'lines/s':>10}")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        files = {
            "csv": write(here / "vcb.csv", vietcombank(moves, 50_000_000)),
            "xlsx": write(here / "tcb.xlsx", techcombank(moves, 50_000_000)),
        }
        for kind, file in files.items():
            home = here / f"home-{kind}"
            steps = {
                f"plan, {kind}": ("import", file, "--dry-run", "--json", "--today", TODAY),
                f"import, {kind}": ("import", file, "--yes", "--json", "--today", TODAY),
                f"import again, nothing new, {kind}": ("import", file, "--yes", "--json", "--today", TODAY),
                f"export to hledger ({kind}'s book)": ("export", here / f"{kind}.journal"),
                f"export to csv ({kind}'s book)": ("export", here / f"{kind}.csv"),
                f"undo the import, {kind}": ("undo", 1),
            }
            for name, words in steps.items():
                seconds = timed(home, *words)
                print(f"{name:<44}{seconds:>9.2f}{lines / seconds:>10.0f}", flush=True)


if __name__ == "__main__":
    main()
