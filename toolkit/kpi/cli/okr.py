"""`okr`: objectives with key results from → to."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.core.errors import InputError, UsageError
from toolkit.kpi.cli.choosing import one_text
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import NUMBER, as_of_option, engagement_option, plain_option
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import COMING_PERIOD, PAST_DAY, TEXT, csv_option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from toolkit.core.dates import Period
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.okr import Figure
    from toolkit.kpi.service.okrs import Okrs

# "điểm hài lòng từ 8 lên 9,5": what is measured, from, to.
_FROM_TO: Final = re.compile(
    r"(?P<text>.{1,150}?)[ ,:]{1,3}(?:từ|tu|from) (?P<start>[^ ]{1,20}(?: [^ ]{1,8})?) "
    r"(?:lên|len|đến|den|tới|toi|xuống|xuong|về|ve|còn|con|to|->|→) (?P<goal>[^ ]{1,20}(?: [^ ]{1,8})?)",
    re.IGNORECASE,
)


@click.group(
    "okr",
    cls=Group,
    invoke_without_command=True,
    examples=[
        ("toolkit kpi okr", "Các mục tiêu lớn và từng kết quả đang ở đâu"),
        ('toolkit kpi okr add "Khách tin mình hơn" --period "quý 4"', "Đặt một mục tiêu lớn"),
        ('toolkit kpi okr result add 1 "điểm hài lòng từ 8 lên 9,5"', "Thêm một kết quả đo được"),
        ("toolkit kpi okr update 1 8,7", "Kết quả số 1 hôm nay là 8,7"),
    ],
)
@click.option("--all", "everything", is_flag=True, help="Kể cả những mục tiêu đã khép lại.")
@plain_option
@as_of_option
@csv_option
@click.pass_context
def okr(ctx: click.Context, everything: bool, plain: bool) -> None:
    """Mục tiêu lớn (OKR) với từng kết quả đo được, từ đâu đến đâu."""
    if ctx.invoked_subcommand is None:
        app = ctx.ensure_object(App)
        app.ready()
        _list(app, everything=everything, plain=plain)


@contextmanager
def _okrs(app: App) -> Iterator[Okrs]:
    from toolkit.kpi.book.figures import SqlLedger
    from toolkit.kpi.service.okrs import Okrs

    with open_book(app) as book:
        yield Okrs(book, app.clock, SqlLedger(book.read()))


def _list(app: App, *, everything: bool, plain: bool) -> None:
    from toolkit.kpi.views import okrs as views

    with _okrs(app) as okrs:
        outcome = okrs.listing(everything=everything)
    app.say(outcome, views.listing(app.say.out.width, app.clock.today().year, plain=plain), as_json=views.listing_json)


def _say(app: App, outcome: Any) -> None:
    from toolkit.kpi.views import okrs as views

    app.say(outcome, views.changed(app.clock.today().year), as_json=views.changed_json)


@okr.command(
    "list",
    examples=[("toolkit kpi okr list --all", "Mọi mục tiêu lớn, kể cả đã khép lại")],
)
@click.option("--all", "everything", is_flag=True, help="Kể cả những mục tiêu đã khép lại.")
@plain_option
@as_of_option
@csv_option
@pass_app
def list_(app: App, everything: bool, plain: bool) -> None:
    """Xem các mục tiêu lớn."""
    _list(app, everything=everything, plain=plain)


@okr.command(examples=[("toolkit kpi okr show 1", "Mục tiêu số 1 và từng kết quả")])
@click.argument("number", type=NUMBER, metavar="SỐ")
@plain_option
@as_of_option
@csv_option
@pass_app
def show(app: App, number: int, plain: bool) -> None:
    """Xem một mục tiêu lớn."""
    from toolkit.kpi.views import okrs as views

    with _okrs(app) as okrs:
        outcome = okrs.show(number)
    app.say(outcome, views.one(app.say.out.width, app.clock.today().year, plain=plain), as_json=views.one_json)


@okr.command(
    examples=[
        ('toolkit kpi okr add "Khách tin mình hơn" --period "quý 4"', "Đặt một mục tiêu lớn cho quý 4"),
    ],
)
@click.argument("words", nargs=-1, required=True, type=TEXT, metavar="MỤC-TIÊU…")
@click.option(
    "--period", type=COMING_PERIOD, metavar="KỲ", help="Trong kỳ nào, ví dụ quý 4, 2026-12; không ghi thì quý này."
)
@engagement_option
@as_of_option
@pass_app
def add(app: App, words: tuple[str, ...], period: Period | None, engagement: str) -> None:
    """Đặt một mục tiêu lớn."""
    from toolkit.core.dates.periods import quarter_of
    from toolkit.kpi.book.figures import SqlLedger
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.service.okrs import Okrs

    with open_book(app) as book:
        several = len(book.engagements()) > 1
        chosen = [engagement_of(book, engagement)] if engagement or several else []
        okrs = Okrs(book, app.clock, SqlLedger(book.read()))
        outcome = okrs.add(one_text(words), period or quarter_of(app.clock.today()), chosen)
    _say(app, outcome)


@okr.command(
    examples=[
        ('toolkit kpi okr edit 1 --title "Khách quay lại nhiều hơn"', "Nói lại cho rõ"),
        ('toolkit kpi okr edit 1 --period "quý 1/2027"', "Dời sang kỳ khác; các kết quả giữ nguyên"),
    ],
)
@click.argument("number", type=NUMBER, metavar="SỐ")
@click.option("--title", type=TEXT, metavar="CHỮ", help="Lời mới của mục tiêu.")
@click.option("--period", type=COMING_PERIOD, metavar="KỲ", help="Kỳ mới.")
@as_of_option
@pass_app
def edit(app: App, number: int, title: str | None, period: Period | None) -> None:
    """Sửa lời hay kỳ của một mục tiêu lớn."""
    if title is None and period is None:
        raise UsageError("kpi.objective_nothing_to_edit", id=number)
    with _okrs(app) as okrs:
        outcome = okrs.edit(number, text=title, period=period)
    _say(app, outcome)


@okr.command(
    examples=[
        ("toolkit kpi okr close 1", "Khép lại, đến đâu ghi đến đó"),
        ('toolkit kpi okr close 1 --note "chuyển sang bán sỉ"', "Kèm một dòng cho sau này"),
    ],
)
@click.argument("number", type=NUMBER, metavar="SỐ")
@click.option("--note", type=TEXT, default="", metavar="CHỮ", help="Một dòng để nhớ.")
@click.option("--day", type=PAST_DAY, help="Ngày nào (không ghi thì hôm nay).")
@as_of_option
@pass_app
def close(app: App, number: int, note: str, day: date | None) -> None:
    """Khép lại một mục tiêu lớn, đến đâu ghi đến đó."""
    with _okrs(app) as okrs:
        outcome = okrs.close(number, day, note)
    _say(app, outcome)


@okr.command(examples=[("toolkit kpi okr reopen 1", "Tiếp tục mục tiêu số 1")])
@click.argument("number", type=NUMBER, metavar="SỐ")
@as_of_option
@pass_app
def reopen(app: App, number: int) -> None:
    """Tiếp tục một mục tiêu đã khép lại."""
    with _okrs(app) as okrs:
        outcome = okrs.reopen(number)
    _say(app, outcome)


@okr.command(
    context_settings={"ignore_unknown_options": True},  # a figure may be below nothing: -5
    examples=[
        ("toolkit kpi okr update 1 8,7", "Kết quả số 1 hôm nay là 8,7"),
        ('toolkit kpi okr update 1 8,5 --day "hôm qua" --note "khảo sát nhóm"', "Của hôm qua, kèm ghi chú"),
    ],
)
@click.argument("number", type=NUMBER, metavar="SỐ")
@click.argument("value", type=TEXT, metavar="GIÁ-TRỊ")
@click.option("--day", type=PAST_DAY, help="Của ngày nào (không ghi thì hôm nay).")
@click.option("--note", type=TEXT, default="", metavar="CHỮ", help="Ghi chú.")
@as_of_option
@pass_app
def update(app: App, number: int, value: str, day: date | None, note: str) -> None:
    """Ghi một kết quả đang ở đâu."""
    figure = figure_given(value)
    with _okrs(app) as okrs:
        outcome = okrs.update(number, figure, day, note)
    _say(app, outcome)


@okr.command(
    examples=[
        ("toolkit kpi okr link 2 repeat_share", "Kết quả số 2 tự theo tỉ lệ khách quay lại"),
        ("toolkit kpi okr link 2 --off", "Thôi tự theo; lại ghi bằng tay"),
    ],
)
@click.argument("number", type=NUMBER, metavar="SỐ")
@click.argument("metric", type=TEXT, required=False, metavar="[CHỈ-SỐ]")
@click.option("--off", is_flag=True, help="Thôi tự theo chỉ số.")
@as_of_option
@pass_app
def link(app: App, number: int, metric: str | None, off: bool) -> None:
    """Để một kết quả tự theo một chỉ số của sổ bán hàng."""
    if off == (metric is not None):
        raise UsageError("kpi.link_metric_or_off", id=number)
    with _okrs(app) as okrs:
        outcome = okrs.link(number, _metric(okrs.book, metric) if metric else "")
    _say(app, outcome)


@okr.group(
    "result",
    cls=Group,
    examples=[
        ('toolkit kpi okr result add 1 "điểm hài lòng từ 8 lên 9,5"', "Thêm một kết quả vào mục tiêu số 1"),
    ],
)
def result() -> None:
    """Kết quả của một mục tiêu lớn: thêm, bỏ."""


@result.command(
    "add",
    examples=[
        ('toolkit kpi okr result add 1 "điểm hài lòng từ 8 lên 9,5"', "Từ đâu đến đâu, viết ngay trong câu"),
        ('toolkit kpi okr result add 1 "khách quay lại" --from 20% --to 35% --metric repeat_share',
         "Tự theo một chỉ số của sổ bán hàng"),
        ('toolkit kpi okr result add 1 "số đơn bị trả" --from 9 --to 4', "Giảm xuống cũng được"),
    ],
)  # fmt: skip
@click.argument("number", type=NUMBER, metavar="SỐ-MỤC-TIÊU")
@click.argument("words", nargs=-1, required=True, type=TEXT, metavar="KẾT-QUẢ…")
@click.option("--from", "start", type=TEXT, metavar="SỐ", help="Bắt đầu từ bao nhiêu; không ghi thì từ 0.")
@click.option("--to", "goal", type=TEXT, metavar="SỐ", help="Muốn đến bao nhiêu.")
@click.option(
    "--metric", type=TEXT, default="", metavar="CHỈ-SỐ", help="Tự theo chỉ số này, ví dụ revenue, repeat_share."
)
@as_of_option
@pass_app
def result_add(
    app: App, number: int, *, words: tuple[str, ...], start: str | None, goal: str | None, metric: str
) -> None:
    """Thêm một kết quả đo được, từ đâu đến đâu."""
    text = one_text(words)
    if goal is None:
        said = _FROM_TO.fullmatch(text)
        if said is None or start is not None:
            raise UsageError("kpi.result_needs_goal", value=text, id=number)
        text, start, goal = said["text"].strip(), said["start"], said["goal"]
    first, last = figure_given(start) if start else None, figure_given(goal)
    with _okrs(app) as okrs:
        outcome = okrs.add_result(number, text, first, last, _metric(okrs.book, metric) if metric else "")
    _say(app, outcome)


@result.command("drop", examples=[("toolkit kpi okr result drop 3", "Kết quả số 3 không tính nữa")])
@click.argument("number", type=NUMBER, metavar="SỐ")
@as_of_option
@pass_app
def result_drop(app: App, number: int) -> None:
    """Bỏ một kết quả: không tính nữa, những gì đã ghi vẫn còn."""
    with _okrs(app) as okrs:
        outcome = okrs.drop(number)
    _say(app, outcome)


def _metric(book: KpiBook, text: str) -> str:
    """The id of the figure that `text` names, by id or by name in either language. InputError."""
    from toolkit.kpi.cli.targets import metric_names
    from toolkit.kpi.service.drafts import find_metric
    from toolkit.kpi.service.targets import metrics_of

    return find_metric(text, metrics_of(book), metric_names(book)).id


def figure_given(text: str) -> Figure:
    """A figure as it was typed. InputError where it isn't exactly one."""
    from toolkit.kpi.okr import read_figure

    readings = read_figure(text)
    if readings.value is None:
        raise InputError(readings.code, None, value=text, **readings.params)
    return readings.value
