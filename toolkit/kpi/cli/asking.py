"""Questions about a line, to a person at a terminal: only what the line leaves open, the likeliest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from toolkit.core.money import parse_amount
from toolkit.kpi.service.drafting import NEEDS_AMOUNT, settled
from toolkit.kpi.views.words import Dong
from toolkit.shell.blocks import When, Words

if TYPE_CHECKING:
    from toolkit.core.money import Money
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.service.drafting import Draft, Understood
    from toolkit.shell.app import App

_FLAG: Final = "--amount"
_TRIES: Final = 3


def settle(app: App, line: Understood) -> Understood:
    """`line` with the member's answers. An empty answer leaves a question open; nobody has to answer."""
    return replace(line, drafts=tuple(_settle_day(app, _settle_amount(app, draft)) for draft in line.drafts))


def which_engagement(app: App, book: KpiBook) -> str:
    """The id of the job that the member says a line is of; "" where they leave it open."""
    running = [one for one in book.engagements().values() if one.ended is None]
    chosen = app.ask.choose(Words("kpi.ask_which_engagement"), [one.label for one in running], flag="--engagement")
    return "" if chosen is None else running[chosen].id


def _settle_amount(app: App, draft: Draft) -> Draft:
    if draft.problem is None or draft.kind not in NEEDS_AMOUNT:
        return draft
    options = [money for money in draft.item.money.values if money.currency == "VND"]
    if draft.item.money.ambiguous and len(options) > 1:
        question = Words("kpi.ask_which_amount", text=draft.item.text)
        chosen = app.ask.choose(question, [Dong(money.amount) for money in options], flag=_FLAG)
        return draft if chosen is None else settled(draft, options[chosen])
    for _ in range(_TRIES):
        typed = app.ask.text(Words("kpi.ask_amount", text=draft.item.text), flag=_FLAG)
        if not typed:
            return draft
        money: Money | None = parse_amount(typed, bare="thousands").value
        if money is not None:
            return settled(draft, money)
        app.say.note("kpi.ask_amount_unclear")
    return draft


def _settle_day(app: App, draft: Draft) -> Draft:
    days = draft.item.day.values
    if len(days) < 2:
        return draft
    ranked = sorted(days, key=lambda day: day != draft.day)
    chosen = app.ask.choose(
        Words("kpi.ask_which_day", text=draft.item.text), [When(day) for day in ranked], flag="--date", default=0
    )
    if chosen is None:
        return draft
    doubts = tuple(doubt for doubt in draft.doubts if doubt.code != "kpi.day_several")
    return replace(draft, day=ranked[chosen], doubts=doubts)
