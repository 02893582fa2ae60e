"""`report`: what logs say about a site, in the terminal or for other programs."""

from __future__ import annotations

from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from toolkit.core.errors import UsageError
from toolkit.core.outcome import Outcome
from toolkit.core.text import as_argument
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Command
from toolkit.shell.params import PAST_DAY, TEXT, TIMEZONE, csv_option, today_option
from toolkit.sitestats.cli.choosing import ROWS, ROWS_IN_JSON, filters_of, format_option, sites_of

if TYPE_CHECKING:
    from toolkit.sitestats.service.reporting import Report


@click.command(
    "report",
    cls=Command,
    examples=[
        ("toolkit sitestats report access.log", "Xem một nhật ký, định dạng tự nhận ra"),
        ("toolkit sitestats report shop --previous", "Một trang đã ghi nhớ, đặt cạnh quãng trước"),
        ("toolkit sitestats report access.log access.log.1.gz", "Cả tệp đã xoay vòng và nén"),
        ("toolkit sitestats report - < access.log", "Đọc những gì lệnh khác đưa sang"),
        ("toolkit sitestats report access.log --humans --from 1/11", "Chỉ người thật, từ ngày 1 tháng 11"),
        ("toolkit sitestats report access.log --html trang.html", "Thành một trang để mở, lọc và in"),
        ("toolkit sitestats report access.log --source Facebook --full", "Khách đến từ Facebook, đủ mọi bảng"),
    ],
)
@click.argument("places", type=click.Path(readable=False), nargs=-1, metavar="[TÊN-TRANG | TỆP…]")
@format_option("name")
@click.option("--from", "since", type=PAST_DAY, help="Từ ngày nào.")
@click.option("--to", "until", type=PAST_DAY, help="Đến hết ngày nào.")
@click.option("--previous", is_flag=True, help="Đặt bên cạnh khoảng thời gian dài bằng thế ngay trước đó.")
@click.option("--humans", "who", flag_value="humans", help="Chỉ người thật.")
@click.option("--bots", "who", flag_value="bots", help="Chỉ máy tìm kiếm và các chương trình khác.")
@click.option("--ai", "who", flag_value="ai", help="Chỉ máy thu thập của các hãng AI.")
@click.option("--all", "who", flag_value="all", help="Tất cả (mặc định).")
@click.option("--path", type=TEXT, metavar="ĐƯỜNG-DẪN", help="Chỉ trang này; * thay cho bất kỳ gì, ví dụ /blog/*.")
@click.option("--source", type=TEXT, metavar="NGUỒN", help="Chỉ khách từ nguồn này, ví dụ Facebook, Google.")
@click.option("--campaign", type=TEXT, metavar="TÊN", help="Chỉ khách của chiến dịch này (utm_campaign).")
@click.option("--country", type=TEXT, metavar="NƯỚC", help="Chỉ khách từ nước này, hai chữ, ví dụ VN.")
@click.option("--device", type=click.Choice(["desktop", "phone", "tablet", "other", "bot"]), help="Chỉ loại máy này.")
@click.option("--goal", "goals", type=TEXT, multiple=True, metavar="MỤC-TIÊU",
              help="Bao nhiêu lượt ghé đạt: /cam-on* hay event:TÊN; ghi được nhiều lần.")  # fmt: skip
@click.option("--site", "host", type=TEXT, metavar="TÊN-MIỀN", help="Tên miền của trang; không ghi thì tự nhận ra.")
@click.option("--tz", type=TIMEZONE, help="Múi giờ để cắt ngày.")
@click.option("--top", type=click.IntRange(1, 1_000_000), metavar="SỐ", help="Nhiều nhất bao nhiêu dòng mỗi bảng.")
@click.option("--full", is_flag=True, help="Đủ mọi bảng, mỗi bảng mười dòng, hay bao nhiêu tùy --top.")
@click.option("--html", type=click.Path(path_type=Path), metavar="TỆP", help="Ghi thành một trang HTML lọc được.")
@click.option("--from-collector", "collected", is_flag=True,
              help="Theo bộ đếm trên trang thay vì nhật ký; sự kiện chỉ có ở đây.")  # fmt: skip
