"""`toolkit kpi dates`: ends of targets and promised days become events, through the calendar tool as a sheet would.

What goes to a calendar is a table like any member's, so preview, question, identity, undo and resume are the calendar
tool's own. Names of customers stay on the machine: an event that leaves it names a promise by its number alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words, said
from toolkit.shell.group import Command
from toolkit.shell.params import TEXT, today_option, yes_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from toolkit.kpi.model import Promise, Target
    from toolkit.sheets.model import Workbook
    from toolkit.shell.messages import Messages

NAME: Final = "KPI"
"""The name of the import that holds these events: a later run finds them by it."""
_HEADINGS: Final = ("Mã", "Ngày", "Tên sự kiện", "Ghi chú")


@dataclass(frozen=True)
class Dated:
    """One whole-day event: its own id, so that a changed text or day is an update and no second event."""

    id: str
    day: date
    title: str
    note: str = ""


@click.command(
    cls=Command,
    examples=[
        ("toolkit kpi dates --dry-run", "Xem trước những ngày sẽ vào lịch"),
        ("toolkit kpi dates", "Đưa vào lịch trên máy"),
        ("toolkit kpi dates --to google", "Đưa vào Google Calendar; tên khách không rời máy"),
    ],
)
@click.option("--to", metavar="NƠI", help="Vào đâu: local (trên máy), ics:TÊN-TỆP, google hoặc caldav:ĐỊA-CHỈ.")
@click.option("--calendar", "calendar_name", type=TEXT, metavar="TÊN", help="Tên lịch ở nơi đó.")
@click.option("--account", type=TEXT, metavar="TÊN", help="Tài khoản nào, khi bạn đăng nhập nhiều tài khoản một nơi.")
@click.option(
    "--delete", type=click.IntRange(0), metavar="SỐ", help="Đồng ý xóa đến chừng này sự kiện không còn mục tiêu."
)
@click.option("--overwrite", is_flag=True, help="Lấy theo sổ cả những sự kiện bạn đã tự sửa trong lịch.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi gì.")
@today_option
@yes_option
@pass_app
def dates(app: App, /, *, dry_run: bool, **given: Any) -> None:
    """Đưa ngày hết kỳ của mục tiêu và ngày hẹn của lời hứa vào lịch; gõ lại thì chỉ chỗ đã đổi mới đổi.

    Tên khách chỉ có trong lịch trên máy; sự kiện gửi đi nơi khác chỉ mang số của lời hứa.
    """
    from toolkit.calendar.cli import import_source, plan_source
    from toolkit.kpi.cli.opening import open_book

    stays_here = (given["to"] or app.settings.calendar.target) == "local"
    with open_book(app) as book:
        today = app.clock.today()
        events = [
            *target_ends(book.targets(), today, app.messages),
            *promised_days(book.promises(outcomes=("open",)), today, app.messages, named=stays_here),
        ]
    if not events:
        app.say.note("composed.no_kpi_dates")
    (plan_source if dry_run else import_source)(app, as_workbook(events), {**_READING, **given})


_READING: Final[dict[str, Any]] = {
    "name": NAME, "sheet": None, "person": None, "everyone": False, "profile": None, "headings": (),
    "visible_only": False, "encoding": None, "tz": None, "since": None, "until": None, "duration": None,
    "reminder": (), "years": 1,
}  # fmt: skip


def target_ends(targets: Iterable[Target], today: date, messages: Messages) -> Iterator[Dated]:
    """The last day of every target whose period hasn't ended."""
    from toolkit.kpi.views.naming import target_words

    for target in targets:
        last = target.end - timedelta(days=1)
        if not target.dropped and last >= today:
            title = said(Words("composed.target_ends", target=target_words(target)), messages)
            note = messages.text("composed.target_ends_note", id=target.id)
            yield Dated(f"kpi-target-{target.id}", last, title, note)


def promised_days(promises: Iterable[Promise], today: date, messages: Messages, *, named: bool) -> Iterator[Dated]:
    """The days of promises that are still open and have a day from today on. `named`: with what was promised to whom;
    without, with its number alone."""
    from toolkit.core.hidden import shown

    for promise in promises:
        if promise.due is None or promise.due < today:
            continue
        words = Words("composed.promise_named", what=shown(promise.text)) if named else None
        title = said(words or Words("composed.promise_numbered", id=promise.id), messages)
        note = messages.text("composed.promise_note", id=promise.id)
        yield Dated(f"kpi-promise-{promise.id}", promise.due, title, note)


def as_workbook(events: Sequence[Dated]) -> Workbook:
    """The events as the table that the calendar tool reads, a row each, oldest day first."""
    from toolkit.sheets.model import Cell, Row, Sheet, Workbook

    def row(number: int, values: Sequence[str | date]) -> Row:
        cells = (
            Cell(value, value if isinstance(value, str) else f"{value:%d/%m/%Y}", number, column)
            for column, value in enumerate(values, start=1)
        )
        return Row(number, tuple(cells))

    ordered = sorted(events, key=lambda event: (event.day, event.id))
    rows = [row(1, _HEADINGS)]
    rows += [row(n, (one.id, one.day, one.title, one.note)) for n, one in enumerate(ordered, start=2)]
    digest = sha256(json.dumps([(one.id, str(one.day), one.title, one.note) for one in ordered]).encode()).hexdigest()
    return Workbook(NAME, Path(NAME), digest, "csv", (Sheet("", tuple(rows)),))
