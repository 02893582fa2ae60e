"""`import`, `merge`, `banks`: statements into the book, typed entries joined with the bank's, known layouts."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.core.errors import InputError, UsageError
from toolkit.expenses.cli.opening import known_to, open_sorter, open_store
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Command, Group
from toolkit.shell.params import EXISTING_FILE, TEXT, csv_option, today_option, yes_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from toolkit.core.outcome import Outcome, Problem
    from toolkit.expenses.book import ExpenseBook
    from toolkit.expenses.book.proofs import Proofs
    from toolkit.expenses.model import Account
    from toolkit.expenses.service.importing import Importer, Preview
    from toolkit.expenses.service.merging import Merger
    from toolkit.expenses.statements import Field, OwnLayout, Statement
    from toolkit.sheets.model import Workbook
    from toolkit.store.store import Store

PAIR: Final = click.IntRange(1, 999_999_999)
_COLUMN_OPTIONS: Final[tuple[tuple[Field, str], ...]] = (
    ("day", "Cột ngày giao dịch."),
    ("description", "Cột nội dung."),
    ("debit", "Cột tiền ra, khi ra và vào ở hai cột."),
    ("credit", "Cột tiền vào, khi ra và vào ở hai cột."),
    ("amount", "Cột số tiền, khi chỉ có một cột."),
    ("direction", "Cột cho biết tiền ra hay vào, khi số tiền không có dấu."),
    ("balance", "Cột số dư sau giao dịch; có cột này thì từng dòng được kiểm tra."),
    ("reference", "Cột mã giao dịch."),
)


@dataclass(frozen=True)
class Desk:
    """What statements need of the member's book."""

    store: Store
    book: ExpenseBook
    proofs: Proofs
    importer: Importer
    merger: Merger


def _column_options(command: Any) -> Any:
    for name, says in reversed(_COLUMN_OPTIONS):
        command = click.option(f"--{name}-column", f"{name}_column", type=TEXT, metavar="CỘT", help=says)(command)
    return command


@click.command(
    "import",
    cls=Command,
    examples=[
        ("toolkit expenses import sao-ke-thang-11.xlsx --dry-run", "Xem trước, chưa ghi gì"),
        ("toolkit expenses import vcb.xlsx momo.csv", "Nhập hai sao kê, nối các lần chuyển giữa hai tài khoản"),
        ("toolkit expenses import saoke.csv --account Vietcombank", "Tệp không ghi là của ngân hàng nào"),
        (
            'toolkit expenses import saoke.csv --account BIDV --day-column "Ngay GD" --amount-column "Phat sinh"',
            "Ngân hàng chưa biết: cho biết cột nào là gì, lần sau tự nhớ",
        ),
    ],
)
@click.argument("files", type=EXISTING_FILE, nargs=-1, required=True, metavar="TỆP...")
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi.")
@click.option("--account", type=TEXT, metavar="TÊN", help="Sao kê của tài khoản nào, ví dụ Vietcombank, MoMo.")
@click.option("--sheet", type=TEXT, metavar="TRANG", help="Chỉ đọc trang tính này.")
@click.option("--encoding", metavar="MÃ", help="Bảng mã của tệp chữ, ví dụ utf-8, cp1258, tcvn3.")
@_column_options
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), metavar="KIỂU",
              help="Ngày viết ngày/tháng/năm (dmy) hay tháng/ngày/năm (mdy).")  # fmt: skip
@click.option("--remember", type=TEXT, metavar="TÊN", help="Tên để nhớ cách đọc này; không ghi thì lấy tên tài khoản.")
@today_option
@yes_option
@csv_option
@pass_app
def import_(app: App, files: tuple[Path, ...], *, dry_run: bool, **given: Any) -> None:
    """Nhập sao kê ngân hàng và ví (csv, xls, xlsx): xem trước, hỏi lại, rồi ghi. Nhập lại không bị trùng."""
    from toolkit.expenses.service.importing import nothing_new, refused
    from toolkit.expenses.views import statements as views

    with open_statements(app) as desk, nullcontext() if dry_run else desk.store.hold("toolkit expenses import"):
        workbooks, problems = _read_all(app, files, given["encoding"])
        if any(_is_own(one) for one in workbooks):
            _restore(app, desk, workbooks, dry_run=dry_run)
            return
        outcome = _plan(app, desk, workbooks, problems, given)
        preview = outcome.data
        if dry_run:
            app.say(outcome, views.spreadsheet if app.say.format == "csv" else views.full_plan, as_json=views.plan_json)
            return
        if app.say.format == "person":
            app.say(outcome, views.plan)
        if not preview.writes:
            done = nothing_new(preview)
        elif not app.ask.confirm(Words("expenses.ask_import", n=preview.writes)):
            done = refused(preview)
        else:
            with app.say.progress(preview.writes, Words("expenses.writing_lines")) as bar:
                done = desk.importer.apply(preview, bar.advance)
        twins = len(desk.merger.proposals()) if done.data.run else 0
    if app.say.format != "person":
        done = replace(done.with_problems(*outcome.problems), notes=(*outcome.notes, *done.notes))
    elif outcome.problems:
        done = replace(done, status="partial")
    app.say(done, views.imported(twins), as_json=views.imported_json(twins))


