"""`export`: sales as the program's own table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.core.errors import UsageError
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import as_of_option, engagement_option
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import PERIOD

if TYPE_CHECKING:
    from toolkit.core.dates import Period
    from toolkit.sheets.write import TableKind

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    "export",
    cls=Command,
    examples=[
        ("toolkit kpi export ban-hang.csv", "Ghi mọi lần bán ra tệp CSV; nhập lại tệp ấy không đổi gì"),
        ("toolkit kpi export --xlsx ban-hang.xlsx --period 2026-11", "Chỉ tháng 11, ra tệp Excel"),
        ("toolkit kpi export", "In CSV ra màn hình"),
    ],
)
@click.argument("file", type=_FILE, required=False, metavar="[TỆP]")
@click.option("--csv", "csv_file", type=_FILE, metavar="TỆP", help="Ghi ra tệp CSV này.")
@click.option("--xlsx", "xlsx_file", type=_FILE, metavar="TỆP", help="Ghi ra tệp Excel này.")
@click.option("--period", type=PERIOD, help="Chỉ những lần bán trong kỳ này, ví dụ 2026-11.")
@engagement_option
@as_of_option
@pass_app
def export(app: App, file: Path | None, period: Period | None, **given: Any) -> None:
    """Ghi các lần bán và hoàn tiền ra tệp CSV hoặc Excel; phần giấu giữa %% không ra khỏi máy."""
    from toolkit.core.outcome import Outcome
    from toolkit.kpi.service.exporting import csv_text, table_of, write_to
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.views import importing as views

    named = [one for one in (file, given["csv_file"], given["xlsx_file"]) if one is not None]
    if len(named) > 1:
        raise UsageError("kpi.export_one_file", value=str(named[1]))
    with open_book(app) as book:
        engagements = (engagement_of(book, given["engagement"]),) if given["engagement"] else ()
        since, until = (period.start, period.end) if period is not None else (None, None)
        table = table_of(book, since, until, engagements)
    if not named:
        if app.say.format == "json":
            app.say(Outcome(table), as_json=views.own_table_json)
        else:
            app.say.raw(csv_text(table))
        return
    kind: TableKind | None = "csv" if given["csv_file"] else "xlsx" if given["xlsx_file"] else None
    app.say(write_to(named[0], table, kind), views.written, as_json=views.written_json)
