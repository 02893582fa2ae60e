"""`ga4 pull`, `gsc pull`: what Google has counted of a site, beside its own log."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from toolkit.core.errors import SignInError, UsageError
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Command, Group
from toolkit.shell.params import PAST_DAY, TEXT, F, today_option
from toolkit.sitestats.cli.choosing import sites_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.core.outcome import Outcome
    from toolkit.sitestats.service.pulling import Pulled, Span


def _options(command: F) -> F:
    for option in (
        today_option,
        click.option("--account", type=TEXT, default="default", show_default=True, metavar="TÊN",
                     help="Tên bạn đặt cho tài khoản, khi dùng nhiều tài khoản Google."),
        click.option("--again", is_flag=True, help="Lấy lại cả những ngày đã có và đã chốt."),
        click.option("--to", "until", type=PAST_DAY, help="Đến hết ngày nào (mặc định: hôm qua)."),
        click.option("--from", "since", type=PAST_DAY, help="Từ ngày nào (mặc định: 90 ngày)."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.group(
    "ga4",
    cls=Group,
    examples=[("toolkit sitestats ga4 pull shop --property 123456789", "Lấy số liệu 90 ngày gần nhất")],
)
def ga4() -> None:
    """Số liệu Google Analytics 4 của trang, lấy về theo ngày; chỉ đọc."""


@ga4.command(
    "pull",
    cls=Command,
    examples=[
        ("toolkit sitestats ga4 pull shop --property 123456789", "Lần đầu: 90 ngày gần nhất"),
        ("toolkit sitestats ga4 pull shop", "Những lần sau: ngày mới, và ngày Google còn đang đếm"),
        ("toolkit sitestats ga4 pull shop --from 1/1/2026", "Lấy từ một ngày xa hơn"),
    ],
)
@click.argument("name", type=TEXT, metavar="TÊN-TRANG")
@click.option("--property", "number", metavar="SỐ", help="Số của property trong Analytics; lần sau không cần ghi.")
@_options
@pass_app
def pull_ga4(app: App, /, name: str, number: str | None, **given: Any) -> None:
    """Lấy lượt ghé, khách, lượt xem, trang và nguồn của từng ngày từ Google Analytics 4.

    Cần đăng nhập với quyền chỉ đọc: toolkit google login --scope analytics. Ngày đã có và đã chốt không lấy lại; bị
    ngắt giữa chừng thì gõ lại lệnh là lấy tiếp.
    """
    from toolkit.google.measurement import read_property
    from toolkit.sitestats.service.pulling import pull_analytics

    _pull(app, name, read_property(number) if number else "", given, pull_analytics, scope="analytics")


@click.group(
    "gsc",
    cls=Group,
    examples=[("toolkit sitestats gsc pull shop --url sc-domain:example.vn", "Lấy số liệu 90 ngày gần nhất")],
)
def gsc() -> None:
    """Khách tìm gì trên Google thì thấy trang của bạn: số liệu Search Console; chỉ đọc."""


@gsc.command(
    "pull",
    cls=Command,
    examples=[
        ("toolkit sitestats gsc pull shop --url sc-domain:example.vn", "Lần đầu: 90 ngày gần nhất"),
        ("toolkit sitestats gsc pull shop --url https://example.vn/", "Trang được xác minh theo địa chỉ"),
        ("toolkit sitestats gsc pull shop", "Những lần sau: chỉ ngày mới"),
    ],
)
@click.argument("name", type=TEXT, metavar="TÊN-TRANG")
@click.option("--url", metavar="TRANG", help="Tên trang trong Search Console; lần sau không cần ghi.")
@_options
@pass_app
def pull_gsc(app: App, /, name: str, url: str | None, **given: Any) -> None:
    """Lấy lần hiện, lần bấm và vị trí của từng ngày, theo từ tìm và theo trang, từ Search Console.

    Cần đăng nhập với quyền chỉ đọc: toolkit google login --scope search-console. Ngày tính theo giờ California, như
    Google tính; ngày Google còn đang đếm được để lại cho lần sau.
    """
    from toolkit.google.measurement import read_search_site
    from toolkit.sitestats.service.pulling import pull_search

    _pull(app, name, read_search_site(url) if url else "", given, pull_search, scope="search-console")


def _pull(
    app: App, name: str, origin: str, given: dict[str, Any], pull: Callable[..., Outcome[Pulled]], *, scope: str
) -> None:
    """`scope` is what `toolkit google login` calls the permission that is needed."""
    from toolkit.google.accounts import load, login_command
    from toolkit.google.client import signed_in
    from toolkit.sitestats.views import google as views

    site, span = sites_of(app).find(name), _span(given)
    if load(app.paths.google, given["account"]) is None:
        raise SignInError("sitestats.not_signed_in", command=f"{login_command(given['account'])} --scope {scope}")
    total = (span.last - span.since + timedelta(days=1)).days if span.since and span.last else None
    with (
        signed_in(app.paths.google, given["account"]) as client,
        app.stopping() as stop,
        app.say.progress(total, Words("sitestats.pulling")) as bar,
    ):
        outcome = pull(
            site, client, origin, span=span, now=app.clock.now(), account=given["account"], stop=stop,
            progress=lambda done: bar.advance(done - bar.done),
        )  # fmt: skip
    app.say(outcome, views.pulled, as_json=views.pulled_json)


def _span(given: dict[str, Any]) -> Span:
    from toolkit.sitestats.service.pulling import Span

    since, until = given["since"], given["until"]
    if since and until and until < since:
        raise UsageError("sitestats.ends_before_it_begins", value=f"{until:%d/%m/%Y}", start=f"{since:%d/%m/%Y}")
    return Span(since, until, given["again"])


@click.command(
    "reconcile",
    cls=Command,
    examples=[
        ("toolkit sitestats reconcile shop", "Nhật ký, bộ đếm và Google cạnh nhau, kèm lý do khác nhau"),
        ("toolkit sitestats reconcile shop --from 1/11 --full", "Từ ngày 1 tháng 11, đủ từng ngày"),
    ],
)
@click.argument("name", type=TEXT, metavar="TÊN-TRANG")
@click.option("--from", "since", type=PAST_DAY, help="Từ ngày nào.")
@click.option("--to", "until", type=PAST_DAY, help="Đến hết ngày nào.")
@click.option("--full", is_flag=True, help="Đủ mọi ngày.")
@today_option
@pass_app
def reconcile(app: App, /, name: str, *, full: bool, **given: Any) -> None:
    """Vì sao nhật ký, bộ đếm và Google Analytics không bằng nhau: đặt cạnh nhau từng ngày, đo từng lý do.

    Chỉ so những ngày cả nhật ký lẫn Google đều có, và chỉ so người thật. Lý do nào đo được từ nhật ký thì có con số;
    lý do nào không thể biết thì nói là không thể biết.
    """
    from toolkit.core.outcome import Outcome
    from toolkit.sitestats.service.reconciling import reconcile as compare
    from toolkit.sitestats.views import reconciling as views

    span = _span({**given, "again": False})
    until = span.last + timedelta(days=1) if span.last else None
    found = compare(sites_of(app).find(name), span.since, until)
    app.say(Outcome(found), views.reconciled(full=full), as_json=views.reconciled_json)
