"""`undo`, `edit`, `delete`, `fix`: setting right what is in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from toolkit.core.errors import ConflictError, InputError, UsageError
from toolkit.expenses.cli.opening import open_book, open_desk
from toolkit.expenses.cli.params import CATEGORY, ENTRY_ID
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import PAST_DAY, TEXT, csv_option, today_option

if TYPE_CHECKING:
    from toolkit.core.money import Money
    from toolkit.expenses.cli.opening import Desk
    from toolkit.expenses.model import Entry


@click.command(
    cls=Command,
    examples=[
        ("toolkit expenses undo", "Hoàn tác việc vừa làm"),
        ("toolkit expenses undo --list", "Xem các lần ghi gần đây"),
        ("toolkit expenses undo 12", "Hoàn tác riêng lần ghi số 12"),
    ],
)
@click.argument("run", type=ENTRY_ID, metavar="[SỐ]", required=False)
@click.option("--list", "listing", is_flag=True, help="Chỉ xem các lần ghi gần đây, không hoàn tác.")
@today_option
@csv_option
@pass_app
def undo(app: App, run: int | None, listing: bool) -> None:
    """Đưa sổ về đúng như trước lần ghi, sửa, xóa hay nhập gần nhất. Gõ lại thì lùi thêm một lần."""
    from toolkit.expenses.service.looking import runs
    from toolkit.expenses.service.recording import Recorder
    from toolkit.expenses.views import receipt as receipts
    from toolkit.expenses.views import runs as views

    with open_book(app) as book:
        if listing:
            width = app.say.out.width if app.say.format == "person" else None
            app.say(runs(book), views.runs(width), as_json=views.runs_json)
            return
        outcome = Recorder(book, app.clock, _known(app, book)).undo(run)
    app.say(outcome, receipts.undone, as_json=receipts.undone_json)


@click.command(
    cls=Command,
    examples=[
        ("toolkit expenses edit 12 --amount 54k", "Sửa số tiền của khoản số 12"),
        ('toolkit expenses edit 12 --day "hôm qua" --person Lan', "Sửa ngày và người"),
        ('toolkit expenses edit 12 "ăn bún 54k hôm qua"', "Ghi lại cả câu"),
    ],
)
@click.argument("entry_id", type=ENTRY_ID, metavar="SỐ")
@click.argument("words", nargs=-1, metavar="[CÂU…]")
@click.option("--amount", metavar="TIỀN", help="Số tiền mới, ví dụ 54k.")
@click.option("--day", type=PAST_DAY, help="Ngày, ví dụ hôm qua, 12/11.")
@click.option("--category", type=CATEGORY, metavar="LOẠI", help="Loại; muốn máy nhớ cho lần sau thì dùng lệnh fix.")
@click.option(
    "--kind", type=TEXT, metavar="CHIỀU", help="Chiều tiền: chi, thu, cho vay, đi vay, trả nợ, thu nợ, chuyển."
)
@click.option("--person", type=TEXT, metavar="TÊN", help="Người; để trống '' là bỏ.")
@click.option("--account", type=TEXT, metavar="VÍ", help="Ví hoặc tài khoản đã trả hay nhận.")
@click.option("--to", "counter", type=TEXT, metavar="VÍ", help="Khoản chuyển: ví nhận.")
@click.option("--note", type=TEXT, metavar="CHỮ", help="Nội dung hiện trong danh sách.")
@today_option
@pass_app
def edit(app: App, entry_id: int, words: tuple[str, ...], **given: Any) -> None:
    """Sửa một khoản: từng phần bằng tùy chọn, hoặc gõ lại cả câu."""
    from toolkit.expenses.views import receipt as views

    with open_desk(app) as desk:
        entry = desk.book.entry(entry_id)
        fields = _reread(desk, " ".join(words), entry) if words else {}
        fields |= _given(desk, given, entry)
        if not fields:
            raise UsageError("expenses.nothing_to_edit", id=entry_id)
        outcome = desk.recorder.edit(entry, **fields)
    app.say(outcome, views.receipt, as_json=views.receipt_json)


@click.command(
    cls=Command,
    examples=[
        ("toolkit expenses delete 12", "Xóa khoản số 12"),
        ("toolkit expenses delete 12 13", "Xóa hai khoản"),
    ],
)
@click.argument("entry_ids", type=ENTRY_ID, nargs=-1, required=True, metavar="SỐ…")
@today_option
@pass_app
def delete(app: App, entry_ids: tuple[int, ...]) -> None:
    """Xóa khoản khỏi sổ. Xóa nhầm thì: toolkit expenses undo"""
    from toolkit.expenses.service.recording import Recorder
    from toolkit.expenses.views import receipt as views

    with open_book(app) as book:
        entries = [book.entry(entry_id) for entry_id in dict.fromkeys(entry_ids)]
        outcome = Recorder(book, app.clock, _known(app, book)).delete(entries)
    app.say(outcome, views.receipt, as_json=views.receipt_json)


@click.command(
    cls=Command,
    examples=[
        ("toolkit expenses fix 12 --category housing", "Khoản số 12 thuộc Nhà ở; lần sau máy nhớ"),
        ('toolkit expenses fix 12 --category "đi chợ" --all', "Sửa cả những khoản cùng tên đã ghi"),
    ],
)
@click.argument("entry_id", type=ENTRY_ID, metavar="SỐ")
@click.option(
    "--category",
    type=CATEGORY,
    required=True,
    metavar="LOẠI",
    help="Loại đúng; xem tên bằng: toolkit expenses categories.",
)
@click.option("--all", "everywhere", is_flag=True, help="Sửa luôn các khoản cùng nội dung đã ghi trước đây.")
@today_option
@pass_app
def fix(app: App, entry_id: int, category: str, everywhere: bool) -> None:
    """Sửa loại của một khoản; cụm từ ấy và cụm gần giống từ nay theo loại này."""
    from toolkit.expenses.service.recording import Recorder
    from toolkit.expenses.views import receipt as views
    from toolkit.expenses.views.naming import known_category

    with open_book(app) as book:
        known = _known(app, book)
        entry = book.entry(entry_id)
        chosen = known_category(category, known.categories)
        outcome = Recorder(book, app.clock, known).fix(entry, chosen, everywhere=everywhere)
    app.say(outcome, views.receipt, as_json=views.receipt_json)


def amount_given(text: str, currency: str = "VND") -> Money:
    """An amount as an option has it. InputError saying why it can't be read, or that it has several readings."""
    from toolkit.core.money import parse_amount

    readings = parse_amount(text, bare="thousands", currency=currency)
    if readings.value is not None and readings.value.amount > 0:
        return readings.value
    raise InputError(readings.code or "expenses.amount_unclear", None, value=text, **readings.params)


