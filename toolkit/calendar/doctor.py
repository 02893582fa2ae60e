"""What is set up for calendars on this machine and elsewhere, and what isn't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.caldav.checkup import check_sign_ins as check_caldav
from toolkit.calendar.adapters.local import LocalTarget, calendars
from toolkit.calendar.book import CalendarBook, Database
from toolkit.calendar.targets import parse_target
from toolkit.core.checkup import Finding, Report, fine, known, told, wrong
from toolkit.core.errors import ToolkitError
from toolkit.core.outcome import Outcome, Problem
from toolkit.google.accounts import accounts, status
from toolkit.google.checkup import check_sign_ins as check_google
from toolkit.google.spreadsheets import READING_SCOPES

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.core.dates import Clock

_MOST_RUNS = 5  # that are told one by one


class CalendarDoctor:
    def __init__(self, *, google: Path, caldav: Path, clock: Clock, usual_target: str) -> None:
        """`google` and `caldav` are the folders of the sign-ins; `clock` is the machine's."""
        self._google, self._caldav, self._clock, self._usual = google, caldav, clock, usual_target

    def look(self, database: Database | None, *, ask: bool = False) -> Outcome[Report]:
        """Look at everything, a problem for each thing that needs the member; `ask`: services are asked, too.

        `database` is None where nothing was imported yet.
        """
        return told(
            [
                self._local(database),
                self._runs(database),
                self._target(),
                check_google(self._google, self._clock, ask=ask),
                self._sheets(),
                check_caldav(self._caldav, ask=ask),
            ]
        )

    def _local(self, database: Database | None) -> Finding:
        names = calendars(database) if database else []
        if database is None or not names:
            return fine("local", "calendar.doctor_local_empty")
        count = sum(len(LocalTarget(database, name).events()) for name in names)
        return fine("local", "calendar.doctor_local", n=count, calendars=", ".join(names))

    def _runs(self, database: Database | None) -> Finding:
        unfinished = CalendarBook(database).open_runs() if database else []
        if not unfinished:
            return fine("runs", "calendar.doctor_runs")
        problems = [Problem("calendar.run_unfinished", params={"run": run.number}) for run in unfinished[:_MOST_RUNS]]
        return wrong("runs", "calendar.doctor_runs_open", *problems, n=len(unfinished))

    def _target(self) -> Finding:
        from pathlib import Path

        try:
            spec = parse_target(self._usual, folder=Path.cwd())
        except ToolkitError as error:
            return wrong("target", "calendar.doctor_target_wrong", error.problem)
        return fine("target", "calendar.doctor_target", target=spec.path or spec.kind)

    def _sheets(self) -> Finding:
        able = [
            account
            for account in accounts(self._google)
            if not READING_SCOPES.isdisjoint(status(self._google, account, now=self._clock.now).scopes)
        ]
        if not able:
            return known("sheets", "calendar.doctor_sheets_absent")
        return fine("sheets", "calendar.doctor_sheets", accounts=", ".join(able))
