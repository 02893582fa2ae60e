"""`commission plan`: add, list, show, revise, drop, template."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.core.errors import InputError, UsageError
from toolkit.core.outcome import Outcome, Place
from toolkit.kpi.cli.commission import dong
from toolkit.kpi.cli.opening import open_book
from toolkit.kpi.cli.params import NUMBER, as_of_option, engagement_option, plain_anyway
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Verbatim, Words
from toolkit.shell.group import Group
from toolkit.shell.params import DAY, TEXT, csv_option, yes_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from toolkit.kpi.commission.grammar import PlanReading
    from toolkit.kpi.commission.plans import Every, Plan, Version

EVERY: Final = ("week", "month", "quarter", "year")
BASES: Final = ("revenue", "received", "units")
REFUNDS: Final = ("claw_back", "own_period", "none")
DATES: Final = ("ordered", "completed", "paid")
_MOST_BYTES: Final = 1_000_000  # of a plan's file


@click.group(
    "plan",
    cls=Group,
    examples=[
        ('toolkit kpi commission plan add "3% đến 50tr, 5% đến 100tr, 8% trở lên"', "Ba bậc theo doanh số tháng"),
        (
            'toolkit kpi commission plan revise 1 "4% doanh số" --from 2027-01-01',
            "Đổi từ ngày 1/1, trước đó giữ nguyên",
        ),
    ],
)
def plan() -> None:
    """Chính sách hoa hồng: ghi bằng một câu hay một tệp, xem, đổi, bỏ."""


def terms_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What may be said beside the line."""
    options = [
        click.option("--marginal", "mode", flag_value="marginal", help="Bậc tính từng phần: phần nào theo bậc ấy."),
        click.option("--retroactive", "mode", flag_value="retroactive", help="Bậc tính cả doanh số theo bậc đạt được."),
        click.option("--base", type=click.Choice(BASES),
                     help="Tính trên doanh số (revenue), tiền đã thu (received), số lượng (units)."),
        click.option("--refunds", type=click.Choice(REFUNDS),
                     help="Hàng hoàn: thu lại phần đã hưởng (claw_back), trừ vào kỳ hoàn (own_period), không (none)."),
        click.option("--counts-on", type=click.Choice(DATES),
                     help="Tính theo ngày đặt (ordered), hoàn thành (completed), thanh toán (paid)."),
        click.option("--cap", type=TEXT, default="", metavar="TIỀN", help="Mỗi kỳ nhiều nhất."),
        click.option("--floor", type=TEXT, default="", metavar="TIỀN", help="Mỗi kỳ ít nhất."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@plan.command(
    "add",
    examples=[
        ('toolkit kpi commission plan add "3% đến 50tr, 5% đến 100tr, 8% trở lên"', "Ba bậc theo doanh số tháng"),
        (
            'toolkit kpi commission plan add "lương cứng 5tr, 2% doanh số, phụ kiện 10%, tái mua thêm 1%"',
            "Nhiều quy tắc",
        ),
        (
            'toolkit kpi commission plan add "đạt 80% thưởng 6tr, 100% 10tr, chỉ tiêu 120tr"',
            "Thưởng theo mức hoàn thành",
        ),
        ("toolkit kpi commission plan add chinh-sach.toml", "Cả chính sách từ một tệp; xem: plan template"),
    ],
)
@click.argument("words", nargs=-1, required=True, metavar="CÂU|TỆP.toml")
@terms_options
@click.option("--from", "since", type=DAY, help="Có hiệu lực từ ngày nào; không ghi thì từ đầu.")
@click.option(
    "--every", type=click.Choice(EVERY), help="Tính theo tuần (week), tháng (month), quý (quarter), năm (year)."
)
@click.option(
    "--rounding", type=click.IntRange(1, 1_000_000), metavar="SỐ", help="Tổng của kỳ làm tròn đến mấy đồng, mặc định 1."
)
@click.option("--label", type=TEXT, default="", metavar="TÊN", help="Tên của chính sách.")
@engagement_option
@yes_option
@as_of_option
@pass_app
def add(app: App, words: tuple[str, ...], since: date | None, every: Every | None, **given: Any) -> None:
    """Ghi một chính sách: bằng một câu, hay bằng một tệp. Hiện lại cách hiểu để bạn xem trước khi ghi."""
    from toolkit.kpi.commission.plans import Plan
    from toolkit.kpi.service.commission import add_plan
    from toolkit.kpi.service.finding import engagement_of
    from toolkit.kpi.views import commission as views

    text = " ".join(words)
    mode_given = True
    if text.lower().endswith(".toml"):
        made = _from_file(app, Path(text))
        made = replace(made, engagement=given["engagement"] or made.engagement, label=given["label"] or made.label,
                       every=every or made.every, rounding=given["rounding"] or made.rounding)  # fmt: skip
    else:
        reading = _read(app, text, given)
        mode_given = reading.mode_given
        version = _with_options(reading.version(since), given)
        made = Plan(
            0, given["engagement"], every or reading.every or "month", (version,), given["label"],
            given["rounding"] or 1,
        )  # fmt: skip
    with open_book(app) as book:
        if made.engagement or len(book.engagements()) > 1:
            made = replace(made, engagement=engagement_of(book, made.engagement))
        if not _agreed(app, made.versions[-1], made.every, mode_given=mode_given):
            app.say.note("kpi.plan_not_kept")
            return
        outcome = add_plan(book, app.clock, made)
    app.say(outcome, views.changed, as_json=views.changed_json)


@plan.command("list", examples=[("toolkit kpi commission plan list", "Mọi chính sách đang có")])
@click.option("--all", "dropped", is_flag=True, help="Cả những chính sách đã bỏ.")
@plain_anyway
@as_of_option
@csv_option
@pass_app
def list_(app: App, dropped: bool) -> None:
    """Xem mọi chính sách hoa hồng."""
    from toolkit.kpi.service.commission import plans
    from toolkit.kpi.views import commission as views

    with open_book(app) as book:
        outcome = plans(book, app.clock.today(), dropped=dropped)
    app.say(outcome, views.listing, as_json=views.plans_json)


@plan.command("show", examples=[("toolkit kpi commission plan show 1", "Chính sách số 1 với mọi lần đổi")])
@click.argument("number", type=NUMBER, metavar="SỐ")
@plain_anyway
@as_of_option
@pass_app
def show(app: App, number: int) -> None:
    """Xem một chính sách với mọi lần đổi."""
    from toolkit.kpi.service.commission import chosen
    from toolkit.kpi.views import commission as views

    with open_book(app) as book:
        found = chosen(book, number)
    app.say(Outcome(found), views.told, as_json=views.plan_json)


@plan.command(
    "revise",
    examples=[
        ('toolkit kpi commission plan revise 1 "4% doanh số" --from 2027-01-01', "Từ 1/1; trước đó giữ nguyên"),
        ("toolkit kpi commission plan revise 1 --retroactive --from 2026-01-01", "Giữ các quy tắc, đổi cách tính bậc"),
    ],
)
@click.argument("number", type=NUMBER, metavar="SỐ")
@click.argument("words", nargs=-1, metavar="[CÂU]")
@click.option("--from", "since", type=DAY, help="Từ ngày nào; không ghi thì từ hôm nay.")
@terms_options
@yes_option
@as_of_option
@pass_app
def revise(app: App, number: int, words: tuple[str, ...], since: date | None, **given: Any) -> None:
    """Đổi chính sách từ một ngày; những ngày trước vẫn tính như cũ. Điều gì không nhắc đến thì giữ nguyên."""
    from toolkit.kpi.commission.plans import in_mode
    from toolkit.kpi.service.commission import chosen, revise_plan
    from toolkit.kpi.views import commission as views

    start = since or app.clock.today()
    with open_book(app) as book:
        before = chosen(book, number)
        like = before.version_on(start) or before.versions[-1]
        version, mode_given = replace(like, start=start), True
        if words:
            reading = _read(app, " ".join(words), given)
            if reading.every is not None and reading.every != before.every:
                raise UsageError("kpi.plan_every_fixed", value=reading.every)
            version, mode_given = reading.version(start, like), reading.mode_given
        elif given["mode"]:
            version = replace(version, rules=tuple(in_mode(rule, given["mode"]) for rule in version.rules))
        version = _with_options(version, given)
        if not _agreed(app, version, before.every, mode_given=mode_given):
            app.say.note("kpi.plan_not_kept")
            return
        outcome = revise_plan(book, app.clock, number, version)
    app.say(outcome, views.changed, as_json=views.changed_json)


@plan.command(
    "drop",
    examples=[
        ("toolkit kpi commission plan drop 1 --from 2027-01-01", "Hết hiệu lực từ 1/1; các kỳ trước vẫn xem được"),
        ("toolkit kpi commission plan drop 1", "Bỏ hẳn; hoàn tác được"),
    ],
)
@click.argument("number", type=NUMBER, metavar="SỐ")
@click.option("--from", "since", type=DAY, help="Hết hiệu lực từ ngày này; không ghi thì bỏ hẳn.")
@as_of_option
@pass_app
def drop(app: App, number: int, since: date | None) -> None:
    """Cho một chính sách hết hiệu lực từ một ngày, hay bỏ hẳn."""
    from toolkit.kpi.service.commission import end_plan
    from toolkit.kpi.views import commission as views

    with open_book(app) as book:
        outcome = end_plan(book, app.clock, number, since)
    app.say(outcome, views.changed, as_json=views.changed_json)


@plan.command(
    "template",
    examples=[("toolkit kpi commission plan template > chinh-sach.toml", "Tệp mẫu có lời giải thích từng dòng")],
)
@pass_app
def template(app: App) -> None:
    """In tệp mẫu của một chính sách, có lời giải thích từng dòng."""
    from importlib.resources import files

    text = files("toolkit.kpi.commission").joinpath("template.toml").read_text(encoding="utf-8")
    app.say(Outcome({"toml": text}), lambda data: [Verbatim(data["toml"])])


def _read(app: App, text: str, given: dict[str, Any]) -> PlanReading:
    """The line, understood. InputError naming the first clause that isn't."""
    from toolkit.kpi.commission.grammar import read_plan

    reading = read_plan(text, today=app.clock.today(), mode=given["mode"])
    if reading.doubts:
        doubt = reading.doubts[0]
        raise InputError(doubt.code, None, value=str(doubt.params.get("clause", text[:80])), **doubt.params)
    return reading


def _with_options(version: Version, given: dict[str, Any]) -> Version:
    cap = dong(given["cap"], "--cap") if given["cap"] else version.cap
    floor = dong(given["floor"], "--floor") if given["floor"] else version.floor
    if cap is not None and floor is not None and cap < floor:
        raise UsageError("kpi.commission_cap_below_floor", value=given["cap"] or given["floor"])
    return replace(
        version, base=given["base"] or version.base, refunds=given["refunds"] or version.refunds,
        date=given["counts_on"] or version.date, cap=cap, floor=floor,
    )  # fmt: skip


def _from_file(app: App, path: Path) -> Plan:
    from toolkit.kpi.commission.plan_file import plan_from_toml
    from toolkit.shell.params import EXISTING_FILE

    EXISTING_FILE.convert(str(path), None, click.get_current_context())
    place = Place(file=path.name)
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise InputError("kpi.plan_file_too_long", place)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise InputError("shell.file_unreadable", place) from error
    except UnicodeDecodeError as error:
        raise InputError("kpi.plan_file_not_text", place) from error
    return plan_from_toml(text, file=path.name, today=app.clock.today())


def _agreed(app: App, version: Version, every: Every, *, mode_given: bool) -> bool:
    """Show what was understood; whether the member wants it so. Who can't be asked has undo."""
    from toolkit.kpi.views.commission import drafted

    app.say.talk(*drafted(version, every, mode_given=mode_given))
    return not app.ask.is_possible or app.ask.confirm(Words("kpi.plan_ask"))
