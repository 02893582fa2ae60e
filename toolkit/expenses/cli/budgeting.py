"""`budget`: set, take away, status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.core.errors import InputError, UsageError
from toolkit.expenses.cli.opening import open_book
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import COMING_PERIOD, PERIOD, TEXT, csv_option, today_option

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.core.dates.periods import Period
    from toolkit.core.readings import Readings
    from toolkit.core.workdays import WorkCalendar
    from toolkit.expenses.budgets import Rollover
    from toolkit.expenses.categories import Category

ROLLOVERS: Final = ("none", "left", "both")
WORK_WEEKS: Final = ("5", "5.5", "6", "7")
_MOST_WORDS: Final = 20  # of a name and an amount; more are a slip of pasting


@click.group(
    "budget",
    cls=Group,
    examples=[
        ("toolkit expenses budget set food 3tr", "Dự định mỗi tháng ăn ngoài 3 triệu"),
        ("toolkit expenses budget status", "Xem tháng này đã chi đến đâu"),
    ],
)
def budget() -> None:
    """Ngân sách mỗi tháng: đặt, đổi, xem còn bao nhiêu."""


def month_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """From which month on, or which month alone."""
    command = click.option(
        "--from", "since", type=COMING_PERIOD, help="Từ tháng nào trở đi; không ghi thì từ tháng này."
    )(command)
    return click.option("--month", "only", type=COMING_PERIOD, help="Chỉ riêng tháng này, các tháng khác giữ như cũ.")(
        command
    )


@budget.command(
    "set",
    examples=[
        ("toolkit expenses budget set food 3tr", "Mỗi tháng ăn ngoài 3 triệu, từ tháng này"),
        ("toolkit expenses budget set ăn uống 5 triệu", "Cả nhóm Ăn uống 5 triệu; tên có dấu hay không đều được"),
        ("toolkit expenses budget set total 12tr --month 2026-12", "Mọi khoản chi, riêng tháng 12"),
        ("toolkit expenses budget set education 1tr --rollover left", "Phần chưa dùng được chuyển sang tháng sau"),
    ],
)
@click.argument("words", nargs=-1, required=True, type=TEXT, metavar="LOẠI SỐ-TIỀN")
@month_options
@click.option(
    "--rollover", type=click.Choice(ROLLOVERS), metavar="KIỂU",
    help="Chuyển sang tháng sau: none (không), left (phần còn lại), both (cả phần chi quá).",
)  # fmt: skip
@today_option
@pass_app
def set_(
    app: App, words: tuple[str, ...], only: Period | None, since: Period | None, rollover: Rollover | None
) -> None:
    """Đặt ngân sách cho một loại, một nhóm, hay mọi khoản chi (total).

    Đặt lại lúc nào cũng được, cao hơn hay thấp hơn.
    """
    from toolkit.expenses.service.budgeting import categories_of, set_budget
    from toolkit.expenses.views import budgets as views

    month = _month(app, only, since)
    with open_book(app) as book:
        categories = categories_of(book)
        scope, amount = _scope_and_amount(app, words, _labels(app, categories), categories)
        outcome = set_budget(book, app.clock, scope, amount, month, standing=only is None, rollover=rollover)
    app.say(outcome, views.changed, as_json=views.changed_json)


@budget.command(
    "remove",
    examples=[
        ("toolkit expenses budget remove food", "Từ tháng này không còn ngân sách ăn ngoài"),
        ("toolkit expenses budget remove food --month 2026-12", "Riêng tháng 12 thì không"),
    ],
)
@click.argument("words", nargs=-1, required=True, type=TEXT, metavar="LOẠI")
@month_options
@today_option
@pass_app
def remove_(app: App, words: tuple[str, ...], only: Period | None, since: Period | None) -> None:
    """Bỏ một ngân sách. Các khoản đã ghi không thay đổi."""
    from toolkit.expenses.service.budgeting import categories_of, remove_budget
    from toolkit.expenses.views import budgets as views

    month = _month(app, only, since)
    with open_book(app) as book:
        categories = categories_of(book)
        labels, standing = _labels(app, categories), book.limits().scopes(month.start)
        text = " ".join(words)
        with_budget = _read_scope(text, [{one: names[one] for one in standing if one in names} for names in labels])
        scope = with_budget.value or _scope(app, text, labels, categories)
        outcome = remove_budget(book, app.clock, scope, month, standing=only is None)
    app.say(outcome, views.changed, as_json=views.changed_json)


@budget.command(
    "status",
    examples=[
        ("toolkit expenses budget status", "Tháng này đã chi bao nhiêu, còn bao nhiêu"),
        ("toolkit expenses budget status --month 10", "Tháng 10"),
        ("toolkit expenses budget status --workweek 6", "Tính nhịp theo ngày làm việc, tuần làm sáu ngày"),
    ],
)
@click.option("--month", type=PERIOD, help="Tháng nào, ví dụ 10, 2026-10, tháng trước; không ghi thì tháng này.")
@click.option(
    "--workweek", type=click.Choice(WORK_WEEKS), metavar="SỐ-NGÀY",
    help="Tính nhịp theo ngày làm việc (trừ ngày lễ): tuần làm 5, 5.5, 6 hay 7 ngày.",
)  # fmt: skip
@click.option("--plain", is_flag=True, help="Chỉ chữ và số, không vẽ thanh.")
@today_option
@csv_option
@pass_app
def status_(app: App, month: Period | None, workweek: str | None, plain: bool) -> None:
    """Xem từng ngân sách của một tháng: đã chi, còn lại, mỗi ngày được bao nhiêu."""
    from toolkit.expenses.service.budgeting import budget_status
    from toolkit.expenses.views import budgets as views

    chosen = _one_month(app, month)
    with open_book(app) as book:
        outcome = budget_status(book, app.clock, chosen, _calendar(workweek, chosen))
    width = app.say.out.width
    view = views.spreadsheet if app.say.format == "csv" else views.statuses(width, plain=plain)
    app.say(outcome, view, as_json=views.statuses_json)


def _labels(app: App, categories: Mapping[str, Category]) -> list[dict[str, str]]:
    """The names that a budget may be called by: in the member's language, else in another one."""
    from toolkit.expenses.views.budgets import scope_labels
    from toolkit.shell.messages import LANGUAGES, Messages

    languages = sorted(LANGUAGES, key=lambda lang: lang != app.messages.lang)
    return [scope_labels(categories, Messages(lang)) for lang in languages]


