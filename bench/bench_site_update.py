"""A site that is kept: the first update, one with nothing new, one with 1,000 new lines, a year's report.

    python bench/bench_site_update.py [LINES]

A made-up log of a year (500,000 lines without a number). Work is processor time of this process, imports left out, the
least of five runs where it can be repeated. Promised for a small shop's site: nothing new <= 50 ms, 1,000 new lines
<= 150 ms, a year's report <= 500 ms.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import duckdb  # noqa: F401 - so that importing it is no part of what is measured
import ibis  # noqa: F401

from toolkit.demo.access_logs import access_log, write_access_log
from toolkit.sitestats.adapters.sites import Sites
from toolkit.sitestats.service.keeping import add_logs, report_site
from toolkit.sitestats.service.updating import update

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE = "Asia/Ho_Chi_Minh"
FIRST, DAYS = date(2025, 11, 20), 365
NOW = int(datetime(2026, 11, 20, 12, tzinfo=ZoneInfo(ZONE)).timestamp())


def work(verb: Callable[[], object]) -> tuple[float, float]:
    """Processor time and time on the clock of a verb, in ms."""
    spent, begun = time.process_time(), time.perf_counter()
    verb()
    return (time.process_time() - spent) * 1000, (time.perf_counter() - begun) * 1000


def main(lines: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "access.log"
        write_access_log(log, lines, first=FIRST, days=DAYS, zone=ZONE, seed=6)
        more = list(access_log(5_000, first=date(2026, 11, 19), days=1, zone=ZONE, seed=7))
        site = add_logs(Sites(Path(folder) / "sites"), "shop", [str(log)], zone=ZONE, now=NOW).data.site
        rows: list[tuple[str, list[tuple[float, float]]]] = []
        rows.append((f"first update, {lines:,} lines", [work(lambda: update(site, now=NOW))]))
        time.sleep(2.1)  # a log that was written to this moment is looked into again
        update(site, now=NOW)
        rows.append(("nothing new", [work(lambda: update(site, now=NOW)) for _ in range(5)]))
        new = []
        for part in range(5):
            with log.open("a", encoding="utf-8") as file:
                file.writelines(f"{line.text}\n" for line in more[part * 1_000 : (part + 1) * 1_000])
            new.append(work(lambda: update(site, now=NOW)))
        rows.append(("1,000 new lines", new))
        rows.append(("report of the year", [work(lambda: report_site(site, top=1_000)) for _ in range(3)]))
        size = site.database.stat().st_size
        print(f"{'':34}{'work ms':>10}{'clock ms':>10}")
        for name, spent in rows:
            print(f"{name:34}{min(one[0] for one in spent):>10,.0f}{min(one[1] for one in spent):>10,.0f}")
        print(f"log {log.stat().st_size / 1e6:,.0f} MB, kept {size / 1e6:,.0f} MB,", end=" ")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500_000)
