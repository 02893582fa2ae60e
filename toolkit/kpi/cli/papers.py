"""`page` and `note`: what a member can open in a browser, print, or hand to somebody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.core.errors import UsageError
from toolkit.core.outcome import Outcome
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import TARGET_ID, as_of_option, plain_option
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command

if TYPE_CHECKING:
    from toolkit.kpi.service.evidence import Argued

_FILE = click.Path(path_type=Path)


@click.command(
    "page",
    cls=Command,
    examples=[
        ("toolkit kpi page muc-tieu.html", "Mọi mục tiêu đang chạy trong một trang, mở bằng trình duyệt hoặc in ra"),
        ("toolkit kpi page muc-tieu.html 1 3", "Chỉ mục tiêu số 1 và số 3"),
    ],
)
@click.argument("file", type=_FILE, metavar="TỆP.html")
@click.argument("numbers", nargs=-1, type=TARGET_ID, metavar="[SỐ…]")
@as_of_option
@pass_app
def page(app: App, file: Path, numbers: tuple[int, ...]) -> None:
    """Một trang HTML về mục tiêu của bạn: biểu đồ, nhịp, dự báo, hoa hồng; không có tên khách."""
    from toolkit.kpi.service.paging import paper
    from toolkit.kpi.views import page as views
    from toolkit.pages.page import refuse_others_file, write_page

    refuse_others_file(file, views.GENERATOR)
    with open_book(app) as book:
        outcome = paper(book, app.clock, numbers)
    write_page(file, views.page(outcome.data, app.messages))
    done = {"file": str(file), "paper": outcome.data}
    app.say(Outcome(done, notes=outcome.notes), views.written, as_json=views.written_json)


@click.command(
    "note",
    cls=Command,
    examples=[
        ("toolkit kpi note 1", "Chỉ tiêu số 1 bên cạnh những gì bạn đã đạt, thành một trang Markdown"),
        ("toolkit kpi note 1 --html chi-tieu.html", "Cùng trang ấy để mở bằng trình duyệt, in ra, gửi đi"),
        ("toolkit kpi note 1 --md chi-tieu.md --html chi-tieu.html", "Cả hai"),
    ],
)
@click.argument("number", type=TARGET_ID, metavar="[SỐ]", required=False)
@click.option("--md", "md", type=_FILE, metavar="TỆP", help="Ghi thành một tệp Markdown.")
@click.option("--html", "html", type=_FILE, metavar="TỆP", help="Ghi thành một trang HTML.")
@plain_option
@as_of_option
@pass_app
def note(app: App, number: int | None, md: Path | None, html: Path | None, plain: bool) -> None:
    """Một trang bằng chứng để bàn lại chỉ tiêu: quãng tốt nhất của bạn, ngày làm việc, mùa vụ, dự báo."""
    from toolkit.kpi.service.evidence import argue
    from toolkit.kpi.views import note as views
    from toolkit.pages.page import refuse_others_file

    files = [path for path in (md, html) if path is not None]
    if len(files) == 2 and md is not None and html is not None and md.absolute() == html.absolute():
        raise UsageError("kpi.note_one_file", value=str(html))
    for path in files:
        refuse_others_file(path, views.GENERATOR)
    with open_book(app) as book:
        outcome = argue(book, number, app.clock.today())
    if files:
        _write(app, outcome.data, md, html)
        app.say(Outcome({"files": [str(path) for path in files]}, notes=outcome.notes), views.written)
        return
    app.say(outcome, views.terminal(app.messages, app.say.out.width, plain=plain), as_json=views.note_json)


def _write(app: App, found: Argued, md: Path | None, html: Path | None) -> None:
    from toolkit.disk.atomic import atomic_write
    from toolkit.kpi.views import note as views
    from toolkit.pages.markdown import markdown
    from toolkit.pages.page import write_page

    if md is not None:
        atomic_write(md, markdown(views.page(found, app.messages, drawn=False), signed=True))
    if html is not None:
        write_page(html, views.page(found, app.messages))
