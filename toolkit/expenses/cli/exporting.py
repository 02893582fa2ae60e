"""`export`: the book for hledger, beancount, a spreadsheet, another machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.core.errors import UsageError
from toolkit.expenses.cli.opening import open_book
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import PAST_DAY, PERIOD, TEXT, today_option

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.dates import Period
    from toolkit.expenses.book import Filter


@click.command(
    "export",
    cls=Command,
    examples=[
        ("toolkit expenses export so-thu-chi.xlsx", "Mọi khoản, ra một bảng tính"),
        ("toolkit expenses export thang-10.csv --month 10", "Riêng tháng 10; tệp này nhập lại được, không mất gì"),
        ("toolkit expenses export --to hledger so.journal", "Sổ kép cho hledger"),
        ("toolkit expenses export --to beancount", "Sổ kép cho beancount, in ra màn hình"),
    ],
)
@click.argument("file", type=click.Path(path_type=Path), metavar="[TỆP]", required=False)
@click.option("--to", type=click.Choice(["hledger", "beancount", "csv", "xlsx"]), metavar="KIỂU",
              help="hledger, beancount, csv hay xlsx; không ghi thì theo đuôi tệp.")  # fmt: skip
@click.option("--month", type=PERIOD, help="Chỉ tháng này (hay tuần, quý, năm), ví dụ 10, 2026-10, năm nay.")
@click.option("--from", "since", type=PAST_DAY, help="Từ ngày này.")
@click.option("--until", type=PAST_DAY, help="Đến hết ngày này.")
@click.option("--account", type=TEXT, metavar="TÊN", help="Chỉ các khoản của tài khoản này.")
@today_option
@pass_app
def export(app: App, file: Path | None, **given: Any) -> None:
    """Xuất sổ ra tệp cho bảng tính, hledger hay beancount. Phần giấu trong %% … %% không bao giờ được xuất."""
    from toolkit.expenses.service.exporting import Exporter
    from toolkit.expenses.views import exporting as views

    to = _kind(file, given["to"])
    with open_book(app) as book:
        chosen = _chosen(given, book.accounts())
        labels = views.labels(app.messages, book.accounts(), {one.id: one for one in book.categories()})
        outcome = Exporter(book, labels).export(to, chosen, file)
    app.say(outcome, views.exported, as_json=views.exported_json)


def _kind(file: Path | None, to: str | None) -> Any:
    from toolkit.expenses.service.exporting import ENDINGS

    if to is None:
        to = ENDINGS.get(file.suffix.lower()) if file is not None else None
        if to is None:
            raise UsageError("expenses.export_kind", value=str(file) if file else None)
    if file is None and to in ("csv", "xlsx"):
        raise UsageError("expenses.export_needs_file", to=to)
    return to


def _chosen(given: dict[str, Any], accounts: Any) -> Filter:
    from datetime import timedelta

    month: Period | None = given["month"]
    since: date | None = given["since"]
    until: date | None = given["until"]
    if month is not None and (since or until):
        raise UsageError("expenses.export_two_periods")
    if since and until and until < since:
        raise UsageError("expenses.ends_before_it_begins", value=f"{until:%d/%m/%Y}", start=f"{since:%d/%m/%Y}")
    if month is not None:
        return _filter(month.start, month.end, given, accounts)
    return _filter(since, until + timedelta(days=1) if until else None, given, accounts)


def _filter(since: date | None, end: date | None, given: dict[str, Any], accounts: Any) -> Filter:
    from toolkit.expenses.book import Filter
    from toolkit.expenses.views.naming import known_account

    account = known_account(given["account"], accounts).id if given["account"] else ""
    return Filter(since, end, account=account)
