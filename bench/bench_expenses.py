"""The everyday commands: whole processes on an empty book, and verbs on a book of ten years (100,000 entries).

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
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.core.dates.clock import FixedClock
from toolkit.expenses.book import ExpenseBook, Filter
from toolkit.expenses.model import Draft, Kind
from toolkit.expenses.service.keeping import balances
from toolkit.expenses.service.recording import Recorder
from toolkit.expenses.service.settling import owed
from toolkit.expenses.service.understanding import Known
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 20
ENTRIES = 100_000
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "expenses add": ["-m", "toolkit", "expenses", "add", "hôm qua ăn phở với Lan 45k, đổ xăng 60k"],
    "expenses parse": ["-m", "toolkit", "expenses", "parse", "hôm qua ăn phở với Lan 45k, đổ xăng 60k"],
    "expenses list": ["-m", "toolkit", "expenses", "list"],
    "expenses undo": ["-m", "toolkit", "expenses", "undo"],
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
        print(f"{'':24}{'wall':>8}{'cpu':>8}   median of {ROUNDS}, seconds")
        for name, both in times.items():
            walls, cpus = zip(*both[1:], strict=True)
            print(f"{name:24}{statistics.median(walls):8.3f}{statistics.median(cpus):8.3f}")


def filled(book: ExpenseBook) -> None:
    """Ten years of entries: 27 a day."""
    kinds = [Kind.EXPENSE] * 8 + [Kind.INCOME, Kind.LEND]
    categories = {Kind.EXPENSE: "food", Kind.INCOME: "salary", Kind.LEND: "lend"}
    with book.recording("add", at=NOW) as run:
        for n in range(ENTRIES):
            kind = kinds[n % len(kinds)]
            run.add(
                Draft(
                    day=date(2026, 11, 18) - timedelta(days=n // 27),
                    kind=kind,
                    category=categories[kind],
                    amount=1000 * (n % 997 + 1),
                    account=("cash", "momo", "vietcombank")[n % 3],
                    person=f"Bạn {n % 90}" if n % 5 == 0 else "",
                    note=f"ăn phở số {n}",
                    sentence=f"ăn phở số {n} 45k",
                    core="ăn phở",
                )
            )


def verbs() -> None:
    with tempfile.TemporaryDirectory() as home:
        clock = FixedClock(NOW)
        with Store.open(Path(home, "toolkit.db"), backups=Path(home, "backups"), clock=clock) as store:
            book = ExpenseBook(store)
            start = time.perf_counter()
            filled(book)
            print(f"\n{ENTRIES:,} entries written in {time.perf_counter() - start:.1f} s, one run")
            known = Known({}, {})
            recorder = Recorder(book, clock, known)
            one = book.entry(ENTRIES)
            timed: dict[str, Callable[[], object]] = {
                "a month": lambda: book.entries(date(2026, 11, 1), date(2026, 12, 1)),
                "newest 100 of all": lambda: list(book.each(Filter(), newest_first=True, most=100)),
                "search, all years": lambda: book.count(Filter(words="pho 4711")),
                "balances": lambda: balances(book, "cash"),
                "debts": lambda: owed(book, clock),
                "people": book.people,
                "the newest run": book.latest,
                "edit": lambda: recorder.edit(one, amount=book.entry(ENTRIES).amount + 1),
                "undo": recorder.undo,
            }
            for name, verb in timed.items():
                took = []
                for _ in range(5):
                    start = time.perf_counter()
                    verb()
                    took.append(time.perf_counter() - start)
                print(f"{name:24}{statistics.median(took) * 1000:8.1f} ms")


if __name__ == "__main__":
    processes()
    verbs()
