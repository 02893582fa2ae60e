"""`edit`, `delete`, `undo`: setting right what is in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.core.errors import UsageError
from toolkit.kpi.cli.opening import open_book, open_desk
from toolkit.kpi.cli.params import NUMBER, SALE_ID, as_of_option, engagement_option, plain_anyway, sale_options
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import TEXT, csv_option

if TYPE_CHECKING:
    from toolkit.kpi.model import Status

STATUSES: Final = ("done", "open", "cancelled", "returned")


@click.command(
    cls=Command,
    examples=[
        ("toolkit kpi undo", "Hoàn tác việc vừa làm"),
        ("toolkit kpi undo --list", "Xem các lần ghi gần đây"),
        ("toolkit kpi undo 12", "Hoàn tác riêng lần ghi số 12"),
    ],
)
@click.argument("run", type=NUMBER, metavar="[SỐ]", required=False)
@click.option("--list", "listing", is_flag=True, help="Chỉ xem các lần ghi gần đây, không hoàn tác.")
@plain_anyway
@as_of_option
@csv_option
@pass_app
def undo(app: App, run: int | None, listing: bool) -> None:
    """Đưa sổ về đúng như trước lần ghi, sửa, xóa hay nhập gần nhất. Gõ lại thì lùi thêm một lần."""
    from toolkit.kpi.service.looking import runs
    from toolkit.kpi.service.recording import Recorder
    from toolkit.kpi.views import receipt as receipts
    from toolkit.kpi.views import runs as views

    with open_book(app) as book:
        if listing:
            width = app.say.out.width if app.say.format == "person" else None
            app.say(runs(book), views.runs(width), as_json=views.runs_json)
            return
        outcome = Recorder(book, app.clock).undo(run)
    app.say(outcome, receipts.undone, as_json=receipts.undone_json)


@click.command(
    cls=Command,
    examples=[
        ("toolkit kpi edit 12 --amount 15tr", "Sửa số tiền của số 12"),
        ('toolkit kpi edit 12 --date "hôm qua" --customer "chị Hoa"', "Sửa ngày và khách"),
        ("toolkit kpi edit 12 --status cancelled", "Đơn này đã hủy, không tính nữa"),
        ('toolkit kpi edit 12 "bán 3 gói cho chị Hoa 15tr"', "Ghi lại cả câu"),
    ],
)
@click.argument("number", type=SALE_ID, metavar="SỐ")
@click.argument("words", nargs=-1, metavar="[CÂU…]")
@sale_options
@engagement_option
@click.option("--status", type=click.Choice(STATUSES), metavar="TÌNH-TRẠNG",
              help="Tình trạng đơn: done (xong), open (chưa xong), cancelled (hủy), returned (trả hàng).")  # fmt: skip
@click.option("--reason", type=TEXT, metavar="CHỮ", help="Khách không mua: lý do.")
@as_of_option
@pass_app
def edit(
    app: App, number: int, words: tuple[str, ...], *, status: Status | None, reason: str | None, **given: Any
) -> None:
    """Sửa một điều đã ghi: từng phần bằng tùy chọn, hoặc gõ lại cả câu."""
    from toolkit.kpi.cli.options import options_of
    from toolkit.kpi.service.drafting import Options
    from toolkit.kpi.service.editing import anew, fields_of
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.views import receipt as views

    options = options_of(given)
    with open_desk(app) as desk:
        thing = desk.book.find(number)
        if options.engagement is not None:
            from dataclasses import replace

            options = replace(options, engagement=engagement_of(desk.book, options.engagement))
        said = " ".join(words).strip()
        fields = anew(thing, desk.understand(said, Options(engagement=thing.engagement))) if said else {}
        fields |= fields_of(thing, options, status=status, reason=reason)
        if not fields:
            raise UsageError("kpi.nothing_to_edit", id=number)
        outcome = desk.recorder.edit(thing, fields)
    app.say(outcome, views.receipt, as_json=views.receipt_json)


@click.command(
    cls=Command,
    examples=[
        ("toolkit kpi delete 12", "Xóa số 12 khỏi sổ"),
        ("toolkit kpi delete 12 13", "Xóa hai điều"),
    ],
)
@click.argument("numbers", type=SALE_ID, nargs=-1, required=True, metavar="SỐ…")
@as_of_option
@pass_app
def delete(app: App, numbers: tuple[int, ...]) -> None:
    """Xóa điều đã ghi khỏi sổ. Xóa nhầm thì: toolkit kpi undo"""
    from toolkit.kpi.service.recording import Recorder
    from toolkit.kpi.views import receipt as views

    with open_book(app) as book:
        things = [book.find(number) for number in dict.fromkeys(numbers)]
        outcome = Recorder(book, app.clock).delete(things)
    app.say(outcome, views.receipt, as_json=views.receipt_json)
