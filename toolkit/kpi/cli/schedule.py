"""`calendar`: the member's working time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import click

from toolkit.core.errors import UsageError
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import as_of_option, plain_anyway
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import PERIOD, TEXT, csv_option, read_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.core.dates import Period
    from toolkit.kpi.workweek import WeekName

WEEKS: Final = ("5", "5.5", "6", "7")
MOST_SHOWN: Final = 3_660  # days
_DAY: Final = "NGÀY"
_LONGEST: Final = 100  # characters of a day or two
_HALF_A_YEAR: Final = timedelta(days=182)
_TO: Final = re.compile(r" ?(?:\.\.+|…|–|(?<= )-(?= )|(?<= )đến(?= )|(?<= )den(?= )) ?")


class _DaysOfWeek(click.Choice[str]):
    """How many days a week are worked, as it is written here as well: `5,5`, `5½`, `6 ngày`."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        typed = str(value).strip().removesuffix("ngày").removesuffix("ngay").strip()
        return super().convert(typed.replace(",", ".").replace("½", ".5").removesuffix(".0"), param, ctx)


@click.group(
    "calendar",
    cls=Group,
    examples=[
        ("toolkit kpi calendar week 6", "Bạn làm 6 ngày một tuần"),
        ("toolkit kpi calendar leave 24/12..26/12", "Nghỉ ba ngày"),
        ("toolkit kpi calendar show", "Xem tháng này làm những ngày nào"),
    ],
)
def calendar() -> None:
    """Tuần làm việc của bạn, ngày nghỉ, ngày làm thêm: mọi nhịp và dự báo tính theo đó."""


@calendar.command(
    "week",
    examples=[
        ("toolkit kpi calendar week 5.5", "Làm từ thứ Hai đến sáng thứ Bảy"),
        ("toolkit kpi calendar week 6 --from 1/12", "Từ 1/12 làm 6 ngày, trước đó giữ nguyên"),
    ],
)
@click.argument("week", type=_DaysOfWeek(WEEKS), metavar="SỐ-NGÀY")
@click.option("--from", "since", metavar="NGÀY", help="Từ ngày nào; không ghi thì cho mọi thời gian.")
@click.option("--swaps/--no-swaps", default=False,
              help="Có nghỉ và làm bù theo lịch hoán đổi của nhà nước không (mặc định: không).")  # fmt: skip
@as_of_option
@pass_app
def week(app: App, week: WeekName, since: str | None, swaps: bool) -> None:
    """Cho biết bạn làm mấy ngày một tuần: 5, 5.5, 6 hay 7."""
    from toolkit.kpi.service.schedule import Scheduler
    from toolkit.kpi.views import schedule as views

    first = _nearest(app, since, "--from") if since is not None else None
    with open_book(app) as book:
        outcome = Scheduler(book, app.clock).week(week, first, swaps=swaps)
    app.say(outcome, views.settled, as_json=views.settled_json)


@calendar.command(
    "leave",
    examples=[
        ("toolkit kpi calendar leave 24/12", "Nghỉ một ngày"),
        ("toolkit kpi calendar leave 2026-12-24..2026-12-26", "Nghỉ từ 24 đến hết 26"),
    ],
)
@click.argument("days", nargs=-1, required=True, metavar="NGÀY[..NGÀY]")
@click.option("--note", type=TEXT, default="", metavar="CHỮ", help="Vì sao, ví dụ về quê.")
@as_of_option
@pass_app
def leave(app: App, days: tuple[str, ...], note: str) -> None:
    """Ghi ngày nghỉ của riêng bạn; cả ngày đầu lẫn ngày cuối."""
    _set_days(app, "leave", _days(app, " ".join(days)), note)


@calendar.command(
    "workday",
    examples=[
        ("toolkit kpi calendar workday 29/11", "Chủ nhật 29/11 vẫn bán hàng"),
    ],
)
@click.argument("days", nargs=-1, required=True, metavar="NGÀY[..NGÀY]")
@click.option("--note", type=TEXT, default="", metavar="CHỮ", help="Vì sao, ví dụ hội chợ.")
@as_of_option
@pass_app
def workday(app: App, days: tuple[str, ...], note: str) -> None:
    """Ghi ngày làm thêm, dù là cuối tuần hay ngày lễ."""
    _set_days(app, "work", _days(app, " ".join(days)), note)


@calendar.command(
    "forget",
    examples=[
        ("toolkit kpi calendar forget 24/12", "Ngày 24/12 trở lại như lịch thường"),
    ],
)
@click.argument("days", nargs=-1, required=True, metavar="NGÀY[..NGÀY]")
@as_of_option
@pass_app
def forget(app: App, days: tuple[str, ...]) -> None:
    """Bỏ ngày nghỉ hay ngày làm thêm đã ghi."""
    from toolkit.kpi.service.schedule import Scheduler
    from toolkit.kpi.views import schedule as views

    chosen = _days(app, " ".join(days))
    with open_book(app) as book:
        outcome = Scheduler(book, app.clock).forget(chosen)
    app.say(outcome, views.settled, as_json=views.settled_json)


@calendar.command(
    "show",
    examples=[
        ("toolkit kpi calendar show", "Tháng này"),
        ("toolkit kpi calendar show 2027-02", "Tháng 2 năm 2027, có Tết"),
    ],
)
@click.argument("month", type=PERIOD, required=False, metavar="[THÁNG]")
@plain_anyway
@as_of_option
@csv_option
@pass_app
def show(app: App, month: Period | None) -> None:
    """Xem những ngày làm, ngày nghỉ, ngày lễ, và tổng số ngày làm việc."""
    from toolkit.core.dates.periods import month_of
    from toolkit.kpi.service.schedule import Scheduler
    from toolkit.kpi.views import schedule as views

    period = month or month_of(app.clock.today())
    if period.days > MOST_SHOWN:
        raise UsageError("kpi.calendar_too_long", value=str(period), n=MOST_SHOWN)
    with open_book(app) as book:
        outcome = Scheduler(book, app.clock).show(period.start, period.end)
    app.say(outcome, views.spreadsheet if app.say.format == "csv" else views.shown, as_json=views.shown_json)


def _set_days(app: App, kind: str, days: Sequence[date], note: str) -> None:
    from toolkit.kpi.service.schedule import Scheduler
    from toolkit.kpi.views import schedule as views

    with open_book(app) as book:
        outcome = Scheduler(book, app.clock).set_days(kind, days, note)
    app.say(outcome, views.settled, as_json=views.settled_json)


def _days(app: App, text: str) -> list[date]:
    """The days that `text` names: one, or a first and a last with `..` between. UsageError for what can't be read."""
    from toolkit.kpi.service.schedule import span

    parts = _TO.split(text[:_LONGEST], maxsplit=1)
    first = last = _nearest(app, parts[0], _DAY)
    if len(parts) > 1:
        last = _nearest(app, parts[1], _DAY)
        if last < first and abs(last - first) > _HALF_A_YEAR:  # 30/12..2/1
            last = read_day(parts[1], app, look="forward", name=_DAY)
    if last < first:
        raise UsageError("kpi.days_backwards", value=f"{last:%d/%m/%Y}", start=f"{first:%d/%m/%Y}")
    return span(first, last)


def _nearest(app: App, text: str, name: str) -> date:
    """The day that is meant; of one without a year the nearest to today: leave is written down before and after."""
    today = app.clock.today()
    both = [read_day(text, app, look=look, name=name) for look in ("back", "forward")]
    return min(both, key=lambda day: abs((day - today).days))
