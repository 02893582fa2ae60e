"""Sign-ins to CalDAV servers: one file each, readable by its owner alone. The password is in the file, or in the
system's keyring where the member chose that; it is never in an address, a journal, a log or a report.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.caldav.address import origin_of
from toolkit.caldav.wire import Login
from toolkit.core.errors import SignInError, StoreError
from toolkit.disk.atomic import atomic_write, remove_durably
from toolkit.disk.failures import disk_failures
from toolkit.disk.folders import close_to_others, private_folder
from toolkit.disk.keychain import forget_secret, keep_secret, secret_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from toolkit.disk.keychain import Keeper

USER_VARIABLE, PASSWORD_VARIABLE = "TOOLKIT_CALDAV_USER", "TOOLKIT_CALDAV_PASSWORD"
SIZE_LIMIT = 16 * 1024


@dataclass(frozen=True)
class SignIn:
    """A sign-in without its password. `address` is the one that the member gave; `damaged` is a file that can't be
    read as one."""

    path: Path
    server: str = ""
    user: str = ""
    address: str = ""
    kept: Keeper = "file"
    damaged: bool = False


def login_command(address: str, user: str = "") -> str:
    """What a member types to sign in."""
    return f"toolkit caldav login {address}" + (f" --user {user}" if user else "")


def sign_ins(directory: Path) -> list[SignIn]:
    """Every sign-in that is kept, by server and user. Files that others could read are closed to them."""
    try:
        paths = sorted(path for path in directory.glob("*.json") if not path.name.startswith("."))
    except OSError:
        return []
    close_to_others(paths)
    found = [_read(path)[0] for path in paths]
    return sorted(found, key=lambda one: (one.server, one.user))


def keep(directory: Path, login: Login, address: str, keeper: Keeper = "file") -> SignIn:
    """Keep a sign-in, in place of an older one of the same user there. Raises StoreError."""
    close_to_others([private_folder(directory)])
    path = _file(directory, login.server, login.user)
    fields = {"server": login.server, "user": login.user, "address": address, "kept": keeper}
    if keeper == "keyring":
        keep_secret(_secret_name(login.server, login.user), login.password)
    else:
        fields["password"] = login.password
    atomic_write(path, json.dumps(fields, ensure_ascii=False, indent=1), mode=0o600)
    return SignIn(path, login.server, login.user, address, keeper)


def forget(sign_in: SignIn) -> None:
    """Remove a sign-in from this machine, for good. Raises StoreError."""
    if sign_in.kept == "keyring":
        forget_secret(_secret_name(sign_in.server, sign_in.user))
    remove_durably(sign_in.path)


def login_for(
    directory: Path, address: str, user: str | None = None, *, environment: Mapping[str, str] | None = None
) -> Login | None:
    """Who signs in at an address: as TOOLKIT_CALDAV_USER and TOOLKIT_CALDAV_PASSWORD say, else as is kept; None if
    nobody has signed in there.

    Raises SignInError("caldav.which_user" | "caldav.sign_in_damaged" | "caldav.password_without_user" |
    "caldav.password_gone"), or StoreError if the keyring can't be asked.
    """
    variables = os.environ if environment is None else environment
    server = origin_of(address)
    kept = [one for one in sign_ins(directory) if one.server == server and user in {None, one.user}]
    if password := variables.get(PASSWORD_VARIABLE):
        name = user or variables.get(USER_VARIABLE) or (kept[0].user if len(kept) == 1 else "")
        if not name:
            raise SignInError("caldav.password_without_user", variable=USER_VARIABLE)
        return Login(server, name, password)
    if not kept:
        if any(one.damaged for one in sign_ins(directory)):
            raise SignInError("caldav.sign_in_damaged", command=login_command(address))
        return None
    if len(kept) > 1:
        raise SignInError("caldav.which_user", host=server, known=", ".join(one.user for one in kept))
    return _login(kept[0])


def _login(sign_in: SignIn) -> Login:
    command = login_command(sign_in.address, sign_in.user)
    if sign_in.kept == "keyring":
        password = secret_of(_secret_name(sign_in.server, sign_in.user))
    else:
        password = _read(sign_in.path)[1].get("password")
    if not isinstance(password, str) or not password:
        raise SignInError("caldav.password_gone", user=sign_in.user, command=command)
    return Login(sign_in.server, sign_in.user, password)


def _file(directory: Path, server: str, user: str) -> Path:
    return directory / f"{hashlib.sha256(f'{server} {user}'.encode()).hexdigest()[:16]}.json"


def _secret_name(server: str, user: str) -> str:
    return f"caldav {server} {user}"


def _read(path: Path) -> tuple[SignIn, dict[str, Any]]:
    try:
        with disk_failures(path), path.open("rb") as file:
            text = file.read(SIZE_LIMIT + 1)
        fields = json.loads(text) if len(text) <= SIZE_LIMIT else None
    except (StoreError, ValueError, RecursionError):
        fields = None
    names = ("server", "user", "address")
    if not isinstance(fields, dict) or not all(isinstance(fields.get(name), str) and fields[name] for name in names):
        return SignIn(path, damaged=True), {}
    kept: Keeper = "keyring" if fields.get("kept") == "keyring" else "file"
    return SignIn(path, fields["server"], fields["user"], fields["address"], kept), fields
