"""`commission`: what I am owed, line by line; against what was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from toolkit.core.errors import UsageError
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import NUMBER, as_of_option, engagement_option, plain_anyway
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command, LazyGroup
from toolkit.shell.params import EXISTING_FILE, PERIOD, TEXT, csv_option

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.core.dates.periods import Period


@click.group(
    "commission",
    cls=LazyGroup,
    children={
        "plan": (
            "toolkit.kpi.cli.commission_plans:plan",
            "Chính sách hoa hồng: ghi bằng một câu hay một tệp, xem, đổi, bỏ.",
        ),
        "explain": (
            "toolkit.kpi.cli.commission:explain",
            "Giải thích hoa hồng của một kỳ, từng dòng, đến từng đồng.",
        ),
        "compare": (
            "toolkit.kpi.cli.commission:compare",
            "So với số tiền hay bảng hoa hồng bạn nhận được, từng dòng.",
        ),
    },
    examples=[
        (
            'toolkit kpi commission plan add "3% đến 50tr, 5% đến 100tr, 8% trở lên"',
            "Ghi chính sách hoa hồng bằng một câu",
        ),
        ("toolkit kpi commission explain", "Kỳ này được hưởng bao nhiêu, vì sao"),
        ("toolkit kpi commission compare --paid 5.200.000 --period 10", "So với số tiền nhận được của tháng 10"),
    ],
)
def commission() -> None:
    """Hoa hồng: bạn được hưởng bao nhiêu và vì sao, từng dòng; so với số tiền nhận được."""


@click.command(
    "explain",
    cls=Command,
    examples=[
        ("toolkit kpi commission explain", "Kỳ này, đến hôm nay"),
        ("toolkit kpi commission explain --period 10", "Tháng 10"),
        ('toolkit kpi commission explain --if "thêm 20tr"', "Nếu bán thêm 20 triệu thì hoa hồng thêm bao nhiêu"),
        ("toolkit kpi commission explain --period 10 --csv > thang-10.csv", "Mọi dòng, để mở bằng bảng tính"),
    ],
)
@click.option("--period", type=PERIOD, help="Kỳ nào: 10, 2026-10, quý 4, năm nay; không ghi thì kỳ này.")
@click.option("--plan", "number", type=NUMBER, metavar="SỐ", help="Chính sách số mấy, khi bạn có nhiều.")
@engagement_option
@click.option("--if", "thought", type=TEXT, default="", metavar="CÂU", help="Nếu thêm một lần bán, ví dụ thêm 20tr.")
@click.option("--all", "every", is_flag=True, help="Mọi dòng, dù nhiều; không ghi thì kỳ dài chỉ hiện 60 dòng đầu.")
@plain_anyway
@as_of_option
@csv_option
@pass_app
def explain(app: App, period: Period | None, number: int | None, thought: str, **given: Any) -> None:
    """Giải thích hoa hồng của một kỳ, từng dòng, đến từng đồng."""
    from toolkit.kpi.service.commission import chosen
    from toolkit.kpi.service.owed import Owing, periods_asked
    from toolkit.kpi.views import owed as views

    ask = _what_if(thought) if thought else None
    today = app.clock.today()
    with open_book(app) as book:
        plan = chosen(book, number, given["engagement"], period.start if period else today)
        outcome = Owing(book, plan, today).owed(periods_asked(plan, period, today), ask)
    view = views.spreadsheet if app.say.format == "csv" else views.explained(given["every"])
    app.say(outcome, view, as_json=views.owed_json)


@click.command(
    "compare",
    cls=Command,
    examples=[
        ("toolkit kpi commission compare --paid 5.200.000 --period 10", "So với số tiền nhận được của tháng 10"),
        ("toolkit kpi commission compare bang-hoa-hong.xlsx --period 10", "So từng dòng với bảng công ty gửi"),
        ("toolkit kpi commission compare --paid 5tr2 --period 10 --letter", "In lời nhắn để gửi kế toán"),
    ],
)
@click.argument("file", type=EXISTING_FILE, required=False, metavar="[TỆP]")
@click.option("--paid", type=TEXT, default="", metavar="TIỀN", help="Số tiền nhận được, ví dụ 5.200.000.")
@click.option("--period", type=PERIOD, help="Kỳ nào: 10, 2026-10, quý 4; không ghi thì kỳ này.")
@click.option("--plan", "number", type=NUMBER, metavar="SỐ", help="Chính sách số mấy, khi bạn có nhiều.")
@engagement_option
@click.option("--letter", is_flag=True, help="In lời nhắn để gửi kế toán: mã đơn và số tiền, không có tên khách.")
@plain_anyway
@as_of_option
@csv_option
@pass_app
def compare(app: App, file: Path | None, paid: str, period: Period | None, **given: Any) -> None:
    """So với số tiền hay bảng hoa hồng bạn nhận được, từng dòng."""
    from toolkit.kpi.service.commission import chosen
    from toolkit.kpi.service.owed import Owing, periods_asked
    from toolkit.kpi.service.pay_slips import compare_slip
    from toolkit.kpi.views import comparing as views

    if file is None and not paid:
        raise UsageError("kpi.compare_with_what")
    amount = dong(paid, "--paid") if paid else None
    today = app.clock.today()
    with open_book(app) as book:
        plan = chosen(book, given["number"], given["engagement"], period.start if period else today)
        owed = Owing(book, plan, today).owed(periods_asked(plan, period, today))
        outcome = compare_slip(book, owed, file, amount)
    if given["letter"] and app.say.format == "person":
        app.say(outcome, views.letter)
        return
    view = views.spreadsheet if app.say.format == "csv" else views.compared
    app.say(outcome, view, as_json=views.compared_json(app.messages))


def dong(text: str, name: str) -> int:
    """The amount in đồng that an option was given. UsageError where it can't be read, or is of another currency."""
    from toolkit.core.money import parse_amount

    if text.strip() in ("0", "0đ"):
        return 0
    readings = parse_amount(text, bare="ask")
    if not readings.certain:
        raise UsageError(readings.code, None, value=text, **readings.params)
    money = readings.value
    if money is None or money.currency != "VND":
        raise UsageError("kpi.commission_amount", value=text, name=name)
    return money.amount


def _what_if(text: str) -> int:
    """`thêm 20tr`, `bán 20tr`: so much more; `hoàn 5tr`, `trả 5tr`: so much less."""
    import re

    from toolkit.core.money import find_amounts
    from toolkit.core.text import fold

    found = [span.amount for span in find_amounts(text) if span.currency == "VND" and span.amount]
    if len(found) != 1 or found[0] is None:
        raise UsageError("kpi.commission_if_amount", value=text)
    less = re.search(r"\b(?:hoan|tra lai|tra hang|bot|refund)\b", fold(text))
    return -found[0] if less else found[0]
