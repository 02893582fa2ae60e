"""Importing 500 events into a Google Calendar on this machine that takes 60 ms to answer: ours, and gcalcli's.

The same events in the same run: ours from a spreadsheet, gcalcli's `import` from the .ics that ours writes of it. Each
is a whole process as a member would start it, in a throw-away home, signed in beforehand, no pacing on either side
(gcalcli has none). gcalcli has no option for another server: the process that runs it first moves the library's shipped
discovery document to this machine, and nothing else. The .ics goes to it without SEQUENCE lines: gcalcli sends that
number as a text, which this server, stricter than Google's, refuses.

Then what a rate limit does to each, ours once more on the unchanged sheet, and ours with its pacing on: never above
Google's quota of 600 requests a minute. The server does the parts of a batch in no time; `--work 0.05` makes every
event cost that many seconds on the server, alone or in a batch. Printed, not asserted. The promise is ten times as
fast.
"""

from __future__ import annotations

import argparse
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import xlsxwriter

from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.demo.google.state import Ask
    from toolkit.demo.google.wire import Seen

EVENTS = 500
LATENCY_S = 0.060
QUOTA = 600  # requests a minute and member: Google's own
EVERYTHING = "https://www.googleapis.com/auth/calendar"  # what gcalcli asks for
TODAY = "2026-11-22"

GCALCLI = """
import sys
from googleapiclient import discovery
from toolkit.google.client import _document

root = sys.argv.pop()

def build(serviceName, version, credentials):
    return discovery.build_from_document(_document(serviceName, version, root), credentials=credentials)

import gcalcli.gcal
gcalcli.gcal.build = build
from gcalcli.cli import main
main()
"""
PACED = """
import sys
from toolkit.google import client
from toolkit.net.persistence import Pace

client.Pace = lambda _: Pace(client.PER_SECOND)  # else lifted for a server on this machine
from toolkit.cli import main
sys.exit(main())
"""


@dataclass
class Ran:
    """What one command took, and what the server saw of it. `memory`: MB of its largest process at its largest."""

    exit_code: int
    wall: float
    cpu: float
    memory: float
    requests: Counter[str] = field(default_factory=Counter)
    round_trips: int = 0
    standing: int = 0


@dataclass
class Bench:
    """A server, a member's home on either side, and the same events for both."""

    folder: Path
    google: LoopbackGoogle

    @property
    def environment(self) -> dict[str, str]:
        here = {
            "TOOLKIT_HOME": str(self.folder / "toolkit"),
            "TOOLKIT_GOOGLE_ROOT": self.google.root,
            "HOME": str(self.folder),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "PYTHONWARNINGS": "ignore",
        }
        return {**os.environ, **here}

    def run(self, *arguments: object) -> Ran:
        """One Python process from its start to its end."""
        self.google.forget_requests()
        with (self.folder / "talk").open("w+b") as talk:
            start = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, *map(str, arguments)], env=self.environment,
                stdin=subprocess.DEVNULL, stdout=talk, stderr=talk,
            )  # fmt: skip
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        return Ran(
            process.returncode, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, self.google.counts(),
            self.google.round_trips, sum(len(one.live()) for one in self.google.state.calendars.values()),
        )  # fmt: skip

    def ours(self, sheet: Path, *options: str, paced: bool = False) -> Ran:
        start = ["-c", PACED] if paced else ["-m", "toolkit"]
        return self.run(
            *start, "calendar", "import", sheet, "--to", "google", "--today", TODAY, "--yes", *options
        )  # fmt: skip

    def gcalcli(self, ics: Path) -> Ran:
        return self.run("-c", GCALCLI, "--nocache", "--calendar", "Thuê ngoài", "import", ics, self.google.root)


@contextmanager
def bench(work: float) -> Iterator[Bench]:
    """A fresh server and fresh homes, both sides signed in. gcalcli keeps its sign-in as a pickle."""
    with tempfile.TemporaryDirectory() as name, LoopbackGoogle(latency=LATENCY_S) as google:
        folder = Path(name)
        answer = google.state.answer

        def laboured(ask: Ask) -> object:
            time.sleep(work)
            return answer(ask)

        google.state.answer = laboured  # type: ignore[method-assign]
        google.sign_in(folder / "toolkit" / "google")
        kept = folder / "data" / "gcalcli" / "oauth"
        kept.parent.mkdir(parents=True)
        kept.write_bytes(pickle.dumps(google.credentials([EVERYTHING])))
        yield Bench(folder, google)


