"""The book of sales: whole everyday commands on an empty book, and verbs on a book of five years (100,000 sales).

`cpu` is what a command costs whatever else the machine does; `wall` is what the member waits on this machine now.
Nothing is asserted.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.core.dates.clock import FixedClock
from toolkit.kpi.book import KpiBook
from toolkit.kpi.model import Line, Sale
from toolkit.kpi.service.looking import Wanted, listing, show
from toolkit.kpi.workweek import OwnWeek, WorkWeeks
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 20
SALES = 100_000
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "kpi log": ["-m", "toolkit", "kpi", "log", "bán 2 gói bảo hiểm cho chị Hoa 12tr, khách cũ giới thiệu"],
    "kpi log --dry-run": ["-m", "toolkit", "kpi", "log", "--dry-run", "gặp 3 khách, báo giá 1"],
    "kpi list": ["-m", "toolkit", "kpi", "list"],
    "kpi undo": ["-m", "toolkit", "kpi", "undo"],
}


def spent(arguments: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds of wall and of processor time of one whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def processes() -> None:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TOOLKIT_HOME": str(Path(home, "home"))}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
        for _ in range(ROUNDS + 1):
            for name, arguments in COMMANDS.items():
                times[name].append(spent(arguments, environment))
        print(f"{'':28}{'wall':>8}{'cpu':>8}   median of {ROUNDS}, seconds")
        for name, both in times.items():
            walls, cpus = zip(*both[1:], strict=True)
            print(f"{name:28}{statistics.median(walls):8.3f}{statistics.median(cpus):8.3f}")


def five_years() -> Iterator[Sale]:
    """Fifty-five sales a day, to five thousand customers, of three hundred products."""
    for n in range(SALES):
        day = date(2021, 11, 21) + timedelta(days=n * 1825 // SALES)
        amount = 50_000 + n % 997 * 1_000
        yield Sale(
            0, "own", "sale", "done", day, amount, 0, NOW, source="shopee", order=f"24{n:010}", completed=day,
            customer=n % 5_000 + 1, customer_name=f"Nguyễn Văn {n % 5_000}",
            lines=(Line(f"san-pham-{n % 300}", Fraction(1), amount),),
        )  # fmt: skip


def verbs() -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = FixedClock(NOW)
        with Store.open(Path(folder, "toolkit.db"), backups=Path(folder, "backups"), clock=clock) as store:
            book = KpiBook(store)

            def put_in() -> None:
                with book.recording("import", at=NOW) as run:
                    run.add_sales(five_years())

            november = Wanted(date(2026, 11, 1), date(2026, 12, 1))
            steps: dict[str, Callable[[], object]] = {
                f"add_sales, {SALES:,} with a line": put_in,
                "every sale, one at a time": lambda: sum(1 for _ in book.sales()),
                "list of a month": lambda: listing(book, clock, november, 100),
                "search for a customer": lambda: listing(book, clock, Wanted(words="nguyen van 4321"), 100),
                "show one, with its history": lambda: show(book, 77_777),
                "undo all of it": lambda: book.undo(at=NOW),
                "undo the undo": lambda: book.undo(2, at=NOW),
            }
            print(f"\n{'':36}{'cpu':>8}   seconds, once")
            for name, step in steps.items():
                start = time.process_time()
                step()
                print(f"{name:36}{time.process_time() - start:8.3f}")
        size = Path(folder, "toolkit.db").stat().st_size
        print(f"{'the file, history included':36}{size / 1e6:8.1f}   MB")
    start = time.process_time()
    weeks = WorkWeeks([OwnWeek("6")], [date(2026, 12, day) for day in range(1, 9)])
    weeks.days(date(2021, 11, 21), date(2026, 11, 21))
    print(f"{'working days of five years, cold':36}{time.process_time() - start:8.3f}")
    start = time.process_time()
    for n in range(1_000):
        weeks.working_days(date(2021, 11, 21), date(2026, 1, 1) + timedelta(days=n % 300))
    print(f"{'the same as a sum, a thousand times':36}{time.process_time() - start:8.3f}")


if __name__ == "__main__":
    processes()
    verbs()
