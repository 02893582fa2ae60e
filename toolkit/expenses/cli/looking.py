"""`list` and `search`: what stands in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from toolkit.core.errors import UsageError
from toolkit.expenses.cli.opening import open_book
from toolkit.expenses.cli.params import CATEGORY, ENTRY_ID
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import PAST_DAY, PERIOD, TEXT, csv_option, today_option

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.dates import Period

SCREENFUL: Final = 100
"""Entries that a list shows a person; --all shows every one, and programs get every one."""


@click.command(
    "list",
    cls=Command,
    examples=[
        ("toolkit expenses list", "Xem các khoản của tháng này"),
        ('toolkit expenses list --month "tháng trước" --category "ăn uống"', "Tháng trước ăn uống những gì"),
        ("toolkit expenses list --from 1/11 --until 15/11 --account momo", "Nửa đầu tháng 11 trả bằng MoMo"),
        ("toolkit expenses list --person Lan --all", "Mọi khoản với Lan, từ trước đến nay"),
    ],
)
@click.option("--month", type=PERIOD, help="Tháng nào, ví dụ 10, 2026-10, tháng trước; không ghi thì tháng này.")
@click.option("--from", "since", type=PAST_DAY, help="Từ ngày nào.")
@click.option("--until", type=PAST_DAY, help="Đến hết ngày nào.")
@click.option("--category", type=CATEGORY, metavar="LOẠI", help="Chỉ loại này hoặc nhóm này.")
@click.option(
    "--kind", type=TEXT, metavar="CHIỀU", help="Chỉ chiều này: chi, thu, cho vay, đi vay, trả nợ, thu nợ, chuyển."
)
@click.option("--person", type=TEXT, metavar="TÊN", help="Chỉ các khoản với người này.")
@click.option("--account", type=TEXT, metavar="VÍ", help="Chỉ ví hoặc tài khoản này.")
@click.option("--all", "everything", is_flag=True, help="Không giới hạn thời gian và số dòng.")
@today_option
@csv_option
@pass_app
def list_(
    app: App,
    *,
    month: Period | None,
    since: date | None,
    until: date | None,
    category: str | None,
    kind: str | None,
    person: str | None,
    account: str | None,
    everything: bool,
) -> None:
    """Xem các khoản đã ghi."""
    from datetime import timedelta

    from toolkit.core.dates.periods import month_of
    from toolkit.expenses.book import Filter
    from toolkit.expenses.service.looking import listing
    from toolkit.expenses.views import entries as views
    from toolkit.expenses.views.naming import categories_named, kind_named, known_account

    if month is not None and (since or until):
        raise UsageError("expenses.month_and_days")
    if month is None and not (since or until or everything):
        month = month_of(app.clock.today())
    first = month.start if month else since
    after = month.end if month else until + timedelta(days=1) if until else None
    if since and until and until < since:
        raise UsageError("expenses.ends_before_it_begins", value=f"{until:%d/%m/%Y}", start=f"{since:%d/%m/%Y}")
    with open_book(app) as book:
        own = {one.id: one for one in book.categories()}
        chosen = Filter(
            first,
            after,
            kinds=(kind_named(kind),) if kind else (),
            categories=categories_named(category, own) if category else (),
            account=known_account(account, book.accounts()).id if account else "",
            person=person or "",
        )
        outcome = listing(book, app.clock, chosen, _most(app, everything))
    app.say(
        outcome,
        views.spreadsheet if app.say.format == "csv" else views.listing(app.say.out.width),
        as_json=views.listing_json,
    )


@click.command(
    cls=Command,
    examples=[
        ("toolkit expenses search pho", "Tìm mọi khoản có chữ phở, có dấu hay không đều được"),
        ('toolkit expenses search "xăng grab" --all', "Những khoản có cả hai chữ"),
    ],
)
@click.argument("words", nargs=-1, required=True, type=TEXT, metavar="CHỮ…")
@click.option("--all", "everything", is_flag=True, help="Hiện hết, không giới hạn số dòng.")
@today_option
@csv_option
@pass_app
def search(app: App, words: tuple[str, ...], everything: bool) -> None:
    """Tìm trong nội dung, câu đã gõ và tên người, từ trước đến nay; không cần gõ dấu."""
    from toolkit.core.text import search_key
    from toolkit.expenses.book import Filter
    from toolkit.expenses.service.looking import listing
    from toolkit.expenses.views import entries as views

    typed = " ".join(words)
    if not search_key(typed):
        raise UsageError("expenses.nothing_to_search", value=typed)
    with open_book(app) as book:
        outcome = listing(book, app.clock, Filter(words=typed), _most(app, everything))
    app.say(
        outcome,
        views.spreadsheet if app.say.format == "csv" else views.listing(app.say.out.width),
        as_json=views.listing_json,
    )


@click.command(
    cls=Command,
    examples=[
        ("toolkit expenses show 12", "Xem mọi điều về khoản số 12, kể cả những lần đã sửa"),
    ],
)
@click.argument("entry_id", type=ENTRY_ID, metavar="SỐ")
@today_option
@pass_app
def show(app: App, entry_id: int) -> None:
    """Xem một khoản: câu đã gõ, ví, người, và những lần nó được ghi, sửa, xóa."""
    from toolkit.expenses.service.looking import show as show_entry
    from toolkit.expenses.views import one as views

    with open_book(app) as book:
        outcome = show_entry(book, entry_id)
    app.say(outcome, views.shown, as_json=views.shown_json)


def _most(app: App, everything: bool) -> int | None:
    return None if everything or app.say.format != "person" else SCREENFUL
