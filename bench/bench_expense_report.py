"""Reports of a big book: 100,000 entries over five years, the whole command, wall time; and what of it is thinking.

Three runs each, as a member would type them, on a book made here. Printed, not asserted.
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
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.core.dates.periods import year_period
from toolkit.expenses.book import ExpenseBook
from toolkit.expenses.categories import SHIPPED
from toolkit.expenses.model import Draft, Kind
from toolkit.expenses.recurring import proposals
from toolkit.expenses.reports import make_report
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENTRIES = 100_000
RUNS = 3
TODAY = date(2026, 11, 18)
COMMANDS = (
    ["report"], ["report", "--year", "2026"], ["report", "--from", "1/1/2022", "--by", "month"],
    ["report", "--year", "2026", "--html", "bao-cao.html"], ["budget", "status"], ["recurring", "list"],
)  # fmt: skip


def drafts() -> Iterator[Draft]:
    """Five years of a busy household, rent and bills among them."""
    chance = random.Random(4)
    leaves = [one for one in SHIPPED if one.kind in (Kind.EXPENSE, Kind.INCOME)]
    first = date(2021, 12, 1)
    days = (TODAY - first).days
    for n in range(ENTRIES):
        day = first + timedelta(days=n * days // ENTRIES)
        leaf = chance.choice(leaves)
        note = f"{leaf.id} {chance.choice(['sáng', 'trưa', 'ở chợ', 'cho mẹ', 'với Lan'])} {chance.randrange(400)}"
        yield Draft(day, leaf.kind, leaf.id, chance.randrange(5, 900) * 1000, "cash", note=note, sentence=note)
    for month in range(60):
        year, number = divmod(first.year * 12 + first.month - 1 + month, 12)
        day = date(year, number + 1, 5)
        if day <= TODAY:
            yield Draft(
                day, Kind.EXPENSE, "housing", 3_500_000, "bank", note=f"tiền nhà tháng {day.month}", sentence=""
            )


def median(action: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def typed(words: list[str], folder: str, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "toolkit", "expenses", *words, f"--today={TODAY}"]
    subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        environment = {**os.environ, "TOOLKIT_HOME": str(home)}
        with Store.open(home / "toolkit.db", backups=home / "backups") as store:
            book = ExpenseBook(store)
            at = datetime(2026, 11, 18, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
            with book.recording("import", at=at) as recording:
                for draft in drafts():
                    recording.add(draft)
            entries = book.entries()
        print(f"a book of {len(entries):,} entries; median of {RUNS} runs, in seconds")
        for words in COMMANDS:
            run = partial(typed, words, folder, environment)
            print(f"  toolkit expenses {' '.join(words):44}{median(run):6.2f}")
        thinking: dict[str, Callable[[], object]] = {
            "the report of a year": partial(make_report, entries, year_period(2026), by="category", today=TODAY),
            "what comes back": partial(proposals, entries, TODAY),
        }
        for what, think in thinking.items():
            print(f"  thinking alone: {what:45}{median(think):6.2f}")


if __name__ == "__main__":
    main()