@click.command(
    "merge",
    cls=Command,
    examples=[
        ("toolkit expenses merge", "Xem và gộp từng cặp: khoản bạn đã ghi tay và dòng của sao kê"),
        ("toolkit expenses merge --accept 12", "Gộp khoản số 12 với dòng sao kê của nó"),
        ("toolkit expenses merge --skip 12", "Khoản số 12 là khoản khác, không gộp"),
        ("toolkit expenses merge --all", "Gộp mọi cặp được đề nghị"),
    ],
)
@click.option("--accept", type=PAIR, multiple=True, metavar="SỐ", help="Gộp khoản ghi tay này; ghi nhiều lần được.")
@click.option("--skip", type=PAIR, multiple=True, metavar="SỐ", help="Khoản này không phải cùng một khoản.")
@click.option("--all", "everything", is_flag=True, help="Gộp mọi cặp được đề nghị.")
@today_option
@csv_option
@pass_app
def merge(app: App, accept: tuple[int, ...], skip: tuple[int, ...], *, everything: bool) -> None:
    """Gộp khoản đã ghi tay với dòng sao kê của cùng số tiền ấy: giữ lời bạn ghi, giữ bằng chứng của ngân hàng."""
    from toolkit.core.outcome import Outcome
    from toolkit.expenses.views import statements as views

    with open_statements(app) as desk:
        found = desk.merger.proposals()
        if not (accept or skip or everything):
            if not found or not app.ask.is_possible:
                app.say(Outcome(desk.merger.listing(found)), views.twins, as_json=views.twins_json)
                return
            accept, skip = _ask_each(app, desk.merger, found)
        chosen = {one.typed.id for one in found} - set(skip) if everything else set(accept)
        outcome = desk.merger.settle(found, chosen, set(skip))
    app.say(outcome, views.merged, as_json=views.merged_json)


@click.group(
    "banks",
    cls=Group,
    examples=[
        ("toolkit expenses banks list", "Sao kê của những nơi nào đọc được ngay"),
        ("toolkit expenses banks forget BIDV", "Bỏ một cách đọc bạn đã chỉ"),
    ],
)
def banks() -> None:
    """Sao kê của ngân hàng và ví nào đã biết cách đọc."""


@banks.command("list", examples=[("toolkit expenses banks list", "Các ngân hàng, ví, và các cách đọc của riêng bạn")])
@csv_option
@pass_app
def list_(app: App) -> None:
    """Xem các ngân hàng, ví đã biết, và các cách đọc bạn đã chỉ."""
    from toolkit.core.outcome import Outcome
    from toolkit.expenses.statements import known_layouts
    from toolkit.expenses.views import statements as views

    with open_statements(app) as desk:
        own = desk.proofs.layouts()
    app.say(Outcome((known_layouts(), own)), views.layouts, as_json=views.layouts_json)


@banks.command("forget", examples=[("toolkit expenses banks forget BIDV", "Bỏ cách đọc tên BIDV")])
@click.argument("name", type=TEXT, metavar="TÊN")
@pass_app
def forget(app: App, name: str) -> None:
    """Bỏ một cách đọc bạn đã chỉ. Các khoản đã nhập vẫn giữ nguyên."""
    from toolkit.expenses.views import statements as views

    with open_statements(app) as desk:
        app.say(desk.importer.forget(name), views.forgotten, as_json=views.forgotten_json)


@contextmanager
def open_statements(app: App) -> Iterator[Desk]:
    """The member's book with what reads statements. Raises StoreError."""
    from toolkit.expenses.book import ExpenseBook
    from toolkit.expenses.book.proofs import Proofs
    from toolkit.expenses.service.importing import Importer
    from toolkit.expenses.service.merging import Merger

    with open_store(app) as store:
        book, proofs = ExpenseBook(store), Proofs(store)
        known = known_to(app, book)
        importer = Importer(book, proofs, app.clock, known, open_sorter(app, book))
        yield Desk(store, book, proofs, importer, Merger(book, proofs, app.clock, known))


