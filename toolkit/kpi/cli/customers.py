"""`customers`: who bought what, who they are, and setting that right; `repeat`: who comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.core.errors import UsageError
from toolkit.kpi.cli.choosing import GROUP, span_of, span_options
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import NUMBER, as_of_option, engagement_option, plain_anyway, plain_option
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command, Group
from toolkit.shell.params import TEXT, csv_option

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.dates import Period
    from toolkit.kpi.model import ContactGroup
    from toolkit.kpi.service.customers import Sort


@click.group(
    "customers",
    cls=Group,
    invoke_without_command=True,
    examples=[
        ("toolkit kpi customers", "Từng khách đã mua gì, theo tên"),
        ("toolkit kpi customers --period 2026-11 --sort amount", "Riêng tháng 11, xếp theo số tiền"),
        ('toolkit kpi customers show "chị Hoa"', "Mọi điều về một khách"),
    ],
)
@span_options
@click.option("--sort", type=click.Choice(["name", "amount", "last"]), default="name", metavar="CÁCH",
              help="Xếp theo name (tên), amount (số tiền) hay last (lần mua gần nhất).")  # fmt: skip
@click.option(
    "--group", "groups", type=GROUP, multiple=True, help="Chỉ nhóm này: demand, colleague, payer, reputation."
)
@click.option("--all", "everybody", is_flag=True, help="Kể cả những người chưa mua gì.")
@engagement_option
@plain_option
@as_of_option
@csv_option
@click.pass_context
def customers(
    ctx: click.Context,
    *,
    period: Period | None,
    since: date | None,
    until: date | None,
    sort: Sort,
    groups: tuple[ContactGroup, ...],
    everybody: bool,
    engagement: str,
    plain: bool,
) -> None:
    """Khách đã mua gì, bao nhiêu, từ bao giờ; theo tên, hoặc theo cách bạn chọn."""
    del plain  # nothing is drawn here
    if ctx.invoked_subcommand is not None:
        return
    from toolkit.kpi.service.customers import listing
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.views import customers as views

    app = ctx.ensure_object(App)
    app.ready()
    first, end = span_of(app, period, since, until)
    with open_book(app) as book:
        chosen = [engagement_of(book, engagement)] if engagement else []
        outcome = listing(
            book, app.clock, first, end, sort=sort, groups=groups, everybody=everybody, engagements=chosen
        )
    view = views.spreadsheet if app.say.format == "csv" else views.listing(app.say.out.width)
    app.say(outcome, view, as_json=views.listing_json)


@customers.command(
    examples=[
        ('toolkit kpi customers show "chị Hoa"', "Mọi điều về chị Hoa"),
        ("toolkit kpi customers show 12", "Khi nhiều người trùng tên: gọi bằng số"),
    ],
)
@click.argument("who", type=TEXT, metavar="TÊN|SỐ")
@plain_anyway
@as_of_option
@pass_app
def show(app: App, who: str) -> None:
    """Xem một khách: đã mua gì, cơ hội, lời hứa, cách liên hệ."""
    from toolkit.kpi.service.customers import page
    from toolkit.kpi.views import customers as views

    with open_book(app) as book:
        outcome = page(book, app.clock, who)
    app.say(outcome, views.page, as_json=views.page_json)


@customers.command(
    examples=[
        ('toolkit kpi customers merge 15 "chị Hoa"', "Số 15 chính là chị Hoa: gộp vào một"),
    ],
)
@click.argument("one", type=TEXT, metavar="TÊN|SỐ")
@click.argument("into", type=TEXT, metavar="VÀO")
@as_of_option
@pass_app
def merge(app: App, one: str, into: str) -> None:
    """Gộp hai tên của cùng một người; lần nhập sau vẫn nhận ra cả hai."""
    from toolkit.kpi.service.customers import merge as merge_contacts
    from toolkit.kpi.views import customers as views

    with open_book(app) as book:
        outcome = merge_contacts(book, app.clock, one, into)
    app.say(outcome, views.changed, as_json=views.changed_json)


@customers.command(
    examples=[
        ('toolkit kpi customers split "chị Hoa" 21 22', "Hai lần mua này là của một chị Hoa khác"),
        ('toolkit kpi customers split "chị Hoa" 21 --name "chị Hoa quận 7"', "Và đặt tên cho dễ phân biệt"),
    ],
)
@click.argument("who", type=TEXT, metavar="TÊN|SỐ")
@click.argument("sales", type=NUMBER, nargs=-1, required=True, metavar="SỐ-LẦN-BÁN…")
@click.option("--name", type=TEXT, default="", metavar="TÊN", help="Tên của người mới; không ghi thì giữ tên cũ.")
@as_of_option
@pass_app
def split(app: App, who: str, sales: tuple[int, ...], name: str) -> None:
    """Tách vài lần mua ra cho một người khác trùng tên."""
    from toolkit.kpi.service.customers import split as split_contact
    from toolkit.kpi.views import customers as views

    with open_book(app) as book:
        outcome = split_contact(book, app.clock, who, sales, name)
    app.say(outcome, views.changed, as_json=views.changed_json)


@customers.command(
    examples=[
        ("toolkit kpi customers group Minh colleague", "Minh là đồng nghiệp ở phòng khác"),
        ('toolkit kpi customers group "anh Tú" payer', "Anh Tú là người thuê và trả công"),
    ],
)
@click.argument("who", type=TEXT, metavar="TÊN|SỐ")
@click.argument("group", type=GROUP)
@as_of_option
@pass_app
def group(app: App, who: str, group: ContactGroup) -> None:
    """Xếp một người vào nhóm: demand (khách), colleague, payer, reputation, other."""
    from toolkit.kpi.service.customers import regroup
    from toolkit.kpi.views import customers as views

    with open_book(app) as book:
        outcome = regroup(book, app.clock, who, group)
    app.say(outcome, views.changed, as_json=views.changed_json)


@click.command(
    cls=Command,
    examples=[
        ("toolkit kpi repeat", "Bao nhiêu khách đã quay lại, từ đầu sổ đến nay"),
        ("toolkit kpi repeat --period 2026-11", "Trong những khách mua tháng 11, ai đã mua trước đó"),
        ("toolkit kpi repeat --names", "Kèm tên những người đã quay lại"),
        ("toolkit kpi repeat --within 90", "Chỉ kể người quay lại trong vòng 90 ngày"),
    ],
)
@span_options
@click.option(
    "--within", type=click.IntRange(1, 3660), metavar="SỐ-NGÀY", help="Chỉ kể khi mua lại trong bấy nhiêu ngày."
)
@click.option("--names", is_flag=True, help="Kèm tên những người đã quay lại.")
@engagement_option
@plain_option
@as_of_option
@csv_option
@pass_app
def repeat(
    app: App,
    *,
    period: Period | None,
    since: date | None,
    until: date | None,
    within: int | None,
    engagement: str,
    names: bool,
    plain: bool,
) -> None:
    """Khách quay lại mua: bao nhiêu phần, chắc đến đâu, cách nhau bao lâu."""
    del plain
    from toolkit.kpi.service.deals import Deals, Span
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.views import deals as views

    first, end = span_of(app, period, since, until)
    if first is not None and end <= first:
        raise UsageError("kpi.span_ahead", value=f"{first:%d/%m/%Y}")
    with open_book(app) as book:
        outcome = Deals(book, app.clock).repeats(Span(first, end, engagement_of(book, engagement)), within)
    app.say(outcome, views.repeats_named if names else views.repeats, as_json=views.repeats_json)
