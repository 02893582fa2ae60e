"""The calendar's act: a workbook as members keep it walks into three calendars, changes, and walks out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.demo.workbooks import move_meeting, write_anniversaries, write_month, write_timetable
from toolkit.google.endpoint import LOOPBACK_VARIABLE, ROOT_VARIABLE

if TYPE_CHECKING:
    from datetime import date

    from toolkit.demo.stage import Stage

WORKBOOK = "lich-thang-12.xlsx"
ICS = "lich-thang-12.ics"
TIMETABLE = "thoi-khoa-bieu.xlsx"
ANNIVERSARIES = "ngay-gio.xlsx"


def show(stage: Stage, today: date) -> None:
    """Plan, import on this machine, export, two more kinds of sheet; into Google, again, one row edited, and back."""
    day = f"--today={today.isoformat()}"
    stage.heading("demo.calendar_title")
    write_month(stage.folder / WORKBOOK, today)
    stage.tell("demo.workbook_made", file=WORKBOOK)
    stage.tell("demo.plan")
    stage.run("calendar", "plan", WORKBOOK, day)
    stage.tell("demo.import_local")
    stage.run("calendar", "import", WORKBOOK, day, "--yes")
    stage.run("calendar", "agenda", "--from", f"{today.year}-12-01", "--days", "14", day)
    stage.tell("demo.export_ics")
    stage.run("calendar", "export", ICS)
    write_timetable(stage.folder / TIMETABLE, today)
    stage.tell("demo.timetable", file=TIMETABLE)
    stage.run("calendar", "plan", TIMETABLE, day)
    write_anniversaries(stage.folder / ANNIVERSARIES, today)
    stage.tell("demo.anniversaries", file=ANNIVERSARIES)
    stage.run("calendar", "plan", ANNIVERSARIES, day, "--years", "2")
    with LoopbackGoogle() as google:
        stage.surround({ROOT_VARIABLE: google.root, LOOPBACK_VARIABLE: "1"})
        google.sign_in(stage.home / "google")
        _through_google(stage, google, day)
    stage.tell("demo.undo_local")
    stage.run("calendar", "undo", "1", "--yes")
    stage.run("calendar", "runs")


def _through_google(stage: Stage, google: LoopbackGoogle, day: str) -> None:
    into_google = ("calendar", "import", WORKBOOK, "--to", "google", day, "--yes")
    stage.tell("demo.import_google")
    stage.run(*into_google)
    stage.tell("demo.google_holds", n=len(google.events()), requests=google.round_trips)
    google.forget_requests()
    stage.tell("demo.import_again")
    stage.run(*into_google)
    stage.tell("demo.google_saw", requests=google.round_trips, writes=google.writes)
    google.forget_requests()
    old, new = move_meeting(stage.folder / WORKBOOK)
    stage.tell("demo.edit_row", old=old, new=new)
    stage.run(*into_google)
    stage.tell("demo.google_saw", requests=google.round_trips, writes=google.writes)
    stage.tell("demo.undo_google")
    stage.run("calendar", "undo", "3", "--yes")
    stage.run("calendar", "undo", "2", "--yes")
    stage.tell("demo.google_left", n=len(google.events()))
