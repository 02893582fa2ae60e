"""How sign-ins to Google are shown to a person, in the terminal and in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.google.accounts import login_command
from toolkit.google.listener import Page, Pages
from toolkit.google.measurement import ANALYTICS_READONLY, SEARCH_READONLY
from toolkit.google.signin import APP_CREATED, EVENTS_OWNED
from toolkit.google.spreadsheets import SHEETS_READONLY
from toolkit.shell.blocks import Block, Cell, Column, Joined, Line, Note, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from zoneinfo import ZoneInfo

    from toolkit.shell.messages import Messages
    from toolkit.upkeep.google_accounts import Account, Accounts, SignedOut


def pages(messages: Messages) -> Pages:
    """What the browser shows at the end of a sign-in."""

    def page(name: str) -> Page:
        return Page(messages.text(f"upkeep.page_{name}"), messages.text(f"upkeep.page_{name}_text"))

    return Pages(messages.lang, page("done"), page("denied"), page("failed"), page("stray"))


def signed_in(zone: ZoneInfo) -> Callable[[Account], Iterable[Block]]:
    def view(account: Account) -> Iterator[Block]:
        yield Line(Words("upkeep.signed_in", account=account.account))
        yield Line(Words("upkeep.signed_in_may", may=_may(account)))
        if account.kept == "keyring":
            yield Line(Words("upkeep.keys_in_keyring"))
        if account.ends:
            yield Line(Words("upkeep.signed_in_testing", when=When(account.ends.astimezone(zone))))
        yield Note(Words("upkeep.signed_in_next"))

    return view


def signed_out(done: SignedOut) -> Iterator[Block]:
    yield Line(
        Words("upkeep.signed_out_everywhere" if done.revoked else "upkeep.signed_out_here", account=done.account)
    )


def accounts(zone: ZoneInfo) -> Callable[[Accounts], Iterable[Block]]:
    def view(found: Accounts) -> Iterator[Block]:
        headings = ("upkeep.google_account", "upkeep.google_may", "upkeep.google_since", "upkeep.state")
        columns = [Column(Words(code)) for code in headings]
        rows = [(one.account, _may(one), _when(one, zone), _state(one, zone)) for one in found.accounts]
        yield Table(columns, rows, Words("upkeep.no_account_yet", command=login_command()))
        if locked := [one.account for one in found.accounts if one.kept == "keyring"]:
            yield Note(Words("upkeep.keys_of_in_keyring", accounts=", ".join(locked)))
        if found.project:
            yield Note(Words("upkeep.google_project", project=found.project))

    return view


def _may(account: Account) -> Cell:
    if not account.scopes:
        return ""
    may = "primary" if EVENTS_OWNED in account.scopes else "own" if APP_CREATED in account.scopes else ""
    read = [
        Words(f"upkeep.may_{name}")
        for name, scope in (("analytics", ANALYTICS_READONLY), ("search_console", SEARCH_READONLY))
        if scope in account.scopes
    ]
    if SHEETS_READONLY in account.scopes:
        return Joined([Words(f"upkeep.may_{may}_and_sheets" if may else "upkeep.may_sheets"), *read])
    return Joined([Words(f"upkeep.may_{may or 'own'}"), *read]) if may or not read else Joined(read)


def _when(account: Account, zone: ZoneInfo) -> Cell:
    return When(account.signed_in.astimezone(zone)) if account.signed_in else ""


def _state(account: Account, zone: ZoneInfo) -> Cell:
    if account.state in {"ready", "mode_repaired"} and account.ends:
        return Words("upkeep.account_until", when=When(account.ends.astimezone(zone)))
    return Words(f"upkeep.account_{account.state}")
