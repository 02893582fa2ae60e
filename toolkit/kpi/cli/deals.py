"""`deal`: deals by hand; `winloss` and `funnel`: what they add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from toolkit.core.errors import UsageError
from toolkit.kpi.cli.choosing import dong_given, span_of, span_options
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import SALE_ID, as_of_option, engagement_option, plain_anyway, plain_option
from toolkit.kpi.people.stages import LOST_REASONS
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command, Group
from toolkit.shell.params import PAST_DAY, TEXT, csv_option

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.dates import Period
    from toolkit.kpi.service.deals import Span


@click.group(
    "deal",
    cls=Group,
    invoke_without_command=True,
    examples=[
        ("toolkit kpi deal", "Những cơ hội đang mở"),
        ('toolkit kpi deal add "anh Nam" --product "bảo hiểm" --amount 12tr', "Mở một cơ hội"),
        ('toolkit kpi deal lost 7 --reason "giá cao hơn bên kia"', "Không bán được cũng là một kết quả"),
    ],
)
@plain_anyway
@as_of_option
@csv_option
@click.pass_context
def deal(ctx: click.Context) -> None:
    """Cơ hội bán hàng: mở, từng bước, bán được hay không, vì sao."""
    if ctx.invoked_subcommand is None:
        app = ctx.ensure_object(App)
        app.ready()
        _list(app, everything=False, stage="", engagement="")


def _list(app: App, *, everything: bool, stage: str, engagement: str) -> None:
    from toolkit.kpi.service.deals import Deals
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.views import deals as views

    with open_book(app) as book:
        chosen = [engagement_of(book, engagement)] if engagement else []
        outcome = Deals(book, app.clock).listing(
            outcomes=("open", "won", "lost") if everything else ("open",), stage=stage, engagements=chosen
        )
    app.say(outcome, views.listing, as_json=views.listing_json)


@deal.command(
    "list",
    examples=[
        ("toolkit kpi deal list", "Những cơ hội đang mở"),
        ("toolkit kpi deal list --all", "Kể cả những cơ hội đã xong"),
        ('toolkit kpi deal list --stage "báo giá"', "Những cơ hội đang ở bước báo giá"),
    ],
)
@click.option("--all", "everything", is_flag=True, help="Kể cả những cơ hội đã xong.")
@click.option("--stage", type=TEXT, default="", metavar="BƯỚC", help="Chỉ những cơ hội đang ở bước này.")
@engagement_option
@plain_anyway
@as_of_option
@csv_option
@pass_app
def list_(app: App, everything: bool, stage: str, engagement: str) -> None:
    """Xem các cơ hội."""
    _list(app, everything=everything, stage=stage, engagement=engagement)


@deal.command(
    examples=[
        ('toolkit kpi deal add "anh Nam" --product "bảo hiểm" --amount 12tr', "Mở một cơ hội"),
        ('toolkit kpi deal add "chị Vy" --stage "báo giá" --source zalo', "Đã đến bước báo giá, khách từ Zalo"),
    ],
)
@click.argument("customer", type=TEXT, metavar="KHÁCH")
@click.option("--product", type=TEXT, default="", metavar="HÀNG", help="Hàng hay dịch vụ gì.")
@click.option("--amount", metavar="TIỀN", help="Giá trị ước chừng, ví dụ 12tr.")
@click.option("--source", type=TEXT, default="", metavar="NGUỒN", help="Khách đến từ đâu, ví dụ zalo, giới thiệu.")
@click.option("--stage", type=TEXT, default="lead", metavar="BƯỚC", help="Đang ở bước nào; không ghi thì mới làm quen.")
@click.option("--day", type=PAST_DAY, help="Ngày mở (không ghi thì hôm nay).")
@engagement_option
@as_of_option
@pass_app
def add(app: App, customer: str, *, amount: str | None, engagement: str, **given: Any) -> None:
    """Mở một cơ hội với một khách."""
    from toolkit.kpi.service.deals import Deals
    from toolkit.kpi.service.finding import engagement_of

    worth = dong_given(amount) if amount else None
    with open_book(app) as book:
        outcome = Deals(book, app.clock).add(engagement_of(book, engagement), customer, amount=worth, **given)
    _say(app, outcome)


@deal.command(
    examples=[
        ('toolkit kpi deal stage 7 "báo giá"', "Cơ hội số 7 đã đến bước báo giá"),
        ('toolkit kpi deal stage 7 "ký nháp" --day "hôm qua"', "Bước của riêng bạn, từ hôm qua"),
    ],
)
@click.argument("number", type=SALE_ID, metavar="SỐ")
@click.argument("stage_name", type=TEXT, metavar="BƯỚC")
@click.option("--day", type=PAST_DAY, help="Ngày đến bước ấy (không ghi thì hôm nay).")
@as_of_option
@pass_app
def stage(app: App, number: int, stage_name: str, day: date | None) -> None:
    """Ghi rằng một cơ hội đã đến một bước."""
    from toolkit.kpi.service.deals import Deals

    with open_book(app) as book:
        outcome = Deals(book, app.clock).stage(number, stage_name, day)
    _say(app, outcome)


@deal.command(
    examples=[
        ("toolkit kpi deal won 7", "Bán được; tự nối với lần bán đã ghi cho khách ấy nếu chỉ có một"),
        ("toolkit kpi deal won 7 --sale 21", "Chính là lần bán số 21"),
    ],
)
@click.argument("number", type=SALE_ID, metavar="SỐ")
@click.option("--sale", type=SALE_ID, metavar="SỐ", help="Lần bán nào trong sổ là của cơ hội này.")
@click.option("--amount", metavar="TIỀN", help="Giá trị cuối cùng, ví dụ 12tr.")
@click.option("--day", type=PAST_DAY, help="Ngày bán được (không ghi thì hôm nay, hay ngày của lần bán).")
@as_of_option
@pass_app
def won(app: App, number: int, sale: int | None, amount: str | None, day: date | None) -> None:
    """Ghi rằng một cơ hội đã bán được. Doanh số vẫn tính từ những lần bán đã ghi."""
    from toolkit.kpi.service.deals import Deals

    worth = dong_given(amount) if amount else None
    with open_book(app) as book:
        outcome = Deals(book, app.clock).won(number, day=day, amount=worth, sale=sale or 0)
    _say(app, outcome)


@deal.command(
    examples=[
        ('toolkit kpi deal lost 7 --reason "giá cao hơn bên kia"', "Không bán được, và vì sao"),
        ("toolkit kpi deal lost 7", "Không bán được, không cần lý do"),
    ],
)
@click.argument("number", type=SALE_ID, metavar="SỐ")
@click.option("--reason", type=TEXT, default="", metavar="CHỮ", help="Vì sao, theo lời bạn; giữ nguyên từng chữ.")
@click.option("--kind", type=click.Choice(LOST_REASONS), metavar="LOẠI",
              help="Tính vào loại lý do nào; không ghi thì theo lời bạn.")  # fmt: skip
@click.option("--day", type=PAST_DAY, help="Ngày có kết quả (không ghi thì hôm nay).")
@as_of_option
@pass_app
def lost(app: App, number: int, reason: str, kind: Any, day: date | None) -> None:
    """Ghi rằng một cơ hội không bán được: một kết quả như mọi kết quả khác."""
    from toolkit.kpi.service.deals import Deals

    with open_book(app) as book:
        outcome = Deals(book, app.clock).lost(number, reason=reason, kind=kind or "", day=day)
    _say(app, outcome)


@deal.command(
    examples=[
        ("toolkit kpi deal reopen 7", "Khách nghĩ lại: mở lại cơ hội số 7"),
    ],
)
@click.argument("number", type=SALE_ID, metavar="SỐ")
@as_of_option
@pass_app
def reopen(app: App, number: int) -> None:
    """Mở lại một cơ hội đã xong."""
    from toolkit.kpi.service.deals import Deals

    with open_book(app) as book:
        outcome = Deals(book, app.clock).reopen(number)
    _say(app, outcome)


@deal.command(
    examples=[
        ("toolkit kpi deal show 7", "Mọi bước của cơ hội số 7"),
    ],
)
@click.argument("number", type=SALE_ID, metavar="SỐ")
@plain_anyway
@as_of_option
@pass_app
def show(app: App, number: int) -> None:
    """Xem một cơ hội: từng bước, từng ngày, kết quả."""
    from toolkit.kpi.service.deals import Deals

    with open_book(app) as book:
        outcome = Deals(book, app.clock).show(number)
    _say(app, outcome)


def _say(app: App, outcome: Any) -> None:
    from toolkit.kpi.views import deals as views

    app.say(outcome, views.changed, as_json=views.changed_json)


@click.command(
    cls=Command,
    examples=[
        ("toolkit kpi winloss", "Bán được và không bán được, tỉ lệ chắc đến đâu"),
        ("toolkit kpi winloss --by reason --period 2026-11", "Những lý do trong tháng 11, theo lời bạn"),
        ("toolkit kpi winloss --by source", "Theo nguồn khách"),
    ],
)
@span_options
@click.option("--by", type=click.Choice(["reason", "source", "product", "month"]), metavar="CÁCH",
              help="Chia theo reason (lý do), source (nguồn), product (hàng) hay month (tháng).")  # fmt: skip
@engagement_option
@plain_option
@as_of_option
@csv_option
@pass_app
def winloss(
    app: App,
    *,
    period: Period | None,
    since: date | None,
    until: date | None,
    by: Any,
    engagement: str,
    plain: bool,
) -> None:
    """Bán được và không bán được: tỉ lệ trên những cơ hội đã có kết quả, không chia cho cơ hội còn mở."""
    del plain
    from toolkit.kpi.service.deals import Deals
    from toolkit.kpi.views import deals as views

    with open_book(app) as book:
        span = _span(app, book, period=period, since=since, until=until, engagement=engagement)
        outcome = Deals(book, app.clock).decided(span, by)
    app.say(outcome, views.decided, as_json=views.decided_json)


@click.command(
    cls=Command,
    examples=[
        ("toolkit kpi funnel", "Từ làm quen đến bán được, từng bước giữ lại bao nhiêu"),
        ("toolkit kpi funnel --wanted 12", "Với tỉ lệ ấy, 12 lần bán ứng với bao nhiêu cuộc làm quen"),
        ('toolkit kpi funnel --stages "gặp,báo giá,ký nháp,won" --keep', "Các bước của riêng bạn, dùng từ nay"),
    ],
)
@span_options
@click.option("--stages", type=TEXT, default="", metavar="BƯỚC,BƯỚC…",
              help="Những bước nào, cách nhau bằng dấu phẩy; won là bán được, orders là mọi đơn đã xong.")  # fmt: skip
@click.option("--keep", is_flag=True, help="Dùng những bước này từ nay về sau.")
@click.option("--wanted", type=click.IntRange(1, 1_000_000), metavar="SỐ", help="Tính ngược từ bấy nhiêu ở bước cuối.")
@click.option("--counted", type=click.Choice(["both", "activities", "deals"]), default="both", metavar="CÁCH",
              help="Đếm activities (việc đã ghi), deals (cơ hội), hay both (cả hai).")  # fmt: skip
@engagement_option
@plain_option
@as_of_option
@csv_option
@pass_app
def funnel(
    app: App,
    *,
    period: Period | None,
    since: date | None,
    until: date | None,
    stages: str,
    keep: bool,
    wanted: int | None,
    counted: Any,
    engagement: str,
    plain: bool,
) -> None:
    """Từ cuộc trò chuyện đầu đến lần bán: mỗi bước còn lại bao nhiêu."""
    del plain
    from toolkit.kpi.service.deals import Deals
    from toolkit.kpi.views import deals as views

    chosen = [part for part in stages.split(",") if part.strip()]
    with open_book(app) as book:
        span = _span(app, book, period=period, since=since, until=until, engagement=engagement)
        outcome = Deals(book, app.clock).flow(span, chosen, counted=counted, wanted=wanted, keep=keep)
    app.say(outcome, views.flow, as_json=views.flow_json)


def _span(
    app: App, book: Any, *, period: Period | None, since: date | None, until: date | None, engagement: str
) -> Span:
    from toolkit.kpi.service.deals import Span
    from toolkit.kpi.service.finding import engagement_of

    first, end = span_of(app, period, since, until)
    if first is not None and end <= first:
        raise UsageError("kpi.span_ahead", value=f"{first:%d/%m/%Y}")
    return Span(first, end, engagement_of(book, engagement))
