"""Signing in to Google: arguments in, one verb, one thing said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from toolkit.core.errors import UsageError
from toolkit.core.text import clean
from toolkit.disk.names import safe_name
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import EXISTING_FILE, csv_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from toolkit.google.signin import Offer
    from toolkit.upkeep.google_accounts import GoogleAccounts, Reach

_LONGEST_NAME = 60


class AccountName(click.ParamType[str]):
    """The name that a member gives an account: it becomes a file's name, so it has to be able to."""

    name = "account"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return "TÊN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        del param, ctx
        name = clean(str(value))
        if not name or len(name) > _LONGEST_NAME or name.startswith("-") or '"' in name or safe_name(name) != name:
            raise UsageError("upkeep.not_an_account_name", value=str(value))
        return name


ACCOUNT_NAME = AccountName()
account_option = click.option(
    "--account", type=ACCOUNT_NAME, default="default", show_default=True,
    help="Tên bạn đặt cho tài khoản, khi dùng nhiều tài khoản Google.",
)  # fmt: skip


@click.group(
    cls=Group,
    examples=[
        ("toolkit google login --help", "Xem cách đăng nhập lần đầu, từng bước"),
        ("toolkit google status", "Xem đã đăng nhập chưa"),
    ],
)
def google() -> None:
    """Đăng nhập Google, xem và gỡ đăng nhập."""


@google.command(
    "login",
    examples=[
        ("toolkit google login --client client_secret.json", "Đăng nhập lần đầu"),
        ("toolkit google login", "Đăng nhập lại khi hết hạn"),
        ("toolkit google login --scope sheets", "Thêm quyền đọc bảng tính Google"),
        ("toolkit google login --scope analytics", "Thêm quyền đọc Google Analytics"),
    ],
)
@click.option(
    "--client", "client_file", type=EXISTING_FILE, metavar="TỆP.json",
    help="Tệp client_secret….json của dự án Google riêng của bạn; chỉ cần ở lần đầu.",
)  # fmt: skip
@account_option
@click.option(
    "--scope", "reach", type=click.Choice(["own", "primary", "sheets", "analytics", "search-console"]), default="own",
    show_default=True,
    help="own: chỉ những lịch do toolkit tạo. primary: thêm quyền ghi vào lịch chính của bạn. sheets: thêm quyền đọc"
    " bảng tính Google của bạn. analytics, search-console: thêm quyền đọc số liệu trang web của bạn.",
)  # fmt: skip
@click.option("--no-browser", is_flag=True, help="Không tự mở trình duyệt, chỉ in địa chỉ để bạn dán.")
@click.option(
    "--port", type=click.IntRange(1024, 65535), metavar="SỐ",
    help="Cổng chờ trình duyệt quay lại, khi bạn nối qua SSH; không ghi thì máy tự chọn.",
)  # fmt: skip
@pass_app
def login(
    app: App, *, client_file: Path | None, account: str, reach: Reach, no_browser: bool, port: int | None
) -> None:
    """Đăng nhập Google để đưa lịch lên Google Calendar.

    Lần đầu cần một dự án Google của riêng bạn, khoảng mười phút, không mất tiền:

    1. Tạo dự án: console.cloud.google.com/projectcreate

    2. Tìm Google Calendar API, bấm Enable: console.cloud.google.com/apis/library

    3. Bấm Get started, chọn External: console.cloud.google.com/auth/overview

    4. Bấm Publish app (In production): console.cloud.google.com/auth/audience

    5. Bấm Create client, chọn Desktop app, bấm Download JSON: console.cloud.google.com/auth/clients

    Rồi gõ: toolkit google login --client TỆP.json

    Bỏ bước 4 thì dự án ở chế độ Testing, và cứ 7 ngày bạn phải đăng nhập lại.
    """
    from toolkit.upkeep import google_views

    google_accounts = _accounts(app)
    client = google_accounts.client(client_file)
    app.say.note(f"upkeep.asks_{reach.replace('-', '_')}")
    outcome = google_accounts.sign_in(
        client,
        account,
        reach,
        show=_show(app, browser=not no_browser, wanted=port),
        pages=google_views.pages(app.messages),
        port=port or 0,
    )
    app.say(outcome, google_views.signed_in(_zone(app)))


@google.command(
    "logout",
    examples=[
        ("toolkit google logout", "Gỡ đăng nhập trên máy này"),
    ],
)
@account_option
@pass_app
def logout(app: App, account: str) -> None:
    """Gỡ đăng nhập: báo Google quên, và xóa tệp đăng nhập trên máy này.

    Lịch và sự kiện đã đưa lên Google vẫn còn nguyên.
    """
    from toolkit.upkeep import google_views

    app.say(_accounts(app).sign_out(account), google_views.signed_out)


@google.command(
    "status",
    examples=[
        ("toolkit google status", "Xem các tài khoản đã đăng nhập"),
        ("toolkit google status --check", "Hỏi Google xem còn dùng được không"),
    ],
)
@click.option("--check", is_flag=True, help="Hỏi Google xem từng tài khoản còn dùng được không.")
@csv_option
@pass_app
def status(app: App, check: bool) -> None:
    """Xem những tài khoản đã đăng nhập, quyền và tình trạng."""
    from toolkit.upkeep import google_views

    app.say(_accounts(app).status(ask=check), google_views.accounts(_zone(app)))


def _show(app: App, *, browser: bool, wanted: int | None) -> Callable[[Offer], None]:
    def show(offer: Offer) -> None:
        from toolkit.google.browser import open_in_browser

        if wanted is not None and offer.port != wanted:
            app.say.note("upkeep.port_taken", wanted=wanted, port=offer.port)
        opened = browser and open_in_browser(offer.url)
        app.say.note("upkeep.browser_opened" if opened else "upkeep.browser_by_hand")
        app.say.aside(offer.url)
        app.say.note("upkeep.waiting_for_browser")

    return show


def _accounts(app: App) -> GoogleAccounts:
    from toolkit.core.dates.clock import SystemClock
    from toolkit.upkeep.google_accounts import GoogleAccounts

    return GoogleAccounts(app.paths.google, SystemClock(app.settings.timezone), app.settings.secrets)


def _zone(app: App) -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(app.settings.timezone)
