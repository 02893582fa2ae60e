"""`list`: what stands in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.expenses.cli.opening import open_book
from toolkit.expenses.cli.params import PERIOD
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import csv_option, today_option

if TYPE_CHECKING:
    from toolkit.core.dates import Period


@click.command(
    "list",
    cls=Command,
    examples=[
        ("toolkit expenses list", "Xem các khoản của tháng này"),
        ("toolkit expenses list --month 10", "Xem tháng 10"),
    ],
)
@click.option("--month", type=PERIOD, help="Tháng nào, ví dụ 10, 2026-10, tháng trước; không ghi thì tháng này.")
@today_option
@csv_option
@pass_app
def list_(app: App, month: Period | None) -> None:
    """Xem các khoản đã ghi."""
    from toolkit.core.dates.periods import month_of
    from toolkit.expenses.book import Filter
    from toolkit.expenses.service.looking import listing
    from toolkit.expenses.views import entries as views

    period = month or month_of(app.clock.today())
    with open_book(app) as book:
        outcome = listing(book, app.clock, Filter(period.start, period.end), None)
    app.say(outcome, views.listing, as_json=views.listing_json)
