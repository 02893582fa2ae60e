"""Sign-ins as files: one account a file, JSON, readable by its owner alone, never pickled. Where the member chose the
system's keyring, the keys are there, and the file holds the rest.

Getting a sign-in is another module's work; here it is read, kept, and judged: also why one has died, which Google
doesn't say. Beside the keys a file remembers when the member signed in, when Google said that it would end, and since
when Google refuses it.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from toolkit.core.errors import SignInError, StoreError
from toolkit.disk.atomic import atomic_write, remove_durably
from toolkit.disk.folders import close_to_others, private_folder
from toolkit.disk.keychain import forget_secret, keep_secret, secret_of
from toolkit.disk.names import safe_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from google.oauth2.credentials import Credentials

    from toolkit.disk.keychain import Keeper

DEFAULT_ACCOUNT = "default"
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 (an address)
SIZE_LIMIT = 64 * 1024
TESTING_LIFE = timedelta(days=7)  # of a refresh token while the project's publishing status is "Testing"
CLIENT_GONE = frozenset({"invalid_client", "deleted_client", "disabled_client", "unauthorized_client"})
_SECRET = ("client_secret", "refresh_token")  # what goes into a keyring; the access token would be too long for some
_NEEDED = ("client_id", *_SECRET)
_MOMENTS = ("signed_in", "ends", "gone")
_ACCESS_LIFE = timedelta(hours=1)

# gone: Google refuses it; testing_over: it does, or must by now, because the project is in "Testing", as Google said at
# the sign-in; testing_likely: Google didn't say, but it died like one.
SignInKind = Literal[
    "absent", "ready", "mode_repaired", "gone", "testing_over", "testing_likely", "damaged", "unreadable"
]
_GONE: dict[SignInKind, str] = {
    "gone": "google.sign_in_gone",
    "testing_over": "google.testing_over",
    "testing_likely": "google.testing_likely",
}


@dataclass(frozen=True)
class SignInState:
    """What is known about a sign-in without asking Google. `mode_repaired`: it is ready, but others on this machine
    could have read it until now. `scopes` are what the member agreed to; `signed_in` is when, `ends` when Google said
    that it would be over (both aware, None if unknown). `kept`: where its keys are."""

    kind: SignInKind
    path: Path
    account: str = DEFAULT_ACCOUNT
    scopes: tuple[str, ...] = ()
    signed_in: datetime | None = None
    ends: datetime | None = None
    kept: Keeper = "file"

    @property
    def usable(self) -> bool:
        return self.kind in {"ready", "mode_repaired"}


def login_command(account: str = DEFAULT_ACCOUNT) -> str:
    """What a member types to sign this account in."""
    if account == DEFAULT_ACCOUNT:
        return "toolkit google login"
    return (
        f"toolkit google login --account {account!r}" if " " in account else f"toolkit google login --account {account}"
    )


def accounts(directory: Path) -> list[str]:
    """The names of the accounts that have a file, the default one first."""
    try:
        names = sorted(path.stem for path in directory.glob("*.json") if not path.name.startswith("."))
    except OSError:
        return []
    return sorted(names, key=lambda name: name != DEFAULT_ACCOUNT)


def token_file(directory: Path, account: str = DEFAULT_ACCOUNT) -> Path:
    """Where the sign-in of an account is kept."""
    return directory / f"{safe_name(account)}.json"


def status(
    directory: Path, account: str = DEFAULT_ACCOUNT, *, now: Callable[[], datetime] | None = None
) -> SignInState:
    """How the sign-in stands. Closes the file to others if it was open to them; writes nothing else.

    `now` (the machine's clock if not given) only explains: whether a sign-in still works is for Google to say.
    """
    state, _ = _look(token_file(directory, account), account, now or _utc_now)
    return state


def problem_of(state: SignInState) -> SignInError | None:
    """Why a sign-in can't be used, and what to type; None if it can. An account that was never signed in has no problem
    but that."""
    command = login_command(state.account)
    if state.usable:
        return None
    if state.kind == "absent":
        return SignInError("google.not_signed_in", command=command)
    if state.kind == "unreadable":
        return SignInError("google.token_unreadable", path=str(state.path))
    if state.kind == "damaged":
        return SignInError("google.token_damaged", path=str(state.path), command=command)
    return SignInError(_GONE[state.kind], command=command)


def load(directory: Path, account: str = DEFAULT_ACCOUNT) -> Credentials | None:
    """The credentials of an account; None if nobody has signed in. A new access token is kept by `save`.

    Raises SignInError("google.token_damaged" | "google.token_unreadable" | "google.keys_gone"), StoreError if the keys
    are in a keyring that can't be asked.
    """
    state, fields = _look(token_file(directory, account), account, _utc_now)
    if state.kind == "absent":
        return None
    # One that seems to be over is tried all the same: clocks are wrong, and Google may have changed its mind.
    if state.kind in {"unreadable", "damaged"} and (problem := problem_of(state)):
        raise problem
    if state.kept == "keyring":
        fields = fields | _from_keyring(account)
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


def save(
    directory: Path,
    credentials: Credentials,
    account: str = DEFAULT_ACCOUNT,
    *,
    signed_in: datetime | None = None,
    ends: datetime | None = None,
    keeper: Keeper = "file",
) -> Path:
    """Keep a new sign-in, 0600 in a folder of 0700; gives back its file. Raises StoreError."""
    moments = {"signed_in": signed_in, "ends": ends, "gone": None}
    fields = _keys(credentials) | {name: _text(moment) for name, moment in moments.items()} | {"kept": keeper}
    before, _ = _look(token_file(directory, account), account, _utc_now)
    if keeper == "keyring":
        keep_secret(_secret_name(account), json.dumps({name: fields[name] for name in _SECRET}))
    path = _write(directory, account, fields)
    if keeper == "file" and before.kept == "keyring":
        with suppress(StoreError):  # what is left there opens nothing that the new sign-in doesn't
            forget_secret(_secret_name(account))
    return path


def forget(directory: Path, account: str) -> None:
    """Remove a sign-in from this machine, for good. Raises StoreError."""
    path = token_file(directory, account)
    if _look(path, account, _utc_now)[0].kept == "keyring":
        forget_secret(_secret_name(account))
    remove_durably(path)


class KeptSignIn:
    """A sign-in in use: what happens to it is written down, as long as the file is still about the same one.

    Meanwhile the member may have signed out, or in again, in another window; that stands.
    """

    def __init__(
        self,
        directory: Path,
        account: str,
        credentials: Credentials,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._directory, self._account, self._credentials = directory, account, credentials
        self._now = now or _utc_now

    def renewed(self) -> None:
        """The access token is a new one."""
        self._change(_keys(self._credentials) | {"gone": None})

    def refused(self, error: str) -> SignInError | None:
        """What the member is told when the token endpoint refuses with `error` (RFC 6749, 5.2); None if that says
        nothing about the sign-in."""
        command = login_command(self._account)
        if error in CLIENT_GONE:
            return SignInError("google.client_refused", command=command)
        if error != "invalid_grant":
            return None
        self._change({"gone": _text(self._now())})
        state = status(self._directory, self._account, now=self._now)
        return SignInError(_GONE.get(state.kind, "google.sign_in_gone"), command=command)

    def _change(self, changes: dict[str, Any]) -> None:
        _, fields = _look(token_file(self._directory, self._account), self._account, self._now)
        if fields.get("of") == _fingerprint(self._credentials.refresh_token):
            with suppress(StoreError):  # the next run then asks Google once more, no harm done
                _write(self._directory, self._account, fields | changes)


def _keys(credentials: Credentials) -> dict[str, Any]:
    return {
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "refresh_token": credentials.refresh_token,
        "token": credentials.token,
        "token_uri": credentials.token_uri,
        "scopes": list(credentials.scopes or ()),
        "expiry": credentials.expiry.isoformat() if credentials.expiry else None,
        "of": _fingerprint(credentials.refresh_token),
    }


def _fingerprint(refresh_token: str | None) -> str:
    """By which a file is known to be about this sign-in; it tells nothing of the key."""
    return hashlib.sha256(f"sotay {refresh_token}".encode()).hexdigest()[:16]


def _secret_name(account: str) -> str:
    return f"google {account}"


def _from_keyring(account: str) -> dict[str, Any]:
    try:
        found = json.loads(secret_of(_secret_name(account)) or "")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(found.get(name), str) and found[name] for name in _SECRET):
        raise SignInError("google.keys_gone", command=login_command(account))
    return {name: found[name] for name in _SECRET}


def _write(directory: Path, account: str, fields: dict[str, Any]) -> Path:
    """What of these fields belongs into the file."""
    close_to_others([private_folder(directory)])
    path = token_file(directory, account)
    if fields.get("kept") == "keyring":
        fields = {name: value for name, value in fields.items() if name not in {*_SECRET, "token", "expiry"}}
    atomic_write(path, json.dumps(fields, indent=1), mode=0o600)
    return path


def _look(path: Path, account: str, now: Callable[[], datetime]) -> tuple[SignInState, dict[str, Any]]:
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
    kept = _kept(fields)
    fields.setdefault("of", _fingerprint(fields.get("refresh_token")))
    signed_in, ends, gone = (_moment(fields.get(name)) for name in _MOMENTS)
    kind: SignInKind = "mode_repaired" if repaired else "ready"
    if ends and (ends <= now() or (gone and gone >= ends - _ACCESS_LIFE)):
        kind = "testing_over"
    elif gone:
        died = _died_of_testing(signed_in, gone, _moment(fields.get("expiry")))
        kind = "testing_likely" if died and not ends else "gone"
    return SignInState(kind, path, account, tuple(fields.get("scopes", ())), signed_in, ends, kept), fields


def _kept(fields: dict[str, Any]) -> Keeper:
    return "keyring" if fields.get("kept") == "keyring" else "file"


def _died_of_testing(signed_in: datetime | None, gone: datetime, expiry: datetime | None) -> bool:
    """Whether a refused sign-in has died like those of a project in "Testing": first refused after its seventh day, and
    never renewed since. `expiry` is that of its last access token. One that lived longer has been withdrawn."""
    if signed_in is None:
        return False
    seventh = signed_in + TESTING_LIFE
    return gone >= seventh - _ACCESS_LIFE and (expiry is None or expiry <= seventh + 2 * _ACCESS_LIFE)


def _complete(fields: Any) -> bool:
    if not isinstance(fields, dict):
        return False
    needed = ("client_id", "of") if _kept(fields) == "keyring" else _NEEDED
    texts = [fields.get(name) for name in needed] + [fields.get("token_uri", TOKEN_URI)]
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


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None


def _moment(text: object) -> datetime | None:
    """An aware moment as a file has it; None for anything else. Without a zone it is UTC, as google-auth keeps it."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _expiry(text: object) -> datetime | None:
    """The library wants naive UTC. What can't be read counts as over: Google will say."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime(2000, 1, 1)  # noqa: DTZ001 (the library wants naive UTC)
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
