"""The site's act: three weeks of a small shop's access log, with a campaign and with programs, become a report."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from toolkit.demo.access_logs import write_access_log

if TYPE_CHECKING:
    from datetime import date

    from toolkit.demo.stage import Stage

LOG: Final = "access.log"
PAGE: Final = "trang-web.html"
LINES: Final = 6_000
DAYS: Final = 21
SPARE: Final = 4
"""Days between the last line and today: a log of that many lines may run on a little."""


def show(stage: Stage, today: date) -> None:
    """The report, people from one source alone, the page for a browser."""
    stage.heading("demo.site_title")
    truth = write_access_log(stage.folder / LOG, LINES, first=today - timedelta(days=DAYS + SPARE), days=DAYS)
    day = f"--today={today.isoformat()}"
    stage.tell("demo.site_log", file=LOG, n=truth.lines)
    stage.run("sitestats", "report", LOG, day)
    stage.tell("demo.site_people")
    stage.run("sitestats", "report", LOG, "--humans", "--source", "Facebook", day)
    stage.tell("demo.site_page", file=PAGE)
    stage.run("sitestats", "report", LOG, "--html", PAGE, day)
