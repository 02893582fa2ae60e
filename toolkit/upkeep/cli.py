"""The house's own commands: arguments in, one verb, one thing said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.core.errors import ToolkitError
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command, Group
from toolkit.upkeep import views
from toolkit.upkeep.completion import SHELLS, completion_script
from toolkit.upkeep.configuration import Configuration

if TYPE_CHECKING:
    from toolkit.core.dates import Clock


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

    app.say(Doctor(app.paths, wall_clock(app), system_terminal()).look(), views.report)


def wall_clock(app: App) -> Clock:
    """The machine's clock in the member's zone; also where the settings can't be read, because this helps then too."""
    from toolkit.core.dates.clock import HOME_ZONE, SystemClock

    try:
        return SystemClock(app.settings.timezone)
    except ToolkitError:
        return SystemClock(HOME_ZONE)