@click.option(
    "--engine",
    type=TEXT,
    metavar="MÁY",
    help="Tính --data bằng máy khác: spark://HOST:CỔNG, sail://HOST:CỔNG, sail://local, chdb://local.",
)
@click.option("--data", type=TEXT, metavar="THƯ-MỤC", help="Đọc các bảng mà export đã ghi thay vì nhật ký.")
@today_option
@csv_option
@pass_app
def report_(app: App, /, places: tuple[str, ...], **given: Any) -> None:
    """Trang web của bạn có ai đến, từ đâu, xem gì: đọc thẳng từ nhật ký máy chủ.

    Trang đã ghi nhớ bằng add-log thì gõ tên của nó, hoặc không gõ gì nếu chỉ có một trang. Đọc được nhật ký của nginx,
    Apache, Caddy, IIS, CloudFront, cả tệp nén .gz; dấu - là những gì lệnh khác đưa sang. Địa chỉ mạng của khách không
    được giữ.
    """
    from toolkit.sitestats.views import report as views

    html: Path | None = given["html"]
    if html is not None:
        from toolkit.pages.page import refuse_others_file
        from toolkit.sitestats.views.page import GENERATOR

        refuse_others_file(html, GENERATOR)
    outcome = _reckoned(app, places, given)
    if html is not None:
        _write_page(app, html, outcome)
        return
    if app.say.format == "csv":
        from toolkit.sitestats.views.spreadsheet import spreadsheet

        app.say(outcome, spreadsheet, as_json=views.report_json)
        return
    width = app.say.out.width
    height = get_terminal_size((80, 24)).lines
    view = views.report(
        app.messages, width, height, unicode=app.say.out.is_unicode, full=given["full"],
        rows_of_full=given["top"] or ROWS,
    )  # fmt: skip
    app.say(outcome, view, as_json=views.report_json)


def _reckoned(app: App, places: tuple[str, ...], given: dict[str, Any]) -> Outcome[Report]:
    """The report of the files, or of the site, that were named. UsageError("sitestats.set_already") for what a site has
    been read by and can't be chosen any more."""
    from toolkit.sitestats.service.conversion import goal_of
    from toolkit.sitestats.service.opening import found_at

    if given["engine"] or given["data"]:
        return _by_engine(app, places, given)
    files = found_at(sites_of(app), places)
    filters, top, page = filters_of(given), given["top"] or ROWS_IN_JSON, given["html"] is not None
    goals = [goal_of(text) for text in given["goals"]]
    if given["collected"] and isinstance(files, list):
        raise UsageError("sitestats.collector_of_files", value=files[0].name)
    if not isinstance(files, list):
        from toolkit.sitestats.service.collecting import part_of
        from toolkit.sitestats.service.keeping import report_site

        for option, value in (("--tz", given["tz"]), ("--format", given["name"]), ("--site", given["host"])):
            if value:
                raise UsageError("sitestats.set_already", value=value, option=option, name=as_argument(files.name))
        found = part_of(files, collected=given["collected"])
        return report_site(found, filters=filters, top=top, previous=given["previous"], page=page, goals=goals)
    from toolkit.sitestats.service.reporting import report

    size = sum(path.stat().st_size for path in files if path.is_file())
    with app.say.progress(size // 1_000_000 or None, Words("sitestats.reading")) as bar:

        def advance(read: int) -> None:
            bar.advance(max(read // 1_000_000 - bar.done, 0))

        return report(
            files,
            zone=given["tz"] or app.settings.timezone,
            now=int(app.clock.now().timestamp()),
            filters=filters,
            host=given["host"] or "",
            name=given["name"],
            top=top,
            previous=given["previous"],
            page=page,
            goals=goals,
            progress=advance,
        )


def _by_engine(app: App, places: tuple[str, ...], given: dict[str, Any]) -> Outcome[Report]:
    """The report over exported tables, by an engine or by this machine. UsageError("sitestats.engine_alone") for what
    says how logs are to be read: the tables have been made already."""
    from toolkit.sitestats.adapters.engines import HERE
    from toolkit.sitestats.service.conversion import goal_of
    from toolkit.sitestats.service.engines import report_by

    others = {"--format": given["name"], "--site": given["host"], "--from-collector": given["collected"]}
    unfit = next((option for option, value in others.items() if value), places[0] if places else "")
    if unfit or not given["data"]:
        raise UsageError("sitestats.engine_alone", value=unfit or given["engine"])
    return report_by(
        given["engine"] or HERE,
        given["data"],
        filters=filters_of(given),
        top=given["top"] or ROWS_IN_JSON,
        zone=given["tz"],
        usual=app.settings.timezone,
        previous=given["previous"],
        page=given["html"] is not None,
        goals=[goal_of(text) for text in given["goals"]],
    )


def _write_page(app: App, path: Path, outcome: Outcome[Report]) -> None:
    from toolkit.pages.page import write_page
    from toolkit.sitestats.views import page as pages

    write_page(path, pages.page(outcome.data, app.messages))
    done = Outcome({"file": str(path)}, outcome.problems, outcome.status, outcome.exit, outcome.notes)
    app.say(done, pages.written)
