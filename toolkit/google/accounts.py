"""Sign-ins as files: one account a file, JSON, readable by its owner alone, never pickled.

Getting a sign-in is another module's work; here it is read, kept, and judged.
"""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from toolkit.core.errors import SignInError
from toolkit.disk.atomic import atomic_write
from toolkit.disk.folders import private_folder
from toolkit.disk.names import safe_name

if TYPE_CHECKING:
    from pathlib import Path

    from google.oauth2.credentials import Credentials

DEFAULT_ACCOUNT = "default"
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 (an address)
SIZE_LIMIT = 64 * 1024
_NEEDED = ("client_id", "client_secret", "refresh_token")

SignInKind = Literal["absent", "ready", "mode_repaired", "damaged", "unreadable"]


@dataclass(frozen=True)
class SignInState:
    """What is known about a sign-in without asking Google. `mode_repaired`: it is ready, but others on this machine
    could have read it until now. `scopes` are what the member agreed to."""

    kind: SignInKind
    path: Path
    account: str = DEFAULT_ACCOUNT
    scopes: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        return self.kind in {"ready", "mode_repaired"}


def token_file(directory: Path, account: str = DEFAULT_ACCOUNT) -> Path:
    """Where the sign-in of an account is kept."""
    return directory / f"{safe_name(account)}.json"


def status(directory: Path, account: str = DEFAULT_ACCOUNT) -> SignInState:
    """How the sign-in stands. Closes the file to others if it was open to them; writes nothing else."""
    state, _ = _look(token_file(directory, account), account)
    return state


def load(directory: Path, account: str = DEFAULT_ACCOUNT) -> Credentials | None:
    """The credentials of an account; None if nobody has signed in. A new access token is kept by `save`.

    Raises SignInError("google.token_damaged" | "google.token_unreadable").
    """
    state, fields = _look(token_file(directory, account), account)
    if state.kind == "absent":
        return None
    if state.kind == "unreadable":
        raise SignInError("google.token_unreadable", path=str(state.path))
    if not state.usable:
        raise SignInError("google.token_damaged", path=str(state.path))
    from google.oauth2.credentials import Credentials

    return Credentials(
        token=fields.get("token"),
        refresh_token=fields["refresh_token"],
        token_uri=fields.get("token_uri", TOKEN_URI),
        client_id=fields["client_id"],
        client_secret=fields["client_secret"],
        scopes=list(state.scopes),
        expiry=_expiry(fields.get("expiry")),
    )


def save(directory: Path, credentials: Credentials, account: str = DEFAULT_ACCOUNT) -> Path:
    """Keep a sign-in, 0600 in a folder of 0700; gives back its file. Raises StoreError."""
    private_folder(directory)
    fields = {
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "refresh_token": credentials.refresh_token,
        "token": credentials.token,
        "token_uri": credentials.token_uri,
        "scopes": list(credentials.scopes or ()),
        "expiry": credentials.expiry.isoformat() if credentials.expiry else None,
    }
    path = token_file(directory, account)
    atomic_write(path, json.dumps(fields, indent=1), mode=0o600)
    return path


def _look(path: Path, account: str) -> tuple[SignInState, dict[str, Any]]:
    try:
        with path.open("rb") as file:
            repaired = _close_to_others(file.fileno())
            text = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return SignInState("absent", path, account), {}
    except OSError:
        return SignInState("unreadable", path, account), {}
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        fields = None
    if len(text) > SIZE_LIMIT or not _complete(fields):
        return SignInState("damaged", path, account), {}
    kind: SignInKind = "mode_repaired" if repaired else "ready"
    return SignInState(kind, path, account, tuple(fields.get("scopes", ()))), fields


def _complete(fields: Any) -> bool:
    if not isinstance(fields, dict):
        return False
    texts = [fields.get(name) for name in _NEEDED] + [fields.get("token_uri", TOKEN_URI)]
    if not all(isinstance(text, str) and text for text in texts):
        return False
    scopes, token = fields.get("scopes", []), fields.get("token")
    if not isinstance(scopes, list) or not all(isinstance(scope, str) for scope in scopes):
        return False
    return token is None or isinstance(token, str)


def _close_to_others(descriptor: int) -> bool:
    """Take away what group and others may do with an open file; whether there was anything to take."""
    mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
    if os.name != "posix" or not mode & 0o077:
        return False
    os.fchmod(descriptor, mode & 0o700)
    return True


def _expiry(text: object) -> datetime | None:
    """The library wants naive UTC. What can't be read counts as over: Google will say."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime(2000, 1, 1)  # noqa: DTZ001 (the library wants naive UTC)
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
