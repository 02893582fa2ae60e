"""`engagement` and `product`: whom the member sells for, and what they sell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from toolkit.core.errors import UsageError
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import as_of_option, plain_anyway
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import PAST_DAY, TEXT, csv_option

if TYPE_CHECKING:
    from datetime import date

    from toolkit.kpi.model import EngagementKind

KINDS: Final = ("employee", "agent", "ctv", "freelance", "broker")
_KIND = click.option(
    "--kind", type=click.Choice(KINDS), metavar="KIỂU",
    help="employee (nhân viên), agent (đại lý), ctv (cộng tác viên), freelance (tự do), broker (môi giới).",
)  # fmt: skip
_CONTACTS = click.option(
    "--own-contacts/--company-contacts", "own_contacts", default=None,
    help="Khách là của riêng bạn (mang theo được) hay của công ty.",
)  # fmt: skip
_STARTED = click.option("--from", "started", type=PAST_DAY, help="Bắt đầu từ ngày nào.")


@click.group(
    "engagement",
    cls=Group,
    examples=[
        ('toolkit kpi engagement add "Công ty ABC" --kind employee', "Bạn bán cho công ty ABC"),
        ("toolkit kpi engagement list", "Xem bạn đang bán cho những nơi nào"),
    ],
)
def engagement() -> None:
    """Bạn bán cho ai: công ty, đại lý, hay cho chính mình; doanh số từng nơi không lẫn vào nhau."""


@engagement.command(
    "add",
    examples=[
        ('toolkit kpi engagement add "Công ty ABC" --kind employee', "Nhân viên của công ty ABC"),
        (
            'toolkit kpi engagement add "Mỹ phẩm Sen" --kind ctv --with-earlier',
            "Những gì đã ghi trước cũng thuộc nơi này",
        ),
    ],
)
@click.argument("label", type=TEXT, metavar="TÊN")
@_KIND
@_CONTACTS
@_STARTED
@click.option("--with-earlier", is_flag=True, help="Những gì đã ghi khi chưa có nơi nào thì thuộc nơi này.")
@as_of_option
@pass_app
def add_engagement(
    app: App, label: str, *, kind: EngagementKind | None, own_contacts: bool | None, started: date | None,
    with_earlier: bool,
) -> None:  # fmt: skip
    """Thêm một nơi bạn bán cho; không ghi kiểu thì là cộng tác viên."""
    from toolkit.kpi.service.keeping import Keeper
    from toolkit.kpi.views import keeping as views

    with open_book(app) as book:
        outcome = Keeper(book, app.clock).engage(
            label, kind or "ctv", own_contacts=own_contacts, started=started, with_earlier=with_earlier
        )
    app.say(outcome, views.engaged, as_json=views.engaged_json)


@engagement.command("list", examples=[("toolkit kpi engagement list", "Mọi nơi, kèm số lần bán")])
@plain_anyway
@as_of_option
@csv_option
@pass_app
def list_engagements(app: App) -> None:
    """Xem những nơi bạn bán cho."""
    from toolkit.kpi.service.keeping import Keeper
    from toolkit.kpi.views import keeping as views

    with open_book(app) as book:
        outcome = Keeper(book, app.clock).engagements()
    app.say(outcome, views.engagements, as_json=views.engagements_json)


@engagement.command(
    "edit",
    examples=[
        ('toolkit kpi engagement edit abc --label "Công ty ABC Việt Nam"', "Đổi tên"),
        ("toolkit kpi engagement edit abc --own-contacts", "Khách ở đây là của riêng bạn"),
    ],
)
@click.argument("name", type=TEXT, metavar="NƠI")
@click.option("--label", type=TEXT, metavar="TÊN", help="Tên mới.")
@_KIND
@_CONTACTS
@_STARTED
@as_of_option
@pass_app
def edit_engagement(
    app: App, name: str, *, label: str | None, kind: EngagementKind | None, own_contacts: bool | None,
    started: date | None,
) -> None:  # fmt: skip
    """Sửa một nơi bạn bán cho."""
    from toolkit.kpi.service.keeping import Keeper
    from toolkit.kpi.views import keeping as views

    if all(given is None for given in (label, kind, own_contacts, started)):
        raise UsageError("kpi.nothing_to_change", value=name)
    with open_book(app) as book:
        outcome = Keeper(book, app.clock).change_engagement(
            name, label=label, kind=kind, own_contacts=own_contacts, started=started
        )
    app.say(outcome, views.engaged, as_json=views.engaged_json)


@engagement.command(
    "end",
    examples=[
        ("toolkit kpi engagement end abc", "Từ hôm nay không bán cho nơi này nữa"),
        ("toolkit kpi engagement end abc --on 31/10", "Đã thôi từ cuối tháng 10"),
    ],
)
@click.argument("name", type=TEXT, metavar="NƠI")
@click.option("--on", "ended", type=PAST_DAY, help="Ngày cuối cùng; không ghi thì hôm nay.")
@as_of_option
@pass_app
def end_engagement(app: App, name: str, ended: date | None) -> None:
    """Kết thúc với một nơi; mọi điều đã ghi vẫn giữ nguyên."""
    from toolkit.kpi.service.keeping import Keeper
    from toolkit.kpi.views import keeping as views

    with open_book(app) as book:
        outcome = Keeper(book, app.clock).change_engagement(name, ended=ended or app.clock.today())
    app.say(outcome, views.engaged, as_json=views.engaged_json)


@click.group(
    "product",
    cls=Group,
    examples=[
        ("toolkit kpi product list", "Xem những gì bạn bán"),
        ('toolkit kpi product alias "gói bảo hiểm" "bh nhân thọ"', "Hai tên là một sản phẩm"),
    ],
)
def product() -> None:
    """Những gì bạn bán, và những tên gọi khác của chúng. Sản phẩm có trong câu ghi thì tự thêm vào."""


@product.command(
    "add",
    examples=[
        ('toolkit kpi product add "Gói bảo hiểm" --category "bảo hiểm"', "Thêm một sản phẩm"),
        ('toolkit kpi product add "Son môi" --alias "son 3ce" --alias lip', "Thêm kèm những tên gọi khác"),
    ],
)
@click.argument("label", type=TEXT, metavar="TÊN")
@click.option("--category", type=TEXT, default="", metavar="NHÓM", help="Nhóm hàng, để đặt mục tiêu cho cả nhóm.")
@click.option("--alias", "aliases", type=TEXT, multiple=True, metavar="TÊN", help="Tên gọi khác; ghi nhiều lần được.")
@as_of_option
@pass_app
def add_product(app: App, label: str, category: str, aliases: tuple[str, ...]) -> None:
    """Thêm một sản phẩm; có rồi thì thêm nhóm và tên gọi cho nó."""
    from toolkit.kpi.service.keeping import Keeper
    from toolkit.kpi.views import keeping as views

    with open_book(app) as book:
        outcome = Keeper(book, app.clock).stock(label, category=category, aliases=aliases)
    app.say(outcome, views.stocked, as_json=views.stocked_json)


@product.command("list", examples=[("toolkit kpi product list", "Mọi sản phẩm, kèm số lần bán")])
@plain_anyway
@as_of_option
@csv_option
@pass_app
def list_products(app: App) -> None:
    """Xem những gì bạn bán."""
    from toolkit.kpi.service.keeping import Keeper
    from toolkit.kpi.views import keeping as views

    with open_book(app) as book:
        outcome = Keeper(book, app.clock).products()
    app.say(outcome, views.products, as_json=views.products_json)


@product.command(
    "alias",
    examples=[
        ('toolkit kpi product alias "gói bảo hiểm" "bh nhân thọ"', "“bh nhân thọ” cũng là gói bảo hiểm"),
    ],
)
@click.argument("name", type=TEXT, metavar="SẢN-PHẨM")
@click.argument("aliases", type=TEXT, nargs=-1, required=True, metavar="TÊN…")
@as_of_option
@pass_app
def alias(app: App, name: str, aliases: tuple[str, ...]) -> None:
    """Thêm tên gọi khác. Tên ấy đang là một sản phẩm riêng thì hai sản phẩm gộp làm một."""
    from toolkit.kpi.service.keeping import Keeper
    from toolkit.kpi.views import keeping as views

    with open_book(app) as book:
        outcome = Keeper(book, app.clock).alias(name, aliases)
    app.say(outcome, views.stocked, as_json=views.stocked_json)


@product.command("rename", examples=[('toolkit kpi product rename "goi bh" "Gói bảo hiểm"', "Gọi bằng tên đầy đủ")])
@click.argument("name", type=TEXT, metavar="SẢN-PHẨM")
@click.argument("label", type=TEXT, metavar="TÊN")
@as_of_option
@pass_app
def rename(app: App, name: str, label: str) -> None:
    """Đổi tên một sản phẩm; tên cũ vẫn tìm thấy nó."""
    from toolkit.kpi.service.keeping import Keeper
    from toolkit.kpi.views import keeping as views

    with open_book(app) as book:
        outcome = Keeper(book, app.clock).rename(name, label)
    app.say(outcome, views.stocked, as_json=views.stocked_json)
