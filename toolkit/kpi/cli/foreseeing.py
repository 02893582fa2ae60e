"""`chart`, `trend`, `forecast`, `backtest`: looking ahead and back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import click

from toolkit.core.errors import InputError
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import TARGET_ID, as_of_option, engagement_option, plain_option
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import TEXT, csv_option

if TYPE_CHECKING:
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.service.foreseeing import Wishes

LEVELS: Final = ("50", "80", "90")
_MOST_MONTHS: Final = 120
_MOST_PERIODS: Final = 60
_MOST_REST: Final = 366

level_option: Final = click.option(
    "--level", type=click.Choice(LEVELS), default="80", show_default=True, metavar="50|80|90",
    help="Khoảng dự báo giữ được kết quả bao nhiêu lần trong 100.",
)  # fmt: skip


@click.command(
    "chart",
    cls=Command,
    examples=[
        ("toolkit kpi chart", "Biểu đồ của mục tiêu đang chạy"),
        ("toolkit kpi chart 2 --plain", "Mục tiêu số 2, cùng những con số ấy thành bảng"),
        ("toolkit kpi chart 2 --level 50", "Khoảng dự báo hẹp hơn, giữ được 5 lần trong 10"),
    ],
)
@click.argument("number", type=TARGET_ID, metavar="[SỐ]", required=False)
@level_option
@as_of_option
@plain_option
@csv_option
@pass_app
def chart(app: App, number: int | None, level: str, plain: bool) -> None:
    """Biểu đồ một mục tiêu: đã bán, nhịp, khoảng dự báo, những kỳ trước của bạn."""
    from toolkit.kpi.service.foreseeing import chart as course
    from toolkit.kpi.views import courses as views

    with open_book(app) as book:
        outcome = course(book, number, app.clock.today(), level=_share(level))
    if app.say.format == "csv":
        app.say(outcome, views.spreadsheet)
        return
    view = views.chart(app.messages, app.say.out.width, unicode=_draws(app), plain=plain)
    app.say(outcome, view, as_json=views.chart_json)


@click.command(
    "trend",
    cls=Command,
    examples=[
        ("toolkit kpi trend", "Doanh số từng tháng đang đi lên, lượn sóng hay đứng yên"),
        ("toolkit kpi trend orders --months 24", "Số đơn, hai năm gần đây"),
        ("toolkit kpi trend 2", "Chỉ số của mục tiêu số 2"),
    ],
)
@click.argument("asked", type=TEXT, metavar="[CHỈ-SỐ|SỐ]", default="")
@click.option(
    "--months", type=click.IntRange(2, _MOST_MONTHS), default=12, show_default=True, metavar="N",
    help="Nhìn lại bao nhiêu tháng trọn.",
)  # fmt: skip
@engagement_option
@as_of_option
@plain_option
@csv_option
@pass_app
def trend(app: App, asked: str, months: int, engagement: str, plain: bool) -> None:
    """Xu hướng từng tháng, tính trên mỗi ngày làm việc để Tết không tạo ra sóng."""
    from toolkit.kpi.cli.targets import metric_names
    from toolkit.kpi.service.foreseeing import look_back
    from toolkit.kpi.views import trends as views

    with open_book(app) as book:
        names = metric_names(book)
        outcome = look_back(book, asked, app.clock.today(), names=names, most=months, engagement=engagement)
    if app.say.format == "csv":
        app.say(outcome, views.spreadsheet)
        return
    view = views.trend(app.say.out.width, unicode=_draws(app), plain=plain)
    app.say(outcome, view, as_json=views.trend_json)


@click.command(
    "forecast",
    cls=Command,
    examples=[
        ("toolkit kpi forecast", "Kỳ này có thể kết thúc ở đâu, và dựa vào đâu mà nói thế"),
        ("toolkit kpi forecast 1 --rest 3", "Nếu bạn nghỉ ba ngày"),
        ("toolkit kpi forecast 1 --per-day 500k", "Nếu mỗi ngày bán thêm 500 nghìn"),
    ],
)
@click.argument("number", type=TARGET_ID, metavar="[SỐ]", required=False)
@level_option
@click.option("--rest", type=click.IntRange(0, _MOST_REST), default=0, metavar="N", help="Nếu nghỉ bấy nhiêu ngày.")
@click.option("--per-day", type=TEXT, default="", metavar="SỐ", help="Nếu mỗi ngày làm thêm được bấy nhiêu.")
@as_of_option
@plain_option
@pass_app
def forecast(  # noqa: PLR0917 - click gives every option by name
    app: App, number: int | None, level: str, rest: int, per_day: str, plain: bool
) -> None:
    """Dự báo cuối kỳ: một khoảng, khả năng đạt, dựa vào đâu, và điều nó không biết."""
    from toolkit.kpi.service.foreseeing import foretell
    from toolkit.kpi.views import forecasts as views

    del plain  # it is in words already
    today = app.clock.today()
    with open_book(app) as book:
        wishes = _wishes(app, book, number, rest, per_day)
        outcome = foretell(book, number, today, level=_share(level), wishes=wishes)
    app.say(outcome, views.forecast, as_json=views.forecast_json)


@click.command(
    "backtest",
    cls=Command,
    examples=[
        ("toolkit kpi backtest", "Dự báo ở những kỳ trước đã giữ được bao nhiêu lần"),
        ("toolkit kpi backtest orders", "Số đơn, từng tháng đã qua"),
        ("toolkit kpi backtest 1 --level 50", "Khoảng 5 lần trong 10 của mục tiêu số 1"),
    ],
)
@click.argument("asked", type=TEXT, metavar="[CHỈ-SỐ|SỐ]", default="")
@level_option
@click.option(
    "--periods", type=click.IntRange(1, _MOST_PERIODS), default=12, show_default=True, metavar="N",
    help="Thử lại bao nhiêu kỳ đã qua.",
)  # fmt: skip
@engagement_option
@as_of_option
@plain_option
@csv_option
@pass_app
def backtest(  # noqa: PLR0917 - click gives every option by name
    app: App, asked: str, level: str, periods: int, engagement: str, plain: bool
) -> None:
    """Thử lại dự báo trên chính những kỳ đã qua của bạn: khoảng đã giữ được bao nhiêu lần."""
    from toolkit.kpi.cli.targets import metric_names
    from toolkit.kpi.service.foreseeing import hold_against
    from toolkit.kpi.views import forecasts as views

    del plain  # nothing is drawn
    with open_book(app) as book:
        outcome = hold_against(
            book, asked, app.clock.today(), names=metric_names(book), most=periods, level=_share(level),
            engagement=engagement,
        )  # fmt: skip
    if app.say.format == "csv":
        app.say(outcome, views.spreadsheet)
        return
    app.say(outcome, views.backtest(app.say.out.width), as_json=views.backtest_json)


def _share(level: str) -> float:
    return int(level) / 100


def _draws(app: App) -> bool:
    """Whether lines and shades can be shown: letters beyond ASCII, in a terminal that has a glyph for them."""
    return app.say.out.is_unicode and (os.name != "nt" or "WT_SESSION" in os.environ)


def _wishes(app: App, book: KpiBook, number: int | None, rest: int, per_day: str) -> Wishes:
    from toolkit.kpi.service.drafts import read_amount
    from toolkit.kpi.service.foreseeing import Wishes, chosen_target
    from toolkit.kpi.service.targets import metrics_of

    if not per_day:
        return Wishes(rest)
    metric = metrics_of(book).get(chosen_target(book, number, app.clock.today()).metric)
    try:
        more = read_amount(per_day, metric.unit if metric else "number")
    except InputError as error:
        raise InputError("kpi.not_per_day", value=per_day) from error
    return Wishes(rest, more)
