"""`toolkit backup` and `toolkit restore`: the database, and the sites that are kept beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Command
from toolkit.shell.params import yes_option
from toolkit.upkeep import views
from toolkit.upkeep.cli import wall_clock

if TYPE_CHECKING:
    from toolkit.upkeep.service import Upkeep


@click.command(
    cls=Command,
    works_without_settings=True,
    examples=[
        ("toolkit backup", "Sao lưu ngay bây giờ"),
        ("toolkit backup E:/sao-luu", "Sao lưu vào một thư mục trên ổ USB"),
        ("toolkit backup --list", "Xem các bản sao lưu đang có"),
    ],
)
@click.argument("target", metavar="[ĐÍCH]", required=False, type=click.Path(path_type=Path))
@click.option("--list", "listing", is_flag=True, help="Chỉ xem các bản sao lưu đang có.")
@pass_app
def backup(app: App, target: Path | None, listing: bool) -> None:
    """Sao lưu dữ liệu của bạn.

    Bản sao được đọc lại để kiểm tra rồi mới tính là xong. ĐÍCH là thư mục hoặc tên tệp, ví dụ một ổ USB; không ghi gì
    thì bản sao nằm cạnh dữ liệu. Bản bạn tự tạo được giữ mãi; bản máy tự tạo thì mỗi loại giữ 10 bản mới nhất.

    Trang web đang theo dõi nằm ở tệp thứ hai bên cạnh (.sites.zip): để hai tệp cùng một chỗ.
    """
    if listing:
        app.say(_upkeep(app).backups(), views.backups)
    else:
        app.say(_upkeep(app).backup(target), lambda copy: views.made_backup(copy, app.paths.backups))


@click.command(
    cls=Command,
    works_without_settings=True,
    examples=[
        ("toolkit restore", "Khôi phục từ bản sao lưu tốt mới nhất"),
        ("toolkit restore E:/sao-luu/toolkit.db", "Khôi phục từ một bản sao lưu cụ thể"),
    ],
)
@click.argument("wanted", metavar="[BẢN-SAO]", default="latest")
@click.option(
    "--salvage", is_flag=True,
    help="Khi sổ hỏng: chép mọi dòng còn đọc được sang một sổ mới, không dùng bản sao lưu.",
)  # fmt: skip
@yes_option
@pass_app
def restore(app: App, wanted: str, salvage: bool) -> None:
    """Khôi phục dữ liệu từ một bản sao lưu.

    BẢN-SAO là tên trong danh sách của toolkit backup --list, một đường dẫn, hoặc latest (bản tốt mới nhất). Dữ liệu
    đang có được giữ lại thành một bản sao lưu nữa nên việc này đảo ngược được.
    """
    upkeep = _upkeep(app)
    if salvage:
        if app.ask.confirm(Words("upkeep.ask_salvage")):
            app.say(upkeep.salvage(), views.returned)
            return
    else:
        found = upkeep.find(wanted)
        when = f"{found.at:%d/%m/%Y %H:%M}" if found.at else "?"
        if app.ask.confirm(Words("upkeep.ask_restore", name=found.name, when=when)):
            app.say(upkeep.restore(found.path), views.returned)
            return
    app.say.note("upkeep.restore_declined")


class SitesCopied:
    """The sites of a member, for backups."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def exist(self) -> bool:
        return self._folder.is_dir() and any(self._folder.glob("*/site.json"))

    def copy(self, target: Path) -> int:
        from toolkit.sitestats.adapters.copies import copy_sites

        return copy_sites(self._folder, target) if self.exist() else 0

    def check(self, path: Path) -> None:
        from toolkit.sitestats.adapters.copies import check_copy

        check_copy(path)

    def put_back(self, source: Path, keep: Path) -> tuple[tuple[str, ...], Path | None]:
        from toolkit.sitestats.adapters.copies import put_back

        done = put_back(source, self._folder, keep)
        return done.sites, done.replaced


def _upkeep(app: App) -> Upkeep:
    from toolkit.upkeep.service import Upkeep

    return Upkeep(app.paths, wall_clock(app), SitesCopied(app.paths.sites))