def _read_all(app: App, files: Sequence[Path], encoding: str | None) -> tuple[list[Workbook], list[Problem]]:
    """The files that can be read; of several, one that can't doesn't stop the others."""
    from toolkit.sheets.read import read_workbook

    workbooks, problems = [], []
    for file in dict.fromkeys(files):
        with app.say.progress(None, Words("expenses.reading_file", file=file.name)) as bar:
            try:
                workbooks.append(read_workbook(file, encoding=encoding, progress=lambda *_: bar.advance(1000)))
            except InputError as error:
                if len(files) == 1:
                    raise
                problems.append(error.problem)
    return workbooks, problems


def _plan(
    app: App, desk: Desk, workbooks: Sequence[Workbook], problems: list[Problem], given: dict[str, Any]
) -> Outcome[Preview]:
    statements: list[tuple[Statement, Account]] = []
    keep: list[OwnLayout] = []
    for workbook in workbooks:
        try:
            statements.append(_statement(app, desk, workbook, given, keep))
        except InputError as error:
            if len(workbooks) + len(problems) == 1:
                raise
            problems.append(error.problem)
    total = sum(len(statement.lines) for statement, _ in statements)
    with app.say.progress(total, Words("expenses.sorting_lines")) as bar:
        outcome = desk.importer.plan(statements, keep, bar.advance)
    return outcome.with_problems(*problems) if problems else outcome


def _statement(
    app: App, desk: Desk, workbook: Workbook, given: dict[str, Any], keep: list[OwnLayout]
) -> tuple[Statement, Account]:
    """One file, with what the member says of it on the command line, or when asked."""
    from toolkit.expenses.cli.explaining import ask_account, ask_columns
    from toolkit.expenses.service.importing import AccountUnknownError
    from toolkit.expenses.statements import OwnLayout, UnknownStatementError
    from toolkit.expenses.statements.finding import Ways

    columns: dict[str, Field] = {
        given[f"{name}_column"]: name for name, _ in _COLUMN_OPTIONS if given[f"{name}_column"]
    }
    account = given["account"] or ""
    ways = Ways(columns, given["date_order"], given["sheet"] or "")
    try:
        found = desk.importer.statement(workbook, ways=ways, account=account)
    except UnknownStatementError as error:
        if columns or not app.ask.is_possible:
            raise
        columns = ask_columns(app, error)
        account = account or ask_account(app, workbook.file)
        found = desk.importer.statement(workbook, ways=replace(ways, columns=columns), account=account)
    except AccountUnknownError as error:
        if not app.ask.is_possible:
            raise
        account = ask_account(app, error.statement.file)
        found = desk.importer.statement(workbook, ways=ways, account=account)
    if columns:
        name = given["remember"] or found[1].label or found[1].id
        keep.append(OwnLayout(name, columns, found[1].id, given["date_order"] or "dmy"))
    elif given["remember"]:
        raise UsageError("expenses.statement_nothing_to_remember", value=given["remember"])
    return found


def _is_own(workbook: Workbook) -> bool:
    from toolkit.expenses.statements.own_table import is_own_table

    return is_own_table(workbook)


def _restore(app: App, desk: Desk, workbooks: Sequence[Workbook], *, dry_run: bool) -> None:
    """The program's own tables: entries as they were."""
    from toolkit.expenses.service.restoring import Restorer
    from toolkit.expenses.views import statements as views

    if not all(map(_is_own, workbooks)):
        raise UsageError("expenses.import_mixed")
    restorer = Restorer(desk.book, app.clock)
    outcome = restorer.plan(workbooks)
    if not dry_run and outcome.data.new:
        agreed = app.ask.confirm(Words("expenses.ask_restore", n=outcome.data.new))
        if agreed:
            outcome = restorer.apply(outcome)
    app.say(outcome, views.restored, as_json=views.restored_json)


def _ask_each(app: App, merger: Merger, found: Sequence[Any]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """One question a pair; an empty answer leaves it for another time."""
    from toolkit.expenses.views import statements as views

    accept: list[int] = []
    skip: list[int] = []
    choices = [Words(f"expenses.twins_{answer}") for answer in ("same", "different", "later")]
    for one in found:
        question = views.twins_question(merger.listing([one]))
        chosen = app.ask.choose(question, choices, flag="--accept", default=2)
        if chosen == 0:
            accept.append(one.typed.id)
        elif chosen == 1:
            skip.append(one.typed.id)
        elif chosen is None:
            break
    return tuple(accept), tuple(skip)
