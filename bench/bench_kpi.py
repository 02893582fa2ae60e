"""A big ledger of sales: `toolkit kpi` and `status` as a member types them, beside hledger on an equivalent journal.

1,000,000 sales over five years, and 1,000; wall time of whole commands, one after the other on the same machine, the
median of three runs (hledger's one). The ledger is written straight into the tables of a throw-away home, with the
history that an import keeps; the journal has a posting of the same amount for the same day. Printed, not asserted.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.kpi.book import KpiBook
from toolkit.kpi.model import Line, Sale, Target
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (1_000, 1_000_000)
RUNS = 3
TODAY = date(2026, 11, 20)
FIRST = date(2021, 12, 1)
AT = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TARGETS = (
    ("revenue", date(2026, 11, 1), date(2026, 12, 1)), ("orders", date(2026, 11, 1), date(2026, 12, 1)),
    ("revenue", date(2026, 10, 1), date(2027, 1, 1)), ("revenue", date(2026, 1, 1), date(2027, 1, 1)),
)  # fmt: skip
COMMANDS = (["kpi"], ["kpi", "status", "--json"], ["kpi", "status", "1", "--json"])


def amounts(count: int) -> Iterator[tuple[date, int]]:
    chance = random.Random(5)
    days = (TODAY - FIRST).days + 1
    for n in range(count):
        yield FIRST + timedelta(days=n * days // count), chance.randrange(50, 5000) * 1000


def sales(count: int) -> Iterator[Sale]:
    """Five years of a busy shop: a line each, some customers known, a refund now and then."""
    chance = random.Random(6)
    for n, (day, amount) in enumerate(amounts(count)):
        yield Sale(
            id=0, engagement="own", kind="sale", status="done" if chance.random() < 0.93 else "cancelled", ordered=day,
            amount=amount, run=0, made_at=AT, source="shopee", order=f"{n:012}", customer=chance.randrange(1, 5000),
            customer_name=f"khách {n % 5000}", lines=(Line(f"hang-{n % 40}", amount=amount),),
        )  # fmt: skip


def fill(home: Path, count: int) -> None:
    with Store.open(home / "toolkit.db", backups=home / "backups") as store:
        book = KpiBook(store)
        with book.recording("import", at=AT) as recording:
            recording.add_sales(sales(count))
        with book.recording("target_add", at=AT) as recording:
            for metric, start, end in TARGETS:
                recording.add(
                    Target(
                        0, metric, start, end, amount=Fraction(count * 40_000 if metric == "revenue" else count // 60)
                    )
                )


def journal(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.write(f"~ monthly from {TARGETS[0][1]}\n    assets:cash  {count * 40_000} VND\n    income:sales\n\n")
        for day, amount in amounts(count):
            out.write(f"{day} sale\n    assets:cash  {amount} VND\n    income:sales\n\n")


def median(action: Callable[[], object], runs: int = RUNS) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def typed(words: list[str], environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "toolkit", *words, f"--as-of={TODAY}"]
    subprocess.run(command, env=environment, capture_output=True, check=True)


def hledger(file: Path) -> None:
    command = ["hledger", "-f", str(file), "bal", "--budget", "-M", "-p", "2026-11", "income"]
    subprocess.run(command, capture_output=True, check=True)


def main() -> None:
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder, "home")
            environment = {**os.environ, "TOOLKIT_HOME": str(home)}
            begun = time.perf_counter()
            fill(home, count)
            size = (home / "toolkit.db").stat().st_size / 2**20
            print(f"{count:,} sales, {size:,.0f} MB (written in {time.perf_counter() - begun:.1f} s); in seconds")
            for words in COMMANDS:
                print(f"  toolkit {' '.join(words):42}{median(partial(typed, words, environment)):6.2f}")
            if shutil.which("hledger"):
                file = Path(folder, "sales.journal")
                journal(file, count)
                print(f"  {'hledger bal --budget -M -p 2026-11 income':50}{median(partial(hledger, file), 1):6.2f}")
            else:
                print("  hledger isn't installed")


if __name__ == "__main__":
    main()
