"""`recurring`: what comes back by itself, and what the member says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.core.errors import InputError
from toolkit.expenses.cli.opening import open_book
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import PAST_DAY, TEXT, csv_option, today_option

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.money import Money
    from toolkit.expenses.book import ExpenseBook
    from toolkit.expenses.recurring import Due

NAME = click.argument("name", nargs=-1, required=True, type=TEXT, metavar="TÊN")


@click.group(
    "recurring",
    cls=Group,
    examples=[
        ("toolkit expenses recurring list", "Xem khoản nào đến kỳ, khoản nào có vẻ định kỳ"),
        ("toolkit expenses recurring accept tiền nhà", "Từ nay chờ khoản này mỗi kỳ"),
        ("toolkit expenses recurring due", "Ghi các khoản đến kỳ, hỏi từng khoản"),
    ],
)
def recurring() -> None:
    """Khoản định kỳ: tiền nhà, hóa đơn, gói tháng. Chỉ đề nghị, không bao giờ tự ghi."""


@recurring.command(
    "list",
    examples=[
        ("toolkit expenses recurring list", "Xem khoản nào đến kỳ, khoản nào có vẻ định kỳ"),
    ],
)
@today_option
@csv_option
@pass_app
def list_(app: App) -> None:
    """Xem khoản đến kỳ, khoản đang chờ, và khoản có vẻ lặp lại."""
    from toolkit.expenses.service.recurring import expectations
    from toolkit.expenses.views import recurring as views

    with open_book(app) as book:
        outcome = expectations(book, app.clock)
    app.say(
        outcome,
        views.spreadsheet if app.say.format == "csv" else views.listing(app.say.out.width),
        as_json=views.listing_json,
    )


@recurring.command(
    "accept",
    examples=[
        ("toolkit expenses recurring accept tiền nhà", "Nhận một đề nghị; tên có dấu hay không đều được"),
    ],
)
@NAME
@today_option
@pass_app
def accept_(app: App, name: tuple[str, ...]) -> None:
    """Nhận một đề nghị: khoản này được chờ mỗi kỳ, và có trong báo cáo."""
    from toolkit.expenses.service.recurring import accept
    from toolkit.expenses.views import recurring as views

    with open_book(app) as book:
        outcome = accept(book, app.clock, " ".join(name))
    app.say(outcome, views.accepted, as_json=views.decision_json)


@recurring.command(
    "due",
    examples=[
        ("toolkit expenses recurring due", "Hỏi từng khoản đến kỳ: ghi, số tiền khác, bỏ qua hay để sau"),
    ],
)
@today_option
@pass_app
def due_(app: App) -> None:
    """Ghi các khoản đến kỳ, hỏi từng khoản một; trong tập lệnh thì chỉ liệt kê."""
    from toolkit.expenses.service.recurring import expectations
    from toolkit.expenses.views import recurring as views

    with open_book(app) as book:
        outcome = expectations(book, app.clock)
        if app.ask.is_possible and outcome.data.due:
            for turn in outcome.data.due:
                _ask(app, book, turn)
            return
    app.say(outcome, views.due_only, as_json=views.listing_json)


@recurring.command(
    "record",
    examples=[
        ("toolkit expenses recurring record tiền nhà", "Ghi kỳ này, đúng số tiền đang chờ"),
        ("toolkit expenses recurring record tiền điện --amount 512k", "Kỳ này số tiền khác"),
    ],
)
@NAME
@click.option("--amount", type=TEXT, metavar="SỐ-TIỀN", help="Số tiền kỳ này, nếu khác; kỳ sau sẽ chờ số này.")
@click.option("--date", "day", type=PAST_DAY, help="Trả ngày nào; không ghi thì ngày đến kỳ.")
@today_option
@pass_app
def record_(app: App, name: tuple[str, ...], amount: str | None, day: date | None) -> None:
    """Ghi kỳ này của một khoản định kỳ vào sổ."""
    from toolkit.expenses.service.recurring import record
    from toolkit.expenses.views import recurring as views

    paid = _amount(amount) if amount is not None else None
    with open_book(app) as book:
        outcome = record(book, app.clock, " ".join(name), amount=paid, day=day)
    app.say(outcome, views.recorded, as_json=views.decision_json)


@recurring.command(
    "skip",
    examples=[
        ("toolkit expenses recurring skip mạng fpt", "Kỳ này không có; kỳ sau vẫn chờ"),
    ],
)
@NAME
@today_option
@pass_app
def skip_(app: App, name: tuple[str, ...]) -> None:
    """Bỏ qua kỳ này của một khoản; kỳ sau vẫn được chờ."""
    from toolkit.expenses.service.recurring import skip
    from toolkit.expenses.views import recurring as views

    with open_book(app) as book:
        outcome = skip(book, app.clock, " ".join(name))
    app.say(outcome, views.skipped, as_json=views.decision_json)


@recurring.command(
    "remove",
    examples=[
        ("toolkit expenses recurring remove mạng fpt", "Không chờ khoản này nữa, cũng không đề nghị lại"),
    ],
)
@NAME
@today_option
@pass_app
def remove_(app: App, name: tuple[str, ...]) -> None:
    """Không chờ, hoặc không đề nghị, một khoản nữa. Các khoản đã ghi giữ nguyên."""
    from toolkit.expenses.service.recurring import remove
    from toolkit.expenses.views import recurring as views

    with open_book(app) as book:
        outcome = remove(book, app.clock, " ".join(name))
    app.say(outcome, views.removed, as_json=views.decision_json)


def _ask(app: App, book: ExpenseBook, turn: Due) -> None:
    """What to do about one turn that is due; an empty answer leaves it for later."""
    from toolkit.expenses.service.recurring import record, skip
    from toolkit.expenses.views import recurring as views
    from toolkit.shell.blocks import Words

    name = turn.recurring.name
    choices = [Words(f"expenses.recurring_choice_{code}") for code in ("record", "amount", "skip", "later")]
    chosen = app.ask.choose(views.question(turn), choices, flag="recurring record", default=len(choices) - 1)
    if chosen == 0:
        app.say.talk(*views.recorded(record(book, app.clock, name).data))
    elif chosen == 1:
        written = app.ask.text(Words("expenses.recurring_ask_amount"), flag="--amount")
        if written:
            app.say.talk(*views.recorded(record(book, app.clock, name, amount=_amount(written)).data))
    elif chosen == 2:
        app.say.talk(*views.skipped(skip(book, app.clock, name).data))


def _amount(text: str) -> Money:
    """The one amount that `text` is. InputError where it isn't."""
    from toolkit.core.money import parse_amount

    readings = parse_amount(text, bare="thousands")
    if not readings.certain:
        raise InputError(readings.code, None, value=text, **readings.params)
    if readings.value is None or readings.value.amount <= 0:
        raise InputError("expenses.budget_amount", value=text)
    return readings.value
