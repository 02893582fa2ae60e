"""The calendar's doctor: arguments in, one verb, one thing said."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Command

if TYPE_CHECKING:
    from toolkit.core.checkup import Report


@click.command(
    "doctor",
    cls=Command,
    examples=[
        ("toolkit calendar doctor", "Xem lịch trên máy, Google và máy chủ lịch đã sẵn sàng chưa"),
        ("toolkit calendar doctor --check", "Hỏi cả Google và máy chủ lịch"),
    ],
)
@click.option("--check", is_flag=True, help="Hỏi cả Google và máy chủ lịch xem đăng nhập còn dùng được không.")
@pass_app
def doctor(app: App, check: bool) -> None:
    """Xem những nơi đưa lịch đến đã sẵn sàng chưa; thiếu gì thì chỉ bước tiếp theo."""
    from toolkit.calendar.doctor import CalendarDoctor
    from toolkit.core.dates.clock import SystemClock
    from toolkit.shell.checkup import report_view
    from toolkit.store.store import Store

    clock = SystemClock(app.settings.timezone)
    paths = app.paths
    looking = CalendarDoctor(
        google=paths.google, caldav=paths.caldav, clock=clock, usual_target=app.settings.calendar.target
    )
    used = paths.database.exists()
    with Store.open(paths.database, backups=paths.backups, clock=clock) if used else nullcontext() as store:
        outcome = looking.look(store, ask=check)
    app.say(outcome, report_view(lambda name: Words(f"calendar.check_{name}")))
    if app.say.format == "person" and not outcome.problems:
        app.say.note(_next_step(outcome.data))


def _next_step(report: Report) -> str:
    """The one thing to do where nothing is wrong."""
    states = {check.name: check.state for check in report.checks}
    if "ok" in (states["google"], states["caldav"]):
        return "calendar.doctor_next_import"
    return "calendar.doctor_next_sign_in"
