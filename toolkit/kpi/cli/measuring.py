"""`metric`: list, add, record, drop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

import click

from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import as_of_option, plain_anyway
from toolkit.kpi.model import Aggregate, MetricObject, Unit
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import PAST_DAY, TEXT, csv_option

if TYPE_CHECKING:
    from datetime import date

    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import MetricDef

FILTERS: Final = ("product", "category", "channel", "kind", "outcome", "reason")


@click.group(
    "metric",
    cls=Group,
    examples=[
        ("toolkit kpi metric list", "Mọi chỉ số có sẵn và của riêng bạn"),
        ('toolkit kpi metric add "điểm hài lòng" --object feedback', "Một chỉ số bạn tự ghi số"),
        ('toolkit kpi metric record "điểm hài lòng" 4,6', "Ghi một con số cho hôm nay"),
    ],
)
def metric() -> None:
    """Chỉ số để đặt mục tiêu: có sẵn và của riêng bạn."""


@metric.command("list", examples=[("toolkit kpi metric list", "Mọi chỉ số, mã để gõ sau --metric")])
@plain_anyway
@as_of_option
@csv_option
@pass_app
def list_(app: App) -> None:
    """Xem mọi chỉ số."""
    from toolkit.kpi.service.measures import all_metrics
    from toolkit.kpi.views import measures as views

    with open_book(app) as book:
        outcome = all_metrics(book)
    app.say(outcome, views.listing, as_json=views.listing_json)


@metric.command(
    "add",
    examples=[
        ('toolkit kpi metric add "doanh số bảo hiểm" --product "bảo hiểm"', "Doanh số của một mặt hàng"),
        ('toolkit kpi metric add "đơn trên Zalo" --aggregate count --channel zalo', "Số đơn trên một kênh"),
        ('toolkit kpi metric add "khiếu nại" --object manual --aggregate sum --down', "Càng ít càng tốt"),
        ('toolkit kpi metric add "tỷ lệ đơn Zalo" --over orders --channel zalo', "Phần của một kênh trong mọi đơn"),
    ],
)
@click.argument("label", type=TEXT, metavar="TÊN")
@click.option("--object", "object_", type=click.Choice(get_args(MetricObject)), default="sale", help="Tính từ gì.")
@click.option("--aggregate", type=click.Choice(get_args(Aggregate)), help="Tính thế nào; không ghi thì theo thứ tính.")
@click.option("--unit", type=click.Choice(get_args(Unit)), help="Đơn vị: dong, count, share, number.")
@click.option("--product", type=TEXT, default="", help="Chỉ mặt hàng này.")
@click.option("--category", type=TEXT, default="", help="Chỉ nhóm hàng này.")
@click.option("--channel", type=TEXT, default="", help="Chỉ kênh này.")
@click.option("--kind", type=TEXT, default="", help="Chỉ loại hoạt động này: meeting, call, quote …")
@click.option("--outcome", type=TEXT, default="", help="Chỉ kết quả này: won, lost; kept, broken.")
@click.option("--reason", type=TEXT, default="", help="Chỉ lý do này: price, timing …")
@click.option("--over", type=TEXT, default="", metavar="CHỈ-SỐ", help="Chia cho chỉ số này để thành tỷ lệ.")
@click.option("--down", is_flag=True, help="Thấp hơn là tốt hơn; chỉ tính khi hết kỳ.")
@as_of_option
@pass_app
def add(  # noqa: PLR0917 - click gives every option by name
    app: App, label: str, object_: MetricObject, aggregate: Aggregate | None, unit: Unit | None, product: str,
    category: str, channel: str, kind: str, outcome: str, reason: str, over: str, down: bool,
) -> None:  # fmt: skip
    """Thêm một chỉ số của riêng bạn, hay định nghĩa lại nó."""
    from toolkit.kpi.service.drafts import find_metric
    from toolkit.kpi.service.measures import add_metric, own_metric
    from toolkit.kpi.service.targets import metrics_of
    from toolkit.kpi.views import measures as views

    typed = dict(zip(FILTERS, (product, category, channel, kind, outcome, reason), strict=True))
    with open_book(app) as book:
        if product:
            typed["product"] = book.shelf().found_or_new(product).id
        below = find_metric(over, metrics_of(book), _names(book)).id if over else ""
        filters = {field: value for field, value in typed.items() if value}
        made = own_metric(label, object_, aggregate, unit, filters, direction="down" if down else "up", over=below)
        outcome_ = add_metric(book, app.clock, made)
    app.say(outcome_, views.kept, as_json=views.kept_json)


@metric.command(
    "record",
    examples=[
        ('toolkit kpi metric record "điểm hài lòng" 4,6', "Con số của hôm nay"),
        ('toolkit kpi metric record "khiếu nại" 2 --date 2026-11-16', "Con số của một ngày khác"),
    ],
)
@click.argument("name", type=TEXT, metavar="CHỈ-SỐ")
@click.argument("value", type=TEXT, metavar="SỐ")
@click.option("--date", "day", type=PAST_DAY, help="Ngày của con số; không ghi thì hôm nay.")
@click.option("--engagement", type=TEXT, default="", metavar="NƠI", help="Của nơi nào, khi bạn bán cho nhiều nơi.")
@click.option("--note", type=TEXT, default="", help="Ghi chú.")
@as_of_option
@pass_app
def record(  # noqa: PLR0917 - click gives every option by name
    app: App, name: str, value: str, day: date | None, engagement: str, note: str
) -> None:
    """Ghi một con số cho chỉ số mà bạn tự theo dõi."""
    from toolkit.kpi.service.drafts import find_engagement, read_amount
    from toolkit.kpi.service.measures import record_measure
    from toolkit.kpi.views import measures as views

    with open_book(app) as book:
        found = _find(book, name)
        where = find_engagement(book, engagement) if engagement else ""
        number = read_amount(value, found.unit)
        on = day or app.clock.today()
        outcome = record_measure(book, app.clock, found, number, on, engagement=where, note=note)
    app.say(outcome, views.kept, as_json=views.kept_json)


@metric.command("drop", examples=[('toolkit kpi metric drop "khiếu nại"', "Bỏ một chỉ số của riêng bạn")])
@click.argument("name", type=TEXT, metavar="CHỈ-SỐ")
@as_of_option
@pass_app
def drop(app: App, name: str) -> None:
    """Bỏ một chỉ số của riêng bạn. Những con số đã ghi vẫn còn trong sổ."""
    from toolkit.kpi.service.measures import drop_metric
    from toolkit.kpi.views import measures as views

    with open_book(app) as book:
        outcome = drop_metric(book, app.clock, _find(book, name))
    app.say(outcome, views.dropped, as_json=views.kept_json)


def _find(book: KpiBook, name: str) -> MetricDef:
    from toolkit.kpi.service.drafts import find_metric
    from toolkit.kpi.service.targets import metrics_of

    return find_metric(name, metrics_of(book), _names(book))


def _names(book: KpiBook) -> dict[str, tuple[str, ...]]:
    from toolkit.kpi.cli.targets import metric_names

    return dict(metric_names(book))
