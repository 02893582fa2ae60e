"""`report`: a month, or any stretch of days, in the terminal, as a table for others, or as a page."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from toolkit.core.errors import UsageError
from toolkit.core.outcome import Outcome
from toolkit.expenses.cli.opening import open_book
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import PAST_DAY, PERIOD, csv_option, today_option

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.dates.periods import Period
    from toolkit.expenses.reports import By
    from toolkit.expenses.service.reporting import Reported

GROUPINGS: Final = ("category", "parent", "person", "day", "week", "month", "account", "kind")


@click.command(
    "report",
    cls=Command,
    examples=[
        ("toolkit expenses report", "Tháng này, từng loại, bên cạnh tháng trước"),
        ("toolkit expenses report --month 10 --by parent", "Tháng 10, theo nhóm"),
        ("toolkit expenses report --year 2026 --by month", "Cả năm, từng tháng"),
        ("toolkit expenses report --from 1/11 --until 15/11 --by day", "Nửa đầu tháng, từng ngày"),
        ("toolkit expenses report --html thang-11.html", "Một trang để xem trên điện thoại hoặc in ra"),
    ],
)
@click.option("--month", type=PERIOD, help="Tháng nào, ví dụ 10, 2026-10, tháng trước; không ghi thì tháng này.")
@click.option("--year", type=click.IntRange(1901, 2100), metavar="NĂM", help="Cả năm này.")
@click.option("--from", "since", type=PAST_DAY, help="Từ ngày nào.")
@click.option("--until", type=PAST_DAY, help="Đến hết ngày nào; không ghi thì đến hôm nay.")
@click.option(
    "--by", type=click.Choice(GROUPINGS), default="category", show_default=True, metavar="CÁCH",
    help="Gộp theo: category (loại), parent (nhóm), person (người), day, week, month, account (ví), kind (chi, thu…).",
)  # fmt: skip
@click.option("--plain", is_flag=True, help="Chỉ chữ và số, không vẽ thanh.")
@click.option("--html", "html", type=click.Path(path_type=Path), metavar="TỆP", help="Ghi thành một trang HTML.")
@today_option
@csv_option
@pass_app
def report_(  # noqa: PLR0917 - click gives every option by name
    app: App,
    month: Period | None,
    year: int | None,
    since: date | None,
    until: date | None,
    by: By,
    plain: bool,
    html: Path | None,
) -> None:
    """Báo cáo thu chi: từng loại, so với kỳ trước và với ngân sách."""
    from toolkit.expenses.service.reporting import report
    from toolkit.expenses.views import reports as views

    period = _period(app, month, year, since, until)
    if html is not None:
        from toolkit.expenses.views.page import GENERATOR
        from toolkit.pages.page import refuse_others_file

        refuse_others_file(html, GENERATOR)
    with open_book(app) as book:
        outcome = report(book, app.clock, period, by)
    if html is not None:
        _write_page(app, html, outcome)
        return
    view = views.spreadsheet if app.say.format == "csv" else views.report(app.say.out.width, plain=plain)
    app.say(outcome, view, as_json=views.report_json)


def _write_page(app: App, path: Path, outcome: Outcome[Reported]) -> None:
    from toolkit.expenses.views import page as pages
    from toolkit.pages.page import write_page

    write_page(path, pages.page(outcome.data, app.messages))
    app.say(Outcome({"file": str(path)}, notes=outcome.notes), pages.written)


def _period(app: App, month: Period | None, year: int | None, since: date | None, until: date | None) -> Period:
    """The one stretch that was asked for. UsageError where two were, or one that ends before it begins."""
    from toolkit.core.dates.periods import Period, month_of, year_period

    asked = [name for name, given in (("--month", month), ("--year", year), ("--from", since or until)) if given]
    if len(asked) > 1:
        raise UsageError("expenses.two_periods", first=asked[0], second=asked[1])
    if month is not None:
        return month
    if year is not None:
        return year_period(year)
    if since is None and until is None:
        return month_of(app.clock.today())
    last = until or app.clock.today()
    first = since or last.replace(day=1)
    if last < first:
        raise UsageError("expenses.ends_before_it_begins", value=f"{last:%d/%m/%Y}", start=f"{first:%d/%m/%Y}")
    return Period(first, last + timedelta(days=1))