def _known(app: App, book: Any) -> Any:
    from toolkit.expenses.cli.opening import known_to

    return known_to(app, book)


def _given(desk: Desk, given: dict[str, Any], entry: Entry) -> dict[str, Any]:
    """The fields that options name."""
    from toolkit.expenses.views.naming import kind_named, known_account, known_category

    fields: dict[str, Any] = {}
    if given["amount"] is not None:
        money = amount_given(given["amount"], entry.currency)
        fields |= {"amount": money.amount, "currency": money.currency}
    if given["day"] is not None:
        if given["day"] > desk.clock.today():
            raise UsageError("expenses.day_ahead", value=f"{given['day']:%d/%m/%Y}")
        fields["day"] = given["day"]
    if given["kind"] is not None:
        fields["kind"] = kind_named(given["kind"])
        if desk.known.kind_of(entry.category) is not fields["kind"] and given["category"] is None:
            fields["category"] = desk.understanding.sort(entry.core, frozenset({fields["kind"]})).category
    if given["category"] is not None:
        fields["category"] = known_category(given["category"], desk.known.categories)
    for name in ("account", "counter"):
        if given[name] is not None:
            fields[name] = known_account(given[name], desk.known.accounts).id
    for name in ("person", "note"):
        if given[name] is not None:
            fields[name] = given[name]
    return fields


def _reread(desk: Desk, text: str, entry: Entry) -> dict[str, Any]:
    """The fields of an entry that a new sentence says. ConflictError where it isn't exactly one certain entry."""
    understood = desk.understanding.of(text)
    if len(understood.proposals) == 1:
        (proposal,) = understood.proposals
        if proposal.money is not None:
            draft = proposal.draft(understood.text, proposal.money)
            names = ("day", "kind", "category", "amount", "currency", "account", "counter", "person", "note")
            more = ("sentence", "core", "needs_confirm", "confidence", "doubts")
            return {name: getattr(draft, name) for name in (*names, *more)}
    raise ConflictError("expenses.edit_needs_one", value=text, n=len(understood.proposals), id=entry.id)
