"""Calendars that are somewhere else: whose they are is found out, or asked, when one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.calendar.targets import DEFAULT_ACCOUNT
from toolkit.core.errors import SignInError
from toolkit.shell.blocks import Words

if TYPE_CHECKING:
    from contextlib import ExitStack

    from toolkit.caldav.wire import Login
    from toolkit.calendar.book import CalendarBook
    from toolkit.calendar.ports import Target
    from toolkit.calendar.targets import TargetSpec
    from toolkit.shell.app import App


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
