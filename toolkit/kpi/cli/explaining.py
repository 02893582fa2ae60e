"""Questions about an export: which column holds what, what a state means, which of two sums counts. Asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.core.errors import InputError, UsageError
from toolkit.shell.blocks import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.kpi.imports.fitting import OpenColumn, UnknownExportError
    from toolkit.kpi.imports.model import DateOrder, Export, Field
    from toolkit.kpi.model import Status
    from toolkit.shell.app import App

_MOST: Final = 40  # columns that are offered
_WAYS: Final[tuple[tuple[Field, ...], ...]] = (("amount",), ("price", "quantity"), ("order_amount",))
_STATES: Final[tuple[Status, ...]] = ("done", "open", "cancelled", "returned")


def ask_layout(app: App, unknown: UnknownExportError) -> dict[str, Field]:
    """What the columns hold, as the member says; money is never guessed. UsageError if they would rather not say."""
    columns = list(unknown.columns[:_MOST])
    app.say.note("kpi.explain_export", file=unknown.problem.place.file or "")
    said: dict[str, Field] = {}
    _ask(app, columns, "order", said)
    _ask(app, columns, "day", said)
    ways = [Words(f"kpi.money_way_{number}") for number in (1, 2, 3)]
    way = app.ask.choose(Words("kpi.ask_money_way"), ways, flag="--heading")
    if way is None:
        raise UsageError("kpi.export_not_explained")
    for field in _WAYS[way]:
        _ask(app, columns, field, said)
    if way == 0:
        _ask(app, columns, "quantity", said, optional=True)
    if way != 2:
        _ask(app, columns, "product", said, optional=True)
    _ask(app, columns, "status", said, optional=True)
    _ask(app, columns, "customer", said, optional=True)
    return said


def ask_states(app: App, export: Export) -> dict[str, Status]:
    """What states mean that no profile knows; nothing for those that the member leaves."""
    told: dict[str, Status] = {}
    for word, n in export.unknown.items():
        if not word:
            continue
        choices = [*(Words(f"kpi.order_state_{state}") for state in _STATES), Words("kpi.order_state_leave")]
        chosen = app.ask.choose(Words("kpi.ask_state", value=word[:80], n=n), choices, flag="--status", default=4)
        if chosen is not None and chosen < len(_STATES):
            told[word] = _STATES[chosen]
    return told


def ask_lines(app: App, export: Export) -> bool:
    """Whether the lines count where an order's own total says something else."""
    off = [problem for problem in export.problems if problem.code == "kpi.import_total_off"]
    if not off:
        return False
    first = off[0].params
    return app.ask.confirm(
        Words("kpi.ask_by_lines", n=len(off), order=first["order"], found=first["found"], expected=first["expected"]),
        flag="--by-lines",
    )


def ask_day_order(app: App, day: str) -> DateOrder:
    """In which order the days of a file are written, `day` among them; the way they are written here comes first."""
    orders: tuple[DateOrder, ...] = ("dmy", "mdy")
    choices = [Words(f"kpi.day_order_{order}") for order in orders]
    chosen = app.ask.choose(Words("kpi.ask_day_order", day=day), choices, flag="--date-order")
    if chosen is None:
        raise InputError("kpi.import_days_unclear", None, value=day)
    return orders[chosen]


def _ask(
    app: App, columns: Sequence[OpenColumn], field: Field, said: dict[str, Field], *, optional: bool = False
) -> None:
    left = [column for column in columns if column.heading not in said]
    choices: list[Words] = [
        Words("kpi.import_column_choice", heading=column.heading, samples=" · ".join(column.samples)) for column in left
    ]
    if optional:
        if not left:
            return
        choices.append(Words("kpi.no_such_column"))
    chosen = app.ask.choose(
        Words(f"kpi.ask_column_{field}"), choices, flag="--heading", default=len(left) if optional else None
    )
    if chosen is None:
        raise UsageError("kpi.export_not_explained")
    if chosen < len(left):
        said[left[chosen].heading] = field
