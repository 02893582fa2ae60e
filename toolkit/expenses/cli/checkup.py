"""The expenses' doctor: arguments in, one verb, one thing said."""

from __future__ import annotations

from contextlib import nullcontext

import click

from toolkit.expenses.cli.opening import open_book, open_sorter
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Command


@click.command(
    cls=Command,
    examples=[
        ("toolkit expenses doctor", "Xem sổ thu chi và mô hình xếp loại có ổn không"),
    ],
)
@pass_app
def doctor(app: App) -> None:
    """Xem sổ thu chi đã sẵn sàng chưa: mô hình, sổ cái, khoản chờ; thiếu gì thì chỉ bước tiếp theo."""
    from toolkit.expenses.service.checkup import look
    from toolkit.shell.checkup import report_view

    with open_book(app) if app.paths.database.exists() else nullcontext() as book:
        outcome = look(book, open_sorter(app, book), app.settings.expenses.account)
    app.say(outcome, report_view(lambda name: Words(f"expenses.check_{name}")))
