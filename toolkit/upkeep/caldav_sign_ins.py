"""The verbs of signing in to CalDAV servers. Nothing here prints, and nothing here gives a password away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.caldav.address import origin_of
from toolkit.caldav.sign_ins import SignIn, forget, keep, login_command, login_for, sign_ins
from toolkit.core.errors import ConflictError, RemoteError, SignInError, StoreError
from toolkit.core.outcome import Outcome, Place, Problem
from toolkit.disk.keychain import keychain_name

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.caldav.server import Calendar
    from toolkit.caldav.wire import Login
    from toolkit.disk.keychain import Keeper


@dataclass(frozen=True)
class Connection:
    """A sign-in as a member sees it. `calendars` are those that the server was asked for, None if it wasn't."""

    server: str
    user: str
    address: str
    kept: Keeper
    calendars: tuple[Calendar, ...] | None = None


class CaldavSignIns:
    def __init__(self, directory: Path, keeper: Keeper = "file") -> None:
        """`keeper`: where the member wants passwords to be kept."""
        self._directory, self._keeper = directory, keeper

    def sign_in(self, address: str, login: Login) -> Outcome[Connection]:
        """Try the password at the server, then keep it. Where there is no keyring, the file is used and that is said.

        Raises SignInError("caldav.wrong_password"), RemoteError, StoreError.
        """
        calendars = _ask(address, login)
        keeper: Keeper = "file" if keychain_name() is None else self._keeper
        kept = keep(self._directory, login, address, keeper)
        missed = [] if keeper == self._keeper else [Problem("upkeep.no_keyring_here")]
        return Outcome(_connection(kept, calendars)).with_problems(*missed)

    def sign_out(self, address: str | None, user: str | None) -> Outcome[Connection]:
        """Remove a sign-in from this machine. Which one must be clear: ConflictError("upkeep.no_such_server" |
        "upkeep.which_server" | "upkeep.no_server")."""
        kept = [one for one in sign_ins(self._directory) if not one.damaged]
        known = ", ".join(f"{one.server} ({one.user})" for one in kept)
        server = origin_of(address) if address else None
        meant = [one for one in kept if server in {None, one.server} and user in {None, one.user}]
        if not kept:
            raise ConflictError("upkeep.no_server")
        if not meant:
            raise ConflictError("upkeep.no_such_server", value=server or user, known=known)
        if len(meant) > 1:
            raise ConflictError("upkeep.which_server", known=known)
        forget(meant[0])
        return Outcome(_connection(meant[0], None))

    def status(self, *, ask: bool = False) -> Outcome[tuple[Connection, ...]]:
        """Every sign-in; with `ask`, every server is asked for its calendars. A problem for each that can't be used."""
        found, problems = [], []
        for one in sign_ins(self._directory):
            if one.damaged:
                problems.append(Problem("upkeep.caldav_sign_in_damaged", Place(str(one.path))))
                continue
            calendars = None
            try:
                calendars = self._calendars(one) if ask else None
            except (SignInError, RemoteError, StoreError) as error:
                problems.append(error.problem)
            found.append(_connection(one, calendars))
        return Outcome(tuple(found)).with_problems(*problems)

    def _calendars(self, sign_in: SignIn) -> tuple[Calendar, ...]:
        login = login_for(self._directory, sign_in.address, sign_in.user, environment={})
        if login is None:
            raise SignInError("caldav.password_gone", user=sign_in.user, command=login_command(sign_in.address))
        return _ask(sign_in.address, login)


def _ask(address: str, login: Login) -> tuple[Calendar, ...]:
    from toolkit.caldav.server import Server

    with Server(address, login) as server:
        place = server.place()
        return (place.calendar,) if place.calendar else server.calendars()


def _connection(sign_in: SignIn, calendars: tuple[Calendar, ...] | None) -> Connection:
    return Connection(sign_in.server, sign_in.user, sign_in.address, sign_in.kept, calendars)
