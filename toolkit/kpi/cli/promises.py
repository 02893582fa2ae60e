"""`promises`: the ledger of one's word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from toolkit.kpi.cli.choosing import GROUP, one_text, span_of, span_options
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import SALE_ID, as_of_option, engagement_option, plain_anyway
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import DAY, PAST_DAY, TEXT, csv_option

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.dates import Period


@click.group(
    "promises",
    cls=Group,
    invoke_without_command=True,
    examples=[
        ("toolkit kpi promises", "Những lời hứa chưa đánh dấu, và đã giữ được bao nhiêu"),
        ('toolkit kpi promises add "gửi báo giá" --to "anh Nam" --due "thứ 6"', "Ghi một lời hứa"),
        ("toolkit kpi promises keep 9", "Đã giữ lời"),
    ],
)
@plain_anyway
@as_of_option
@csv_option
@click.pass_context
def promises(ctx: click.Context) -> None:
    """Sổ lời hứa: đã hứa gì, với ai, giữ được bao nhiêu."""
    if ctx.invoked_subcommand is None:
        app = ctx.ensure_object(App)
        app.ready()
        _list(app, None, None, engagement="")


def _list(app: App, since: date | None, until: date | None, *, engagement: str, **chosen: Any) -> None:
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.service.promises import Promises
    from toolkit.kpi.views import promises as views

    with open_book(app) as book:
        jobs = [engagement_of(book, engagement)] if engagement else []
        outcome = Promises(book, app.clock).listing(since, until, engagements=jobs, **chosen)
    app.say(outcome, views.listing, as_json=views.listing_json)


@promises.command(
    "list",
    examples=[
        ("toolkit kpi promises list --all", "Mọi lời hứa, kể cả đã xong"),
        ("toolkit kpi promises list --all --period 2026-11", "Những lời hứa trong tháng 11"),
        ("toolkit kpi promises list --all --group reputation", "Với những người mà uy tín của bạn đứng trước họ"),
    ],
)
@span_options
@click.option("--all", "everything", is_flag=True, help="Kể cả những lời hứa đã đánh dấu.")
@click.option("--to", type=TEXT, default="", metavar="TÊN|SỐ", help="Chỉ những lời hứa với người này.")
@click.option("--group", "groups", type=GROUP, multiple=True, help="Chỉ với những người trong nhóm này.")
@engagement_option
@plain_anyway
@as_of_option
@csv_option
@pass_app
def list_(app: App, *, period: Period | None, since: date | None, until: date | None, **chosen: Any) -> None:
    """Xem các lời hứa, theo ngày hẹn."""
    first, end = span_of(app, period, since, until)
    _list(app, first, end, **chosen)


@promises.command(
    examples=[
        ('toolkit kpi promises add "gửi báo giá" --to "anh Nam" --due "thứ 6"', "Ghi một lời hứa"),
        ('toolkit kpi promises add "gọi lại cho chị Vy ngày 25/11"', "Ngày hẹn viết ngay trong câu cũng được"),
    ],
)
@click.argument("words", nargs=-1, required=True, type=TEXT, metavar="HỨA-GÌ…")
@click.option("--to", type=TEXT, default="", metavar="TÊN", help="Hứa với ai.")
@click.option("--due", type=DAY, help="Hẹn ngày nào; không ghi thì theo ngày viết trong câu, nếu có.")
@click.option("--day", type=PAST_DAY, help="Hứa ngày nào (không ghi thì hôm nay).")
@engagement_option
@as_of_option
@pass_app
def add(app: App, *, words: tuple[str, ...], to: str, due: date | None, day: date | None, engagement: str) -> None:
    """Ghi một lời hứa."""
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.service.promises import Promises

    text = one_text(words)
    with open_book(app) as book:
        outcome = Promises(book, app.clock).add(
            engagement_of(book, engagement), text, to=to, due=due or _due_in(text, app), day=day
        )
    _say(app, outcome)


def _due_in(text: str, app: App) -> date | None:
    """The day that the promise's own words name, where that is one day and certain."""
    from toolkit.core.dates import find_dates

    found = find_dates(text, today=app.clock.today(), look="forward")
    days = [one.readings.value.date for one in found if one.readings.value is not None]
    return days[0] if len(found) == 1 == len(days) and days[0] >= app.clock.today() else None


def _mark(app: App, number: int, outcome: Any, day: date | None) -> None:
    from toolkit.kpi.service.promises import Promises

    with open_book(app) as book:
        marked = Promises(book, app.clock).mark(number, outcome, day)
    _say(app, marked)


@promises.command(examples=[("toolkit kpi promises keep 9", "Lời hứa số 9 đã giữ")])
@click.argument("number", type=SALE_ID, metavar="SỐ")
@click.option("--day", type=PAST_DAY, help="Ngày nào (không ghi thì hôm nay).")
@as_of_option
@pass_app
def keep(app: App, number: int, day: date | None) -> None:
    """Đánh dấu một lời hứa đã giữ."""
    _mark(app, number, "kept", day)


@promises.command(examples=[("toolkit kpi promises release 9", "Hai bên thôi không cần nữa: không tính vào tỉ lệ")])
@click.argument("number", type=SALE_ID, metavar="SỐ")
@click.option("--day", type=PAST_DAY, help="Ngày nào (không ghi thì hôm nay).")
@as_of_option
@pass_app
def release(app: App, number: int, day: date | None) -> None:
    """Đánh dấu một lời hứa mà bên kia đã thôi."""
    _mark(app, number, "released", day)


@promises.command(examples=[("toolkit kpi promises miss 9", "Lời hứa số 9 không giữ được")])
@click.argument("number", type=SALE_ID, metavar="SỐ")
@click.option("--day", type=PAST_DAY, help="Ngày nào (không ghi thì hôm nay).")
@as_of_option
@pass_app
def miss(app: App, number: int, day: date | None) -> None:
    """Đánh dấu một lời hứa không giữ được."""
    _mark(app, number, "broken", day)


@promises.command(examples=[("toolkit kpi promises reopen 9", "Bỏ dấu của lời hứa số 9")])
@click.argument("number", type=SALE_ID, metavar="SỐ")
@as_of_option
@pass_app
def reopen(app: App, number: int) -> None:
    """Bỏ dấu của một lời hứa: lại chưa xong."""
    _mark(app, number, "open", None)


@promises.command(examples=[("toolkit kpi promises show 9", "Mọi điều về lời hứa số 9")])
@click.argument("number", type=SALE_ID, metavar="SỐ")
@plain_anyway
@as_of_option
@pass_app
def show(app: App, number: int) -> None:
    """Xem một lời hứa."""
    from toolkit.kpi.service.promises import Promises

    with open_book(app) as book:
        outcome = Promises(book, app.clock).show(number)
    _say(app, outcome)


def _say(app: App, outcome: Any) -> None:
    from toolkit.kpi.views import promises as views

    app.say(outcome, views.changed, as_json=views.changed_json)
