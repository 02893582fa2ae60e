"""`site`: a small website to begin with, and a server on this machine to try it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command, Group
from toolkit.shell.params import TEXT
from toolkit.sitestats.cli.choosing import sites_of

if TYPE_CHECKING:
    from toolkit.sitestats.service.starting import Served

_PORT = 8000


@click.group(
    cls=Group,
    examples=[
        ('toolkit sitestats site new trang-cua-toi --name "Hoa Sen"', "Một trang web nhỏ để bắt đầu"),
        ("toolkit sitestats site serve trang-cua-toi", "Mở thử trên máy này, có nhật ký truy cập thật"),
    ],
)
def site() -> None:
    """Một trang web nhỏ để bắt đầu, và máy chủ trên máy này để thử."""


@site.command(
    cls=Command,
    examples=[
        ('toolkit sitestats site new trang-cua-toi --name "Hoa Sen" --phone 0901234567', "Có tên và số Zalo của bạn"),
        ("toolkit sitestats site new trang-cua-toi --collector http://127.0.0.1:8787", "Có sẵn dòng của bộ đếm"),
    ],
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="THƯ-MỤC")
@click.option("--name", type=TEXT, default="", metavar="TÊN", help="Tên của bạn hay của cửa hàng.")
@click.option("--email", type=TEXT, default="", metavar="THƯ", help="Địa chỉ thư nhận câu hỏi của khách.")
@click.option("--phone", type=TEXT, default="", metavar="SỐ", help="Số điện thoại, cũng là số Zalo.")
@click.option("--collector", default="", metavar="ĐỊA-CHỈ",
              help="Bộ đếm của bạn ở đâu: dòng của nó được đặt sẵn vào trang.")  # fmt: skip
@click.option("--host", type=TEXT, default="", metavar="TÊN-MIỀN", help="Trang sẽ đứng ở tên miền nào (cho bộ đếm).")
@pass_app
def new(app: App, /, folder: Path, **given: Any) -> None:
    """Tạo một trang web nhỏ: tiếng Việt, nhẹ, ai cũng đọc được, sửa bằng trình soạn chữ nào cũng được.

    Thư mục đã có gì thì không bị ghi đè. Trang có sẵn trang cảm ơn làm mục tiêu, biểu mẫu mở thư của khách, nút Zalo,
    và trang nói rõ trang web biết gì về khách.
    """
    from toolkit.sitestats.service.starting import new_site
    from toolkit.sitestats.views.starting import started

    app.say(new_site(folder, sites=sites_of(app), zone=app.settings.timezone, **given), started)


@site.command(
    cls=Command,
    examples=[
        ("toolkit sitestats site serve trang-cua-toi", "Mở ở http://127.0.0.1:8000/, Ctrl-C để dừng"),
        ("toolkit sitestats site serve trang-cua-toi --port 9000 --log thu.log", "Cổng và nhật ký bạn chọn"),
    ],
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="THƯ-MỤC")
@click.option("--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, metavar="CỔNG",
              help="Cổng; đang có ai dùng thì lấy cổng sau đó. 0: cổng nào cũng được.")  # fmt: skip
@click.option("--log", type=click.Path(path_type=Path), metavar="TỆP",
              help="Ghi nhật ký vào đâu; không ghi thì cạnh thư mục ấy.")  # fmt: skip
@pass_app
def serve(app: App, /, folder: Path, port: int, log: Path | None) -> None:
    """Mở một thư mục trang web cho riêng máy này xem, đến khi bạn dừng (Ctrl-C).

    Mỗi lần xem để lại một dòng nhật ký như máy chủ thật, đọc được bằng toolkit sitestats report.
    """
    from toolkit.sitestats.service.starting import serve_folder
    from toolkit.sitestats.views.starting import served

    def begun(found: Served) -> None:
        if found.other_port:
            app.say.note("sitestats.other_port", port=port)
        if found.told_elsewhere:
            app.say.note("sitestats.told_elsewhere", origin=found.address.rstrip("/"))
        app.say.note("sitestats.serving", address=found.address, log=found.log)

    with app.stopping() as stop:
        outcome = serve_folder(folder, port=port, log=log, zone=app.settings.timezone, started=begun, stop=stop)
    app.say(outcome, served)
