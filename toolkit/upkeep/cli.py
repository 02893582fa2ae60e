"""The house's own commands: arguments in, one verb, one thing said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.core.errors import ToolkitError
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Command, Group
from toolkit.shell.params import yes_option
from toolkit.upkeep import views
from toolkit.upkeep.completion import SHELLS, completion_script
from toolkit.upkeep.configuration import Configuration

if TYPE_CHECKING:
    from toolkit.core.dates import Clock
    from toolkit.upkeep.service import Upkeep


@click.group(
    cls=Group,
    examples=[
        ("toolkit config show", "Xem mọi lựa chọn đang dùng"),
        ("toolkit config set calendar.reminder 30", "Luôn nhắc trước 30 phút"),
    ],
)
def config() -> None:
    """Xem và đổi các lựa chọn của bạn."""


@config.command(
    "show",
    works_without_settings=True,
    examples=[
        ("toolkit config show", "Xem mọi lựa chọn đang dùng"),
    ],
)
@pass_app
def show(app: App) -> None:
    """Xem mọi lựa chọn đang dùng."""
    app.say(Configuration(app.paths).show(), views.settings)


@config.command(
    "set",
    works_without_settings=True,
    examples=[
        ("toolkit config set calendar.reminder 30", "Luôn nhắc trước 30 phút"),
        ("toolkit config set lang en", "Nói tiếng Anh từ nay"),
    ],
)
@click.argument("key", metavar="TÊN")
@click.argument("value", metavar="GIÁ-TRỊ")
@pass_app
def set_(app: App, key: str, value: str) -> None:
    """Đổi một lựa chọn."""
    app.say(Configuration(app.paths).set(key, value), views.changed_setting)


@config.command(
    "unset",
    works_without_settings=True,
    examples=[
        ("toolkit config unset calendar.reminder", "Thôi nhắc trước, như mặc định"),
    ],
)
@click.argument("key", metavar="TÊN")
@pass_app
def unset(app: App, key: str) -> None:
    """Trả một lựa chọn về mặc định."""
    app.say(Configuration(app.paths).unset(key), views.changed_setting)


@click.command(
    cls=Command,
    works_without_settings=True,
    examples=[
        ("toolkit completion powershell", "Trên Windows"),
        ("toolkit completion bash", "Trên Linux"),
    ],
)
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
@pass_app
def completion(app: App, shell: str) -> None:
    """Bật gợi ý khi gõ phím Tab.

    In ra một đoạn mã cho bash, zsh, fish hoặc powershell; mấy dòng đầu của đoạn mã chỉ cách cài.
    """
    app.say(completion_script(shell), views.script)


@click.command(
    cls=Command,
    works_without_settings=True,
    examples=[
        ("toolkit doctor", "Xem máy và dữ liệu có ổn không"),
    ],
)
@pass_app
def doctor(app: App) -> None:
    """Xem máy đã sẵn sàng chưa; thiếu gì thì chỉ bước tiếp theo."""
    from toolkit.upkeep.doctor import Doctor, system_terminal

    app.say(Doctor(app.paths, _wall_clock(app), system_terminal()).look(), views.report)


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


def _upkeep(app: App) -> Upkeep:
    from toolkit.upkeep.service import Upkeep

    return Upkeep(app.paths, _wall_clock(app))


def _wall_clock(app: App) -> Clock:
    """The machine's clock in the member's zone; also where the settings can't be read, because this helps then too."""
    from toolkit.core.dates.clock import HOME_ZONE, SystemClock

    try:
        return SystemClock(app.settings.timezone)
    except ToolkitError:
        return SystemClock(HOME_ZONE)
