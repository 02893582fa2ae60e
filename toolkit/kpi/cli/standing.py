"""`toolkit kpi` itself, `status` and `why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import TARGET_ID, as_of_option, plain_anyway, plain_option
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import csv_option

if TYPE_CHECKING:
    from toolkit.core.outcome import Outcome
    from toolkit.kpi.service.standing import Overview


def say_overview(app: App, *, plain: bool) -> None:
    """What `toolkit kpi` says: the running targets."""
    from toolkit.kpi.service.standing import overview

    app.ready()
    with open_book(app) as book:
        outcome = overview(book, app.clock.today())
    _say(app, outcome, plain=plain)


@click.command(
    "status",
    cls=Command,
    examples=[
        ("toolkit kpi status", "Mọi mục tiêu đang ở đâu"),
        ("toolkit kpi status 1 --as-of 2026-11-20", "Mục tiêu số 1, như vào cuối ngày 20/11"),
        ("toolkit kpi status --json", "Cho chương trình khác đọc"),
    ],
)
@click.argument("numbers", nargs=-1, type=TARGET_ID, metavar="[SỐ…]")
@plain_option
@as_of_option
@csv_option
@pass_app
def status(app: App, numbers: tuple[int, ...], plain: bool) -> None:
    """Xem các mục tiêu đang ở đâu: đã có, nhịp, mỗi ngày cần bao nhiêu, dự báo."""
    from toolkit.kpi.service.standing import statuses

    with open_book(app) as book:
        outcome = statuses(book, app.clock.today(), numbers)
    _say(app, outcome, plain=plain)


@click.command(
    "why",
    cls=Command,
    examples=[
        ("toolkit kpi why", "Từng con số của mục tiêu đang chạy được tính ra sao"),
        ("toolkit kpi why 2", "Của mục tiêu số 2"),
    ],
)
@click.argument("number", type=TARGET_ID, metavar="[SỐ]", required=False)
@plain_anyway
@as_of_option
@pass_app
def why(app: App, number: int | None) -> None:
    """Xem từng con số của một mục tiêu được tính ra sao: đơn nào tính, đơn nào không, ngày nào nghỉ."""
    from toolkit.kpi.service.reasons import reasons
    from toolkit.kpi.views import why as views

    with open_book(app) as book:
        outcome = reasons(book, number, app.clock.today())
    app.say(outcome, views.explanation(app.say.out.width), as_json=views.explanation_json)


def _say(app: App, outcome: Outcome[Overview], *, plain: bool) -> None:
    from toolkit.kpi.views import overview as views

    if app.say.format == "csv":
        from toolkit.kpi.views.targets import spreadsheet

        app.say(outcome, spreadsheet)
    else:
        app.say(outcome, views.lines(app.say.out.width, plain=plain), as_json=views.overview_json)
