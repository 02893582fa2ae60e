"""Questions about a sentence, to a person at a terminal: only what the sentence leaves open, the likeliest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from toolkit.core.money import Money, format_money, parse_amount
from toolkit.expenses.views.naming import category_named
from toolkit.expenses.views.words import Amount, category_words
from toolkit.shell.blocks import When, Words

if TYPE_CHECKING:
    from datetime import date

    from toolkit.expenses.cli.opening import Desk
    from toolkit.expenses.service.understanding import Proposal, Understood
    from toolkit.shell.app import App
    from toolkit.shell.ask import Ask
    from toolkit.shell.blocks import Cell

_GUESSES: Final = 3
_FLAG: Final = "toolkit expenses review"
_NO_ENTRY: Final = "none"
XI: Final = "core.money_xi"
_XI_VALUES: Final = (10_000, 100_000)


def settle(app: App, desk: Desk, understood: Understood) -> Understood:
    """`understood` with the member's answers. An empty answer leaves a question open; nobody has to answer."""
    settled: list[Proposal] = []
    dropped = 0
    for proposal in understood.proposals:
        answered = settle_one(app, desk, proposal)
        if answered is None:
            dropped += 1
        else:
            settled.append(answered)
    for doubt in understood.questions:
        app.say.note(doubt.code, **doubt.params)
    return replace(understood, proposals=tuple(settled), dropped=dropped)


def settle_one(app: App, desk: Desk, proposal: Proposal) -> Proposal | None:
    """One entry with the member's answers; None if they say that it is none, or don't agree to write it."""
    if not proposal.item.core:
        proposal = _ask_thing(app, desk, proposal)
    for question in proposal.open:
        if question not in proposal.open:  # an answer can settle the questions behind it
            continue
        if question == "amount":
            money = _ask_amount(app, proposal)
            if money == _NO_ENTRY:
                return None
            proposal = proposal.with_money(money) if isinstance(money, Money) else proposal
        elif question == "day":
            day = _ask_day(app, proposal)
            proposal = proposal.with_day(day) if day else proposal
        elif question == "unusual":
            proposal = _ask_unusual(app, proposal)
        elif question == "category":
            proposal = _ask_category(app.ask, desk, proposal)
        elif proposal.money is None:
            continue  # it waits for its amount anyway
        elif app.ask.confirm(_as_it_would_be(desk, proposal)):
            proposal = proposal.accepted("other")
        else:
            return None
    return proposal


def xi_in(understood: Understood) -> bool:
    """Whether all that keeps an amount open is what the member means by one xị."""
    return any(proposal.item.money.code == XI for proposal in understood.proposals)


def ask_xi(app: App) -> int | None:
    """What one xị is worth to the member, kept in their settings; None if they don't say."""
    from toolkit.shell.settings import change

    choices = [format_money(value, lang=app.messages.lang) for value in _XI_VALUES]
    chosen = app.ask.choose(Words("expenses.ask_xi"), choices, flag="toolkit config set money.xi")
    if chosen is None:
        return None
    value = _XI_VALUES[chosen]
    change(app.paths.config_file, "money.xi", str(value))
    return value


def _ask_amount(app: App, proposal: Proposal) -> Money | str | None:
    """The amount, `_NO_ENTRY` where the member says that it is none, None where they leave it open."""
    options = proposal.item.money.values
    choices: list[Cell] = [Amount(money.amount, money.currency) for money in options]
    if choices:
        others = [Words("expenses.ask_other_amount"), Words("expenses.ask_no_entry")]
        chosen = app.ask.choose(_about(proposal, "expenses.ask_which_amount"), [*choices, *others], flag=_FLAG)
        if chosen is None or chosen < len(options):
            return None if chosen is None else options[chosen]
        if chosen == len(options) + 1:
            return _NO_ENTRY
    typed = app.ask.text(_about(proposal, "expenses.ask_amount"), flag=_FLAG)
    return read_amount(typed) if typed else None


def _ask_thing(app: App, desk: Desk, proposal: Proposal) -> Proposal:
    """An amount alone says nothing: what was it for?"""
    money = proposal.money
    if money is None:
        return proposal
    thing = app.ask.text(Words("expenses.ask_thing", amount=Amount(money.amount, money.currency)), flag=_FLAG)
    if not thing:
        return proposal
    return desk.understanding.proposal(replace(proposal.item, core=thing, note=thing, doubts=()))


def read_amount(typed: str) -> Money | None:
    """An amount as an answer: `54k`, `54` (thousands); None where it isn't one clear amount."""
    return parse_amount(typed, bare="thousands").value


def _ask_day(app: App, proposal: Proposal) -> date | None:
    days = proposal.item.day.values
    if not days:
        return None
    chosen = app.ask.choose(
        _about(proposal, "expenses.ask_which_day"), [When(day) for day in days], flag=_FLAG, default=0
    )
    return None if chosen is None else days[chosen]


def _ask_unusual(app: App, proposal: Proposal) -> Proposal:
    money = proposal.money
    if money is None:
        return proposal
    question = Words("expenses.ask_unusual", note=proposal.item.text, amount=Amount(money.amount, money.currency))
    if app.ask.confirm(question):
        return proposal.accepted("unusual")
    typed = app.ask.text(_about(proposal, "expenses.ask_amount"), flag=_FLAG)
    other = read_amount(typed) if typed else None
    return proposal.with_money(other) if other else proposal.without_money()


def _ask_category(ask: Ask, desk: Desk, proposal: Proposal) -> Proposal:
    question = Words("expenses.ask_category", note=proposal.item.note or proposal.item.text)
    guesses = [guess.category for guess in proposal.sorting.guesses]
    chosen = choose_category(ask, desk, question, guesses)
    if chosen is None:
        return proposal
    return proposal.with_category(chosen, desk.known.kind_of(chosen) or proposal.kind)


def choose_category(ask: Ask, desk: Desk, question: Cell, guesses: list[str]) -> str | None:
    """One of three guesses, or another category by its name; None if the member leaves it."""
    own = desk.known.categories
    first = guesses[:_GUESSES]
    choices: list[Cell] = [category_words(category, own) for category in first]
    chosen = ask.choose(question, [*choices, Words("expenses.ask_other_category")], flag=_FLAG)
    if chosen is None:
        return None
    if chosen < len(first):
        return first[chosen]
    typed = ask.text(Words("expenses.ask_category_name"), flag=_FLAG)
    return category_named(typed, own) if typed else None


def _as_it_would_be(desk: Desk, proposal: Proposal) -> Words:
    money = proposal.money
    return Words(
        "expenses.ask_other",
        note=proposal.item.note or proposal.item.text,
        amount=Amount(money.amount, money.currency) if money else Words("expenses.amount_missing"),
        category=category_words(proposal.sorting.category, desk.known.categories),
    )


def _about(proposal: Proposal, code: str) -> Words:
    return Words(code, note=proposal.item.text)
