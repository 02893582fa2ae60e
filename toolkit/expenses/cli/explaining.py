"""Questions about a statement that isn't known: which column holds what, whose account it is. Asked once, then kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.core.errors import UsageError
from toolkit.shell.blocks import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.expenses.statements import Field, UnknownStatementError
    from toolkit.expenses.statements.finding import OpenColumn
    from toolkit.shell.app import App

_MOST: Final = 30  # columns that are offered
_WAYS: Final[tuple[tuple[Field, ...], ...]] = (("debit", "credit"), ("amount",), ("amount", "direction"))


def ask_columns(app: App, unknown: UnknownStatementError) -> dict[str, Field]:
    """What the columns hold, as the member says. UsageError if they would rather not say."""
    columns = list(unknown.columns[:_MOST])
    app.say.note("expenses.explain_statement", file=unknown.problem.place.file or "")
    said: dict[str, Field] = {}
    _ask(app, columns, "day", said)
    _ask(app, columns, "description", said)
    ways = [Words(f"expenses.money_way_{number}") for number in (1, 2, 3)]
    way = app.ask.choose(Words("expenses.ask_money_way"), ways, flag="--amount-column")
    if way is None:
        raise UsageError("expenses.statement_not_explained")
    for field in _WAYS[way]:
        _ask(app, columns, field, said)
    _ask(app, columns, "balance", said, optional=True)
    return said


def ask_account(app: App, file: str) -> str:
    """Whose account a statement is, in the member's own words. UsageError if they would rather not say."""
    account = app.ask.text(Words("expenses.ask_whose", file=file), flag="--account")
    if not account:
        raise UsageError("expenses.statement_not_explained")
    return account


def _ask(
    app: App, columns: Sequence[OpenColumn], field: Field, said: dict[str, Field], *, optional: bool = False
) -> None:
    left = [column for column in columns if column.heading not in said]
    choices: list[Words] = [
        Words("expenses.column_choice", heading=column.heading, samples=" · ".join(column.samples)) for column in left
    ]
    if optional:
        choices.append(Words("expenses.no_such_column"))
    chosen = app.ask.choose(
        Words(f"expenses.ask_column_{field}"), choices, flag=f"--{field}-column",
        default=len(left) if optional else None,
    )  # fmt: skip
    if chosen is None:
        raise UsageError("expenses.statement_not_explained")
    if chosen < len(left):
        said[left[chosen].heading] = field
