"""Signing in to CalDAV servers: arguments in, one verb, one thing said."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from toolkit.core.errors import UsageError
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Group
from toolkit.shell.params import TEXT, csv_option

if TYPE_CHECKING:
    from toolkit.upkeep.caldav_sign_ins import CaldavSignIns


@click.group(
    cls=Group,
    examples=[
        ("toolkit caldav login https://lich.example.org --user lan", "Đăng nhập máy chủ lịch"),
        ("toolkit caldav status --check", "Xem máy chủ có những lịch nào"),
    ],
)
def caldav() -> None:
    """Đăng nhập máy chủ lịch CalDAV, xem và gỡ đăng nhập."""


@caldav.command(
    "login",
    examples=[
        ("toolkit caldav login https://lich.example.org --user lan", "Đăng nhập; mật khẩu được hỏi, không hiện ra"),
        (
            "toolkit caldav login https://caldav.icloud.com --user lan@icloud.com",
            "iCloud: dùng mật khẩu riêng cho ứng dụng",
        ),
    ],
)
@click.argument("address", metavar="ĐỊA-CHỈ")
@click.option("--user", type=TEXT, metavar="TÊN", help="Tên đăng nhập ở máy chủ đó.")
@pass_app
def login(app: App, address: str, user: str | None) -> None:
    """Đăng nhập một máy chủ lịch: Nextcloud, Radicale, iCloud, Fastmail…

    ĐỊA-CHỈ là địa chỉ CalDAV của máy chủ, hoặc của một lịch. Mật khẩu được hỏi và không hiện ra; trong kịch bản thì đặt
    nó vào biến TOOLKIT_CALDAV_PASSWORD. Nên tạo một mật khẩu riêng cho ứng dụng, ở phần cài đặt của máy chủ.
    """
    from toolkit.caldav.address import origin_of, read_address
    from toolkit.caldav.sign_ins import PASSWORD_VARIABLE, USER_VARIABLE
    from toolkit.caldav.wire import Login
    from toolkit.upkeep import caldav_views

    where = read_address(address)
    server = origin_of(where)
    name = (
        user
        or os.environ.get(USER_VARIABLE)
        or app.ask.text(Words("upkeep.ask_caldav_user", host=server), flag="--user")
    )
    if not name or ":" in name:
        raise UsageError("upkeep.not_a_user", value=name)
    password = os.environ.get(PASSWORD_VARIABLE) or app.ask.secret(
        Words("upkeep.ask_caldav_password", user=name), flag=PASSWORD_VARIABLE
    )
    if not password:
        raise UsageError("upkeep.no_password")
    app.say(_sign_ins(app).sign_in(where, Login(server, name, password)), caldav_views.signed_in)


@caldav.command(
    "logout",
    examples=[
        ("toolkit caldav logout https://lich.example.org", "Gỡ đăng nhập trên máy này"),
    ],
)
@click.argument("address", metavar="[ĐỊA-CHỈ]", required=False)
@click.option("--user", type=TEXT, metavar="TÊN", help="Tên đăng nhập, khi có nhiều tên ở một máy chủ.")
@pass_app
def logout(app: App, address: str | None, user: str | None) -> None:
    """Gỡ đăng nhập: xóa tên và mật khẩu khỏi máy này. Lịch và sự kiện vẫn còn nguyên."""
    from toolkit.caldav.address import read_address
    from toolkit.upkeep import caldav_views

    app.say(_sign_ins(app).sign_out(read_address(address) if address else None, user), caldav_views.signed_out)


@caldav.command(
    "status",
    examples=[
        ("toolkit caldav status", "Xem đã đăng nhập những máy chủ nào"),
        ("toolkit caldav status --check", "Hỏi từng máy chủ xem còn dùng được không, có những lịch nào"),
    ],
)
@click.option("--check", is_flag=True, help="Hỏi từng máy chủ: mật khẩu còn đúng không, có những lịch nào.")
@csv_option
@pass_app
def status(app: App, check: bool) -> None:
    """Xem những máy chủ lịch đã đăng nhập."""
    from toolkit.upkeep import caldav_views

    app.say(_sign_ins(app).status(ask=check), caldav_views.connections)


def _sign_ins(app: App) -> CaldavSignIns:
    from toolkit.upkeep.caldav_sign_ins import CaldavSignIns

    return CaldavSignIns(app.paths.caldav, app.settings.secrets)
