"""`collect`: a small cookieless collector of one's own, and the line for the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command, Group
from toolkit.shell.params import TEXT
from toolkit.sitestats.beacon import PORT
from toolkit.sitestats.cli.choosing import sites_of

if TYPE_CHECKING:
    from toolkit.sitestats.service.collecting import Collected


@click.group(
    "collect",
    cls=Group,
    examples=[
        (
            "toolkit sitestats collect snippet shop https://stats.example.vn --host example.vn",
            "Lấy dòng để dán vào trang",
        ),
        ("toolkit sitestats collect serve --site shop", "Bắt đầu nhận"),
    ],
)
def collect() -> None:
    """Bộ đếm của riêng bạn, không cookie: dòng để dán vào trang, và máy nhận."""


@collect.command(
    "snippet",
    cls=Command,
    examples=[
        ("toolkit sitestats collect snippet shop https://stats.example.vn", "Dòng cho trang đã biết"),
        (
            "toolkit sitestats collect snippet shop https://stats.example.vn --host example.vn",
            "Trang mới, chưa có nhật ký",
        ),
        ("toolkit sitestats collect snippet shop https://stats.example.vn --inline", "Đặt cả đoạn mã vào trang"),
    ],
)
@click.argument("name", type=TEXT, metavar="TÊN-TRANG")
@click.argument("url", metavar="ĐỊA-CHỈ")
@click.option("--host", type=TEXT, metavar="TÊN-MIỀN", help="Tên miền của trang web, nếu chưa từng cho biết.")
@click.option("--inline", is_flag=True, help="In cả đoạn mã thay vì dòng tải nó về.")
@pass_app
def snippet(app: App, name: str, url: str, host: str | None, inline: bool) -> None:
    """In dòng để dán vào trang: đếm lượt xem, việc được làm, liên kết ra ngoài.

    Đoạn mã dưới 1 KB, không cookie, không giữ gì trong máy khách, không gửi đi đâu khác ngoài ĐỊA-CHỈ; khách bật DNT
    hay GPC thì không được đếm.
    """
    from toolkit.sitestats.service.collecting import snippet as make
    from toolkit.sitestats.views import collecting as views

    outcome = make(sites_of(app), name, url, zone=app.settings.timezone, host=host or "")
    app.say(outcome, views.inline if inline else views.snippet, as_json=views.snippet_json)


@collect.command(
    "serve",
    cls=Command,
    examples=[
        ("toolkit sitestats collect serve", "Nhận cho mọi trang, chỉ máy này nghe được"),
        (
            "toolkit sitestats collect serve --site shop --trusted-proxy 127.0.0.1",
            "Sau nginx hay Caddy trên cùng máy",
        ),
    ],
)
@click.argument("places", type=TEXT, nargs=-1, metavar="[TÊN-TRANG…]")
@click.option(
    "--site",
    "names",
    type=TEXT,
    multiple=True,
    metavar="TÊN-TRANG",
    help="Chỉ trang này, như ghi tên không; gõ được nhiều lần. Không ghi: mọi trang đã lấy dòng của bộ đếm.",
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ĐỊA-CHỈ", help="Nghe ở địa chỉ nào.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="CỔNG",
              help="Nghe ở cổng nào; 0: cổng trống bất kỳ.")  # fmt: skip
@click.option("--url", "urls", multiple=True, metavar="ĐỊA-CHỈ",
              help="Địa chỉ công khai của bộ đếm; đã lấy snippet thì không cần ghi.")  # fmt: skip
@click.option("--origin", "origins", multiple=True, metavar="GỐC",
              help="Thêm nơi đặt trang, đúng như trình duyệt ghi: https://example.vn")  # fmt: skip
@click.option("--trusted-proxy", "proxies", multiple=True, metavar="CIDR",
              help="Chỉ tin X-Forwarded-For do máy này ghi, ví dụ 127.0.0.1 hay 10.0.0.0/8.")  # fmt: skip
@click.option("--i-know", is_flag=True, help="Cho phép máy khác gọi thẳng vào, không qua nginx hay Caddy.")
@pass_app
def serve(app: App, places: tuple[str, ...], names: tuple[str, ...], **given: Any) -> None:
    """Nhận những gì trang báo về, đến khi bạn dừng (Ctrl-C).

    Không cookie; địa chỉ mạng của khách không được giữ: mỗi ngày một mã băm với muối của riêng ngày ấy, hết ngày muối
    bị xóa. Xem số liệu: toolkit sitestats update, rồi toolkit sitestats report TÊN-TRANG --from-collector
    """
    from toolkit.sitestats.service.collecting import serve as run
    from toolkit.sitestats.views import collecting as views

    def started(begun: Collected) -> None:
        if not given["host"].startswith("127.") and given["i_know"]:
            app.say.note("sitestats.heard_warning")
        app.say.note("sitestats.listening", address=begun.address, names=", ".join(begun.sites))

    with app.stopping() as stop:
        outcome = run(sites_of(app), names=places + names, stop=stop, started=started, **given)
    app.say(outcome, views.collected, as_json=views.collected_json)