def _read_scope(text: str, labels: Sequence[Mapping[str, str]]) -> Readings[str]:
    from toolkit.expenses.budgets import scope_named

    readings = [scope_named(text, names) for names in labels]
    return next((found for found in readings if found), readings[0])


def _scope(app: App, text: str, labels: Sequence[Mapping[str, str]], categories: Mapping[str, Category]) -> str:
    """The scope that `text` names. UsageError naming the scopes that it could be, or one that is written like it."""
    from toolkit.expenses.budgets import same_scope
    from toolkit.expenses.views.naming import category_named
    from toolkit.shell.nearest import nearest

    readings = _read_scope(text, labels)
    if readings.value is not None:
        return readings.value
    if readings:
        same = same_scope(readings.values, categories)
        if same is not None:
            return same
        shown = [_told(app, scope, labels[0], categories) for scope in readings.values]
        raise UsageError(readings.code, value=text, readings=" / ".join(shown))
    if category_named(text, categories):
        raise UsageError("expenses.scope_not_spent", value=text)
    near = nearest(text, [*labels[0], *labels[0].values()], most=1)
    if near:
        raise UsageError("expenses.scope_mistyped", value=text, near=near[0])
    raise UsageError("expenses.scope_unknown", value=text)


def _told(app: App, scope: str, names: Mapping[str, str], categories: Mapping[str, Category]) -> str:
    """A scope as one of several: `housing (nhà ở)`, `home (nhà ở, điện nước, mạng)`."""
    held = [one.id for one in categories.values() if one.parent == scope and one.id in names]
    return app.messages.text("expenses.scope_one_of", id=scope, label="; ".join(names[one] for one in held or [scope]))


def _scope_and_amount(
    app: App, words: Sequence[str], labels: Sequence[Mapping[str, str]], categories: Mapping[str, Category]
) -> tuple[str, int]:
    """`ăn uống 5 triệu`: the last words that are an amount, and what stands before them."""
    from toolkit.core.money import parse_amount

    words = " ".join(words).split()
    if len(words) < 2:
        raise UsageError("expenses.budget_needs_both", value=" ".join(words))
    cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, min(len(words), _MOST_WORDS))]
    named = [cut for cut in cuts if _read_scope(cut[0], labels)]
    scope, written = next((cut for cut in named if parse_amount(cut[1])), (named or cuts)[-1])
    chosen = _scope(app, scope, labels, categories)
    amount = parse_amount(written, bare="thousands")
    if not amount.certain:
        raise InputError(amount.code, None, value=written, **amount.params)
    money = amount.value
    if money is None or money.currency != "VND" or money.amount <= 0:
        raise InputError("expenses.budget_amount", value=written)
    return chosen, money.amount


def _month(app: App, only: Period | None, since: Period | None) -> Period:
    if only is not None and since is not None:
        raise UsageError("expenses.budget_two_months")
    return _one_month(app, only or since)


def _one_month(app: App, given: Period | None) -> Period:
    from toolkit.core.dates.periods import month_of

    if given is None:
        return month_of(app.clock.today())
    if given.kind != "month":
        raise UsageError("expenses.not_a_month", value=str(given))
    return given


def _calendar(workweek: str | None, month: Period) -> WorkCalendar | None:
    if workweek is None:
        return None
    from toolkit.core.dates.lunar import LunarError
    from toolkit.core.workdays import WEEKS, WorkCalendar, public_holidays

    calendar = WorkCalendar(WEEKS[workweek])
    try:
        public_holidays(month.start.year)
    except LunarError as refused:
        raise UsageError("expenses.no_holidays_known", value=str(month.start.year)) from refused
    return calendar
