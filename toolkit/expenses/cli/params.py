"""Types of arguments that expenses commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import click

from toolkit.core.errors import UsageError
from toolkit.shell.app import App
from toolkit.shell.params import Text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from toolkit.core.dates.periods import Period


class PeriodType(click.ParamType["Period"]):
    """A stretch of days as people say it: `tháng 11`, `2026-11`, `tuần trước`, `năm ngoái`, `1/11 - 15/11`."""

    name = "period"

    def __init__(self, look: Literal["back", "forward"] = "back") -> None:
        """`look`: which way a month without a year lies; money is reported of the past and planned ahead."""
        self.look = look

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return "THÁNG"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        from toolkit.core.dates import Period, parse_period

        if isinstance(value, Period):
            return value
        app = ctx.ensure_object(App) if ctx else App()
        typed = str(value).strip()
        if typed.isascii() and typed.isdigit() and len(typed) <= 2:
            typed = f"tháng {typed}"  # --month 10
        readings = parse_period(typed, today=app.clock.today(), look=self.look)
        if readings.value is not None:
            return readings.value
        name = max(param.opts, key=len) if isinstance(param, click.Option) else (param.metavar or "") if param else ""
        if not readings:
            raise UsageError(readings.code, None, value=str(value), **readings.params)
        periods = " / ".join(map(str, readings.values))
        raise UsageError("expenses.period_ambiguous", value=str(value), name=name, periods=periods)


class CategoryName(Text):
    """The name of a category, in any way that a list shows it; the Tab key suggests ids with their labels."""

    name = "category"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from toolkit.expenses.categories import LEAVES

        del param
        messages = ctx.ensure_object(App).messages
        return [
            CompletionItem(leaf, help=messages.text(f"expenses.category_{leaf}"))
            for leaf in LEAVES
            if leaf.startswith(incomplete)
        ]


CATEGORY: Final = CategoryName()
PERIOD: Final = PeriodType()
COMING_PERIOD: Final = PeriodType("forward")
ENTRY_ID: Final = click.IntRange(1, 999_999_999)  # more digits than that are a slip of typing
