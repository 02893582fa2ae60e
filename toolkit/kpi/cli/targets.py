"""`target`: add, list, show, revise, drop."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import click

from toolkit.core.errors import InputError, UsageError
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import TARGET_ID, as_of_option, plain_anyway
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import COMING_PERIOD, PAST_DAY, TEXT, csv_option, yes_option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from toolkit.core.dates.periods import Period
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import MetricDef, Shape
    from toolkit.kpi.service.drafts import Choose
    from toolkit.shell.messages import Messages

SHAPES: Final = ("working_days", "calendar_days", "end")


@click.group(
    "target",
    cls=Group,
    examples=[
        ('toolkit kpi target add "doanh số 120tr tháng 11"', "Đặt một mục tiêu bằng câu nói thường"),
        ("toolkit kpi target revise 1 --amount 100tr", "Đổi mục tiêu, cao hơn hay thấp hơn đều được"),
    ],
)
def target() -> None:
    """Mục tiêu của bạn: đặt, xem, đổi, bỏ."""


@target.command(
    "add",
    examples=[
        ('toolkit kpi target add "doanh số 120tr tháng 11"', "Đặt một mục tiêu bằng câu nói thường"),
        ("toolkit kpi target add --metric orders --amount 40 --period 2026-11", "Bốn mươi đơn trong tháng 11"),
        (
            "toolkit kpi target add --metric revenue --amount 300tr --start 2026-10-01 --end 2027-01-01",
            "Từ 1/10 đến hết 31/12; ngày sau --end không tính",
        ),
    ],
)
@click.argument("words", nargs=-1, type=TEXT, metavar="[CÂU]")
@click.option("--metric", type=TEXT, default="", help="Chỉ số: revenue, orders …; xem toolkit kpi metric list")
@click.option("--amount", type=TEXT, default="", help="Bao nhiêu: 120tr, 40, 30%.")
@click.option("--period", type=COMING_PERIOD, help="Kỳ nào: 2026-11, quý 4, tuần này.")
@click.option("--start", type=PAST_DAY, help="Từ ngày nào, thay cho --period.")
@click.option("--end", type=TEXT, default="", metavar="NGÀY", help="Đến trước ngày này: ngày ấy không tính.")
@click.option("--engagement", type=TEXT, multiple=True, metavar="NƠI", help="Tính cho nơi nào; gõ nhiều lần để gộp.")
@click.option("--imposed-by", type=TEXT, default="", metavar="AI", help="Ai giao mục tiêu này; không ghi là của bạn.")
@click.option("--weight", type=TEXT, default="", help="Trọng số so với các mục tiêu khác, mặc định 1.")
@click.option("--shape", type=click.Choice(SHAPES), help="Đầy dần theo ngày làm (working_days), mọi ngày, hay cuối kỳ.")
@click.option("--label", type=TEXT, default="", help="Tên riêng cho mục tiêu này.")
@as_of_option
@yes_option
@pass_app
def add(  # noqa: PLR0917 - click gives every option by name
    app: App, words: tuple[str, ...], metric: str, amount: str, period: Period | None, start: date | None, end: str,
    engagement: tuple[str, ...], imposed_by: str, weight: str, shape: Shape | None, label: str,
) -> None:  # fmt: skip
    """Đặt một mục tiêu, bằng một câu hay bằng từng tùy chọn. Ngày đầu có tính, --end thì không."""
    from toolkit.kpi.service.drafts import TargetWishes, draft_target
    from toolkit.kpi.service.targets import add_target
    from toolkit.kpi.views import targets as views

    wishes = TargetWishes(
        " ".join(words), metric, amount, _days(app, period, start, end), engagement, imposed_by,
        _number(weight, "--weight") if weight else None, shape, label,
    )  # fmt: skip
    with open_book(app) as book:
        made, own, notes = draft_target(book, app.clock.today(), wishes, metric_names(book), _asking(app))
        outcome = replace(add_target(book, app.clock, made, metric=own), notes=notes)
    app.say(outcome, views.decided, as_json=views.decided_json)


@target.command(
    "list",
    examples=[
        ("toolkit kpi target list", "Mọi mục tiêu, cả những mục tiêu sắp tới và đã kết thúc"),
        ("toolkit kpi target list --all", "Cả những mục tiêu đã bỏ"),
    ],
)
@click.option("--all", "dropped", is_flag=True, help="Cả những mục tiêu đã bỏ.")
@plain_anyway
@as_of_option
@csv_option
@pass_app
def list_(app: App, dropped: bool) -> None:
    """Xem mọi mục tiêu."""
    from toolkit.kpi.service.standing import statuses
    from toolkit.kpi.views import targets as views
    from toolkit.kpi.views.overview import overview_json

    with open_book(app) as book:
        outcome = statuses(book, app.clock.today(), dropped=dropped)
    view = views.spreadsheet if app.say.format == "csv" else views.listing(app.say.out.width)
    app.say(outcome, view, as_json=overview_json)


@target.command("show", examples=[("toolkit kpi target show 1", "Mục tiêu số 1 với những lần đã đổi")])
@click.argument("number", type=TARGET_ID, metavar="SỐ")
@plain_anyway
@as_of_option
@pass_app
def show(app: App, number: int) -> None:
    """Xem một mục tiêu: kỳ, số, những lần đã đổi."""
    from toolkit.kpi.service.targets import tell_target
    from toolkit.kpi.views import targets as views

    with open_book(app) as book:
        outcome = tell_target(book, number, app.clock.today())
    app.say(outcome, views.story, as_json=views.story_json)


@target.command(
    "revise",
    examples=[
        ("toolkit kpi target revise 1 --amount 100tr", "Từ hôm nay mục tiêu là 100 triệu"),
        ("toolkit kpi target revise 1 --amount 100tr --from 2026-11-16", "Từ ngày 16/11"),
    ],
)
@click.argument("number", type=TARGET_ID, metavar="SỐ")
@click.option("--amount", type=TEXT, required=True, help="Mục tiêu mới, cao hơn hay thấp hơn.")
@click.option("--from", "since", type=PAST_DAY, help="Từ ngày nào; không ghi thì từ hôm nay.")
@click.option("--note", type=TEXT, default="", help="Vì sao, để sau này còn nhớ.")
@as_of_option
@pass_app
def revise(app: App, number: int, amount: str, since: date | None, note: str) -> None:
    """Đổi một mục tiêu từ một ngày trở đi. Phần trước ngày ấy giữ như cũ, lịch sử còn nguyên."""
    from toolkit.kpi.service.drafts import read_amount
    from toolkit.kpi.service.targets import metrics_of, revise_target
    from toolkit.kpi.views import targets as views

    with open_book(app) as book:
        metric = metrics_of(book).get(book.target(number).metric)
        wanted = read_amount(amount, metric.unit if metric else "number")
        outcome = revise_target(book, app.clock, number, wanted, since=since, note=note)
    app.say(outcome, views.decided, as_json=views.decided_json)


@target.command("drop", examples=[("toolkit kpi target drop 1", "Bỏ mục tiêu số 1; toolkit kpi undo lấy lại")])
@click.argument("number", type=TARGET_ID, metavar="SỐ")
@as_of_option
@pass_app
def drop(app: App, number: int) -> None:
    """Bỏ một mục tiêu. Nó vẫn còn trong sổ (target list --all), và undo lấy lại được."""
    from toolkit.kpi.service.targets import drop_target
    from toolkit.kpi.views import targets as views

    with open_book(app) as book:
        outcome = drop_target(book, app.clock, number)
    app.say(outcome, views.decided, as_json=views.decided_json)


def metric_names(book: KpiBook) -> Mapping[str, tuple[str, ...]]:
    """What each metric may be called: in both languages, and by the member."""
    from toolkit.kpi.service.targets import metrics_of
    from toolkit.shell.messages import LANGUAGES, Messages

    spoken = [Messages(lang) for lang in LANGUAGES]
    return {id_: _names(metric, spoken) for id_, metric in metrics_of(book).items()}


def _asking(app: App) -> Choose:
    """Asks at a terminal which reading is meant; says nothing where nobody is there, so that the readings are named.
    Nor with --yes: no reading is safer than another."""
    from toolkit.kpi.views.targets import reading_words
    from toolkit.shell.blocks import Words

    flags = {"kpi.ask_target_engagement": "--engagement", "kpi.ask_target_period": "--period"}

    def choose(question: str, readings: Sequence[object]) -> int | None:
        if app.ask.yes or not app.ask.is_possible:
            return None
        options = [reading_words(reading) for reading in readings]
        return app.ask.choose(Words(question), options, flag=flags.get(question, "--amount"))

    return choose


def _names(metric: MetricDef, spoken: list[Messages]) -> tuple[str, ...]:
    if metric.label:
        return (metric.label,)
    code = f"kpi.metric_{metric.id}"
    return tuple(messages.text(code) for messages in spoken if messages.knows(code))


def _days(app: App, period: Period | None, start: date | None, end: str) -> tuple[date, date] | None:
    if period is not None:
        if start is not None or end:
            raise UsageError("kpi.period_and_days")
        return period.start, period.end
    if start is None and not end:
        return None
    if start is None or not end:
        raise UsageError("kpi.period_half")
    from toolkit.shell.params import read_day

    return start, read_day(end, app, look="forward", name="--end")


def _number(text: str, name: str) -> Fraction:
    plain = text.replace(",", ".")
    if not (plain.isascii() and len(plain) <= 9 and plain.replace(".", "", 1).isdigit() and plain[:1] != "."):
        raise InputError("kpi.not_a_number", value=text, name=name)
    return Fraction(plain)
