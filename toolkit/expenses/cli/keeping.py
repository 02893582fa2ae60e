"""`categories` and `accounts`: what entries are sorted into, and what they are paid from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.core.errors import UsageError
from toolkit.expenses.cli.opening import open_book
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import PAST_DAY, TEXT, csv_option, today_option

if TYPE_CHECKING:
    from datetime import date

    from toolkit.expenses.model import AccountKind


@click.group(
    cls=Group,
    invoke_without_command=True,
    examples=[
        ("toolkit expenses categories", "Xem mọi loại"),
        ('toolkit expenses categories add "Cà phê" --under "Ăn uống"', "Thêm một loại của riêng bạn"),
    ],
)
@today_option
@csv_option
@click.pass_context
def categories(ctx: click.Context) -> None:
    """Các loại thu chi: xem, thêm loại của riêng bạn, đổi tên."""
    if ctx.invoked_subcommand is not None:
        return
    from toolkit.expenses.service.keeping import shelf
    from toolkit.expenses.views import keeping as views

    app = ctx.ensure_object(App)
    app.ready()
    with open_book(app) as book:
        outcome = shelf(book)
    app.say(outcome, views.shelf, as_json=views.shelf_json)


@categories.command(
    "add",
    examples=[
        ('toolkit expenses categories add "Cà phê" --under "Ăn uống"', "Loại mới trong nhóm Ăn uống"),
    ],
)
@click.argument("label", type=TEXT, metavar="TÊN")
@click.option("--under", type=TEXT, required=True, metavar="NHÓM", help="Nhóm nào, ví dụ Ăn uống, Thu nhập.")
@today_option
@pass_app
def add_category_(app: App, label: str, under: str) -> None:
    """Thêm một loại của riêng bạn vào một nhóm."""
    from toolkit.expenses.service.keeping import add_category
    from toolkit.expenses.views import keeping as views
    from toolkit.expenses.views.naming import demand_free, parent_named

    parent, kind = parent_named(under)
    with open_book(app) as book:
        demand_free(label, {one.id: one for one in book.categories()})
        outcome = add_category(book, app.clock, label, parent, kind)
    app.say(outcome, views.named, as_json=views.named_json)


@categories.command(
    "rename",
    examples=[
        ('toolkit expenses categories rename food "Hàng quán"', "Gọi loại food là Hàng quán"),
    ],
)
@click.argument("category", type=TEXT, metavar="LOẠI")
@click.argument("label", type=TEXT, metavar="TÊN-MỚI")
@today_option
@pass_app
def rename(app: App, category: str, label: str) -> None:
    """Đổi tên một loại; các khoản và những gì máy đã học vẫn giữ nguyên."""
    from toolkit.expenses.service.keeping import rename_category
    from toolkit.expenses.views import keeping as views
    from toolkit.expenses.views.naming import demand_free, known_category

    with open_book(app) as book:
        own = {one.id: one for one in book.categories()}
        chosen = known_category(category, own)
        demand_free(label, own, but=chosen)
        outcome = rename_category(book, app.clock, chosen, label)
    app.say(outcome, views.named, as_json=views.named_json)


@click.group(
    cls=Group,
    invoke_without_command=True,
    examples=[
        ("toolkit expenses accounts", "Xem mỗi ví, mỗi tài khoản còn bao nhiêu"),
        ("toolkit expenses accounts set cash --holds 2tr", "Trong ví đang có 2 triệu tiền mặt"),
        ("toolkit expenses accounts set vietcombank --holds 15tr", "Tài khoản Vietcombank đang có 15 triệu"),
    ],
)
@today_option
@csv_option
@click.pass_context
def accounts(ctx: click.Context) -> None:
    """Ví và tài khoản của bạn: xem số dư, cho biết đang có bao nhiêu."""
    if ctx.invoked_subcommand is not None:
        return
    from toolkit.expenses.service.keeping import balances
    from toolkit.expenses.views import keeping as views

    app = ctx.ensure_object(App)
    app.ready()
    with open_book(app) as book:
        outcome = balances(book, app.settings.expenses.account)
    app.say(outcome, views.balances, as_json=views.balances_json)


@accounts.command(
    "set",
    examples=[
        ("toolkit expenses accounts set cash --holds 2tr", "Trong ví đang có 2 triệu tiền mặt"),
        ('toolkit expenses accounts set "quỹ lớp" --kind cash --holds 500k', "Thêm một ví riêng cho quỹ lớp"),
        ("toolkit expenses accounts set momo --holds 300k --on 1/11", "Đầu ngày 1/11 MoMo có 300 nghìn"),
    ],
)
@click.argument("name", type=TEXT, metavar="VÍ")
@click.option("--holds", metavar="TIỀN", help="Đang có bao nhiêu, ví dụ 2tr, 0.")
@click.option("--on", type=PAST_DAY, help="Số dư ấy là của đầu ngày nào (không ghi thì là bây giờ).")
@click.option(
    "--kind", type=click.Choice(["cash", "bank", "wallet"]), metavar="KIỂU",
    help="Kiểu: cash (tiền mặt), bank (ngân hàng), wallet (ví điện tử).",
)  # fmt: skip
@click.option("--label", type=TEXT, metavar="TÊN", help="Tên hiện ra.")
@today_option
@pass_app
def set_(
    app: App, *, name: str, holds: str | None, on: date | None, kind: AccountKind | None, label: str | None
) -> None:
    """Thêm một ví, đổi tên, hoặc cho biết trong đó đang có bao nhiêu. Các khoản đã ghi vẫn giữ nguyên."""
    from toolkit.core.money import Money
    from toolkit.expenses.cli.mending import amount_given
    from toolkit.expenses.service.keeping import set_up
    from toolkit.expenses.views import keeping as views

    if on is not None and holds is None:
        raise UsageError("expenses.on_without_holds")
    if on is not None and on > app.clock.today():
        raise UsageError("expenses.on_ahead", value=f"{on:%d/%m/%Y}")
    money = None
    if holds is not None:
        money = Money(0) if holds.strip() in ("0", "0đ") else amount_given(holds)
    with open_book(app) as book:
        outcome = set_up(book, app.clock, name, kind=kind, label=label, holds=money, on=on)
    app.say(outcome, views.opened, as_json=views.opened_json)
