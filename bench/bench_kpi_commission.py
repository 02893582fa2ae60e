"""A hundred thousand sales of one month explained: `toolkit kpi commission explain` as a member types it.

Tiers, a rule by product, a fixed amount by order and a salary: about two lines a sale. Wall time of whole commands, the
median of three runs (one for the large book). Printed, not asserted.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from toolkit.core.dates.clock import FixedClock
from toolkit.kpi.book import KpiBook
from toolkit.kpi.model import Line, Sale
from toolkit.store.store import Store

NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PLAN = "lương cứng 5tr, 3% đến 50tr, 5% đến 100tr, 8% trở lên, phụ kiện thêm 1%, 1k mỗi đơn"
COMMAND = [sys.executable, "-m", "toolkit", "kpi", "commission"]
DATED = ["--as-of", "2026-11-20"]


def sales(count: int) -> list[Sale]:
    chance = random.Random(2026)
    return [
        Sale(
            id=0, engagement="own", kind="sale", status="done", amount=chance.randrange(10_000, 900_000), run=0,
            ordered=date(2026, 11, 1) + timedelta(days=chance.randrange(20)), made_at=NOW, source="shop",
            order=f"DH{n}", lines=(Line(chance.choice(["phụ kiện", "son", "kem"]), Fraction(1)),),
        )
        for n in range(count)
    ]  # fmt: skip


def seconds(words: list[str], home: Path, runs: int = 1) -> float:
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        with (home / "out").open("wb") as out:
            subprocess.run(
                [*COMMAND, *words, *DATED], check=True, stdout=out, stderr=subprocess.DEVNULL,
                env={**os.environ, "TOOLKIT_HOME": str(home)},
            )  # fmt: skip
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    print(f"{'sales':>8}  {'screen':>8}  {'--csv':>8}  {'--json':>8}   seconds")
    for count in (1_000, 100_000):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            with (
                Store.open(home / "toolkit.db", backups=home / "backups", clock=FixedClock(NOW)) as store,
                KpiBook(store).recording("import", at=NOW) as recording,
            ):
                recording.add_sales(sales(count))
            seconds(["plan", "add", PLAN], home)
            runs = 3 if count < 10_000 else 1
            row = [seconds(["explain", *form], home, runs) for form in ([], ["--csv"], ["--json"])]
        print(f"{count:>8}  " + "  ".join(f"{taken:8.2f}" for taken in row))


if __name__ == "__main__":
    main()
