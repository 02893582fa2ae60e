"""The house's own commands: arguments in, one verb, one thing said."""

from __future__ import annotations

import click

from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command, Group
from toolkit.upkeep import views
from toolkit.upkeep.completion import SHELLS, completion_script
from toolkit.upkeep.configuration import Configuration


@click.group(cls=Group)
def config() -> None:
    """Xem và đổi các lựa chọn của bạn."""


@config.command("show", works_without_settings=True)
@pass_app
def show(app: App) -> None:
    """Xem mọi lựa chọn đang dùng."""
    app.say(Configuration(app.paths).show(), views.settings)


@config.command("set", works_without_settings=True)
@click.argument("key", metavar="TÊN")
@click.argument("value", metavar="GIÁ-TRỊ")
@pass_app
def set_(app: App, key: str, value: str) -> None:
    """Đổi một lựa chọn, ví dụ: toolkit config set calendar.reminder 30"""
    app.say(Configuration(app.paths).set(key, value), views.changed_setting)


@config.command("unset", works_without_settings=True)
@click.argument("key", metavar="TÊN")
@pass_app
def unset(app: App, key: str) -> None:
    """Trả một lựa chọn về mặc định."""
    app.say(Configuration(app.paths).unset(key), views.changed_setting)


@click.command(cls=Command, works_without_settings=True)
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
@pass_app
def completion(app: App, shell: str) -> None:
    """Bật gợi ý khi gõ phím Tab.

    In ra một đoạn mã cho bash, zsh, fish hoặc powershell; mấy dòng đầu của đoạn mã chỉ cách cài.
    """
    app.say(completion_script(shell), views.script)
