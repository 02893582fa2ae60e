"""`add-log`, `update`, `sites`: the sites that are kept, and reading what is new in their logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Command, Group
from toolkit.shell.params import TEXT, TIMEZONE, csv_option, today_option, yes_option
from toolkit.sitestats.cli.choosing import format_option, sites_of

if TYPE_CHECKING:
    from toolkit.sitestats.adapters.sites import Site
    from toolkit.sitestats.model import FormatName


@click.command(
    "add-log",
    cls=Command,
    examples=[
        ("toolkit sitestats add-log shop /var/log/nginx/access.log", "Nhật ký của nginx, cả những phần đã xoay vòng"),
        ("toolkit sitestats add-log shop 'logs/*.gz' --host shop.example", "Mọi tệp nén trong một thư mục"),
    ],
)
@click.argument("name", type=TEXT, metavar="TÊN-TRANG")
@click.argument("paths", nargs=-1, required=True, metavar="TỆP…")
@format_option("known")
@click.option("--host", type=TEXT, metavar="TÊN-MIỀN", help="Tên miền của trang; không ghi thì tự nhận ra.")
@click.option("--tz", type=TIMEZONE, help="Múi giờ để cắt ngày; đã đọc rồi thì không đổi được nữa.")
@today_option
@pass_app
def add_log(app: App, /, name: str, paths: tuple[str, ...], known: FormatName | None, **given: Any) -> None:
    """Nhớ nhật ký của một trang nằm ở đâu, để sau này chỉ đọc phần mới.

    Một tệp thay cho cả những phần đã xoay vòng của nó (access.log.1, access.log.2.gz). Dấu * được nhớ nguyên như đã gõ
    trong dấu nháy: tệp mới hợp mẫu cũng được đọc.
    """
    from toolkit.sitestats.service.keeping import add_logs
    from toolkit.sitestats.views import sites as views

    outcome = add_logs(
        sites_of(app), name, paths, zone=given["tz"] or app.settings.timezone, zone_given=given["tz"] is not None,
        now=int(app.clock.now().timestamp()), host=given["host"] or "", known=known,
    )  # fmt: skip
    app.say(outcome, views.added, as_json=views.added_json)


@click.command(
    "update",
    cls=Command,
    examples=[
        ("toolkit sitestats update", "Đọc phần mới của mọi trang"),
        ("toolkit sitestats update shop", "Chỉ một trang"),
        ("toolkit sitestats update shop --again", "Đọc lại từ đầu những nhật ký còn giữ"),
    ],
)
@click.argument("name", type=TEXT, required=False, metavar="[TÊN-TRANG]")
@click.option("--again", is_flag=True, help="Đọc lại tất cả từ đầu; số liệu cũ được để sang bên.")
@today_option
@yes_option
@pass_app
def update(app: App, name: str | None, again: bool) -> None:
    """Đọc phần mới trong nhật ký, không dòng nào hai lần.

    Theo được khi nhật ký xoay vòng, được nén, được chép rồi cắt, hay khi lần trước bị ngắt giữa chừng.
    """
    from toolkit.core.errors import ConflictError, StoreError
    from toolkit.core.outcome import Outcome
    from toolkit.sitestats.service.updating import bytes_to_read, start_again
    from toolkit.sitestats.service.updating import update as read_new
    from toolkit.sitestats.views import sites as views

    sites = sites_of(app)
    chosen = [sites.find(name)] if name else sites.all()
    if not chosen:
        raise ConflictError("sitestats.no_sites")
    if again and not app.ask.confirm(Words("sitestats.ask_again", name=", ".join(site.name for site in chosen))):
        app.say(Outcome([]), views.updated, as_json=views.updated_json)
        return
    made: Outcome[list[views.Updated]] = Outcome([])
    size = None if again else bytes_to_read(chosen)
    total = max(size // 1_000_000, 1) if size is not None else None
    with app.stopping() as stop, app.say.progress(total, Words("sitestats.reading")) as bar:
        read = 0

        def advance(more: int) -> None:
            nonlocal read
            read += more
            bar.advance(max(read // 1_000_000 - bar.done, 0))

        for site in chosen:
            if again:
                start_again(site)
            try:
                one = read_new(site, now=int(app.clock.now().timestamp()), stop=stop, progress=advance)
            except StoreError as error:  # the other sites are read all the same
                if len(chosen) == 1:
                    raise
                made = made.with_problems(error.problem)
                continue
            made = Outcome([*made.data, one.data], made.problems, made.status).with_problems(*one.problems)
            if stop():
                break
    app.say(made, views.updated, as_json=views.updated_json)


@click.group(
    "sites",
    cls=Group,
    examples=[
        ("toolkit sitestats sites list", "Xem các trang đang theo dõi"),
        ("toolkit sitestats sites show shop", "Xem một trang: nhật ký ở đâu, đã đọc đến đâu"),
    ],
)
def sites() -> None:
    """Các trang đang theo dõi: xem, đổi tên, thôi theo dõi."""


@sites.command("list", examples=[("toolkit sitestats sites list", "Xem các trang đang theo dõi")])
@csv_option
@pass_app
def list_(app: App) -> None:
    """Xem các trang đang theo dõi."""
    from toolkit.core.outcome import Outcome
    from toolkit.sitestats.service.keeping import looked_at
    from toolkit.sitestats.views import sites as views

    app.say(Outcome([looked_at(site) for site in sites_of(app).all()]), views.listed, as_json=views.listed_json)


@sites.command("show", examples=[("toolkit sitestats sites show shop", "Nhật ký ở đâu, đã đọc đến ngày nào")])
@click.argument("name", type=TEXT, metavar="TÊN-TRANG")
@pass_app
def show(app: App, name: str) -> None:
    """Xem một trang: nhật ký ở đâu, đã đọc đến đâu."""
    from toolkit.core.outcome import Outcome
    from toolkit.sitestats.service.keeping import kept
    from toolkit.sitestats.views import sites as views

    app.say(Outcome(kept(sites_of(app).find(name))), views.shown, as_json=views.shown_json)


@sites.command(
    "rename", examples=[("toolkit sitestats sites rename shop 'Cửa hàng Lan'", "Đổi tên, số liệu giữ nguyên")]
)
@click.argument("name", type=TEXT, metavar="TÊN-TRANG")
@click.argument("new", type=TEXT, metavar="TÊN-MỚI")
@pass_app
def rename(app: App, name: str, new: str) -> None:
    """Đổi tên một trang. Số liệu giữ nguyên."""
    from toolkit.core.outcome import Outcome
    from toolkit.sitestats.views import sites as views

    kept = sites_of(app)
    app.say(Outcome(kept.rename(kept.find(name), new)), views.renamed, as_json=views.site_json)


@sites.command(
    "drop-log",
    examples=[
        ("toolkit sitestats sites drop-log shop /var/log/nginx/access.log", "Nhật ký đã chuyển đi nơi khác"),
    ],
)
@click.argument("name", type=TEXT, metavar="TÊN-TRANG")
@click.argument("path", metavar="TỆP")
@pass_app
def drop_log(app: App, name: str, path: str) -> None:
    """Thôi đọc một nhật ký của trang. Những gì đã đọc từ nó vẫn còn.

    TỆP gõ như toolkit sitestats sites show in ra.
    """
    from toolkit.core.outcome import Outcome
    from toolkit.sitestats.service.keeping import drop_log as drop
    from toolkit.sitestats.views import sites as views

    kept = sites_of(app)
    app.say(Outcome(drop(kept, kept.find(name), path)), views.log_dropped, as_json=views.site_json)


@sites.command("forget", examples=[("toolkit sitestats sites forget shop", "Thôi theo dõi; hỏi lại trước khi xóa")])
@click.argument("name", type=TEXT, metavar="TÊN-TRANG")
@yes_option
@pass_app
def forget(app: App, name: str) -> None:
    """Thôi theo dõi một trang và xóa số liệu đã giữ của nó. Nhật ký của máy chủ vẫn nguyên."""
    from toolkit.core.outcome import Outcome
    from toolkit.sitestats.service.keeping import forget as let_go
    from toolkit.sitestats.views import sites as views

    kept = sites_of(app)
    site: Site = kept.find(name)
    if not app.ask.confirm(Words("sitestats.ask_forget", name=site.name)):
        app.say(Outcome(site), views.stays, as_json=views.site_json)
        return
    let_go(kept, site)
    app.say(Outcome(site), views.forgotten, as_json=views.site_json)