def write_workbook(path: Path) -> Path:
    """A list as members keep it. No two rows are alike."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Lịch")
    sheet.write_row(0, 0, ["Ngày", "Giờ", "Nội dung", "Địa điểm", "Ghi chú"])
    for n in range(EVENTS):
        day, hour = date(2026, 12, 1) + timedelta(days=n // 10), 7 + n % 10
        row = [f"{day:%d/%m/%Y}", f"{hour}h30 - {hour + 1}h15", f"Gặp khách {n}", f"Quán số {n % 40}", "mang hợp đồng"]
        sheet.write_row(1 + n, 0, row)
    book.close()
    return path


def to_ics(here: Bench, sheet: Path) -> Path:
    path = here.folder / "lich.ics"
    command = ["calendar", "import", str(sheet), "--to", f"ics:{path}", "--today", TODAY, "--yes"]
    subprocess.run([sys.executable, "-m", "toolkit", *command], env=here.environment, capture_output=True, check=True)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(one for one in lines if not one.startswith("SEQUENCE:")), "utf-8", newline="")
    return path


def their_calendar(google: LoopbackGoogle) -> None:
    """gcalcli writes only into a calendar that is there."""
    from googleapiclient import discovery

    from toolkit.google.client import _document

    build = discovery.build_from_document  # type: ignore[attr-defined]  # the stubs leave it out
    service = build(_document("calendar", "v3", google.root), credentials=google.credentials([EVERYTHING]))
    service.calendars().insert(body={"summary": "Thuê ngoài", "timeZone": "Asia/Ho_Chi_Minh"}).execute()


def busiest(seen: list[tuple[float, int]], seconds: float) -> int:
    """The most requests within any stretch of so many seconds."""
    most = left = inside = 0
    for at, weight in seen:
        inside += weight
        while seen[left][0] < at - seconds:
            inside -= seen[left][1]
            left += 1
        most = max(most, inside)
    return most


def line(name: str, ran: Ran) -> str:
    writes = ran.requests["events.insert"] + ran.requests["events.import"] + ran.requests["events.patch"]
    return (
        f"{name:<34}{ran.wall:>9.2f}{ran.cpu:>8.2f}{ran.memory:>8.0f}{ran.round_trips:>8}{writes:>8}{ran.standing:>9}"
        f"{ran.exit_code:>6}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=float, default=0.0, help="seconds that every event costs the server on top")
    parser.add_argument("--no-paced", action="store_true", help="leave out the run at 8 requests a second (a minute)")
    parser.add_argument("--rounds", type=int, default=3, help="how often the first import is timed on either side")
    wish = parser.parse_args()
    there = find_spec("gcalcli") is not None and find_spec("vobject") is not None
    if not there:
        print("gcalcli isn't installed (pip install 'gcalcli[vobject]'): only our side is measured.")
    print(f"{EVENTS} events, every answer after {LATENCY_S * 1000:.0f} ms, {wish.work * 1000:.0f} ms of work an event")
    print(f"{'':<34}{'wall s':>9}{'CPU s':>8}{'MB':>8}{'trips':>8}{'writes':>8}{'standing':>9}{'exit':>6}")
    ours, theirs = [], []
    for number in range(wish.rounds):  # in turn, so that a machine whose speed drifts slows both
        with bench(wish.work) as here:
            sheet = write_workbook(here.folder / "lich.xlsx")
            ours.append(here.ours(sheet))
            print(line("ours, first import", ours[-1]), flush=True)
            if number == 0:
                print(line("ours, the same again", here.ours(sheet)), flush=True)
        if there:
            with bench(wish.work) as here:
                ics = to_ics(here, write_workbook(here.folder / "lich.xlsx"))
                their_calendar(here.google)
                theirs.append(here.gcalcli(ics))
                print(line("gcalcli, first import", theirs[-1]), flush=True)
    limited(wish.work, there=there)
    if theirs:
        one, other = (median(ran.wall for ran in rans) for rans in (ours, theirs))
        print(f"first import, medians of {wish.rounds}: {one:.2f} s and {other:.2f} s", end="; ")
        print(f"{other / one:.1f} × as fast as gcalcli (promise: at least 10 ×)", flush=True)
    if not wish.no_paced:
        paced(wish.work)


def limited(work: float, *, there: bool) -> None:
    """Google asks for patience once, in the middle."""
    with bench(work) as here:
        sheet = write_workbook(here.folder / "lich.xlsx")
        here.google.faults.add("events.insert", "403rate", after=EVENTS // 2)
        print(line("ours, one 403 rate limit inside", here.ours(sheet)), flush=True)
    if there:
        with bench(work) as here:
            ics = to_ics(here, write_workbook(here.folder / "lich.xlsx"))
            their_calendar(here.google)
            here.google.faults.add("events.insert", "403rate", after=EVENTS // 2)
            print(line("gcalcli, one 403 rate limit inside", here.gcalcli(ics)), flush=True)


def paced(work: float) -> None:
    """The same import with the pacing that a real Google gets."""
    with bench(work) as here:
        times: list[tuple[float, int]] = []
        note = here.google._server.note  # noqa: SLF001 (the server keeps no times)

        def timed(seen: Seen) -> None:
            times.append((time.monotonic(), seen.kind != "batch"))  # Google counts a batch as its parts
            note(seen)

        here.google._server.note = timed  # type: ignore[method-assign]  # noqa: SLF001
        print(line("ours, paced", here.ours(write_workbook(here.folder / "lich.xlsx"), paced=True)))
        print(
            f"  busiest second {busiest(times, 1)}, busiest ten seconds {busiest(times, 10)}, "
            f"busiest minute {busiest(times, 60)} requests (quota: {QUOTA} a minute)"
        )


if __name__ == "__main__":
    main()
