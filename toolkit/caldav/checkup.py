"""What a doctor says of the sign-ins to calendar servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.caldav.sign_ins import login_command, login_for, sign_ins
from toolkit.core.checkup import Finding, fine, known, wrong
from toolkit.core.errors import RemoteError, SignInError, StoreError
from toolkit.core.outcome import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.caldav.sign_ins import SignIn
    from toolkit.core.errors import ToolkitError


def check_sign_ins(directory: Path, *, ask: bool = False) -> Finding:
    """Which servers there are; they are asked only with `ask`."""
    found = sign_ins(directory)
    damaged = [one for one in found if one.damaged]
    if damaged:
        command = login_command("…")
        problems = [Problem("caldav.sign_in_damaged", Place(str(one.path)), {"command": command}) for one in damaged]
        return wrong("caldav", "caldav.check_wrong", *problems)
    if not found:
        return known("caldav", "caldav.check_absent")
    refusals = [one.problem for sign_in in found if ask and (one := _refusal_of(directory, sign_in))]
    if refusals:
        return wrong("caldav", "caldav.check_refused", *refusals)
    return fine("caldav", "caldav.check_ready", servers=", ".join(f"{one.server} ({one.user})" for one in found))


def _refusal_of(directory: Path, sign_in: SignIn) -> ToolkitError | None:
    """What a server, or the way there, has against a sign-in now."""
    from toolkit.caldav.server import Server

    try:
        login = login_for(directory, sign_in.address, sign_in.user, environment={})
        if login is not None:
            with Server(sign_in.address, login) as server:
                server.place()
    except (SignInError, RemoteError, StoreError) as error:
        return error
    return None
