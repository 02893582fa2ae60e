"""Options of what is told of customers and deals: which days, which group, how much money."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.core.errors import InputError, UsageError
from toolkit.core.text import search_key
from toolkit.shell.app import App
from toolkit.shell.params import PAST_DAY, PERIOD, TEXT, F

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.core.dates import Period
    from toolkit.kpi.model import ContactGroup

_GROUPS: Final[Mapping[str, ContactGroup]] = {
    "demand": "demand", "khach": "demand", "khach hang": "demand", "nhu cau": "demand", "nguoi mua": "demand",
    "colleague": "colleague", "dong nghiep": "colleague", "phong khac": "colleague", "ho tro": "colleague",
    "payer": "payer", "tra luong": "payer", "sep": "payer", "cong ty": "payer", "nguoi thue": "payer",
    "reputation": "reputation", "uy tin": "reputation", "other": "other", "khac": "other",
}  # fmt: skip


class GroupName(click.ParamType["ContactGroup"]):
    """One of the groups of contacts, in English or as people say it."""

    name = "group"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return "NHÓM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> ContactGroup:
        del param, ctx
        found = _GROUPS.get(search_key(str(value)))
        if found is None:
            raise UsageError("kpi.group_unknown", value=str(value))
        return found

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        del param
        messages = ctx.ensure_object(App).messages
        return [
            CompletionItem(group, help=messages.text(f"kpi.group_{group}"))
            for group in dict.fromkeys(_GROUPS.values())
            if group.startswith(incomplete)
        ]


GROUP: Final = GroupName()


def span_options(command: F) -> F:
    """`--period`, `--from`, `--until`: handed to the command as `period`, `since` and `until`; see `span_of`."""
    for option in (
        click.option("--until", type=PAST_DAY, help="Đến hết ngày nào; không ghi thì đến hôm nay."),
        click.option("--from", "--since", "since", type=PAST_DAY, help="Từ ngày nào; không ghi thì từ đầu sổ."),
        click.option("--period", type=PERIOD, metavar="KỲ",
                     help="Kỳ nào, ví dụ 2026-11, quý 4, năm nay; không ghi thì từ đầu sổ đến nay."),
    ):  # fmt: skip
        command = option(command)
    return command


def span_of(app: App, period: Period | None, since: date | None, until: date | None) -> tuple[date | None, date]:
    """The days from (None: ever) to before: never further than today, because what lies ahead doesn't count yet.

    UsageError for a period beside days, and for an end before the beginning.
    """
    tomorrow = app.clock.today() + timedelta(days=1)
    if period is not None:
        if since or until:
            raise UsageError("kpi.span_two_ways")
        return period.start, max(min(period.end, tomorrow), period.start)
    if since and until and until < since:
        raise UsageError("kpi.ends_before_it_begins", value=f"{until:%d/%m/%Y}", start=f"{since:%d/%m/%Y}")
    end = min(until + timedelta(days=1), tomorrow) if until else tomorrow
    return since, max(end, since) if since else end


def one_text(words: Sequence[str]) -> str:
    """Words without quotes as one text. UsageError("shell.text_too_long")."""
    return TEXT.convert(" ".join(words), None, None)


def dong_given(text: str, *, xi: int | None = None) -> int:
    """An amount as it was typed, in đồng. InputError where it isn't exactly one."""
    from toolkit.core.money import parse_amount

    readings = parse_amount(text, bare="thousands", xi=xi)
    if not readings.certain:
        raise InputError(readings.code, None, value=text, **readings.params)
    money = readings.value
    if money is None or money.currency != "VND":
        raise InputError("kpi.amount_not_dong", value=text)
    return money.amount
