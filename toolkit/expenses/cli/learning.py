"""`why`, `train`, `evaluate`: what the sorting rests on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from toolkit.core.errors import UsageError
from toolkit.expenses.cli.opening import open_book, open_sorter
from toolkit.expenses.cli.params import ENTRY_ID
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Command
from toolkit.shell.params import csv_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.expenses.service.learning import Learning


@click.command(
    cls=Command,
    examples=[
        ("toolkit expenses why 12", "Vì sao khoản số 12 vào loại ấy"),
    ],
)
@click.argument("entry_id", type=ENTRY_ID, metavar="SỐ")
@csv_option
@pass_app
def why(app: App, entry_id: int) -> None:
    """Xem những chữ nào khiến máy xếp một khoản vào loại của nó."""
    from toolkit.expenses.service.learning import why as asked
    from toolkit.expenses.views import learning as views

    with open_book(app) as book:
        own = {category.id: category for category in book.categories()}
        outcome = asked(book.entry(entry_id), open_sorter(app, book), own)
    app.say(outcome, views.why, as_json=views.why_json)


@click.command(
    cls=Command,
    examples=[
        ("toolkit expenses train --personal", "Luyện thêm bằng những lần bạn đã sửa loại"),
        ("toolkit expenses train --forget", "Dùng lại mô hình đi kèm; các lần sửa vẫn còn"),
    ],
)
@click.option(
    "--personal", is_flag=True, help="Mô hình riêng của bạn: mô hình đi kèm học thêm các lần bạn sửa; vài giây."
)
@click.option("--forget", is_flag=True, help="Bỏ mô hình riêng, dùng lại mô hình đi kèm.")
@pass_app
def train(app: App, personal: bool, forget: bool) -> None:
    """Luyện mô hình xếp loại từ các cụm từ đã gắn nhãn.

    Với --personal, mô hình đi kèm học thêm những lần bạn sửa loại; mô hình ấy chỉ nằm trên máy bạn và không đi theo bản
    xuất nào. Không ghi gì thì luyện lại mô hình đi kèm, chỉ trong bản mã nguồn.
    """
    from toolkit.expenses.views import learning as views

    if personal and forget:
        raise UsageError("expenses.train_or_forget")
    learning = _learning(app)
    if forget:
        app.say(learning.forget_personal(), views.forgotten, as_json=views.forgotten_json)
        return
    if not personal:
        with _told(app) as told:
            outcome = learning.train_shipped(told)
    else:
        with open_book(app) as book:
            lessons = book.lessons()
        with _told(app) as told:
            outcome = learning.train_personal(lessons, told)
    app.say(outcome, views.trained, as_json=views.trained_json)


@click.command(
    cls=Command,
    examples=[
        ("toolkit expenses evaluate", "Mô hình đang dùng đúng bao nhiêu phần trăm"),
        ("toolkit expenses evaluate --compare", "So với các cách làm khác (lâu, chỉ trong bản mã nguồn)"),
    ],
)
@click.option(
    "--compare", is_flag=True, help="Chạy thêm các cách làm khác để so; lần đầu rất lâu, dừng rồi chạy tiếp được."
)
@csv_option
@pass_app
def evaluate(app: App, compare: bool) -> None:
    """Đo mô hình đang dùng trên cụm từ và câu của hai người mà lúc luyện không ai xem."""
    from toolkit.expenses.views import learning as views

    learning = _learning(app)
    if compare:
        with _told(app) as told:
            outcome = learning.compare(told)
    else:
        outcome = learning.evaluate()
    app.say(outcome, views.evaluation, as_json=views.evaluation_json)


def _learning(app: App) -> Learning:
    from toolkit.expenses.service.learning import Learning

    return Learning(app.paths.personal_model)


@contextmanager
def _told(app: App) -> Iterator[Callable[[int, int], None]]:
    """What a long verb tells how far it is; shown as progress."""
    with app.say.progress(None, Words("expenses.training")) as bar:

        def told(done: int, of: int) -> None:
            del of
            bar.advance(done - bar.done)

        yield told
