"""`list`, `search`, `show`: what stands in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.core.errors import UsageError
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import SALE_ID, as_of_option, engagement_option, plain_anyway
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import PAST_DAY, PERIOD, TEXT, csv_option

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.dates import Period
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.service.looking import Wanted

SCREENFUL: Final = 100
"""Things that a list shows a person; --all shows every one, and programs get every one."""
KINDS: Final = ("sale", "refund", "payment", "lost", "won", "deal", "activity", "promise")
STATUSES: Final = ("done", "open", "cancelled", "returned", "unknown")


@click.command(
    "list",
    cls=Command,
    examples=[
        ("toolkit kpi list", "Xem những gì đã ghi tháng này"),
        ('toolkit kpi list --month "tháng trước" --kind sale', "Tháng trước bán những gì"),
        ("toolkit kpi list --customer Hoa --all", "Mọi điều với khách tên Hoa, từ trước đến nay"),
        ("toolkit kpi list --status open", "Những đơn chưa xong"),
    ],
)
@click.option("--month", type=PERIOD, help="Tháng nào, ví dụ 10, 2026-10, tháng trước; không ghi thì tháng này.")
@click.option("--from", "since", type=PAST_DAY, help="Từ ngày nào.")
@click.option("--until", type=PAST_DAY, help="Đến hết ngày nào.")
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, metavar="LOẠI",
              help="Chỉ loại này: sale (bán), refund (hoàn), payment (thu tiền), lost (khách không mua), won (chốt), "
                   "deal (đang theo), activity (việc), promise (lời hứa); ghi nhiều lần được.")  # fmt: skip
@click.option("--customer", type=TEXT, default="", metavar="TÊN", help="Chỉ khách này; gõ một phần tên cũng được.")
@click.option("--product", type=TEXT, default="", metavar="TÊN", help="Chỉ sản phẩm này.")
@click.option("--channel", type=TEXT, default="", metavar="KÊNH", help="Chỉ kênh này, ví dụ shopee.")
@engagement_option
@click.option("--status", "statuses", type=click.Choice(STATUSES), multiple=True, metavar="TÌNH-TRẠNG",
              help="Chỉ đơn ở tình trạng này: done, open, cancelled, returned, unknown.")  # fmt: skip
@click.option("--unsure", is_flag=True, help="Chỉ những điều cần xem lại.")
@click.option("--all", "everything", is_flag=True, help="Không giới hạn thời gian và số dòng.")
@plain_anyway
@as_of_option
@csv_option
@pass_app
def list_(
    app: App, *, month: Period | None, since: date | None, until: date | None, everything: bool, **given: Any
) -> None:
    """Xem những gì đã ghi: bán, hoàn, thu, khách không mua, việc đã làm, lời hứa."""
    from datetime import timedelta

    from toolkit.core.dates.periods import month_of

    if month is not None and (since or until):
        raise UsageError("kpi.month_and_days")
    if since and until and until < since:
        raise UsageError("kpi.ends_before_it_begins", value=f"{until:%d/%m/%Y}", start=f"{since:%d/%m/%Y}")
    if month is None and not (since or until or everything or given["statuses"] or given["unsure"]):
        month = month_of(app.clock.today())
    first = month.start if month else since
    after = month.end if month else until + timedelta(days=1) if until else None
    with open_book(app) as book:
        _list(app, book, _wanted(book, first, after, given), everything=everything)


@click.command(
    cls=Command,
    examples=[
        ('toolkit kpi search "bao hiem"', "Tìm mọi điều có chữ bảo hiểm, có dấu hay không đều được"),
        ('toolkit kpi search "hoa zalo" --all', "Những điều có cả hai chữ"),
    ],
)
@click.argument("words", nargs=-1, required=True, type=TEXT, metavar="CHỮ…")
@click.option("--all", "everything", is_flag=True, help="Hiện hết, không giới hạn số dòng.")
@plain_anyway
@as_of_option
@csv_option
@pass_app
def search(app: App, words: tuple[str, ...], everything: bool) -> None:
    """Tìm trong câu đã gõ, tên khách, sản phẩm, ghi chú, từ trước đến nay; không cần gõ dấu."""
    from toolkit.core.text import search_key
    from toolkit.kpi.service.looking import Wanted

    typed = " ".join(words)
    if not search_key(typed):
        raise UsageError("kpi.nothing_to_search", value=typed)
    with open_book(app) as book:
        _list(app, book, Wanted(words=typed), everything=everything)


@click.command(
    cls=Command,
    examples=[
        ("toolkit kpi show 12", "Xem mọi điều về số 12, kể cả những lần đã sửa"),
    ],
)
@click.argument("number", type=SALE_ID, metavar="SỐ")
@plain_anyway
@as_of_option
@pass_app
def show(app: App, number: int) -> None:
    """Xem một điều đã ghi: câu đã gõ, khách, hàng, và những lần nó được ghi, sửa, xóa."""
    from toolkit.kpi.service.looking import show as show_thing
    from toolkit.kpi.views import one as views

    with open_book(app) as book:
        outcome = show_thing(book, number)
    app.say(outcome, views.shown, as_json=views.shown_json)


def _wanted(book: KpiBook, since: date | None, until: date | None, given: dict[str, Any]) -> Wanted:
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.service.looking import Wanted

    product = given["product"]
    if product:
        known = book.shelf().find(product)
        product = known.id if known else product
    engagements = (engagement_of(book, given["engagement"]),) if given["engagement"] else ()
    names = ("kinds", "statuses", "customer", "channel", "unsure")
    return Wanted(since, until, engagements=engagements, product=product, **{name: given[name] for name in names})


def _list(app: App, book: KpiBook, wanted: Wanted, *, everything: bool) -> None:
    from toolkit.kpi.service.looking import listing
    from toolkit.kpi.views import entries as views

    most = None if everything or app.say.format != "person" else SCREENFUL
    outcome = listing(book, app.clock, wanted, most)
    view = views.spreadsheet if app.say.format == "csv" else views.listing(app.say.out.width)
    app.say(outcome, view, as_json=views.listing_json)
