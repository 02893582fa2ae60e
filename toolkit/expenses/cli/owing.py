"""`debts`: who owes whom, and `settle`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.expenses.cli.opening import known_to, open_book
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import PAST_DAY, TEXT, csv_option, today_option

if TYPE_CHECKING:
    from datetime import date


@click.group(
    cls=Group,
    invoke_without_command=True,
    examples=[
        ("toolkit expenses debts", "Xem ai nợ bạn, bạn nợ ai"),
        ("toolkit expenses debts settle Nam", "Nam đã trả hết"),
    ],
)
@click.option("--all", "settled", is_flag=True, help="Kể cả những người đã trả xong.")
@today_option
@csv_option
@click.pass_context
def debts(ctx: click.Context, settled: bool) -> None:
    """Ai nợ bạn, bạn nợ ai, từng người."""
    if ctx.invoked_subcommand is not None:
        return
    from toolkit.expenses.service.settling import owed
    from toolkit.expenses.views import debts as views

    app = ctx.ensure_object(App)
    app.ready()
    with open_book(app) as book:
        outcome = owed(book, app.clock, settled=settled)
    app.say(outcome, views.owed, as_json=views.owed_json)


@debts.command(
    examples=[
        ("toolkit expenses debts settle Nam", "Ghi rằng Nam và bạn đã hết nợ"),
        ("toolkit expenses debts settle Nam --amount 500k --account momo", "Nam trả trước 500 nghìn qua MoMo"),
    ],
)
@click.argument("person", type=TEXT, metavar="TÊN")
@click.option("--amount", metavar="TIỀN", help="Chỉ trả bấy nhiêu; không ghi thì trả hết.")
@click.option("--account", type=TEXT, metavar="VÍ", help="Qua ví hoặc tài khoản nào.")
@click.option("--day", type=PAST_DAY, help="Ngày trả (không ghi thì hôm nay).")
@today_option
@pass_app
def settle(app: App, person: str, amount: str | None, account: str | None, day: date | None) -> None:
    """Ghi rằng nợ với một người đã trả: bạn trả họ hoặc họ trả bạn, tùy ai đang nợ."""
    from toolkit.expenses.cli.mending import amount_given
    from toolkit.expenses.service.settling import one_debt, open_with
    from toolkit.expenses.service.settling import settle as settle_debt
    from toolkit.expenses.views import receipt as views
    from toolkit.expenses.views.naming import known_account

    with open_book(app) as book:
        known = known_to(app, book)
        debt = one_debt(open_with(book, app.clock, person), person)
        paid = amount_given(amount, debt.currency) if amount else None
        source = known_account(account, known.accounts).id if account else None
        outcome = settle_debt(book, app.clock, known, debt, amount=paid, account=source, day=day)
    app.say(outcome, views.receipt, as_json=views.receipt_json)
