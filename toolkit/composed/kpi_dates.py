"""`toolkit kpi dates`: ends of targets and promised days become events, through the calendar tool as a sheet would.

What goes to a calendar is a table like any member's, so preview, question, identity, undo and resume are the calendar
tool's own. Names of customers stay on the machine: an event that leaves it names a promise by its number alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.core.hidden import shown
from toolkit.core.outcome import Outcome
from toolkit.kpi.cli.params import as_of_option
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Line, Note, Words, said
from toolkit.shell.group import Command
from toolkit.shell.params import TEXT, yes_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from toolkit.calendar.book import CalendarBook
    from toolkit.kpi.model import MetricDef, Promise, Target
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
@as_of_option
@yes_option
@pass_app
def dates(app: App, /, *, dry_run: bool, **given: Any) -> None:
    """Đưa ngày hết kỳ của mục tiêu và ngày hẹn của lời hứa vào lịch; gõ lại thì chỉ chỗ đã đổi mới đổi.

    Tên khách chỉ có trong lịch trên máy; sự kiện gửi đi nơi khác chỉ mang số của lời hứa.
    """
    from toolkit.calendar.book import CalendarBook
    from toolkit.calendar.cli import import_source, plan_source
    from toolkit.calendar.identity import import_name
    from toolkit.calendar.targets import parse_target
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.cli.opening import open_store
    from toolkit.kpi.metrics import METRICS

    spec = parse_target(given["to"] or app.settings.calendar.target, given["calendar_name"], given["account"],
                        folder=Path.cwd())  # fmt: skip
    with open_store(app) as store:
        book = KpiBook(store)
        calendars, name = CalendarBook(store), import_name(NAME)
        since = _first_sent(calendars, spec.id, name, app.clock.now())
        metrics = {**METRICS, **(book.metrics() if spec.kind == "local" else {})}
        events = [
            *target_ends(book.targets(), metrics, since, app.messages, named=spec.kind == "local"),
            *promised_days(book.promises(), since, app.messages, named=spec.kind == "local"),
        ]
        let_go = known_gone(book.targets(dropped=True), book.promises(), since)
        nothing = not events and not calendars.memory(spec.id, name)
    if nothing:
        app.say(Outcome(()), lambda _: [Line(Words("composed.no_kpi_dates")), Note(Words("composed.no_kpi_dates.fix"))])
        return
    if given["delete"] is None and let_go:
        given["delete"] = let_go
    if dry_run:
        plan_source(app, as_workbook(events), {**_READING, **given}, following="composed.plan_next")
    else:
        import_source(app, as_workbook(events), {**_READING, **given})


def _first_sent(calendars: CalendarBook, target: str, name: str, now: datetime) -> date:
    """When days were first put into a calendar, so that what has passed since then stays there; today, where they never
    were."""
    began = [run.began for run in calendars.runs() if (run.target, run.import_name) == (target, name)]
    return min([*began, now]).astimezone(now.tzinfo).date()


_READING: Final[dict[str, Any]] = {
    "name": NAME, "sheet": None, "person": None, "everyone": False, "profile": None, "headings": (),
    "visible_only": False, "encoding": None, "tz": None, "since": None, "until": None, "duration": None,
    "reminder": (), "years": 1,
}  # fmt: skip


def target_ends(
    targets: Iterable[Target], metrics: Mapping[str, MetricDef], since: date, messages: Messages, *, named: bool
) -> Iterator[Dated]:
    """The last day of every target that ends on `since` or later. `named`: by what the member calls it; without, by its
    metric, or its number where that isn't one of `metrics`: a member's own words may name somebody."""
    from toolkit.kpi.views.amounts import target_name

    for target in targets:
        last = target.end - timedelta(days=1)
        if target.dropped or last < since:
            continue
        metric, label = metrics.get(target.metric), shown(target.label) if named else ""
        words = Words("composed.target_numbered", id=target.id)
        if metric is not None:
            words = Words("composed.target_ends", target=target_name(replace(target, label=label), metric))
        note = messages.text("composed.target_ends_note", id=target.id)
        yield Dated(f"kpi-target-{target.id}", last, said(words, messages), note)


def promised_days(promises: Iterable[Promise], since: date, messages: Messages, *, named: bool) -> Iterator[Dated]:
    """The days of promises from `since` on, but of those that were settled before their day. `named`: with what was
    promised to whom; without, with its number alone."""
    for promise in promises:
        if promise.due is None or promise.due < since or _settled_before(promise):
            continue
        words = Words("composed.promise_numbered", id=promise.id)
        if named:
            who = shown(promise.customer_name)
            words = Words(f"composed.promise_{'to' if who else 'named'}", what=shown(promise.text), who=who)
        note = messages.text("composed.promise_note", id=promise.id)
        yield Dated(f"kpi-promise-{promise.id}", promise.due, said(words, messages), note)


def _settled_before(promise: Promise) -> bool:
    """Whether nothing is left for the day of a promise."""
    return promise.outcome != "open" and (promise.closed is None or promise.due is None or promise.closed < promise.due)


def known_gone(targets: Iterable[Target], promises: Iterable[Promise], since: date) -> int:
    """How many events may be gone from the table because the member said so: let go of, or settled. Whatever else is
    missing from the book is asked about, as rows that are missing from a sheet."""
    dropped = sum(target.dropped and target.end > since for target in targets)
    return dropped + sum(
        promise.due is not None and promise.due >= since and _settled_before(promise) for promise in promises
    )


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
