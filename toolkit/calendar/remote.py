"""Calendars and sheets that are somewhere else: whose they are is found out, or asked, when one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.calendar.targets import DEFAULT_ACCOUNT
from toolkit.core.errors import SignInError
from toolkit.shell.blocks import Words
from toolkit.shell.params import EXISTING_FILE

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from toolkit.caldav.wire import Login
    from toolkit.calendar.book import CalendarBook
    from toolkit.calendar.ports import Target
    from toolkit.calendar.targets import TargetSpec
    from toolkit.google.spreadsheets import SheetAddress
    from toolkit.sheets.model import Workbook
    from toolkit.shell.app import App


class SheetOrFile(click.ParamType["Path | SheetAddress"]):
    """A file that is there, or the address of a Google Sheet."""

    name = "sheet"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | SheetAddress:
        from toolkit.google.spreadsheets import is_address, read_address

        if is_address(str(value)):
            return read_address(str(value))
        return EXISTING_FILE.convert(value, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        return EXISTING_FILE.shell_complete(ctx, param, incomplete)


SHEET: Final = SheetOrFile()


def sheet_source(app: App, typed: Path | SheetAddress, given: dict[str, Any]) -> tuple[Path | Workbook, dict[str, Any]]:
    """What is to be read, and the options as they then count. A Google Sheet is fetched here, once: whatever happens to
    it afterwards, this is what is planned and imported.

    Raises SignInError, InputError, RemoteError.
    """
    from pathlib import Path

    if isinstance(typed, Path):
        return typed, given
    workbook, pointed = _fetched(app, typed, given["account"] or DEFAULT_ACCOUNT, one_sheet=bool(given["sheet"]))
    if pointed is not None and not given["sheet"] and len(workbook.sheets) > 1:
        app.say.note("calendar.only_the_sheet_pointed_to", sheet=pointed)
        given = {**given, "sheet": pointed}
    if not (given["to"] or app.settings.calendar.target).startswith("google"):
        given = {**given, "account": None}  # it was said of the sheet
    return workbook, given


def _fetched(app: App, address: SheetAddress, account: str, *, one_sheet: bool) -> tuple[Workbook, str | None]:
    """The workbook, and the name of the sheet that the address points to. A sheet that is open to everybody is read
    without a sign-in. `one_sheet`: the member has said which one of the workbook is meant."""
    from toolkit.google.accounts import login_command, status
    from toolkit.google.client import signed_in
    from toolkit.google.endpoint import Endpoint
    from toolkit.google.spreadsheets import READING_SCOPES, fetch, fetch_public
    from toolkit.sheets.google_grid import FIELDS, sheet_of, workbook_of, workbook_of_export

    state = status(app.paths.google, account)
    if state.kind == "absent" or (state.usable and READING_SCOPES.isdisjoint(state.scopes)):
        public = fetch_public(address, Endpoint.from_environment())
        if public is None:
            code = "google.not_signed_in" if state.kind == "absent" else "google.sheets_not_allowed"
            raise SignInError(code, command=f"{login_command(account)} --scope sheets")
        app.say.note("calendar.sheet_is_public")
        workbook = workbook_of_export(public.content, public.title)
        if address.gid is not None and not one_sheet and len(workbook.sheets) > 1:
            app.say.note("calendar.every_sheet_read")
        return workbook, None
    with signed_in(app.paths.google, account) as client:
        document = fetch(client, address, FIELDS, account)
    return workbook_of(document), sheet_of(document, address.gid) if address.gid is not None else None


def google_calendar(app: App, opened: ExitStack, book: CalendarBook, spec: TargetSpec) -> Target:
    """A calendar of the member's at Google. Raises SignInError."""
    from toolkit.calendar.adapters.google import GoogleTarget
    from toolkit.calendar.book import RemoteIds
    from toolkit.google.client import signed_in

    client = opened.enter_context(signed_in(app.paths.google, spec.account))
    return GoogleTarget(client, spec.calendar, RemoteIds(book, spec.side))


def caldav_calendar(app: App, opened: ExitStack, book: CalendarBook, spec: TargetSpec) -> Target:
    """A calendar on a CalDAV server. Who has not signed in is asked, for this once. Raises SignInError."""
    from toolkit.caldav.server import Server
    from toolkit.calendar.adapters.caldav import CaldavTarget
    from toolkit.calendar.book import RemoteIds

    server = opened.enter_context(Server(spec.path, _login(app, spec)))
    addresses = RemoteIds(book, f"{spec.side}:{spec.path}")
    return CaldavTarget(server, spec.calendar, addresses, app.clock.now, named=spec.named)


def _login(app: App, spec: TargetSpec) -> Login:
    from toolkit.caldav.address import origin_of
    from toolkit.caldav.sign_ins import PASSWORD_VARIABLE, login_command, login_for
    from toolkit.caldav.wire import Login

    user = None if spec.account == DEFAULT_ACCOUNT else spec.account
    known = login_for(app.paths.caldav, spec.path, user)
    if known is not None:
        return known
    server, command = origin_of(spec.path), login_command(spec.path, user or "")
    if not app.ask.is_possible or app.ask.yes:
        raise SignInError("caldav.not_signed_in", host=server, command=command, variable=PASSWORD_VARIABLE)
    name = user or app.ask.text(Words("calendar.ask_caldav_user", host=server), flag="--account")
    password = app.ask.secret(Words("calendar.ask_caldav_password", user=name), flag=PASSWORD_VARIABLE) if name else ""
    if not password:
        raise SignInError("caldav.not_signed_in", host=server, command=command, variable=PASSWORD_VARIABLE)
    app.say.note("calendar.caldav_asked_once", command=command)
    return Login(server, name, password)
