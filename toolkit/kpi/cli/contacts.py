"""`contacts`: keeping people, and taking one's own along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.core.errors import UsageError
from toolkit.kpi.cli.choosing import GROUP
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import as_of_option, engagement_option, plain_anyway
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import TEXT, csv_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.kpi.model import ContactGroup


@click.group(
    "contacts",
    cls=Group,
    invoke_without_command=True,
    examples=[
        ("toolkit kpi contacts", "Mọi người trong sổ, theo tên"),
        ('toolkit kpi contacts add "chị Hoa" --phone 0903123456', "Ghi số điện thoại, khi chính bạn muốn"),
        ("toolkit kpi contacts export danh-ba.vcf", "Mang danh bạ của riêng bạn theo"),
    ],
)
@click.option(
    "--group", "groups", type=GROUP, multiple=True, help="Chỉ nhóm này: demand, colleague, payer, reputation."
)
@click.option("--search", "words", type=TEXT, default="", metavar="CHỮ", help="Chỉ những người có chữ này.")
@engagement_option
@plain_anyway
@as_of_option
@csv_option
@click.pass_context
def contacts(ctx: click.Context, *, groups: tuple[ContactGroup, ...], words: str, engagement: str) -> None:
    """Người trong sổ của bạn: thêm, sửa, mang theo; số điện thoại chỉ giữ khi bạn ghi."""
    if ctx.invoked_subcommand is not None:
        return
    from toolkit.kpi.service.contacts import Contacts
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.views import customers as views

    app = ctx.ensure_object(App)
    app.ready()
    with open_book(app) as book:
        chosen = [engagement_of(book, engagement)] if engagement else []
        outcome = Contacts(book, app.clock).listing(groups=groups, words=words, engagements=chosen)
    app.say(outcome, views.contacts, as_json=views.contacts_json)


def contact_fields(command: Callable[..., Any]) -> Callable[..., Any]:
    """What may be kept of somebody, each only where it is given."""
    for name, metavar, text in (
        ("--note", "CHỮ", "Ghi chú. Phần trong %% … %% không bao giờ được xuất."),
        ("--referrer", "TÊN", "Ai giới thiệu."),
        ("--account", "TÊN", "Tên tài khoản mua ở gian hàng."),
        ("--role", "CHỮ", "Vai trò, ví dụ kế toán trưởng."),
        ("--email", "E-MAIL", "Địa chỉ e-mail."),
        ("--address", "CHỮ", "Địa chỉ."),
        ("--phone", "SỐ", "Số điện thoại."),
    ):
        command = click.option(name, type=TEXT, metavar=metavar, help=text)(command)
    command = click.option("--own/--company", "own", default=None,
                           help="Người này là của riêng bạn, hay của công ty (không xuất ra).")(command)  # fmt: skip
    return click.option("--group", type=GROUP, help="Nhóm: demand (khách), colleague, payer, reputation, other.")(
        command
    )


@contacts.command(
    examples=[
        ('toolkit kpi contacts add "chị Hoa" --phone 0903123456', "Thêm một người"),
        ('toolkit kpi contacts add "anh Tú" --group payer --role "giám đốc"', "Người thuê và trả công"),
    ],
)
@click.argument("name", type=TEXT, metavar="TÊN")
@contact_fields
@engagement_option
@as_of_option
@pass_app
def add(app: App, name: str, engagement: str, **given: Any) -> None:
    """Thêm một người vào sổ."""
    from toolkit.kpi.model import Contact
    from toolkit.kpi.service.contacts import Contacts
    from toolkit.kpi.service.finding import engagement_of, is_own
    from toolkit.kpi.views import customers as views

    with open_book(app) as book:
        job = engagement_of(book, engagement)
        contact = Contact(0, job, name, **{"own": is_own(book, job), **_given(given)})
        outcome = Contacts(book, app.clock).add(contact)
    app.say(outcome, views.changed, as_json=views.changed_json)


@contacts.command(
    examples=[
        ('toolkit kpi contacts edit "chị Hoa" --phone 0903123456', "Ghi hoặc đổi số điện thoại"),
        ('toolkit kpi contacts edit 12 --name "chị Hoa quận 7"', "Đổi tên"),
        ('toolkit kpi contacts edit 12 --address ""', "Xóa địa chỉ"),
    ],
)
@click.argument("who", type=TEXT, metavar="TÊN|SỐ")
@click.option("--name", type=TEXT, metavar="TÊN", help="Tên mới.")
@contact_fields
@as_of_option
@pass_app
def edit(app: App, who: str, **given: Any) -> None:
    """Sửa những gì bạn giữ về một người."""
    from toolkit.kpi.service.contacts import Contacts
    from toolkit.kpi.views import customers as views

    with open_book(app) as book:
        outcome = Contacts(book, app.clock).edit(who, **_given(given))
    app.say(outcome, views.changed, as_json=views.changed_json)


@contacts.command(
    examples=[
        ('toolkit kpi contacts delete "chị Hoa"', "Quên một người; những lần bán vẫn còn"),
    ],
)
@click.argument("who", type=TEXT, metavar="TÊN|SỐ")
@as_of_option
@pass_app
def delete(app: App, who: str) -> None:
    """Bỏ một người khỏi sổ. Những gì họ đã mua vẫn còn trong sổ."""
    from toolkit.kpi.service.contacts import Contacts
    from toolkit.kpi.views import customers as views

    with open_book(app) as book:
        outcome = Contacts(book, app.clock).delete(who)
    app.say(outcome, views.changed, as_json=views.changed_json)


@contacts.command(
    examples=[
        ("toolkit kpi contacts export danh-ba.vcf", "Danh bạ cho điện thoại (vCard 4.0)"),
        ("toolkit kpi contacts export danh-ba.vcf --vcard 3.0", "Cho điện thoại đời cũ"),
        ("toolkit kpi contacts export khach.csv --group demand", "Bảng tính, riêng nhóm khách"),
    ],
)
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP.vcf|TỆP.csv")
@click.option("--vcard", "version", type=click.Choice(["4.0", "3.0"]), default="4.0", metavar="BẢN",
              help="Bản vCard: 4.0, hay 3.0 cho điện thoại đời cũ.")  # fmt: skip
@click.option(
    "--group", "groups", type=GROUP, multiple=True, help="Chỉ nhóm này: demand, colleague, payer, reputation."
)
@engagement_option
@as_of_option
@pass_app
def export(app: App, file: Path, version: Any, groups: tuple[ContactGroup, ...], engagement: str) -> None:
    """Xuất danh bạ của riêng bạn ra vCard hay CSV; khách của công ty ở lại."""
    from toolkit.kpi.service.contacts import Contacts
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.views import customers as views

    endings: dict[str, Any] = {".vcf": "vcf", ".vcard": "vcf", ".csv": "csv"}
    to = endings.get(file.suffix.lower())
    if to is None:
        raise UsageError("kpi.contacts_ending", value=file.name)
    with open_book(app) as book:
        chosen = [engagement_of(book, engagement)] if engagement else []
        outcome = Contacts(book, app.clock).export(
            file, to, label=lambda group: app.messages.text(f"kpi.group_{group}"), version=version, groups=groups,
            engagements=chosen,
        )  # fmt: skip
    app.say(outcome, views.exported, as_json=views.exported_json)


def _given(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}
