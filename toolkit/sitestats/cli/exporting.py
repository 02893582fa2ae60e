"""`export`: the tables of a site or of logs as Parquet, for other programs and for engines beyond this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import TEXT, TIMEZONE, today_option
from toolkit.sitestats.cli.choosing import format_option, visits_of

if TYPE_CHECKING:
    from toolkit.core.outcome import Outcome
    from toolkit.sitestats.adapters.parquet import Written


@click.command(
    cls=Command,
    examples=[
        ("toolkit sitestats export cuahang --parquet kho/", "Cả trang đã theo dõi, mỗi ngày một thư mục"),
        ("toolkit sitestats export access.log --parquet kho/", "Từ một nhật ký, chưa cần theo dõi"),
    ],
)
@click.argument("places", nargs=-1, metavar="[TÊN-TRANG | TỆP…]")
@click.option("--parquet", "folder", type=click.Path(path_type=Path, file_okay=False), required=True,
              metavar="THƯ-MỤC", help="Thư mục để ghi vào: mới, hoặc đã ghi của trang này.")  # fmt: skip
@format_option("name")
@click.option("--site", "host", type=TEXT, metavar="TÊN-MIỀN", help="Tên miền của trang; không ghi thì tự nhận ra.")
@click.option("--from-collector", "collected", is_flag=True,
              help="Theo bộ đếm trên trang thay vì nhật ký; sự kiện chỉ có ở đây.")  # fmt: skip
@click.option("--tz", type=TIMEZONE, help="Múi giờ để cắt ngày.")
@today_option
@pass_app
def export(app: App, /, places: tuple[str, ...], folder: Path, **given: Any) -> None:
    """Ghi các bảng của một trang thành Parquet, để chương trình khác hay máy lớn hơn đọc.

    Không có địa chỉ mạng hay câu truy vấn của khách trong đó. Sau đó: report --data THƯ-MỤC. Gõ lại lần nữa cho cùng
    một trang thì ngày mới và ngày đã đổi được ghi thêm, các ngày khác để yên.
    """
    from toolkit.sitestats.service.engines import export as written
    from toolkit.sitestats.views.exporting import exported, exported_json

    with visits_of(app, places, given) as visits:
        zone = given["tz"] or app.settings.timezone
        outcome: Outcome[Written] = written(
            visits, folder, zone=zone, locks=app.paths.locks, collected=given["collected"]
        )
    app.say(outcome, exported, as_json=exported_json)
